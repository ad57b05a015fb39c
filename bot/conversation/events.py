"""What a person does, in words that no door owns."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.conversation.actions import Action
from bot.guide.citizenship import Citizenship
from bot.guide.place import Point
from bot.search.findings import Findings


@dataclass(frozen=True, slots=True)
class Started:
    """`/start`, with the payload of a deep link."""

    payload: str | None = None


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A command without its slash, in lower case."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """`lang` and `citizenship` are those the button was made for; they serve when no state is
    stored. `question` is the person's own message that the button's page was an answer to, when the
    door still has it.
    """

    action: Action
    lang: str | None = None
    citizenship: Citizenship | None = None
    question: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TextTyped:
    """Free text. The service puts in what search found, so that the machine stays pure."""

    text: str
    findings: Findings | None = None


class NotTextKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NotTextSent:
    """A message without text that could be read."""

    kind: NotTextKind


@dataclass(frozen=True, slots=True)
class LocationSent:
    """A point on the map. It is read in one turn and kept nowhere."""

    point: Point


Event = Started | CommandGiven | ButtonPressed | TextTyped | NotTextSent | LocationSent
