"""`joldosh worker` with plain letters, so that what is measured is the sending: `python -m tests.crash.letter_worker`."""

import asyncio
from collections.abc import Mapping
from datetime import date

from bot.conversation.guidebook import Guidebook
from bot.conversation.replies import Page
from bot.guide.citizenship import citizenship_named
from bot.jobs.corresponding import Letters
from bot.observability.logs import configure_logs
from bot.render.rich_text import RichText
from bot.settings import read_settings
from bot.working import work
from db.kept_date import KeptDate


def reminder(_book: Guidebook, kept: KeptDate, days_left: int) -> Page:
    return Page(
        RichText(f"{kept.flow}: {days_left}"),
        lang=kept.lang,
        citizenship=citizenship_named(kept.citizenship),
    )


def recomputed(_book: Guidebook, kept: KeptDate, _answers: Mapping[str, str]) -> date:
    return kept.day


def changed(_book: Guidebook, kept: KeptDate, day: date | None) -> Page:
    return Page(RichText(f"{kept.day} → {day}"))


if __name__ == "__main__":
    configure_logs(as_json=True)
    asyncio.run(work(read_settings(), letters=Letters(reminder, recomputed, changed)))
