"""Which buttons stand under the pages of the directory. No list is longer than a screen: the rest
is on further pages.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from bot.conversation.actions import Action, OpenHotlines, ShowContact
from bot.conversation.directory_actions import (
    AskLocation,
    OpenContact,
    OpenDirectory,
    OpenDrawer,
    OpenNationwide,
    OpenRegion,
    OpenRegions,
    OpenSeries,
    ShowOffice,
)
from bot.conversation.keyboards import bottom_row, turning_rows
from bot.conversation.replies import Button, Rows
from bot.guide.contact import Contact
from bot.guide.directory import Drawer
from bot.guide.place import City, Region
from bot.i18n.interface import Words

_CONTACTS_A_PAGE = 8
_REGIONS_A_PAGE = 20
_MOST_PHONES = 8
# A second column halves the way to scroll; names of regions are short enough for it.
_REGIONS_A_ROW = 2

Row = tuple[Button, ...]
Cities = Mapping[str, City]
T = TypeVar("T")


def directory_rows(words: Words, drawers: Sequence[Drawer]) -> Rows:
    return (
        *((_drawer(words, drawer),) for drawer in drawers),
        (Button(words.say("button-nearest"), AskLocation()),),
        (Button(words.say("button-regions"), OpenRegions()),),
        (Button(words.say("button-hotlines"), OpenHotlines()),),
        bottom_row(words),
    )


def drawer_rows(
    words: Words, contacts: Sequence[Contact], cities: Cities, opened: OpenDrawer
) -> Rows:
    shown, page, pages = _part(contacts, opened.page, _CONTACTS_A_PAGE)
    return (
        *_contacts(words, shown, cities),
        *turning_rows(words, page, pages, lambda number: OpenDrawer(opened.drawer, number)),
        _directory(words),
        bottom_row(words),
    )


def contact_rows(words: Words, contact: Contact, region: Region | None, drawer: Drawer) -> Rows:
    phones = [
        (Button(f"☎ {phone.number}", ShowContact(contact.id, number)),)
        for number, phone in enumerate(contact.phones[:_MOST_PHONES], 1)
    ]
    pin: list[Row] = []
    if contact.point:
        pin = [(Button(words.say("button-pin"), ShowOffice(contact.id)),)]
    return (
        *phones,
        *pin,
        *([_region(words, region)] if region else []),
        (_drawer(words, drawer),),
        _directory(words),
        bottom_row(words),
    )


def regions_rows(words: Words, regions: Sequence[Region], opened: OpenRegions) -> Rows:
    return (
        (Button(words.say("button-nationwide"), OpenNationwide()),),
        *_regions(words, regions, opened.page, OpenRegions),
        (Button(words.say("button-nearest"), AskLocation()),),
        _directory(words),
        bottom_row(words),
    )


def series_rows(words: Words, regions: Sequence[Region], opened: OpenSeries) -> Rows:
    return (
        *_regions(words, regions, opened.page, lambda number: OpenSeries(opened.series, number)),
        bottom_row(words),
    )


def region_rows(words: Words, contacts: Sequence[Contact], opened: OpenRegion) -> Rows:
    shown, page, pages = _part(contacts, opened.page, _CONTACTS_A_PAGE)
    return (
        *_contacts(words, shown),
        *turning_rows(words, page, pages, lambda number: OpenRegion(opened.region, number)),
        (Button(words.say("button-nationwide"), OpenNationwide()),),
        (Button(words.say("button-regions"), OpenRegions()),),
        bottom_row(words),
    )


def nationwide_rows(words: Words, contacts: Sequence[Contact], opened: OpenNationwide) -> Rows:
    shown, page, pages = _part(contacts, opened.page, _CONTACTS_A_PAGE)
    return (
        *_contacts(words, shown),
        *turning_rows(words, page, pages, OpenNationwide),
        _directory(words),
        bottom_row(words),
    )


def ask_location_rows(words: Words) -> Rows:
    return (
        (Button(words.say("button-regions"), OpenRegions()),),
        _directory(words),
        bottom_row(words),
    )


def nearest_rows(
    words: Words, contacts: Sequence[Contact], cities: Cities, region: Region | None
) -> Rows:
    return (
        *_contacts(words, contacts, cities),
        *([_region(words, region)] if region else []),
        (Button(words.say("button-regions"), OpenRegions()),),
        (Button(words.say("button-hotlines"), OpenHotlines()),),
        bottom_row(words),
    )


def _contacts(
    words: Words, contacts: Sequence[Contact], cities: Cities = MappingProxyType({})
) -> list[Row]:
    """The city stands first: of a label a phone shows thirty letters, and consulates of one country
    have the first thirty in common.
    """
    rows: list[Row] = []
    for contact in contacts:
        city = cities.get(contact.city or "")
        before = f"{city.name.in_language(words.lang)} · " if city else ""
        label = before + contact.name.in_language(words.lang)
        rows.append((Button(label, OpenContact(contact.id)),))
    return rows


def _regions(
    words: Words, regions: Sequence[Region], page: int, turn: Callable[[int], Action]
) -> list[Row]:
    shown, page, pages = _part(regions, page, _REGIONS_A_PAGE)
    buttons = [
        Button(region.name.in_language(words.lang), OpenRegion(region.id)) for region in shown
    ]
    rows = [
        tuple(buttons[start : start + _REGIONS_A_ROW])
        for start in range(0, len(buttons), _REGIONS_A_ROW)
    ]
    return [*rows, *turning_rows(words, page, pages, turn)]


def _region(words: Words, region: Region) -> Row:
    name = region.name.in_language(words.lang)
    return (Button(words.say("button-region", name=name), OpenRegion(region.id)),)


def _drawer(words: Words, drawer: Drawer) -> Button:
    return Button(words.say(f"drawer-{drawer}"), OpenDrawer(drawer))


def _directory(words: Words) -> Row:
    return (Button(words.say("button-directory"), OpenDirectory()),)


def _part(things: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The things on a page, its number and how many pages there are; the last page for a number
    that is too large.
    """
    pages = max(1, -(-len(things) // size))
    page = min(page, pages)
    return things[(page - 1) * size : page * size], page, pages
