"""Fields that are lists of rows: the dated values of a fact, and the phones of a contact.

The inputs of a row are `values.0.from`, `phones.2.number`. A row with `gone` ticked, and one with nothing in it, is
left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.editorial.forms.fields import Inputs, kept, local_inputs, read_local, shown
from bot.editorial.forms.posted import FieldProblem, Posted
from bot.guide.fact import FactKind

GONE = "gone"
_DIGITS = re.compile(r"\d{1,12}")
_WRITTEN_BETWEEN = re.compile(r"[\s()\-\u2010-\u2015.]")  # that people put into a phone number
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class ValuesField:
    """Values with the days on which they hold. How one is read depends on the kind in the same form."""

    name: str = "values"
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        found: dict[str, Sequence[str]] = {}
        for number, row in enumerate(_rows(value)):
            start, written = f"{self.name}.{number}", row.get("value")
            span = written if isinstance(written, dict) else {}
            found |= {
                f"{start}.day": (shown(written),),
                f"{start}.low": (shown(span.get("min", written)),),
                f"{start}.high": (shown(span.get("max")),),
                f"{start}.from": (shown(row.get("from")),),
                f"{start}.until": (shown(row.get("until")),),
                **local_inputs(f"{start}.text", written),
            }
        return found

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        rows: list[object] = []
        problems: list[FieldProblem] = []
        kind = posted.line("kind")
        for number, then in _numbered(posted, self.name, before):
            start = f"{self.name}.{number}"
            value, found = _value(posted, start, kind, then.get("value"))
            problems += found
            row = {
                "value": value,
                "from": kept(posted.line(f"{start}.from"), then.get("from")),
                "until": kept(posted.line(f"{start}.until"), then.get("until")),
            }
            if any(one is not None for one in row.values()) or found:
                rows.append(_with_others(row, then))
        return rows or None, problems


@dataclass(frozen=True, slots=True)
class PhonesField:
    """Phone numbers, each with how sure we are of it."""

    name: str = "phones"
    is_required: bool = False

    def inputs(self, value: object) -> Inputs:
        found: dict[str, Sequence[str]] = {}
        for number, row in enumerate(_rows(value)):
            found[f"{self.name}.{number}.number"] = (shown(row.get("number")),)
            found[f"{self.name}.{number}.confidence"] = (shown(row.get("confidence")),)
        return found

    def read(self, posted: Posted, before: object) -> tuple[object, list[FieldProblem]]:
        rows: list[object] = []
        for number, then in _numbered(posted, self.name, before):
            start = f"{self.name}.{number}"
            phone = _WRITTEN_BETWEEN.sub("", posted.line(f"{start}.number"))
            confidence = posted.line(f"{start}.confidence")
            row = {
                "number": kept(phone, then.get("number")),
                "confidence": kept(confidence, then.get("confidence")),
            }
            if row["number"] is not None:
                rows.append(_with_others(row, then))
        return rows or None, []


def _value(
    posted: Posted, start: str, kind: str, before: object
) -> tuple[object, list[FieldProblem]]:
    """What a row says as a value of this kind; a text where it should be a number stays the text."""
    match kind:
        case FactKind.TEXT:
            return read_local(posted, f"{start}.text", before)
        case FactKind.DATE:
            return kept(posted.line(f"{start}.day"), before), []
    span = before if isinstance(before, dict) else {}
    high = _number(posted.line(f"{start}.high"), span.get("max"))
    low = _number(posted.line(f"{start}.low"), span.get("min", None if span else before))
    if high is None:
        return low, []
    return {**({} if low is None else {"min": low}), "max": high}, []


def _number(text: str, before: object) -> object:
    same = kept(text, before)
    if same is None or same is before:
        return same
    digits = _THOUSANDS.sub("", text)
    return int(digits) if _DIGITS.fullmatch(digits) else text


def _numbered(posted: Posted, name: str, before: object) -> list[tuple[int, Mapping[str, object]]]:
    """The rows that came and are to stay, each with what it was before."""
    then = _rows(before)
    return [
        (number, then[number] if number < len(then) else {})
        for number in posted.rows(name)
        if not posted.has(f"{name}.{number}.{GONE}")
    ]


def _rows(value: object) -> list[Mapping[str, object]]:
    rows = value if isinstance(value, list) else []
    return [row if isinstance(row, dict) else {} for row in rows]


def _with_others(row: Mapping[str, object], then: Mapping[str, object]) -> Mapping[str, object]:
    others = {key: value for key, value in then.items() if key not in row}
    return {**{key: value for key, value in row.items() if value is not None}, **others}
