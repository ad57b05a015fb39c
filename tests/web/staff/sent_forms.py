"""A form of a page as a browser would send it: what it has in it, with what a test types, ticks and presses."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]


@dataclass(slots=True)
class SentForm:
    """`action` is where it goes; `pairs` what it sends when nothing is touched. `buttons` are its named buttons."""

    action: str
    pairs: Pairs = field(default_factory=list)
    buttons: Pairs = field(default_factory=list)

    def sent(self, press: str = "", without: tuple[str, ...] = (), **typed: str) -> Pairs:
        """`__` in a name stands for a dot. `press` is the value of the button."""
        texts = {name.replace("__", "."): text for name, text in typed.items()}
        kept = [(name, text) for name, text in self.pairs if name not in {*texts, *without}]
        pressed = [(name, value) for name, value in self.buttons if value == press][:1]
        return [*kept, *texts.items(), *pressed]


def form_in(html: str, action: str) -> SentForm:
    """The first form of the page that goes to this address."""
    reader = _Reader()
    reader.feed(html)
    return next(form for form in reader.forms if form.action == action)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SentForm] = []
        self._open: SentForm | None = None
        self._area: str | None = None
        self._text = ""
        self._select: str | None = None
        self._options: Pairs = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = SentForm(has.get("action", ""))
            self.forms.append(self._open)
        if self._open is None:
            return
        name = has.get("name", "")
        match tag:
            case "input" if has.get("type") in ("checkbox", "radio"):
                if "checked" in has:
                    self._open.pairs.append((name, has.get("value", "on")))
            case "input" if name:
                self._open.pairs.append((name, has.get("value", "")))
            case "button" if name:
                self._open.buttons.append((name, has.get("value", "")))
            case "textarea":
                self._area, self._text = name, ""
            case "select":
                self._select, self._options = name, []
            case "option":
                self._options.append(("selected" if "selected" in has else "", has["value"]))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._open is None:
            return
        if tag == "textarea" and self._area is not None:
            # The first line break after the tag is not in the text; a browser sends the others as CR LF.
            text = self._text.removeprefix("\n").replace("\n", "\r\n")
            self._open.pairs.append((self._area, text))
            self._area = None
        if tag == "select" and self._select is not None:
            chosen = [value for state, value in self._options if state] or [
                value for _, value in self._options[:1]
            ]
            self._open.pairs += [(self._select, value) for value in chosen]
            self._select = None
        if tag == "form":
            self._open = None
