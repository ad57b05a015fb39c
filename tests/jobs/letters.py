"""A messenger that keeps what it sends and answers by script, and persons who keep dates."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.date_keeping import Owner, keep_date
from bot.conversation.messenger import Delivered, Sent
from bot.conversation.replies import KeepDate, Page
from bot.conversation.sealing import Sealing
from bot.guide.citizenship import Citizenship
from bot.jobs.posting import Posting
from db import kept_dates
from db.jobs import Job
from db.kept_date import KeptDate
from db.kept_dates import KeptDates

SEALING = Sealing("the secret key of one deployment")
DAY = date(2026, 12, 8)
LONG_BEFORE = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(slots=True)
class Post:
    """`answers` are what comes of the next messages; after the last one all arrive."""

    answers: deque[Sent] = field(default_factory=deque)
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    async def send(self, door: str, address: str, message: Page) -> Sent:
        self.sent.append((door, address, message.text.text))
        return self.answers.popleft() if self.answers else Delivered()

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text in self.sent]


def posting(engine: AsyncEngine, post: Post, sealing: Sealing = SEALING) -> Posting:
    return Posting(KeptDates(engine), sealing, post)


async def keep(
    engine: AsyncEngine,
    *,
    person: str = "a1b2",
    name: str = "deadline",
    zone: str = "Europe/Moscow",
    facts: Mapping[str, str] | None = None,
) -> KeptDate:
    wanted = KeepDate(
        flow="register-by",
        name=name,
        day=DAY,
        zone=zone,
        facts=facts or {},
        answers={"entered": "2026-11-08"},
        mends=True,
    )
    owner = Owner(person, "telegram", f"7{person}", "ky", Citizenship.KG)
    kept = keep_date(wanted, owner, SEALING, LONG_BEFORE)
    async with engine.begin() as connection:
        await connection.run_sync(kept_dates.keep, [kept])
    return kept.date


def job(kind: str, kept: KeptDate, offset: int = 0) -> Job:
    """As a worker hands it out."""
    payload = {"date": kept.id, "offset": offset}
    return Job("j", kind, LONG_BEFORE, payload, 1, "w", LONG_BEFORE)
