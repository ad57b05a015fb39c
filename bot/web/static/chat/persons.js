// Making persons: the first page of an empty chat, and the dialog. It asks the server to add; the stream brings them.

import { avatar, element, iconButton } from "./dom.js";
import { languages, page as words, suggestions } from "./strings.js";

function suggestionButtons(add) {
  return element("div", { class: "suggestions" }, ...suggestions.map((person) =>
    element("button", { type: "button", onclick: () => add(person) }, avatar(person.name),
      element("span", { class: "who" }, element("strong", {}, person.name), element("span", {}, languages[person.language])))));
}

function form(add, buttons) {
  const name = element("input", { name: "name", required: true, maxlength: 64, autocomplete: "off" });
  const language = element("select", { name: "language" },
    ...Object.entries(languages).map(([code, own]) => element("option", { value: code }, own)),
    element("option", { value: "" }, words.noLanguage));
  const submit = (event) => {
    event.preventDefault();
    if (!name.value.trim()) return;
    add({ name: name.value.trim(), language: language.value || null });
    name.value = "";
  };
  return element("form", { class: "new-person", onsubmit: submit },
    element("label", {}, element("span", {}, words.name), name),
    element("label", {}, element("span", {}, words.language), language),
    element("div", { class: "buttons" }, ...buttons, element("button", { class: "primary" }, words.add)));
}

/** Shown while there is nobody. */
export function welcome(add) {
  return element("div", { class: "welcome" }, element("h2", {}, words.welcome), element("p", {}, words.welcomeHint),
    suggestionButtons(add), form(add, []));
}

/** A dialog that adds one person and closes. */
export function personDialog(add) {
  const adding = (person) => {
    dialog.close();
    add(person);
  };
  const close = () => dialog.close();
  const dialog = element("dialog", { class: "person-dialog", "aria-label": words.addPerson },
    element("div", { class: "dialog-head" }, element("h2", {}, words.addPerson), iconButton("close", words.cancel, { onclick: close })),
    suggestionButtons(adding), form(adding, []));
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  return dialog;
}
