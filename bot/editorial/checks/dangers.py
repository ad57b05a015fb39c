"""Present dangers: every citizenship reaches somebody who can be called, and every line of words can match."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Problem, error, warning
from bot.editorial.table import Entry
from bot.guide.danger import Danger


def check_dangers(edition: Edition, today: date) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for entry in edition.dangers:
        yield from _callable(edition, entry)
        yield from _lines(entry, "unless", entry.value.unless)
        yield from _lines(entry, "words", entry.value.words)
        for lang in edition.languages:
            if not entry.value.words.get(lang):
                yield error(entry.place("words"), "danger-without-words", lang=lang)
        for lang, lines in entry.value.words.items():
            for number, line in enumerate(lines):
                first = seen.setdefault((lang, line.casefold()), entry.value.id)
                if first != entry.value.id:
                    place = entry.place("words", lang, number)
                    yield warning(place, "danger-words-twice", line=line, danger=first)


def _callable(edition: Edition, entry: Entry[Danger]) -> Iterator[Problem]:
    for citizenship, names in entry.value.contacts.items():
        contacts = [edition.contacts.get(name) for name in names]
        if None in contacts:
            continue  # an unknown name is a problem of its own, and may be the one with the phone
        reached = [c for c in contacts if c and c.phones and citizenship in c.serves]
        if not reached:
            yield error(entry.place("contacts"), "danger-without-phone", who=citizenship)


def _lines(
    entry: Entry[Danger], field: str, by_language: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    for lang, lines in by_language.items():
        for number, line in enumerate(lines):
            words = line.split()
            if any("*" in word[:-1] or word == "*" for word in words):
                yield error(entry.place(field, lang, number), "danger-star", line=line)
