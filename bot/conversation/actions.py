"""What a button does. An action is written into the button and read back years later, so:

- it carries everything it needs (invariant 1: buttons never die);
- its written form never changes meaning; forms are added, none is reused.
"""

from dataclasses import dataclass, fields
from typing import assert_never

from bot.guide.citizenship import Citizenship, citizenship_named


@dataclass(frozen=True, slots=True)
class OpenMenu:
    pass


@dataclass(frozen=True, slots=True)
class OpenSection:
    section: str


@dataclass(frozen=True, slots=True)
class OpenMemo:
    """`page` counts from 1. `base` asks for the base-language text instead of the translation."""

    memo: str
    page: int = 1
    base: bool = False


@dataclass(frozen=True, slots=True)
class OpenHotlines:
    pass


@dataclass(frozen=True, slots=True)
class OpenSos:
    pass


@dataclass(frozen=True, slots=True)
class OpenDanger:
    danger: str


@dataclass(frozen=True, slots=True)
class ShowContact:
    """Send the contact as a card that can be tapped to call: each of its phones, or the one with
    this number (from 1).
    """

    contact: str
    phone: int = 0


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


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Send a card to show: a Russian sentence that the person holds out."""

    card: str


@dataclass(frozen=True, slots=True)
class AskQuestion:
    pass


@dataclass(frozen=True, slots=True)
class OpenSettings:
    pass


@dataclass(frozen=True, slots=True)
class PickLanguage:
    pass


@dataclass(frozen=True, slots=True)
class SetLanguage:
    lang: str


@dataclass(frozen=True, slots=True)
class PickCitizenship:
    pass


@dataclass(frozen=True, slots=True)
class SetCitizenship:
    citizenship: Citizenship


@dataclass(frozen=True, slots=True)
class OpenHelp:
    pass


@dataclass(frozen=True, slots=True)
class OpenPrivacy:
    pass


@dataclass(frozen=True, slots=True)
class AskForget:
    """Ask once more before everything is deleted."""


@dataclass(frozen=True, slots=True)
class Forget:
    pass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A button that this edition of the program cannot read. It leads to the menu."""


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

Action = (
    OpenMenu
    | OpenSection
    | OpenMemo
    | OpenHotlines
    | OpenSos
    | OpenDanger
    | ShowContact
    | ShowCard
    | ShowOffice
    | DirectoryAction
    | AskQuestion
    | OpenSettings
    | PickLanguage
    | SetLanguage
    | PickCitizenship
    | SetCitizenship
    | OpenHelp
    | OpenPrivacy
    | AskForget
    | Forget
    | Unreadable
)

_BARE: dict[str, Action] = {
    "menu": OpenMenu(),
    "hot": OpenHotlines(),
    "sos": OpenSos(),
    "ask": AskQuestion(),
    "set": OpenSettings(),
    "langs": PickLanguage(),
    "cits": PickCitizenship(),
    "dir": OpenDirectory(),
    "near": AskLocation(),
    "help": OpenHelp(),
    "priv": OpenPrivacy(),
    "forget?": AskForget(),
    "forget!": Forget(),
}
_BARE_NAMES = {type(action): name for name, action in _BARE.items()}
assert all(not fields(action) for action in _BARE.values())


def written(action: Action) -> str:
    """The short ASCII form of an action, without `|` and white space."""
    match action:
        case OpenSection(section):
            return f"s:{section}"
        case OpenMemo(memo, page, base):
            return f"m:{memo}" + (f":{page}" if page != 1 or base else "") + (":b" if base else "")
        case OpenDanger(danger):
            return f"d:{danger}"
        case ShowCard(card):
            return f"show:{card}"
        case ShowContact(contact, phone):
            return f"c:{contact}" + (f":{phone}" if phone else "")
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
        case SetLanguage(lang):
            return f"lang:{lang}"
        case SetCitizenship(citizenship):
            return f"cit:{citizenship}"
        case Unreadable():
            return "menu"
        case (
            OpenMenu()
            | OpenHotlines()
            | OpenSos()
            | OpenDirectory()
            | AskLocation()
            | AskQuestion()
            | OpenSettings()
            | PickLanguage()
            | PickCitizenship()
            | OpenHelp()
            | OpenPrivacy()
            | AskForget()
            | Forget()
        ):
            return _BARE_NAMES[type(action)]
        case _:
            assert_never(action)


def read(text: str) -> Action:
    """The action that was written so; `Unreadable` for anything else. Never raises."""
    if text in _BARE:
        return _BARE[text]
    match text.split(":"):
        case ["s", section] if section:
            return OpenSection(section)
        case ["m", memo] if memo:
            return OpenMemo(memo)
        case ["m", memo, page] if memo and _is_page(page):
            return OpenMemo(memo, int(page))
        case ["m", memo, page, "b"] if memo and _is_page(page):
            return OpenMemo(memo, int(page), base=True)
        case ["d", danger] if danger:
            return OpenDanger(danger)
        case ["c", contact] if contact:
            return ShowContact(contact)
        case ["show", card] if card:
            return ShowCard(card)
        case ["c", contact, phone] if contact and _is_page(phone):
            return ShowContact(contact, int(phone))
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
        case ["lang", lang] if lang:
            return SetLanguage(lang)
        case ["cit", key] if citizenship := citizenship_named(key):
            return SetCitizenship(citizenship)
        case _:
            return Unreadable()


def _page(page: int) -> str:
    return f":{page}" if page != 1 else ""


def _are_pages(texts: list[str]) -> bool:
    """One page or none."""
    return len(texts) <= 1 and all(map(_is_page, texts))


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) > 0
