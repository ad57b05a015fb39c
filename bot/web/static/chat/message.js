// One message → its bubble, with the keyboard under it. It holds no state and sends nothing.

import { avatar, element, icon, iconButton } from "./dom.js";
import { link, rendered, telephone } from "./marks.js";
import { phone as words, things } from "./strings.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** `acts`: press(message, button, element), command(text), edit(message). `replied` is the message that this one replies to. */
export function messageElement(message, replied, acts) {
  const bubble = element("div", { class: ["bubble", message.kind === "sticker" && "bare", message.edited && "edited"].filter(Boolean).join(" ") }, replied ? excerpt(replied) : null, ...content(message, acts), meta(message), editing(message, acts));
  const rows = message.rows.map((row) => element("div", { class: "row" }, ...row.map((button) => key(message, button, acts))));
  const keyboard = rows.length ? element("div", { class: "keyboard" }, ...rows) : null;
  return element("article", { class: message.mine ? "message mine" : "message", "data-id": message.id }, bubble, keyboard);
}

function excerpt(replied) {
  const words = replied.text || (things[replied.kind] ?? [])[1] || "";
  return element("div", { class: "replied", dir: "auto" }, words);
}

function content(message, acts) {
  if (message.kind === "text") return [element("div", { class: "text", dir: "auto" }, rendered(message.text, message.marks, acts.command))];
  if (message.picture) return picture(message, acts);
  if (message.file) return file(message, acts);
  if (message.kind === "contact") return [contactCard(message.contact)];
  if (message.kind === "venue") return [placeCard(message.venue.title, message.venue.address, message.place)];
  if (message.kind === "location") return [placeCard(things.location[1], null, message.place)];
  if (message.kind === "sticker") return [element("div", { class: "sticker-face" }, things.sticker[0])];
  const [face, name] = things[message.kind] ?? ["❔", words.unreadable];
  return [element("div", { class: "thing" }, element("span", { class: "face", "aria-hidden": "true" }, face), name)];
}

/** A picture with its caption. Pressed, it fills the screen, as a phone shows it to somebody else. */
function picture(message, acts) {
  const shown = () => element("img", { src: `/chat/pictures/${message.picture.id}`, alt: message.text, width: message.picture.width, height: message.picture.height });
  const viewer = element("dialog", { class: "viewer", "aria-label": things.photo[1], onclick: () => viewer.close() }, shown());
  const opening = element("button", { type: "button", class: "picture", "aria-label": `${words.open} ${things.photo[1]}`, onclick: () => viewer.showModal() }, shown());
  const caption = message.text ? element("div", { class: "text", dir: "auto" }, rendered(message.text, message.marks, acts.command)) : null;
  return [opening, caption, viewer];
}

/** A file with its caption; pressed, it is saved. */
function file(message, acts) {
  const { id, name, size } = message.file;
  const saving = element("a", { class: "card file", href: `/chat/documents/${id}`, download: name, "aria-label": `${words.save} ${name}` },
    element("span", { class: "avatar", "aria-hidden": "true" }, things.document[0]),
    element("div", { class: "card-text" }, element("strong", {}, name), element("span", { class: "degrees" }, `${words.save} · ${(size / 1024).toFixed(1)} kB`)));
  return [saving, message.text ? element("div", { class: "text", dir: "auto" }, rendered(message.text, message.marks, acts.command)) : null];
}

function contactCard({ name, phone }) {
  const number = telephone(phone);
  number.className = "number";
  number.setAttribute("aria-label", `${words.call} ${name}, ${phone}`);
  number.append(icon("call"), phone);
  return element("div", { class: "card" }, avatar(name), element("div", { class: "card-text" }, element("strong", {}, name), number));
}

function placeCard(title, address, { latitude, longitude }) {
  // Numbers and no map: a map would fetch its tiles from a server elsewhere.
  const degrees = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return element("div", { class: "card" }, element("span", { class: "avatar pin", "aria-hidden": "true" }, "📍"),
    element("div", { class: "card-text" }, element("strong", {}, title), address ? element("span", {}, address) : null, element("span", { class: "degrees" }, degrees)));
}

function meta(message) {
  const sent = new Date(message.sent * 1000);
  const parts = [message.edited ? `${words.edited} ` : null, element("time", { datetime: sent.toISOString() }, CLOCK.format(sent))];
  return element("span", { class: "meta" }, ...parts);
}

function editing(message, acts) {
  if (!message.mine || message.kind !== "text") return null;
  return iconButton("edit", words.edit, { class: "icon edit", onclick: () => acts.edit(message) });
}

function key(message, button, acts) {
  const label = element("span", { class: "label" }, button.label);
  if ("url" in button) {
    const made = link(button.url);
    made.className = "key";
    made.title = button.url;
    made.append(label, icon("link"));
    return made;
  }
  return element("button", { type: "button", class: "key", title: button.label, onclick: (event) => acts.press(message, button, event.currentTarget) }, label);
}
