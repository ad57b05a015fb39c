"""Problems and names of fields in the words of a member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.editorial.problem import Place, Problem
from bot.editorial.schema import LANGUAGES
from bot.editorial.snapshot import MEMOS
from bot.i18n.interface import Words
from bot.web.staff.ledgers.rows import words_for

# Fields whose label is another than that of the same field in other files.
_OWN_LABELS = frozenset({("glossary", "confidence")})
# What is inside of a field, by the name it has in the file.
_INNER: Mapping[str, str] = MappingProxyType(
    {
        "number": "phone-number",
        "value": "field-values",
        "from": "value-from",
        "until": "value-until",
    }
)
# The checks speak to who writes the file; in a form there are no quotation marks and braces.
_IN_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "missing-field": "wrong-missing",
        "empty-field": "wrong-missing",
        "bad-value": "wrong-value",
        "bad-local-text": "wrong-both-texts",
        "bad-date": "wrong-date",
        "bad-phone": "wrong-phone",
        "bad-short-number": "wrong-short-number",
        "duplicate-id": "wrong-id-taken",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the words of the member. `memo` is where it can be mended, if it is in one."""

    words: str
    is_error: bool
    place: Place
    memo: str


def told(problems: Iterable[Problem], lang: str) -> tuple[Told, ...]:
    """Errors first."""
    words = words_for("editorial").words(lang)
    found = [
        Told(one.message(words), one.is_error, Place(one.file, one.line), memo_of(one.file))
        for one in problems
    ]
    return tuple(sorted(found, key=lambda one: not one.is_error))


def sentence(problem: Problem, subject: str, words: Words) -> str:
    """What is wrong with an input. `words` are of the domain `staff`."""
    values = dict(problem.values)
    if problem.code in _IN_FORMS:
        return words.say(_IN_FORMS[problem.code], text=values.get("text", ""))
    if "field" in values:
        values["field"] = label_of(values["field"], subject, words)
    named = replace(problem, values=tuple(values.items()))
    return named.message(words_for("editorial").words(words.lang))


def label_of(name: str, subject: str, words: Words) -> str:
    """What a field is called; its name in the file when nothing better is known."""
    if name in LANGUAGES:
        return tongue(name, words)
    key = f"{subject}-{name}" if (subject, name) in _OWN_LABELS else name.replace("_", "-")
    said = words.say(_INNER.get(name) or f"field-{key}")
    return name if said.startswith("field-") else said


def tongue(lang: str, words: Words) -> str:
    """The name of a language at the beginning of a line."""
    name = words_for("interface").words(words.lang).say(f"language-{lang}")
    return name[:1].upper() + name[1:]


def memo_of(file: str) -> str:
    """The memo that a file belongs to; empty for any other file."""
    parts = file.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == MEMOS else ""
