"""How an outcome was worked out, line by line in the person's language, each rule with its source and the day it was
checked. It must not work anything out: the rules have.
"""

from collections.abc import Iterator

from bot.conversation.flow_reader import FlowReader
from bot.guide.rule import WorkingKind, WorkingLine


def working_lines(here: FlowReader) -> list[str]:
    """Each line once: two rules on one way may begin with the same day."""
    return list(dict.fromkeys(line for one in here.walked.working for line in _said(here, one)))


def sources_said(here: FlowReader) -> frozenset[str]:
    """The sources that the lines name: below them they need not be named again."""
    facts = here.reader.book.catalogue.facts
    named = [line.fact or "" for line in here.walked.working if line.kind is WorkingKind.RULE]
    return frozenset(facts[name].source for name in named if name in facts)


def _said(here: FlowReader, line: WorkingLine) -> Iterator[str]:
    if line.kind is WorkingKind.RULE:
        yield from _source(here, line)
        return
    values: dict[str, object] = {
        name: here.day(day)
        for name, day in (("day", line.day), ("until", line.until))
        if day is not None
    }
    key = f"working-{line.kind}"
    if line.days is None:
        yield here.words.say(key, **values)
    else:
        yield here.words.count(key, line.days, **values)


def _source(here: FlowReader, line: WorkingLine) -> Iterator[str]:
    """The law and the day of the check; nothing for a source that is for staff only."""
    book = here.reader.book
    fact = book.catalogue.facts.get(line.fact or "")
    source = book.catalogue.sources.get(fact.source) if fact else None
    if fact is None or source is None or not source.show:
        return
    labels = book.labels[here.lang]
    title = source.title.in_language(here.lang)
    if fact.article:
        title = f"{title}, {labels.cited(fact.article)}"
    yield here.words.say("working-rule", rule=title, checked=labels.format_date(fact.checked))
