"""Fields of an entry as inputs of a form, and back. What was not touched comes back as it was written.

A field reads from a form what the file should say, None for a field that is left out. Whether that may stand there is
the business of the checks, so that a form says the same as `joldosh content check`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.editorial.forms.posted import FieldProblem, Posted, on_one_line, wrong
from bot.editorial.schema import LANGUAGES

Inputs = Mapping[str, Sequence[str]]

# The input for a text that is one in all languages.
ANYWHERE = "any"


class Field(Protocol):
    """`inputs` are the texts of a value by the name of their input; `read` is the way back."""

    @property
    def name(self) -> str: ...

    @property
    def is_required(self) -> bool: ...

    def inputs(self, value: object) -> Inputs: ...

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]: ...


@dataclass(frozen=True, slots=True)
class TextField:
    """One text on one line. `shape`: line, area, day, url, email or number."""

    name: str
    is_required: bool = False
    shape: str = "line"

    def inputs(self, value: object) -> Inputs:
        return {self.name: (shown(value),)}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        return kept(posted.line(self.name), before), []


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of several names."""

    name: str
    choices: tuple[str, ...]
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return {self.name: (shown(value),)}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        value = kept(posted.line(self.name), before)
        return value, _unknown(self.name, value, before, self.choices)


@dataclass(frozen=True, slots=True)
class ReferenceField:
    """The id of an entry elsewhere. `to`: sources, series, regions or cities."""

    name: str
    to: str
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return {self.name: (shown(value),)}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        return kept(posted.line(self.name), before), []


@dataclass(frozen=True, slots=True)
class SwitchField:
    """Yes or no; what is left out means yes."""

    name: str
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return {self.name: () if value is False else ("yes",)}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        is_on = posted.has(self.name)
        if is_on is (before is not False):
            return before, []
        return (None if is_on else False), []


@dataclass(frozen=True, slots=True)
class ChoicesField:
    """Several of several names."""

    name: str
    choices: tuple[str, ...]
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return {self.name: tuple(map(shown, value)) if isinstance(value, list) else ()}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        chosen = posted.chosen(self.name)
        if isinstance(before, list) and set(chosen) == set(map(shown, before)):
            return before, []
        known = [name for name in self.choices if name in chosen]
        strange = [name for name in chosen if name not in known]
        there = map(shown, before) if isinstance(before, list) else ()
        problems = [
            one
            for name in set(strange).difference(there)
            for one in _unknown(self.name, name, None, self.choices)
        ]
        return [*known, *strange] or None, problems


@dataclass(frozen=True, slots=True)
class LocalField:
    """A text by language, or one text for all languages."""

    name: str
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return local_inputs(self.name, value)

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        return read_local(posted, self.name, before)


@dataclass(frozen=True, slots=True)
class NamesField:
    """A list of texts, one on a line."""

    name: str
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        return {self.name: (_joined(value),)}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        return _names(posted.lines(self.name), before), []


@dataclass(frozen=True, slots=True)
class NamesByLanguageField:
    """Lists of texts by language, one text on a line."""

    name: str
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        by_language = value if isinstance(value, dict) else {}
        return {f"{self.name}.{lang}": (_joined(by_language.get(lang)),) for lang in LANGUAGES}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        then = before if isinstance(before, dict) else {}
        found = {
            lang: _names(posted.lines(f"{self.name}.{lang}"), then.get(lang)) for lang in LANGUAGES
        }
        return _with_others(found, then), []


@dataclass(frozen=True, slots=True)
class ChoiceByLanguageField:
    """One of several names for each language."""

    name: str
    choices: tuple[str, ...]
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        by_language = value if isinstance(value, dict) else {}
        return {f"{self.name}.{lang}": (shown(by_language.get(lang)),) for lang in LANGUAGES}

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        then = before if isinstance(before, dict) else {}
        found: dict[str, object] = {}
        problems: list[FieldProblem] = []
        for lang in LANGUAGES:
            name = f"{self.name}.{lang}"
            found[lang] = kept(posted.line(name), then.get(lang))
            problems += _unknown(name, found[lang], then.get(lang), self.choices)
        return _with_others(found, then), problems


def shown(value: object) -> str:
    """A text or number as an input has it; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return on_one_line(str(value)) if isinstance(value, str | int) else ""


def kept(text: str, before: object) -> object:
    """The text, or what was written before when that reads the same. None for no text."""
    if text == shown(before) and isinstance(before, str | int):
        return before
    return text or None


def local_inputs(name: str, value: object) -> Inputs:
    by_language = value if isinstance(value, dict) else {}
    texts = {f"{name}.{lang}": (shown(by_language.get(lang)),) for lang in LANGUAGES}
    return {f"{name}.{ANYWHERE}": (shown(value),), **texts}


def read_local(posted: Posted, name: str, before: object) -> tuple[object, list[FieldProblem]]:
    """A text by language out of the inputs `name.ru` …, or out of `name.any` one text for all languages."""
    anywhere = posted.line(f"{name}.{ANYWHERE}")
    then = before if isinstance(before, dict) else {}
    found = _with_others(
        {lang: kept(posted.line(f"{name}.{lang}"), then.get(lang)) for lang in LANGUAGES}, then
    )
    if anywhere and found:
        return before, [wrong(f"{name}.{ANYWHERE}", "bad-local-text")]
    return found or kept(anywhere, before if isinstance(before, str) else None), []


def _with_others(found: Mapping[str, object], then: Mapping[str, object]) -> object:
    """What was found, with what no input shows as it was. None when there is nothing at all."""
    others = {key: value for key, value in then.items() if key not in found}
    return {**{key: value for key, value in found.items() if value is not None}, **others} or None


def _unknown(
    name: str, value: object, before: object, choices: Sequence[str]
) -> list[FieldProblem]:
    """What no page offers to choose, unless it was written before."""
    if value is None or value in choices or value == before:
        return []
    field, _, _ = name.partition(".")
    allowed = ", ".join(choices)
    return [wrong(name, "unknown-choice", field=field, text=shown(value), allowed=allowed)]


def _joined(value: object) -> str:
    return "\n".join(map(shown, value)) if isinstance(value, list) else ""


def _names(lines: list[str], before: object) -> object:
    if isinstance(before, list) and lines == list(map(shown, before)):
        return before
    return lines or None
