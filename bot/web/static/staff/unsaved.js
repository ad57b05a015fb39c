// Text that the server does not have yet, kept in this browser: a closed lid, a dead line or a sign-in costs nobody a word.

const PREFIX = "joldosh-draft:";

export class Unsaved {
  constructor(name) {
    this.key = PREFIX + name;
  }

  keep(texts, version, draft) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ texts, version, draft }));
      return true;
    } catch {
      return false; // a full or forbidden store: the server is the only copy then
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // it was never kept
    }
  }
}
