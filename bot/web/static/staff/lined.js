// Line numbers and marks beside a textarea. A mirror behind it holds the same lines, so that both wrap alike, and it gives
// the textarea its height: nothing has to be scrolled in step.

export class Lined {
  constructor(place) {
    this.area = place.querySelector("textarea");
    this.mirror = place.querySelector(".mirror");
    this.first = Number(place.dataset.firstLine);
    this.marks = new Map();
    this.area.addEventListener("input", () => this.draw());
    this.draw();
  }

  draw() {
    const lines = this.area.value.split("\n");
    const shown = this.mirror.children;
    while (shown.length > lines.length) this.mirror.lastChild.remove();
    lines.forEach((line, at) => {
      const one = shown[at] ?? this.mirror.appendChild(document.createElement("div"));
      const text = line || " ";
      if (one.textContent !== text) one.textContent = text;
      one.dataset.number = this.first + at;
      one.className = this.marks.get(this.first + at) ?? "";
    });
  }

  /** `marks`: line of the file → "error" or "warning". */
  mark(marks) {
    this.marks = marks;
    this.draw();
  }

  /** Puts the cursor into a line and shows it. */
  go(line) {
    const lines = this.area.value.split("\n");
    const at = Math.min(Math.max(line - this.first, 0), lines.length - 1);
    const start = lines.slice(0, at).reduce((length, one) => length + one.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, start + lines[at].length);
    this.mirror.children[at]?.scrollIntoView({ block: "center" });
  }
}

/** Puts text where the cursor stands, as if it had been typed: it can be undone, and everybody hears of it. */
export function insert(area, text, cursor = text.length) {
  area.focus();
  const start = area.selectionStart;
  // The only way that the browser's own undo knows of; where it is gone, the text comes all the same.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(start + cursor, start + cursor);
}
