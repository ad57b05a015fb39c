"""What depends on the day: values that hold, that run out, and entries to look at again."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from bot.editorial.edition import Edition
from bot.editorial.files.flows import FlowText
from bot.editorial.files.memos import MemoText
from bot.editorial.problem import Place, Problem, error, warning
from bot.editorial.table import Entry
from bot.editorial.usage import facts_shown
from bot.guide.contact import Contact
from bot.guide.fact import DatedValue, Fact
from bot.guide.source import Source

HORIZON = timedelta(days=400)  # a rule that ends next year is written this year
_ONE_DAY = timedelta(days=1)


def check_days(edition: Edition, today: date) -> Iterator[Problem]:
    for fact in edition.facts:
        yield from _values(fact)
    for text in edition.bodies():
        yield from _shown(edition, text, today)
    for fact in edition.facts:
        if fact.value.series and (end := _last_day(fact.value.values, today)):
            yield from _runs_out(fact.value, end, fact.place("values"), today)
    for table in (edition.facts, edition.sources, edition.contacts):
        for entry in table:
            yield from _review(entry, today)


def _values(entry: Entry[Fact]) -> Iterator[Problem]:
    """Values follow each other without a gap and without two on one day."""
    fact = entry.value
    order = sorted(range(len(fact.values)), key=lambda n: fact.values[n].since or date.min)
    for earlier, later in pairwise(order):
        ends, starts = fact.values[earlier].until, fact.values[later].since
        place = entry.place("values", later)
        if ends is None or starts is None or starts <= ends:
            yield error(place, "values-overlap", fact=fact.id)
        elif starts > ends + _ONE_DAY:
            yield error(
                place, "values-gap", fact=fact.id, first=ends + _ONE_DAY, last=starts - _ONE_DAY
            )


def _shown(edition: Edition, text: MemoText | FlowText, today: date) -> Iterator[Problem]:
    for branch in text.body.branches():
        for shown in facts_shown(branch.blocks):
            fact = edition.facts.get(shown.fact)
            if fact is None:
                continue
            place = Place(text.file, shown.line)
            if not fact.values:
                yield error(place, "fact-has-no-text", fact=fact.id)
            elif fact.value_on(today) is None:
                yield error(place, "no-value-today", fact=fact.id, day=today)
            elif end := _last_day(fact.values, today):
                yield from _runs_out(fact, end, place, today)


def _runs_out(fact: Fact, end: date, place: Place, today: date) -> Iterator[Problem]:
    if today <= end < today + HORIZON:
        yield warning(place, "value-runs-out", fact=fact.id, day=end)


def _last_day(values: tuple[DatedValue, ...], today: date) -> date | None:
    """The last day from today on without a day in between that has no value; None when there is no end."""
    day = today
    while holding := next((value for value in values if value.holds_on(day)), None):
        if holding.until is None:
            return None
        day = holding.until + _ONE_DAY
    return day - _ONE_DAY


def _review(entry: Entry[Fact] | Entry[Source] | Entry[Contact], today: date) -> Iterator[Problem]:
    thing = entry.value
    if thing.checked > today:
        yield warning(
            entry.place("checked"), "checked-in-future", name=thing.id, day=thing.checked
        )
    if thing.review < today:
        field = "review" if "review" in {key.text for key, _ in entry.node.entries} else "checked"
        yield warning(entry.place(field), "review-overdue", name=thing.id, day=thing.review)
