"""A memo of any edition on a phone, as a page asks for it in its address: for whom, on which day, which page.

Nothing is written here.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from bot.editorial.edition import Edition
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.i18n.interface import load_interface
from bot.web.staff.frame import StaffRoom
from bot.web.staff.links import memo_title
from bot.web.staff.memos.looking import Phone, Wish, phone_of

_GUIDE_WORDS = load_interface()
_CENTURY = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a phone stands: the address of its page with what it keeps, the day and the language unless others are asked
    for, and the language of who looks.
    """

    address: str
    day: date
    lang: str
    reader: str
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownPhone:
    """`memos` are pairs of id and title to choose from; `phone` is None when the memo cannot be shown."""

    frame: Frame
    memo: str
    memos: tuple[tuple[str, str], ...]
    wish: Wish
    phone: Phone | None
    languages: tuple[str, ...]
    citizenships: tuple[tuple[str, str], ...]

    def page(self, number: int, *, base: bool) -> str:
        """The address with another page of the memo on the phone."""
        asked = {
            **self.frame.kept,
            "memo": self.memo,
            "for-lang": self.wish.lang,
            "for-citizenship": self.wish.citizenship,
            "for-day": self.wish.day.isoformat(),
            "page": number,
            "base": "yes" if base else "",
        }
        return f"{self.frame.address}?{urlencode(asked)}#phone-panel"


async def shown_phone(
    room: StaffRoom,
    edition: Edition,
    memos: Sequence[str],
    asked: Mapping[str, str],
    frame: Frame,
) -> ShownPhone | None:
    """None when there is no memo to show. `memos` are offered; another one may be asked for too."""
    wanted = asked.get("memo", "")
    offered = [memo for memo in memos if memo in edition.memos]
    if wanted in edition.memos and wanted not in offered:
        offered.append(wanted)
    if not offered or not edition.languages:
        return None
    memo = wanted if wanted in offered else offered[0]
    wish = _wish(asked, edition.languages, frame)
    phone = await asyncio.to_thread(phone_of, room.served(), edition, memo, wish)
    words = _GUIDE_WORDS.words(frame.reader)
    return ShownPhone(
        frame,
        memo,
        tuple((one, memo_title(edition, one, frame.reader)) for one in offered),
        wish,
        phone,
        edition.languages,
        tuple((one, words.say(f"citizenship-{one}")) for one in Citizenship),
    )


def _wish(asked: Mapping[str, str], languages: Sequence[str], frame: Frame) -> Wish:
    lang, citizenship = asked.get("for-lang", frame.lang), asked.get("for-citizenship", "")
    page = asked.get("page", "")
    return Wish(
        lang=lang if lang in languages else languages[0],
        citizenship=Citizenship(citizenship)
        if citizenship in set(Citizenship)
        else FIRST_CORRIDOR,
        day=day_of_form(asked.get("for-day", "")) or frame.day,
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
        base=asked.get("base") == "yes",
    )


def day_of_form(text: str) -> date | None:
    """A day as a date field sends it; None for what is none, and for days of other centuries."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year // 100 == _CENTURY else None
