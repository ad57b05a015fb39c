"""Short texts by language: names of languages that are none of ours, and languages that are left out."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.cards import texts_of
from bot.editorial.problem import Place, Problem, error, nearest, warning
from bot.editorial.schema import LANGUAGES
from bot.editorial.table import Entry
from bot.guide.fact import Fact
from bot.guide.text import LocalText


def check_languages(edition: Edition, today: date) -> Iterator[Problem]:
    if edition.contents is None:
        return
    known = {*edition.languages, *LANGUAGES}
    for text, place, field in _texts(edition):
        for lang in text.by_language.keys() - known:
            yield _unknown(lang, place)
        missing = [lang for lang in edition.languages if lang not in text.by_language]
        if text.anywhere is None and missing:
            yield warning(place, "text-lacks-language", field=field, missing=", ".join(missing))
    for danger in edition.dangers:
        for field, lines in (("words", danger.value.words), ("unless", danger.value.unless)):
            for lang in lines:
                if lang not in known:
                    yield _unknown(lang, danger.place(field, lang))


def _texts(edition: Edition) -> Iterator[tuple[LocalText, Place, str]]:
    if edition.contents:
        for number, section in enumerate(edition.contents.value.sections):
            yield section.title, edition.contents.place("sections", number, "title"), "title"
    for source in edition.sources:
        if source.value.show:
            yield source.value.title, source.place("title"), "title"
    for region in edition.places.regions:
        yield region.value.name, region.place("name"), "name"
        for number, city in enumerate(region.value.cities):
            yield city.name, region.place("cities", number, "name"), "name"
    for series in edition.places.series:
        yield series.value.title, series.place("title"), "title"
        if series.value.about:
            yield series.value.about, series.place("about"), "about"
    for danger in edition.dangers:
        yield danger.value.title, danger.place("title"), "title"
        yield danger.value.say, danger.place("say"), "say"
    for card in edition.cards:
        # What the sentence means has no base text to fall back on: `check_cards` asks for it.
        for field, said in texts_of(card.value):
            if field != "meaning":
                yield said, card.place(field), field
    for contact in edition.contacts:
        thing = contact.value
        for field, text in (
            ("name", thing.name),
            ("for", thing.purpose),
            ("hours", thing.hours),
            ("address", thing.address),
        ):
            if text is not None:
                yield text, contact.place(field), field
    for fact in edition.facts:
        yield from _values(fact)


def _values(fact: Entry[Fact]) -> Iterator[tuple[LocalText, Place, str]]:
    for number, dated in enumerate(fact.value.values):
        if isinstance(dated.value, LocalText):
            yield dated.value, fact.place("values", number, "value"), "value"


def _unknown(lang: str, place: Place) -> Problem:
    problem = error(place, "unknown-language", lang=lang, known=", ".join(LANGUAGES))
    return problem.suggesting(nearest(lang, LANGUAGES))
