"""Cards to show: short enough for one screen of a phone, understood by whoever shows them, and with letters to draw."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.cards import texts_of
from bot.editorial.problem import Place, Problem, error
from bot.editorial.schema import LANGUAGES
from bot.editorial.table import Entry
from bot.guide.card import SHOWN_IN, Card
from bot.render.card_letters import undrawable

# Characters. A longer sentence would have to be drawn too small to be read over a counter.
RUSSIAN = 120
WORD = 24
TEXTS = {"title": 30, "meaning": 160, "after": 160}


def check_cards(edition: Edition, today: date) -> Iterator[Problem]:
    for entry in edition.cards:
        yield from _texts(entry)
        yield from _russian(entry)
        yield from _meaning(entry, edition.languages)


def _texts(entry: Entry[Card]) -> Iterator[Problem]:
    for field, text in texts_of(entry.value):
        for lang, said in text.by_language.items():
            yield from _fits(said, TEXTS[field], entry.place(field, lang), field)
        yield from _fits(text.anywhere or "", TEXTS[field], entry.place(field), field)


def _russian(entry: Entry[Card]) -> Iterator[Problem]:
    place = entry.place("russian")
    yield from _fits(entry.value.russian, RUSSIAN, place, "russian")
    yield from _can_be_drawn(entry.value.russian, place)


def _meaning(entry: Entry[Card], offered: tuple[str, ...]) -> Iterator[Problem]:
    """Nobody is to hold out a sentence without knowing what it says, so there is no falling back."""
    said = entry.value.meaning.by_language
    missing = [lang for lang in offered if lang != SHOWN_IN and lang not in said]
    if missing:
        yield error(entry.place("meaning"), "card-without-meaning", missing=", ".join(missing))
    for lang, text in said.items():
        place = entry.place("meaning", lang)
        if lang not in LANGUAGES and lang not in offered:
            yield error(place, "unknown-language", lang=lang, known=", ".join(LANGUAGES))
        yield from _can_be_drawn(text, place)


def _fits(text: str, limit: int, place: Place, field: str) -> Iterator[Problem]:
    if len(text) > limit:
        yield error(place, "card-too-long", field=field, length=len(text), limit=limit)


def _can_be_drawn(text: str, place: Place) -> Iterator[Problem]:
    if letters := undrawable(text):
        yield error(place, "card-letter", letters=" ".join(letters))
    for word in text.split():
        if len(word) > WORD:
            yield error(place, "card-word-too-long", word=word, limit=WORD)
