// The editor of a draft (a memo, a check): line numbers and marks, things to insert, saving by itself, and what to do when two windows write.
// htmx sends the form; this decides when not to, and keeps the text until the server has it.

import { insert, Lined } from "./lined.js";
import { Unsaved } from "./unsaved.js";

const AGAIN = 5000; // milliseconds until a saving that failed is tried again
const form = document.getElementById("editor");
const words = document.getElementById("editor-words").dataset;
const fields = [...form.querySelectorAll("textarea[name], select[name], input[name]:not([type='hidden'])")];
const lined = new Map([...form.querySelectorAll(".lined")].map((place) => {
  const made = new Lined(place);
  return [made.area.name, made];
}));
const unsaved = new Unsaved(form.dataset.kept);

let paused = false; // two windows wrote: nothing is sent until the member has chosen
let saved = served();
let sent = null;
let retry;
let last = form.querySelector(".lined textarea") ?? form.querySelector("textarea");

function textOf(field) {
  return field.type === "checkbox" && !field.checked ? "" : field.value;
}

function servedOf(field) {
  if (field.type === "checkbox") return field.defaultChecked ? field.value : "";
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
}

function texts() {
  return Object.fromEntries(fields.map((field) => [field.name, textOf(field)]));
}

/** What the server has. Not what the fields hold: who types while the page still loads would never see that saved. */
function served() {
  return Object.fromEntries(fields.map((field) => [field.name, servedOf(field)]));
}

function same(one, other) {
  return Object.keys(one).every((name) => one[name] === other?.[name]);
}

function hidden(name) {
  return form.querySelector(`#work-state input[name='${name}']`);
}

function status(text) {
  form.querySelector("[data-status]").textContent = text;
}

function put(values) {
  for (const field of fields) {
    if (!(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name] !== "";
    else field.value = values[field.name];
  }
  for (const one of lined.values()) one.draw();
}

function save() {
  clearTimeout(retry);
  form.dispatchEvent(new Event("save-now"));
}

/** A button of the form that does more than save waits for what is being saved, so that it does not clash with that. */
let waiting = null;
form.addEventListener("submit", (event) => {
  if (!document.querySelector("#editor.htmx-request")) return;
  event.preventDefault();
  waiting = event.submitter;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== form || !waiting || paused) return;
  const button = waiting;
  waiting = null;
  setTimeout(() => form.requestSubmit(button));
});

function mark() {
  const marks = new Map([...lined.keys()].map((name) => [name, new Map()]));
  for (const one of document.querySelectorAll("#problems [data-line]")) {
    const kind = one.closest("li").className;
    const found = marks.get(one.dataset.field);
    const line = Number(one.dataset.line);
    if (found && found.get(line) !== "error") found.set(line, kind);
  }
  for (const [name, found] of marks) lined.get(name).mark(found);
}

// --- Saving ---------------------------------------------------------------------------------------------------------

if ("writable" in form.dataset) {
  form.addEventListener("input", () => {
    if (same(texts(), saved)) return;
    unsaved.keep(texts(), hidden("version").value, hidden("draft").value);
    if (!paused) status(words.saving);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    if (paused) event.preventDefault();
    else sent = texts();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    clearTimeout(retry);
    if (event.detail.successful) return;
    status(event.detail.xhr?.status === 401 ? words.signedOut : words.offline);
    retry = setTimeout(save, AGAIN);
  });

  // After the parts of the page that came back have been put in.
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.elt !== form || event.detail.xhr.status !== 200) return;
    const state = document.querySelector("#clash .clash") ? "clash" : form.querySelector("#work-state").dataset.state;
    paused = state !== "saved";
    if (state === "saved") {
      saved = sent;
      if (same(texts(), saved)) unsaved.drop();
    } else if (state === "clash") {
      status(words.kept);
      document.querySelector("#clash button").focus();
    }
    mark();
  });

  addEventListener("online", save);
  addEventListener("beforeunload", (event) => {
    if (!same(texts(), saved) && !unsaved.read()) event.preventDefault();
  });
  recover();
}

/** A text that this browser kept. On the version that it was typed over, saving it is going on; else the member decides. */
function recover() {
  const kept = unsaved.read();
  if (!kept) {
    if (!same(texts(), saved)) addEventListener("load", save);
    return;
  }
  if (same(kept.texts, saved)) {
    unsaved.drop();
    return;
  }
  if (kept.draft === hidden("draft").value && kept.version === hidden("version").value) {
    put(kept.texts);
    addEventListener("load", save);
    return;
  }
  const asked = document.getElementById("recovery").content.cloneNode(true).firstElementChild;
  asked.addEventListener("click", (event) => {
    const choice = event.target.dataset?.recover;
    if (!choice) return;
    asked.remove();
    if (choice === "use") {
      put(kept.texts);
      save();
    } else unsaved.drop();
  });
  document.getElementById("clash").before(asked);
}

// --- Two windows ----------------------------------------------------------------------------------------------------

// On the document: the panel itself is put in anew by htmx.
document.addEventListener("click", async (event) => {
  const choice = event.target.dataset?.clash;
  if (!choice) return;
  const panel = event.target.closest(".clash");
  const theirs = Object.fromEntries([...panel.querySelectorAll("[data-theirs]")].map((one) => [one.dataset.theirs, one.value]));
  const version = panel.dataset.version;
  if (choice === "join") {
    const joined = await join(theirs);
    if (!joined) {
      event.target.disabled = true;
      panel.querySelector("p").textContent = words.joined;
      return;
    }
    put(joined);
  } else if (choice === "theirs") put(theirs);
  hidden("version").value = version;
  saved = theirs;
  panel.remove();
  paused = false;
  if (choice === "theirs") unsaved.drop();
  save();
});

/** Both changes in one text, or null when they touch the same lines. */
async function join(theirs) {
  const body = new FormData();
  for (const one of form.querySelectorAll("[data-place]")) body.set(one.name, one.value);
  for (const [part, values] of [["mine", texts()], ["theirs", theirs], ["seen", saved]]) {
    for (const [name, text] of Object.entries(values)) body.set(`${part}-${name}`, text);
  }
  const answer = await fetch(form.action.replace(/\/save$/, "/join"), { method: "POST", body });
  return answer.ok ? (await answer.json()).texts : null;
}

// --- Beside the text ------------------------------------------------------------------------------------------------

// A saving that was sent before the phone was asked for something else must not bring the old phone back.
let asked = 0;
let askedWhenSent = 0;
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt === form) askedWhenSent = asked;
  else if (event.detail.target?.id === "phone") asked += 1;
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target?.id === "phone" && asked !== askedWhenSent) event.detail.shouldSwap = false;
});

document.addEventListener("focusin", (event) => {
  if (event.target.form === form && event.target.matches("textarea, [data-insertable]")) last = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if (button.dataset.insert) insert(last, button.dataset.insert);
  if (button.dataset.part) insertPart(button.dataset.part);
  if (button.dataset.line) lined.get(button.dataset.field)?.go(Number(button.dataset.line));
});

function insertPart(kind) {
  const who = kind === "others" ? "others" : document.getElementById("part-who").value;
  const opening = `::: ${kind === "only" ? "only" : "for"} ${who}\n`;
  const before = last.value.slice(0, last.selectionStart);
  const start = before && !before.endsWith("\n") ? "\n" : "";
  insert(last, `${start}${opening}\n:::\n`, start.length + opening.length);
}

// One window is one tab of the browser; it says so to the others while it is open.
const window_ = sessionStorage.getItem("joldosh-window") ?? crypto.randomUUID();
sessionStorage.setItem("joldosh-window", window_);
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id === "others") event.detail.parameters.window = window_;
});

if (matchMedia("(max-width: 60rem)").matches) {
  for (const one of document.querySelectorAll("[data-closed-on-phone]")) one.open = false;
}
mark();
