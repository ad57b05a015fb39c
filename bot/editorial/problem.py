"""What is wrong with a content file, and where. Problems are values: reading and checking never raise them.

A problem holds a code and the names it speaks of; its sentence is in `locales/` (domain `editorial`), since staff
read it in their own language.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from bot.i18n.interface import Words


class Severity(StrEnum):
    """An error keeps the files from being published; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A line (from 1) of a file; `file` is its path inside the content folder."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """`values` fill the sentence of `code`; `suggestion` is the name that was probably meant."""

    file: str
    line: int
    severity: Severity
    code: str
    values: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def suggesting(self, name: str | None) -> "Problem":
        """The same problem with the name that was probably meant."""
        return replace(self, suggestion=name)

    def message(self, words: Words) -> str:
        """What is wrong and what to do, in the language of `words` (domain `editorial`)."""
        text = words.say(self.code, **dict(self.values)) if self.values else words.say(self.code)
        if self.suggestion is None:
            return text
        return f"{text} {words.say('did-you-mean', name=self.suggestion)}"


def error(place: Place, code: str, **values: object) -> Problem:
    return _problem(Severity.ERROR, place, code, values)


def warning(place: Place, code: str, **values: object) -> Problem:
    return _problem(Severity.WARNING, place, code, values)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and line, errors before warnings on the same line."""
    return tuple(
        sorted(set(problems), key=lambda p: (p.file, p.line, p.severity, p.code, p.values))
    )


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant, for "did you mean"."""
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.7)), None)


def _problem(severity: Severity, place: Place, code: str, values: dict[str, object]) -> Problem:
    shown = tuple((name, str(value)) for name, value in values.items())
    return Problem(place.file, place.line, severity, code, shown)
