// Text and marks → elements. Offsets count UTF-16 units, which is what JavaScript strings count.

import { element } from "./dom.js";
import { phone as words } from "./strings.js";

const ABOUT_THREE_LINES = 110;
const QUOTES = new Set(["blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code", spoiler: "span" };
// What phones find in plain text by themselves: addresses, numbers with their +, commands.
const FOUND = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)»”])|((?:[\p{L}\d-]+\.)+(?:ru|kg|uz|tj|com|org|net|int|рф)(?![\p{L}\d])(?:\/[^\s<>"]*[^\s<>".,;:!?)»”])?)|(\+\d[\d ()\u00a0-]{6,}\d)|((?<![\p{L}\d/_])\/[a-z0-9_]{1,32}(?![\p{L}\d/_]))/giu;

/** A fragment. `onCommand` gets a command that was pressed in the text. */
export function rendered(text, marks, onCommand) {
  const fragment = document.createDocumentFragment();
  const inline = marks.filter((mark) => !QUOTES.has(mark.kind)).map(span).sort(byPlace);
  let at = 0;
  for (const quote of marks.filter((mark) => QUOTES.has(mark.kind)).map(span).sort(byPlace)) {
    if (quote.from < at) continue;
    // A quote is a block of its own: the line breaks around it are not shown twice.
    const before = text[quote.from - 1] === "\n" ? quote.from - 1 : quote.from;
    fill(fragment, text, inline, at, Math.max(before, at), onCommand);
    const block = element("blockquote");
    fill(block, text, inline, quote.from, quote.to, onCommand);
    if (quote.kind === "expandable_blockquote" && quote.to - quote.from > ABOUT_THREE_LINES) fold(block);
    fragment.append(block);
    at = text[quote.to] === "\n" ? quote.to + 1 : quote.to;
  }
  fill(fragment, text, inline, at, text.length, onCommand);
  return fragment;
}

/** Telegram shows three lines of such a quote until it is pressed. */
function fold(block) {
  block.classList.add("folded");
  const unfold = element("button", { type: "button", class: "unfold", "aria-label": words.unfold, title: words.unfold, onclick: () => { block.classList.remove("folded"); unfold.remove(); } }, "⌄");
  block.append(unfold);
}

function span(mark) {
  return { ...mark, from: mark.offset, to: mark.offset + mark.length };
}

/** Earlier first, and of two that begin together the longer one, so that it goes around the other. */
function byPlace(one, other) {
  return one.from - other.from || other.to - one.to;
}

/** Puts text[from:to] into the parent, marks nested; a mark that leaves another is cut in two. */
function fill(parent, text, marks, from, to, onCommand, isPlain = true) {
  const waiting = marks
    .filter((mark) => mark.from < to && mark.to > from)
    .map((mark) => ({ ...mark, from: Math.max(mark.from, from), to: Math.min(mark.to, to) }))
    .sort(byPlace);
  let at = from;
  while (waiting.length) {
    const mark = waiting.shift();
    plain(parent, text.slice(at, mark.from), onCommand, isPlain);
    const inside = waiting.filter((other) => other.from < mark.to);
    const after = waiting.filter((other) => other.to > mark.to).map((other) => ({ ...other, from: Math.max(other.from, mark.to) }));
    const made = around(mark);
    fill(made, text, inside, mark.from, mark.to, onCommand, isPlain && !["text_link", "code", "pre"].includes(mark.kind));
    parent.append(made);
    at = mark.to;
    waiting.splice(0, waiting.length, ...after.sort(byPlace));
  }
  plain(parent, text.slice(at, to), onCommand, isPlain);
}

function around(mark) {
  if (mark.kind === "text_link") return link(mark.url);
  return element(TAGS[mark.kind] ?? "span", { class: mark.kind === "spoiler" ? "spoiler" : null });
}

function plain(parent, text, onCommand, isPlain) {
  if (!isPlain) {
    parent.append(text);
    return;
  }
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    const [whole, address, site, phone] = found;
    const made = phone ? telephone(phone) : address || site ? link(address ?? `https://${site}`) : command(whole, onCommand);
    if (phone || address || site) made.append(whole);
    parent.append(text.slice(at, found.index), made);
    at = found.index + whole.length;
  }
  parent.append(text.slice(at));
}

function command(text, onCommand) {
  return element("button", { type: "button", class: "command", onclick: () => onCommand(text) }, text);
}

/** A link to a site; anything but http and https stays text, whatever the bot sent. */
export function link(url) {
  const isSite = /^https?:\/\//i.test(url ?? "");
  return element("a", isSite ? { href: url, target: "_blank", rel: "noopener noreferrer nofollow" } : {});
}

/** An empty link that calls the number. */
export function telephone(number) {
  return element("a", { href: `tel:${number.replace(/[^+\d]/g, "")}` });
}
