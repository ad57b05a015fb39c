"""What a button does. An action is written into the button and read back years later, so:

- it carries everything it needs (invariant 1: buttons never die);
- its written form never changes meaning; forms are added, none is reused.
"""

from dataclasses import dataclass, fields
from typing import assert_never

from bot.conversation import directory_actions, flow_actions
from bot.conversation.directory_actions import (
    AskLocation,
    DirectoryAction,
    OpenContact,
    OpenDirectory,
    OpenDrawer,
    OpenNationwide,
    OpenRegion,
    OpenRegions,
    OpenSeries,
    ShowOffice,
    is_page,
)
from bot.conversation.flow_actions import DateAction, FlowAction
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
class ShowCard:
    """Send a card to show: a Russian sentence that the person holds out."""

    card: str


@dataclass(frozen=True, slots=True)
class AskQuestion:
    pass


@dataclass(frozen=True, slots=True)
class Vote:
    """Whether this memo was what the person had asked for."""

    memo: str
    helped: bool


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """Neither of the two memos that were offered is what the person meant."""


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
    | FlowAction
    | DateAction
    | AskQuestion
    | Vote
    | NoneOfThese
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
    "none": NoneOfThese(),
    "set": OpenSettings(),
    "langs": PickLanguage(),
    "cits": PickCitizenship(),
    "help": OpenHelp(),
    "priv": OpenPrivacy(),
    "forget?": AskForget(),
    "forget!": Forget(),
}
_BARE_NAMES = {type(action): name for name, action in _BARE.items()}
assert all(not fields(action) for action in _BARE.values())


def written(action: Action) -> str:
    """The short ASCII form of an action, without `|` and white space."""
    if isinstance(action, FlowAction | DateAction):
        return flow_actions.written(action)
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
        case (
            OpenDirectory()
            | OpenDrawer()
            | OpenContact()
            | ShowOffice()
            | OpenRegions()
            | OpenSeries()
            | OpenRegion()
            | OpenNationwide()
            | AskLocation()
        ):
            return directory_actions.written(action)
        case Vote(memo, helped):
            return f"vote:{'y' if helped else 'n'}:{memo}"
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
            | AskQuestion()
            | NoneOfThese()
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
        case ["m", memo, page] if memo and is_page(page):
            return OpenMemo(memo, int(page))
        case ["m", memo, page, "b"] if memo and is_page(page):
            return OpenMemo(memo, int(page), base=True)
        case ["d", danger] if danger:
            return OpenDanger(danger)
        case ["c", contact] if contact:
            return ShowContact(contact)
        case ["show", card] if card:
            return ShowCard(card)
        case ["c", contact, phone] if contact and is_page(phone):
            return ShowContact(contact, int(phone))
        case ["vote", "y" | "n" as vote, memo] if memo:
            return Vote(memo, helped=vote == "y")
        case ["lang", lang] if lang:
            return SetLanguage(lang)
        case ["cit", key] if citizenship := citizenship_named(key):
            return SetCitizenship(citizenship)
        case parts:
            return directory_actions.read(parts) or flow_actions.read(parts) or Unreadable()
