"""What is remembered about a conversation, and its written form. Reading never fails: what
cannot be read is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.actions import Action, OpenMenu, Unreadable, read, written
from bot.conversation.check import Check, check_from_text, check_to_text
from bot.conversation.kept_date import KeptDate
from bot.guide.citizenship import Citizenship, citizenship_named


@dataclass(frozen=True, slots=True)
class State:
    """`place` is the page last shown, `pending` the page to open once language and citizenship
    are known.

    `check` is the guided check that they are in, or were in last. `guess` is the language of the person's Telegram, `now`
    the moment, and `dates` what they have asked to be reminded of: hints of one turn that are not kept here.
    """

    lang: str | None = None
    citizenship: Citizenship | None = None
    place: Action = OpenMenu()
    pending: Action | None = None
    check: Check | None = None
    guess: str | None = None
    now: datetime | None = None
    dates: tuple[KeptDate, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.lang is not None and self.citizenship is not None


def state_to_json(state: State) -> dict[str, str]:
    """Only strings, no personal data; empty fields are left out."""
    fields = {
        "lang": state.lang,
        "citizenship": str(state.citizenship) if state.citizenship else None,
        "place": written(state.place),
        "pending": written(state.pending) if state.pending else None,
        "check": check_to_text(state.check) if state.check else None,
    }
    return {name: value for name, value in fields.items() if value}


def state_from_json(stored: object) -> State:
    """The state that was written so. Unknown or spoiled fields count as absent: an older or
    newer program wrote them.
    """
    if not isinstance(stored, dict):
        return State()
    lang, citizenship, place, pending, check = (
        value if isinstance(value := stored.get(name), str) else ""
        for name in ("lang", "citizenship", "place", "pending", "check")
    )
    opened = read(pending) if pending else None
    shown = read(place) if place else OpenMenu()
    return State(
        lang=lang or None,
        citizenship=citizenship_named(citizenship) if citizenship else None,
        place=OpenMenu() if isinstance(shown, Unreadable) else shown,
        pending=None if isinstance(opened, Unreadable) else opened,
        check=check_from_text(check) if check else None,
    )
