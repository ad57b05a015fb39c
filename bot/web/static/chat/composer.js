// The lower end of a phone: START, the input with commands and attachments, or UNBLOCK. It sends through `acts` only.

import { element, icon, iconButton, menu } from "./dom.js";
import { phone as words, start, things } from "./strings.js";

export class Composer {
  #acts;
  #commands = [];
  #chosen = -1;
  #editing = null;
  #payload;
  #language = null;

  /** `acts`: say(text), send(kind), locate(), edit(id, text), unblock(), lastOwn(). `payload` is that of a deep link, or null. */
  constructor(acts, payload) {
    this.#acts = acts;
    this.#payload = payload;
    this.input = element("textarea", {
      rows: 1, maxlength: 4096, placeholder: words.message, "aria-label": words.message, enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event),
    });
    this.commandButton = element("button", { type: "button", class: "icon slash", "aria-label": words.commands, title: words.commands, "aria-expanded": "false", onclick: () => this.#toggleCommands() }, "/");
    this.panel = element("div", { class: "commands", role: "listbox", "aria-label": words.commands, hidden: true });
    this.banner = element("div", { class: "banner", hidden: true });
    this.send = element("button", { class: "icon send", "aria-label": words.send, title: words.send, disabled: true }, icon("send"));
    const attach = menu(iconButton("attach", words.attach), Object.entries(things).map(([kind, [face, name]]) =>
      element("button", { type: "button", role: "menuitem", onclick: () => (kind === "location" ? acts.locate() : acts.send(kind)) }, element("span", { class: "face", "aria-hidden": "true" }, face), name)));
    this.keys = element("div", { class: "keys", role: "group", "aria-label": words.keys, hidden: true });
    this.form = element("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.commandButton, this.input, attach, this.send);
    this.startButton = element("button", { type: "button", class: "wide", hidden: true, onclick: () => this.#start() });
    this.unblockButton = element("button", { type: "button", class: "wide", hidden: true, onclick: () => acts.unblock() }, words.unblock);
    this.element = element("footer", {}, this.panel, this.banner, this.keys, this.form, this.startButton, this.unblockButton);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape());
  }

  /** `hasWritten`: whether the person said anything yet; before that Telegram offers nothing but START. */
  show({ blocked, language, hasWritten, commands }) {
    this.#commands = commands;
    this.#language = language;
    const starts = !blocked && (!hasWritten || this.#payload !== null);
    this.unblockButton.hidden = !blocked;
    this.startButton.hidden = !starts;
    this.form.hidden = blocked || starts;
    this.startButton.replaceChildren(start[language] ?? start.en, ...(this.#payload ? [element("small", {}, this.#payload)] : []));
    this.commandButton.hidden = commands.length === 0;
    if (this.form.hidden) this.#closePanel();
  }

  /** Keys that the bot puts in the place of the person's own keyboard; none when it takes them away. */
  showKeys(rows) {
    this.keys.replaceChildren(...rows.flat().map((key) =>
      element("button", { type: "button", onclick: () => (key.asks_location ? this.#acts.locate() : this.#acts.say(key.text)) }, key.text)));
    this.keys.hidden = rows.length === 0;
  }

  beginEdit(message) {
    this.#editing = message;
    this.input.value = message.text;
    this.banner.replaceChildren(icon("edit"),
      element("span", {}, element("strong", {}, words.editing), element("span", { class: "excerpt" }, message.text)),
      iconButton("close", words.stopEditing, { onclick: () => this.#endEdit() }));
    this.banner.hidden = false;
    this.#typed();
    this.input.focus();
  }

  focus() {
    (this.form.hidden ? (this.startButton.hidden ? this.unblockButton : this.startButton) : this.input).focus();
  }

  #start() {
    const text = this.#payload ? `/start ${this.#payload}` : "/start";
    this.#payload = null;
    this.#acts.say(text);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    const editing = this.#editing;
    this.#endEdit();
    if (editing) this.#acts.edit(editing.id, text);
    else this.#acts.say(text);
  }

  #endEdit() {
    this.#editing = null;
    this.banner.hidden = true;
    this.input.value = "";
    this.#typed();
    this.input.focus();
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    this.send.disabled = !this.input.value.trim();
    const typed = this.input.value;
    if (/^\/[a-z0-9_]*$/.test(typed) && !this.#editing) this.#openPanel(typed.slice(1));
    else this.#closePanel();
  }

  #key(event) {
    if (event.isComposing) return;
    const entries = [...this.panel.children];
    if (!this.panel.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose((this.#chosen + step + entries.length) % entries.length);
    } else if (!this.panel.hidden && this.#chosen >= 0 && (event.key === "Enter" || event.key === "Tab")) {
      entries[this.#chosen].click();
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.form.requestSubmit();
    } else if (event.key === "ArrowUp" && !this.input.value && this.#acts.lastOwn()) {
      this.beginEdit(this.#acts.lastOwn());
    } else return;
    event.preventDefault();
  }

  #escape() {
    if (!this.panel.hidden) this.#closePanel();
    else if (this.#editing) this.#endEdit();
  }

  #toggleCommands() {
    if (this.panel.hidden) this.#openPanel("");
    else this.#closePanel();
    this.input.focus();
  }

  #openPanel(prefix) {
    const fitting = this.#commands.filter((command) => command.command.startsWith(prefix));
    this.panel.replaceChildren(...fitting.map(({ command, description }) =>
      element("button", { type: "button", role: "option", "aria-selected": "false", onclick: () => this.#command(command) },
        element("span", { class: "name" }, `/${command}`), element("span", {}, description))));
    this.#chosen = -1;
    this.panel.hidden = fitting.length === 0;
    this.commandButton.setAttribute("aria-expanded", String(!this.panel.hidden));
  }

  #closePanel() {
    this.panel.hidden = true;
    this.#chosen = -1;
    this.commandButton.setAttribute("aria-expanded", "false");
  }

  #choose(index) {
    this.#chosen = index;
    [...this.panel.children].forEach((entry, at) => entry.setAttribute("aria-selected", String(at === index)));
    this.panel.children[index].scrollIntoView({ block: "nearest" });
  }

  #command(command) {
    this.input.value = "";
    this.#typed();
    this.#acts.say(`/${command}`);
  }
}
