"""What the machine wants said, shown or noted. No door owns these words either."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.conversation.actions import Action
from bot.guide.citizenship import Citizenship
from bot.guide.place import Point
from bot.render.rich_text import RichText


@dataclass(frozen=True, slots=True)
class Button:
    """`lang` and `citizenship` go into the button, so that it opens the same text with an
    empty store.
    """

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class LinkButton:
    label: str
    url: str


Rows = tuple[tuple[Button | LinkButton, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A screen. `in_place` asks the door to put it where the pressed button was, if it can;
    `is_reply` to tie it to the message that it answers, so that a button under it gives that message back.
    """

    text: RichText
    rows: Rows = ()
    in_place: bool = True
    is_reply: bool = False
    lang: str | None = None
    citizenship: Citizenship | None = None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact that can be saved and called with a tap."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class CardShown:
    """A sentence to hold out: a picture of `russian` with `own` below it, made by the door, and the
    same words as `text`. Where there is no picture the text stands alone.
    """

    russian: str
    own: str
    text: RichText
    rows: Rows = ()
    lang: str | None = None
    citizenship: Citizenship | None = None


@dataclass(frozen=True, slots=True)
class OfficePin:
    """The place of an office, to open on a map."""

    title: str
    address: str
    point: Point


@dataclass(frozen=True, slots=True)
class AskForLocation:
    """A keyboard in the place of the person's own: one key sends where they are, the other is
    typed for them. It stays until `CloseKeyboard`.
    """

    text: str
    send_label: str
    refuse_label: str


@dataclass(frozen=True, slots=True)
class CloseKeyboard:
    """Take that keyboard away; a door can do it only with a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Toast:
    """A short line over the screen, at most 200 characters."""

    text: str


class NoteKind(StrEnum):
    STARTED = "started"
    MENU_OPENED = "menu-opened"
    SECTION_OPENED = "section-opened"
    MEMO_READ = "memo-read"
    QUESTION_ANSWERED = "question-answered"
    QUESTION_UNCLEAR = "question-unclear"
    QUESTION_UNSURE = "question-unsure"
    QUESTION_REFUSED = "question-refused"
    QUESTION_HELPED = "question-helped"
    QUESTION_MISSED = "question-missed"
    DANGER_SHOWN = "danger-shown"
    HOTLINES_OPENED = "hotlines-opened"
    CONTACT_SHOWN = "contact-shown"
    CARD_SHOWN = "card-shown"
    CONTACT_OPENED = "contact-opened"
    DIRECTORY_OPENED = "directory-opened"
    REGION_OPENED = "region-opened"
    NEAREST_SHOWN = "nearest-shown"
    CHECKS_OPENED = "checks-opened"
    FLOW_STARTED = "flow-started"
    FLOW_ASKED = "flow-asked"
    FLOW_ENDED = "flow-ended"
    FLOW_FAILED = "flow-failed"
    DATES_OPENED = "dates-opened"
    DATE_KEPT = "date-kept"
    DATE_CHANGED = "date-changed"
    SETTINGS_CHANGED = "settings-changed"
    NOT_UNDERSTOOD = "not-understood"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Note:
    """One usage event: what happened, never who or in which words. `subject` is a memo,
    section, contact, card, drawer, region, danger or flow id; of a flow also with the step, as in `register-by/entered`.
    """

    kind: NoteKind
    lang: str | None
    citizenship: Citizenship | None
    subject: str | None = None


class WhyKept(StrEnum):
    """`NO`: an answer was shown, and the person said that it did not help."""

    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question for staff to look at. No door sees it: the service masks `text` and forgets these words (ADR 8).

    `memo` is the id of the memo that did not help.
    """

    text: str = field(repr=False)
    lang: str
    citizenship: Citizenship | None
    why: WhyKept
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class KeepDate:
    """Remind this person of a day, in this turn's transaction. `answers` and `facts` are what it was worked out from, so
    that it can be worked out anew when a fact changes. `mends`: something can still be done on the day after.
    """

    flow: str
    name: str
    day: date
    zone: str
    answers: Mapping[str, str] = field(repr=False)
    facts: Mapping[str, str]
    mends: bool = False


class DateChange(StrEnum):
    MOVE = "move"  # to another day
    SETTLE = "settle"  # it is done
    DELAY = "delay"  # remind again tomorrow
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ChangeDate:
    """Change a kept date of this person, in this turn's transaction. `day` is set for `MOVE`."""

    id: str
    change: DateChange
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file to save, with a line that says what it is."""

    name: str
    data: bytes = field(repr=False)
    text: str


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Everything kept about this person is to be deleted in this turn's transaction."""


Reply = (
    Page
    | ContactCard
    | CardShown
    | OfficePin
    | AskForLocation
    | CloseKeyboard
    | Toast
    | Note
    | KeptQuestion
    | KeepDate
    | ChangeDate
    | FileShown
    | ForgetPerson
)
