// One person's phone: the chat as the server tells it. It changes nothing by itself; acts come back as changes.

import { Composer } from "./composer.js";
import { act } from "./connection.js";
import { avatar, element, iconButton, menu } from "./dom.js";
import { messageElement } from "./message.js";
import { askPlace } from "./place.js";
import { languages, phone as words } from "./strings.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const NEAR_THE_END = 140;
const TYPING_FOR = 5000;
const TOAST_FOR = 4000;

export class Phone {
  #messages = new Map();
  #elements = new Map();
  #bot = { name: "", description: "", commands: [] };
  #typingEnds = 0;
  #unread = 0;
  #staysAtEnd = true;

  constructor(person, payload) {
    this.person = person;
    this.title = element("h2", {});
    this.status = element("span", { class: "status" });
    this.owner = element("span", { class: "owner" });
    this.botAvatar = element("span", { class: "avatar bot", "aria-hidden": "true" });
    this.blockItem = element("button", { type: "button", role: "menuitem", onclick: () => this.#do("block", { blocked: !this.person.blocked }) });
    const more = menu(iconButton("more", words.more), [
      this.blockItem,
      element("button", { type: "button", role: "menuitem", class: "danger", onclick: () => this.#do("remove", {}) }, words.remove),
    ]);
    const head = element("header", {}, this.botAvatar, element("div", { class: "names" }, this.title, this.status), this.owner, more);
    this.log = element("div", { class: "log", role: "log", tabindex: 0, "aria-label": words.message, onscroll: () => this.#scrolled() });
    this.intro = element("div", { class: "intro" });
    this.toNewest = iconButton("down", words.toNewest, { class: "icon newest", hidden: true, onclick: () => this.#scrollToEnd("smooth") });
    this.count = element("span", { class: "count", hidden: true });
    this.toNewest.append(this.count);
    this.toasts = element("div", { class: "toasts", role: "status" });
    this.composer = new Composer({
      say: (text) => this.#do("text", { text }),
      send: (kind) => this.#do("send", { kind }),
      locate: () => askPlace((latitude, longitude) => this.#do("location", { latitude, longitude })),
      edit: (message, text) => this.#do("edit", { message, text }),
      unblock: () => this.#do("block", { blocked: false }),
      lastOwn: () => [...this.#messages.values()].findLast((message) => message.mine && message.kind === "text"),
    }, payload);
    this.element = element("section", { class: "phone", "data-person": person.id }, head,
      element("div", { class: "screen" }, this.log, this.toNewest, this.toasts), this.composer.element);
    // A phone that comes to the front, and one whose keyboard opens: what was last stays in sight.
    new ResizeObserver(() => this.#staysAtEnd && this.#scrollToEnd()).observe(this.log);
    this.#showPerson();
  }

  take(change) {
    if (change.type === "snapshot") this.#takeSnapshot(change);
    else if (change.type === "message") this.#takeMessage(change.message);
    else if (change.type === "deleted") this.#forget(change.id);
    else if (change.type === "keys") this.composer.showKeys(change.keys);
    else if (change.type === "toast") this.#toast(change.text, change.alert);
    else if (change.type === "typing") this.#showTyping();
    else if (change.type === "person") this.person = change.person;
    else if (change.type === "bot") this.#bot = change.bot;
    this.#showPerson();
  }

  #takeSnapshot({ person, bot, keys, messages }) {
    this.person = person;
    this.#bot = bot;
    this.#messages.clear();
    this.#elements.clear();
    this.log.replaceChildren(this.intro);
    for (const message of messages) this.#add(message);
    this.composer.showKeys(keys);
    this.#scrollToEnd();
  }

  #takeMessage(message) {
    const wasNearEnd = this.#staysAtEnd;
    if (this.#elements.has(message.id)) this.#replace(message);
    else this.#add(message);
    if (!message.mine) this.#endTyping();
    if (wasNearEnd || message.mine) this.#scrollToEnd(message.mine ? "smooth" : "auto");
    else if (!message.edited) this.#showUnread(this.#unread + 1);
  }

  #add(message) {
    const last = [...this.#messages.values()].at(-1);
    const day = new Date(message.sent * 1000).toDateString();
    if (!last || new Date(last.sent * 1000).toDateString() !== day) {
      const isToday = day === new Date().toDateString();
      this.log.append(element("div", { class: "day" }, isToday ? words.today : DAY.format(message.sent * 1000)));
    }
    const made = messageElement(message, this.#messages.get(message.replies_to), this.#messageActs);
    this.#messages.set(message.id, message);
    this.#elements.set(message.id, made);
    this.log.append(made);
  }

  #replace(message) {
    const old = this.#elements.get(message.id);
    const made = messageElement(message, this.#messages.get(message.replies_to), this.#messageActs);
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(made);
    this.#messages.set(message.id, message);
    this.#elements.set(message.id, made);
    // Whoever works with the keyboard goes on where they were: at the buttons of this message.
    if (hadFocus) (made.querySelector(".key") ?? this.log).focus({ preventScroll: true });
  }

  #forget(id) {
    this.#elements.get(id)?.remove();
    this.#elements.delete(id);
    this.#messages.delete(id);
  }

  get #messageActs() {
    return {
      press: async (message, button, pressed) => {
        pressed.setAttribute("aria-busy", "true");
        await this.#do("press", { message: message.id, data: button.data });
        pressed.removeAttribute("aria-busy");
      },
      command: (text) => this.#do("text", { text }),
      edit: (message) => this.composer.beginEdit(message),
    };
  }

  async #do(what, body) {
    try {
      await act(`${this.person.id}/${what}`, body);
    } catch (problem) {
      this.#toast(problem.message, false);
    }
  }

  #showPerson() {
    const { name, language, blocked } = this.person;
    const isTyping = Date.now() < this.#typingEnds;
    this.element.setAttribute("aria-label", name);
    this.element.classList.toggle("blocked", blocked);
    this.title.textContent = this.#bot.name;
    this.botAvatar.textContent = [...this.#bot.name][0] ?? "";
    this.status.textContent = blocked ? words.blocked : isTyping ? words.typing : words.bot;
    this.status.classList.toggle("typing", isTyping && !blocked);
    const code = language ? element("span", { class: "code", title: languages[language] ?? language }, language) : null;
    this.owner.replaceChildren(avatar(name, "avatar small"), element("span", { class: "owner-name" }, name), ...(code ? [code] : []));
    this.blockItem.textContent = blocked ? words.unblock : words.block;
    this.intro.hidden = this.#messages.size > 0;
    this.intro.replaceChildren(element("div", { class: "intro-card" },
      element("strong", {}, this.#bot.description ? words.whatCanItDo : words.nothingYet),
      element("p", {}, this.#bot.description)));
    const hasWritten = [...this.#messages.values()].some((message) => message.mine);
    this.composer.show({ blocked, language, hasWritten, commands: this.#bot.commands });
  }

  #showTyping() {
    this.#typingEnds = Date.now() + TYPING_FOR;
    setTimeout(() => this.#showPerson(), TYPING_FOR + 10);
  }

  #endTyping() {
    this.#typingEnds = 0;
  }

  #toast(text, isAlert) {
    const toast = element("div", { class: isAlert ? "toast alert" : "toast", role: isAlert ? "alertdialog" : null, "aria-label": isAlert ? text : null }, element("span", {}, text));
    this.toasts.replaceChildren(toast);
    if (isAlert) {
      const ok = element("button", { type: "button", onclick: () => toast.remove() }, words.ok);
      toast.append(ok);
      ok.focus();
    } else setTimeout(() => toast.remove(), TOAST_FOR);
  }

  #scrollToEnd(behavior = "auto") {
    this.#staysAtEnd = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
    this.#showUnread(0);
  }

  #scrolled() {
    const rest = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
    this.#staysAtEnd = rest < NEAR_THE_END;
    this.toNewest.hidden = this.#staysAtEnd;
    if (this.#staysAtEnd) this.#showUnread(0);
  }

  #showUnread(count) {
    this.#unread = count;
    this.count.textContent = String(count);
    this.count.hidden = count === 0;
  }
}
