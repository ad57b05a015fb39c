"""Phone numbers in prose: there nobody finds them when they change, and the low confidence of one is not shown."""

# ruff: noqa: RUF001 (Kyrgyz suffixes)

import re
from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import CONTACTS, DANGERS, Edition
from bot.editorial.number_search import numbers_in
from bot.editorial.problem import Problem, error
from bot.editorial.prose import Prose, Said, said_in
from bot.editorial.table import Table
from bot.guide.contact import Contact

_LONG = re.compile(r"(?<![\w+])\+?\d(?:[\s()-]{0,2}\d){9,14}(?!\w)")


def check_phones(edition: Edition, today: date) -> Iterator[Problem]:
    short = edition.kept.of(_short_numbers, edition.contacts)
    for said in said_in(edition):
        yield from edition.kept.every(_phones, said, short)


def _phones(said: Said, short: re.Pattern[str]) -> Iterator[Problem]:
    for prose in said.prose:
        found = list(_LONG.finditer(prose.text))
        # In an emergency 112 is read as it is dialled, and contacts say of each other when to call which.
        if prose.file not in (DANGERS, CONTACTS):
            found += _without_units(prose, short)
        for number in found:
            yield error(prose.place(number.start()), "phone-in-prose", number=number[0].strip())


def _short_numbers(contacts: Table[Contact]) -> re.Pattern[str]:
    """The short numbers of the contacts, in Kyrgyz also with the suffix that is joined to them."""
    numbers = {p.number for c in contacts for p in c.value.phones if p.is_short}
    any_of_them = "|".join(sorted(numbers)) or r"(?!)"
    return re.compile(rf"(?<![\w.,+/№-])(?:{any_of_them})(?:[гкндт][а-яөү]{{1,2}})?(?![\w%₽]|-\w)")


def _without_units(prose: Prose, short: re.Pattern[str]) -> list[re.Match[str]]:
    """Short numbers that are not the number of something ("112 рублей")."""
    counted = {number.start for number in numbers_in(prose.text, prose.lang)}
    return [found for found in short.finditer(prose.text) if found.start() not in counted]
