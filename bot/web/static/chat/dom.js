// Builds elements. Text goes in as text nodes only, so that nothing a person or the bot wrote becomes markup.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M3.4 20.4 21.6 12 3.4 3.6l-.1 6.5L15 12 3.3 13.9z",
  attach: "M16.5 6.5v10.3a4.5 4.5 0 0 1-9 0V5.8a2.9 2.9 0 0 1 5.8 0v9.9a1.3 1.3 0 0 1-2.6 0V6.5H9.2v9.2a2.8 2.8 0 0 0 5.6 0V5.8a4.4 4.4 0 0 0-8.8 0v11a6 6 0 0 0 12 0V6.5z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4m0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  down: "M12 16.2 5.4 9.6 6.8 8.2l5.2 5.2 5.2-5.2 1.4 1.4z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  close: "m6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  edit: "m4 16.9 9.7-9.7 3.1 3.1L7.1 20H4zM18.3 8.8l-3.1-3.1 1.5-1.5a1.1 1.1 0 0 1 1.5 0l1.6 1.6c.4.4.4 1 0 1.5z",
  link: "M8 6h10v10h-2V9.4l-8.6 8.6L6 16.6 14.6 8H8z",
  call: "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.3.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1A17 17 0 0 1 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.3.2 2.5.6 3.6.1.3 0 .7-.3 1z",
};

/** An element with properties and children. `on…` properties are listeners, the rest attributes; null ones are left out. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that is only an icon; its label is read out and shown as a tooltip. */
export function iconButton(name, label, properties = {}) {
  return element("button", { type: "button", class: "icon", "aria-label": label, title: label, ...properties }, icon(name));
}

/** The initial of a name on a disc, in a colour that stays with the name. */
export function avatar(name, className = "avatar") {
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 0);
  return element("span", { class: `${className} tint-${sum % 7}`, "aria-hidden": "true" }, [...name][0] ?? "?");
}

/** A list that a button opens: closes on a choice, a press elsewhere, or Escape. */
export function menu(button, items) {
  const list = element("div", { class: "menu", role: "menu", hidden: true }, ...items);
  const wrapped = element("div", { class: "menu-place" }, button, list);
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("button")?.focus();
  };
  button.setAttribute("aria-haspopup", "menu");
  show(false);
  button.addEventListener("click", () => show(list.hidden));
  list.addEventListener("click", () => show(false));
  wrapped.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const entries = [...list.querySelectorAll("button")];
    const at = entries.indexOf(document.activeElement);
    if (event.key === "Escape") {
      show(false);
      button.focus();
    } else if (event.key === "ArrowDown") entries[(at + 1) % entries.length].focus();
    else if (event.key === "ArrowUp") entries[(at - 1 + entries.length) % entries.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  wrapped.addEventListener("focusout", (event) => {
    if (!wrapped.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!wrapped.contains(event.target)) show(false);
  });
  return wrapped;
}
