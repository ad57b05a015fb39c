"""facts.yaml: the ledger of facts."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from bot.editorial.problem import Problem, error
from bot.editorial.schema import Citizenships, Day, FileModel, Id, Text, together
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlNode
from bot.guide.fact import Confidence, DatedValue, Fact, FactKind, FactValue, Range
from bot.guide.text import LocalText

REVIEW_AFTER = timedelta(days=180)


class _ValueModel(FileModel):
    value: object
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class FactModel(FileModel):
    id: Id
    kind: Annotated[FactKind, Field(strict=False)]
    statement: Text
    applies: Citizenships
    values: list[_ValueModel] = []
    source: Id
    article: Text | None = None
    checked: Day
    confidence: Annotated[Confidence, Field(strict=False)]
    review: Day | None = None
    note: Text | None = None
    series: Id | None = None
    region: Id | None = None


def read_facts(node: YamlNode | None, file: str) -> tuple[Table[Fact], list[Problem]]:
    return read_table(node, file, FactModel, _fact)


def _fact(model: FactModel, entry: Entry[FactModel]) -> Made[Fact]:
    problems: list[Problem] = []
    values: list[DatedValue] = []
    for number, dated in enumerate(model.values):
        value = _value(model.kind, dated.value)
        if value is None:
            place = entry.place("values", number, "value")
            problems.append(error(place, "bad-value", kind=model.kind, **_example(model.kind)))
            continue
        if dated.since and dated.until and dated.until < dated.since:
            problems.append(error(entry.place("values", number, "until"), "until-before-from"))
        values.append(DatedValue(value, dated.since, dated.until))
    if not model.values and model.kind is not FactKind.TEXT:
        problems.append(error(entry.place("id"), "fact-without-values", fact=model.id))
    if model.region and not model.series:
        problems.append(error(entry.place("region"), "region-without-series", fact=model.id))
    if model.series and not model.values:
        problems.append(error(entry.place("series"), "fact-has-no-text", fact=model.id))
    if problems:
        return None, problems
    return (
        Fact(
            id=model.id,
            kind=model.kind,
            statement=model.statement,
            applies=together(model.applies),
            values=tuple(values),
            source=model.source,
            article=model.article,
            checked=model.checked,
            review=model.review or model.checked + REVIEW_AFTER,
            confidence=model.confidence,
            note=model.note,
            series=model.series,
            region=model.region,
        ),
        [],
    )


def _value(kind: FactKind, written: object) -> FactValue | None:
    """The value that was written, None when a fact of this kind cannot have it."""
    match kind, written:
        case FactKind.DATE, str():
            return _date(written)
        case FactKind.TEXT, str():
            return LocalText(anywhere=written.strip()) if written.strip() else None
        case FactKind.TEXT, dict():
            texts = {lang: text.strip() for lang, text in written.items() if isinstance(text, str)}
            return (
                LocalText(texts)
                if texts.keys() == written.keys() and all(texts.values())
                else None
            )
        case ((FactKind.DATE | FactKind.TEXT), _):
            return None
        case _, {"min": int(low), "max": int(high), **rest} if 0 <= low < high and not rest:
            return Range(low, high)
        case _, int(number) if number >= 0 and not isinstance(written, bool):
            return number
        case _:
            return None


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == len("2026-01-01") else None
    except ValueError:
        return None


def _example(kind: FactKind) -> dict[str, str]:
    match kind:
        case FactKind.DATE:
            return {"example": "2026-01-31"}
        case FactKind.TEXT:
            return {"example": '{ru: "…", ky: "…", en: "…"}'}
        case _:
            return {"example": "30, {min: 2000, max: 5000}"}
