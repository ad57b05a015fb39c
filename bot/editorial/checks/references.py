"""Names that lead nowhere, and entries that nothing leads to."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.placeholders import CHECK_FIRST
from bot.editorial.problem import Place, Problem, error, nearest, warning
from bot.editorial.table import Table
from bot.editorial.usage import contacts_shown, facts_shown, memo_links
from bot.guide.rules import RULES


def check_references(edition: Edition, today: date) -> Iterator[Problem]:
    yield from _in_ledgers(edition)
    yield from _in_guide(edition)
    yield from _in_settings(edition)
    yield from _in_texts(edition)
    yield from _unused(edition)


def _in_ledgers(edition: Edition) -> Iterator[Problem]:
    for fact in edition.facts:
        yield from _unknown(edition.sources, "source", fact.value.source, fact.place("source"))
    for contact in edition.contacts:
        yield from _unknown(
            edition.sources, "source", contact.value.source, contact.place("source")
        )
        if contact.value.region:
            region, place = contact.value.region, contact.place("region")
            yield from _unknown(edition.places.regions, "region", region, place)
        if contact.value.city and edition.places.lacks_city(contact.value.city):
            problem = error(contact.place("city"), "unknown-city", name=contact.value.city)
            known = edition.places.city_regions()
            yield problem.suggesting(nearest(contact.value.city, known))
    if edition.places.source:
        yield from _unknown(edition.sources, "source", *edition.places.source)
    for year in edition.calendar.years:
        yield from _unknown(edition.sources, "source", year.value.source, year.place("source"))
    for danger in edition.dangers:
        if danger.value.memo not in edition.listed_memos and edition.contents:
            yield _unknown_memo(edition, danger.value.memo, danger.place("memo"))
        for name in {name for names in danger.value.contacts.values() for name in names}:
            yield from _unknown(edition.contacts, "contact", name, danger.place("contacts"))


def _in_guide(edition: Edition) -> Iterator[Problem]:
    for number, name in enumerate(edition.contents.value.checks if edition.contents else ()):
        if name not in edition.flows and edition.contents:
            problem = error(edition.contents.place("checks", number), "unknown-flow", name=name)
            yield problem.suggesting(nearest(name, edition.flows))


def _in_settings(edition: Edition) -> Iterator[Problem]:
    for memo in edition.memos.values():
        entry = memo.settings
        if entry is None:
            continue
        for number, name in enumerate(entry.value.relies):
            yield from _unknown(edition.facts, "fact", name, entry.place("relies", number))
        for number, name in enumerate(entry.value.cards):
            yield from _unknown(edition.cards, "card", name, entry.place("cards", number))
        for number, name in enumerate(entry.value.checks):
            if name not in edition.flows:
                problem = error(entry.place("checks", number), "unknown-flow", name=name)
                yield problem.suggesting(nearest(name, edition.flows))
        for number, name in enumerate(entry.value.contacts):
            yield from _unknown(edition.contacts, "contact", name, entry.place("contacts", number))
        for key, names in entry.value.contacts_for.items():
            for number, name in enumerate(names):
                place = entry.place("contacts_for", key, number)
                yield from _unknown(edition.contacts, "contact", name, place)
        for number, name in enumerate(entry.value.series):
            place = entry.place("series", number)
            yield from _unknown(edition.places.series, "series", name, place)
        for number, name in enumerate(entry.value.related):
            place = entry.place("related", number)
            if name == memo.id:
                yield error(place, "related-to-itself", memo=name)
            elif name not in edition.listed_memos and edition.contents:
                yield _unknown_memo(edition, name, place)


def _in_texts(edition: Edition) -> Iterator[Problem]:
    for text in edition.bodies():
        for branch in text.body.branches():
            for shown in facts_shown(branch.blocks):
                place = Place(text.file, shown.line)
                yield from _unknown(edition.facts, "fact", shown.fact, place, [CHECK_FIRST])
            for use in contacts_shown(branch.blocks):
                place = Place(text.file, use.line)
                yield from _unknown(edition.contacts, "contact", use.name, place)
            for use in memo_links(branch.blocks):
                if use.name not in edition.listed_memos and edition.contents:
                    yield _unknown_memo(edition, use.name, Place(text.file, use.line))


def _unused(edition: Edition) -> Iterator[Problem]:
    """Facts and sources that no memo rests on, cards that none offers. Every contact is used: the hotlines show them all."""
    if any(memo.spoiled or memo.settings is None for memo in edition.memos.values()):
        return  # what cannot be read may use anything
    shown = {
        use.fact
        for text in edition.bodies()
        for branch in text.body.branches()
        for use in facts_shown(branch.blocks)
    }
    relied = {
        name
        for memo in edition.memos.values()
        if memo.settings
        for name in memo.settings.value.relies
    }
    relied |= {
        name
        for flow in edition.flows.values()
        for outcome in flow.outcomes.values()
        for name in outcome.relies
    }
    relied |= {name for rule in RULES.values() for name in rule.facts}
    for fact in edition.facts:
        # The page of a region shows the facts of every series.
        if fact.value.id not in shown | relied and fact.value.series is None:
            yield warning(fact.place("id"), "unused-fact", fact=fact.value.id)
    offered = {
        name
        for memo in edition.memos.values()
        if memo.settings
        for name in memo.settings.value.cards
    }
    for card in edition.cards:
        if card.value.id not in offered:
            yield warning(card.place("id"), "unused-card", card=card.value.id)
    named = {fact.value.source for fact in edition.facts}
    named |= {contact.value.source for contact in edition.contacts}
    if edition.places.source:
        named.add(edition.places.source[0])
    named |= {year.value.source for year in edition.calendar.years}
    for source in edition.sources:
        if source.value.id not in named and not (
            edition.facts.spoiled or edition.contacts.spoiled or not edition.calendar.is_whole
        ):
            yield warning(source.place("id"), "unused-source", source=source.value.id)


def _unknown(
    table: Table[object], what: str, name: str, place: Place, besides: Iterable[str] = ()
) -> Iterator[Problem]:
    if table.lacks(name):
        suggestion = nearest(name, [*table.entries, *besides])
        yield error(place, f"unknown-{what}", name=name).suggesting(suggestion)


def _unknown_memo(edition: Edition, name: str, place: Place) -> Problem:
    return error(place, "unknown-memo", name=name).suggesting(nearest(name, edition.listed_memos))
