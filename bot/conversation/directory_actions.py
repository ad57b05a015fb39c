"""What the buttons of the directory do, and how these actions are written. The rules are those of `actions`: a form
never changes its meaning.
"""

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class OpenDirectory:
    """The drawers of the directory of contacts."""


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """`page` counts from 1, here and below."""

    drawer: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpenContact:
    contact: str


@dataclass(frozen=True, slots=True)
class ShowOffice:
    """Send the place of an office as a pin on the map."""

    contact: str


@dataclass(frozen=True, slots=True)
class OpenRegions:
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpenSeries:
    """The regions that have a value in a series of facts."""

    series: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpenRegion:
    region: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpenNationwide:
    """The contacts that have no place: they help anywhere."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskLocation:
    """Offer to send where the person is, for the nearest offices."""


DirectoryAction = (
    OpenDirectory
    | OpenDrawer
    | OpenContact
    | OpenRegions
    | OpenSeries
    | OpenRegion
    | OpenNationwide
    | AskLocation
)


def written(action: DirectoryAction | ShowOffice) -> str:
    match action:
        case OpenDirectory():
            return "dir"
        case AskLocation():
            return "near"
        case OpenDrawer(drawer, page):
            return f"dr:{drawer}" + _page(page)
        case OpenContact(contact):
            return f"o:{contact}"
        case ShowOffice(contact):
            return f"v:{contact}"
        case OpenRegions(page):
            return "rs" + _page(page)
        case OpenSeries(series, page):
            return f"sr:{series}" + _page(page)
        case OpenRegion(region, page):
            return f"r:{region}" + _page(page)
        case OpenNationwide(page):
            return "ru" + _page(page)
        case _:
            assert_never(action)


def read(parts: list[str]) -> DirectoryAction | ShowOffice | None:
    """The action whose written form has these parts between its colons; None when it is none of these."""
    match parts:
        case ["dir"]:
            return OpenDirectory()
        case ["near"]:
            return AskLocation()
        case ["dr", drawer, *page] if drawer and _are_pages(page):
            return OpenDrawer(drawer, *map(int, page))
        case ["o", contact] if contact:
            return OpenContact(contact)
        case ["v", contact] if contact:
            return ShowOffice(contact)
        case ["rs", *page] if _are_pages(page):
            return OpenRegions(*map(int, page))
        case ["sr", series, *page] if series and _are_pages(page):
            return OpenSeries(series, *map(int, page))
        case ["r", region, *page] if region and _are_pages(page):
            return OpenRegion(region, *map(int, page))
        case ["ru", *page] if _are_pages(page):
            return OpenNationwide(*map(int, page))
        case _:
            return None


def is_page(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) > 0


def _are_pages(texts: list[str]) -> bool:
    """One page or none."""
    return len(texts) <= 1 and all(map(is_page, texts))


def _page(page: int) -> str:
    return f":{page}" if page != 1 else ""
