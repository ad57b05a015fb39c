"""Are the interface texts in step with the code? `make check` asks; `make messages` mends what it can.

A message is named by a key. The code asks for it with `words.say("key")` or `words.count("key", n)`;
a key may be put together (`say(f"citizenship-{who}")`), and then every message of that shape counts as
asked for. The templates of the staff pages ask with `t("key")` and `tn("key", n)`. The texts stand in `locales/<language>/LC_MESSAGES/<domain>.po`. This reads both and imports
nothing of the bot.
"""

import ast
import re
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2 import nodes as template

from tests.house.sources import ROOT, python_files, relative, tree_of

LOCALES = ROOT / "locales"
TEMPLATES = sorted((ROOT / "bot" / "web" / "templates").rglob("*.html"))
SHAPE = re.compile(
    r"[a-z]{2}(\w|\\-)*\.\+"
)  # what begins like a key; f"{a}-{b}" could be anything
KEY = re.compile(r"[a-z][a-z0-9-]*(\|[a-z]+)?")
BASE = "ru"
# What a language does to a number: its cases and months. Languages differ there in what they have,
# and the code falls back to the plain form; the tests of `bot/i18n` say what each must answer.
GRAMMAR = "units"

Catalogues = Mapping[str, Mapping[Path, Catalog]]


@dataclass(frozen=True, slots=True)
class Request:
    """A place that asks for one message. `values` is None when the text is filled in elsewhere."""

    key: str
    is_plural: bool
    values: frozenset[str] | None
    place: str


@dataclass(slots=True)
class Requests:
    """All that the code asks for: keys, and shapes of keys (as patterns) with their first place.

    `literals` and `patterns` are strings anywhere that may become a key: keys also stand in tables
    and are handed on before somebody says them.
    """

    named: list[Request] = field(default_factory=list)
    shapes: dict[str, str] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)

    def use(self, key: str) -> bool:
        return key in self.literals or any(re.fullmatch(one, key) for one in self.patterns)


def requests_in(files: list[Path], templates: Iterable[Path] = ()) -> Requests:
    """Read from the syntax trees of these files what they ask for."""
    found = Requests()
    for path in templates:
        _read_template(path, found)
    for path in files:
        for node in ast.walk(tree_of(path)):
            match node:
                case ast.Constant(value=str(text)):
                    found.literals.add(text)
                case ast.JoinedStr() if SHAPE.match(_shape(node)):
                    found.patterns.add(_shape(node))
                case ast.Call(func=ast.Attribute(attr="say"), args=[key, *_]):
                    _note(key, node, False, path, found)
                case ast.Call(func=ast.Attribute(attr="count"), args=[key, _]):
                    _note(key, node, True, path, found)
    return found


def _read_template(path: Path, found: Requests) -> None:
    tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
    for text in tree.find_all(template.Const):
        if isinstance(text.value, str):
            found.literals.add(text.value)
    for joined in tree.find_all(template.Concat):
        if SHAPE.match(_joined(joined)):
            found.patterns.add(_joined(joined))
    for call in tree.find_all(template.Call):
        match call:
            case template.Call(node=template.Name(name="t" | "tn" as asked), args=[key, *_]):
                place = f"{relative(path)}:{call.lineno}"
                _note_template(key, call, asked == "tn", place, found)


def _note_template(
    key: template.Expr, call: template.Call, is_plural: bool, place: str, found: Requests
) -> None:
    match key:
        case template.Const(value=str(name)):
            values = frozenset(word.key for word in call.kwargs)
            found.named.append(Request(name, is_plural, values, place))
        case template.Concat():
            found.shapes.setdefault(_joined(key), place)
        case template.CondExpr(expr1=one, expr2=other):
            for choice in filter(None, (one, other)):
                _note_template(choice, call, is_plural, place, found)


def _joined(text: template.Concat) -> str:
    """A pattern for what `"a-" ~ b` can become."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, template.Const) else ".+"
        for part in text.nodes
    )


def _note(key: ast.expr, call: ast.Call, is_plural: bool, path: Path, found: Requests) -> None:
    place = f"{relative(path)}:{call.lineno}"
    match key:
        case ast.Constant(value=str(name)) if KEY.fullmatch(name):
            given = {word.arg for word in call.keywords}
            is_open = None in given or not (given or is_plural)
            values = None if is_open else frozenset(name for name in given if name)
            found.named.append(Request(name, is_plural, values, place))
        case ast.JoinedStr():
            found.shapes.setdefault(_shape(key), place)
        case ast.IfExp(body=one, orelse=other):
            _note(one, call, is_plural, path, found)
            _note(other, call, is_plural, path, found)


def _shape(text: ast.JoinedStr) -> str:
    """A pattern for what the f-string can become."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
        for part in text.values
    )


def catalogues_in(locales: Path = LOCALES) -> Catalogues:
    """Every `.po` file, by domain and then by path; the base language comes first."""
    found: dict[str, dict[Path, Catalog]] = {}
    for path in sorted(locales.glob("*/LC_MESSAGES/*.po"), key=lambda po: (_lang(po) != BASE, po)):
        with path.open("rb") as file:
            found.setdefault(path.stem, {})[path] = read_po(file, locale=_lang(path))
    return found


def _lang(path: Path) -> str:
    return path.parent.parent.name


def problems(requests: Requests, catalogues: Catalogues) -> Iterator[str]:
    """Every disagreement, as `place: what is wrong`."""
    languages = {_lang(path) for files in catalogues.values() for path in files}
    for domain, files in catalogues.items():
        base_path, base = next(iter(files.items()))
        for lang in languages - {_lang(path) for path in files}:
            yield f"locales/{lang}/LC_MESSAGES/{domain}.po: the file is missing"
        for path, catalog in files.items():
            yield from _flaws(path, catalog)
            if domain != GRAMMAR:
                yield from _differences(path, catalog, base)
        for message in _messages(base):
            if domain != GRAMMAR and not requests.use(_key(message)):
                yield f"{_place(base_path, message)}: no code asks for {_key(message)!r}"
    yield from _unanswered(requests, catalogues)


def _flaws(path: Path, catalog: Catalog) -> Iterator[str]:
    for message in _messages(catalog):
        text = f"{_place(path, message)}: {_key(message)!r}"
        if message.fuzzy:
            yield f"{text} is marked fuzzy: read it and take the mark away"
        if not all(form.strip() for form in _forms(message)):
            yield f"{text} is empty"


def _differences(path: Path, catalog: Catalog, base: Catalog) -> Iterator[str]:
    ours, wanted = _by_key(catalog), _by_key(base)
    for key in wanted.keys() - ours.keys():
        yield f"{_name(path)}: {key!r} is missing"
    for key, message in ours.items():
        if key not in wanted:
            yield f"{_place(path, message)}: {key!r} is not in the base language"
        elif message.pluralizable != wanted[key].pluralizable:
            yield f"{_place(path, message)}: {key!r} has plural forms in one language only"
        elif _placeholders(message) != _placeholders(wanted[key]):
            yield f"{_place(path, message)}: {key!r} has other placeholders than the base"


def _unanswered(requests: Requests, catalogues: Catalogues) -> Iterator[str]:
    by_domain = {domain: [*map(_by_key, files.values())] for domain, files in catalogues.items()}
    for request in requests.named:
        domain = next((d for d, (base, *_) in by_domain.items() if request.key in base), None)
        if domain is None:
            yield f"{request.place}: {request.key!r} is not in locales/"
            continue
        for message in (texts[request.key] for texts in by_domain[domain] if request.key in texts):
            yield from _mismatch(request, message, domain)
    keys = {key for texts in by_domain.values() for one in texts for key in one}
    for shape, place in requests.shapes.items():
        if not any(re.fullmatch(shape, key) for key in keys):
            yield f"{place}: no message in locales/ has the shape {shape}"


def _mismatch(request: Request, message: Message, domain: str) -> Iterator[str]:
    if bool(message.pluralizable) != request.is_plural:
        yield f"{request.place}: {request.key!r} is asked for with the wrong method"
    if request.values is not None:
        shown = _placeholders(message)
        unfilled = shown - request.values - ({"number"} if request.is_plural else set())
        unshown = request.values - shown if domain != GRAMMAR else set()
        for name in unfilled:
            yield f"{request.place}: {request.key!r} shows {{{name}}}, which is not given"
        for name in unshown:
            yield f"{request.place}: {request.key!r} does not show {{{name}}}"


def update(requests: Requests, catalogues: Catalogues) -> None:
    """Give every language the keys that the code names, and take away those that none asks for: in the texts of the
    interface, and in those of the staff pages for what their room asks.

    New messages are empty: a person writes them, and the check is red until then.
    """
    known = {key for files in catalogues.values() for c in files.values() for key in _by_key(c)}
    new = [request for request in requests.named if request.key not in known]
    for domain in ("interface", "staff"):
        for path, catalog in catalogues.get(domain, {}).items():
            for key in _by_key(catalog):
                if not requests.use(key):
                    catalog.delete(key)
            for request in new:
                if _domain(request) == domain:
                    catalog.add((request.key, request.key) if request.is_plural else request.key)
            with path.open("wb") as file:
                write_po(file, catalog, width=110)


def _domain(request: Request) -> str:
    return "staff" if request.place.startswith("bot/web/") else "interface"


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _by_key(catalog: Catalog) -> dict[str, Message]:
    return {_key(message): message for message in _messages(catalog)}


def _forms(message: Message) -> list[str]:
    """The one text, or as many plural forms as the language has: one that is not there is empty."""
    if isinstance(message.string, str):
        return [message.string]
    return [form or "" for form in message.string or [""]]


def _placeholders(message: Message) -> set[str]:
    formatter = string.Formatter()
    return {name for text in _forms(message) for _, name, _, _ in formatter.parse(text) if name}


def _name(path: Path) -> str:
    return f"locales/{path.relative_to(path.parents[2]).as_posix()}"


def _place(path: Path, message: Message) -> str:
    return f"{_name(path)}:{message.lineno or 1}"


def main() -> int:
    requests, catalogues = requests_in(python_files("bot"), TEMPLATES), catalogues_in()
    if "--update" in sys.argv:
        update(requests, catalogues)
        requests, catalogues = requests_in(python_files("bot"), TEMPLATES), catalogues_in()
    found = sorted(problems(requests, catalogues))
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
