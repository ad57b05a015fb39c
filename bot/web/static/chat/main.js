// The page: who is there, which phone is in front on a small screen, and where changes go.

import { act, listen } from "./connection.js";
import { avatar, element, icon } from "./dom.js";
import { personDialog, welcome } from "./persons.js";
import { Phone } from "./phone.js";
import { page as words } from "./strings.js";

const phones = new Map();
const place = document.getElementById("phones");
// A deep link of Telegram is t.me/<bot>?start=<payload>; here it is /?start=<payload>.
const asked = new URLSearchParams(location.search).get("start") ?? "";
const payload = /^[A-Za-z0-9_-]{1,64}$/.test(asked) ? asked : null;
let front = null;
// Whose phone gets the focus once the stream has brought it.
let awaited = null;

async function add({ name, language }) {
  try {
    const person = await act("persons", { name, language });
    bringToFront(person.id);
    awaited = person.id;
    focusAwaited();
  } catch (problem) {
    notice(problem.message);
  }
}

function focusAwaited() {
  if (!phones.has(awaited)) return;
  phones.get(awaited).composer.focus();
  awaited = null;
}

const dialog = personDialog(add);
const tabs = element("nav", { class: "tabs", "aria-label": words.persons });
const empty = welcome(add);
const banner = element("div", { class: "notice", role: "status", hidden: true });

document.getElementById("bar").append(
  element("div", { class: "brand" }, element("img", { src: "/static/chat/icon.svg", alt: "", width: 32, height: 32 }),
    element("h1", {}, words.title, element("span", {}, words.subtitle)), element("p", {}, words.hint)),
  tabs,
  element("button", { type: "button", class: "add", "aria-label": words.addPerson, title: words.addPerson, onclick: () => dialog.showModal() }, icon("plus"), element("span", {}, words.addPerson)),
);
document.body.append(dialog, banner);

function notice(text) {
  banner.textContent = text;
  banner.hidden = !text;
}

function bringToFront(id) {
  front = id;
  for (const phone of phones.values()) phone.element.classList.toggle("front", phone.person.id === front);
  showTabs();
}

function showTabs() {
  tabs.replaceChildren(...[...phones.values()].map(({ person }) =>
    element("button", { type: "button", "aria-current": person.id === front ? "true" : null, onclick: () => bringToFront(person.id) },
      avatar(person.name, "avatar small"), person.name, element("span", { class: "code" }, person.language ?? ""))));
  tabs.querySelector("[aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
  place.classList.toggle("nobody", phones.size === 0);
  if (phones.size === 0) place.append(empty);
  else empty.remove();
}

function take(change) {
  if (change.type === "removed") return remove(change.chat);
  if (!phones.has(change.chat)) {
    const phone = new Phone(change.person, payload);
    phones.set(change.chat, phone);
    place.append(phone.element);
  }
  phones.get(change.chat).take(change);
  if (change.type === "snapshot" || change.type === "person") bringToFront(phones.has(front) ? front : change.chat);
  if (change.type === "snapshot") focusAwaited();
}

function remove(id) {
  phones.get(id)?.element.remove();
  phones.delete(id);
  if (front === id) front = phones.keys().next().value ?? null;
  bringToFront(front);
}

/** A server that was started anew knows none of the persons of before. */
async function connected(isConnected) {
  notice(isConnected ? "" : words.reconnecting);
  if (!isConnected) return;
  const before = [...phones.keys()];
  const response = await fetch("/chat/persons").catch(() => null);
  if (!response?.ok) return;
  const there = new Set((await response.json()).map((person) => person.id));
  for (const id of before) if (!there.has(id)) remove(id);
  showTabs();
}

listen(take, connected);
