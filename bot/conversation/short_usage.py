"""`/usage` in Telegram: today, yesterday and the last seven days in a few numbers, for admins. It must not know who they are.

The staff pages have the rest. What is hidden there is hidden here.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

import db.errors
from bot.conversation.replies import NoteKind, Page
from bot.errors import StoreUnavailable
from bot.i18n.interface import Interface, Words
from bot.render.rich_text import RichText
from db.counted import counted_day
from db.small_numbers import HIDDEN, Shown, parts_shown, shown
from db.usage_days import EVERYTHING, Span, UsageDays

_ANSWERED = (NoteKind.QUESTION_ANSWERED, NoteKind.QUESTION_UNCLEAR)
_NOT_ANSWERED = (NoteKind.QUESTION_UNSURE, NoteKind.QUESTION_REFUSED)


class ShortUsage:
    def __init__(
        self, engine: AsyncEngine, interface: Interface, clock: Callable[[], datetime]
    ) -> None:
        self._days = UsageDays(engine)
        self._interface = interface
        self._clock = clock

    async def page(self, lang: str | None) -> Page:
        """Raises `StoreUnavailable`."""
        words = self._interface.words(lang)
        today = counted_day(self._clock())
        yesterday = today - timedelta(days=1)
        try:
            said = [
                await self._said(words, title, span)
                for title, span in (
                    (words.say("usage-today"), Span(today, today)),
                    (words.say("usage-yesterday"), Span(yesterday, yesterday)),
                    (words.say("usage-week"), Span(today - timedelta(days=7), yesterday)),
                )
            ]
        except db.errors.StoreUnavailable as error:
            raise StoreUnavailable(str(error)) from error
        return Page(RichText("\n\n".join(said)), in_place=False)

    async def _said(self, words: Words, title: str, span: Span) -> str:
        kinds = Counter(await self._days.by_kind(span))
        persons = await self._days.persons(span, EVERYTHING)
        asked = parts_shown(
            {
                "answered": sum(kinds[kind] for kind in _ANSWERED),
                "not": sum(kinds[kind] for kind in _NOT_ANSWERED),
            }
        )
        failures = await self._days.failures(span)
        return words.say(
            "usage-short",
            title=title,
            persons=_written(shown(round(sum(persons.values()) / span.days))),
            read=_written(shown(kinds[NoteKind.MEMO_READ])),
            answered=_written(asked["answered"]),
            unanswered=_written(asked["not"]),
            helped=_written(shown(kinds[NoteKind.QUESTION_HELPED])),
            missed=_written(shown(kinds[NoteKind.QUESTION_MISSED])),
            hotlines=_written(shown(kinds[NoteKind.HOTLINES_OPENED])),
            urgent=_written(shown(kinds[NoteKind.DANGER_SHOWN])),
            failures=str(sum(failures.values())),
        )


def _written(number: Shown) -> str:
    return HIDDEN if number is None else str(number)
