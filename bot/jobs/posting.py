"""Writing to who keeps a date, and what follows from the answer. It must not know what is written, nor Telegram."""

from dataclasses import dataclass
from typing import assert_never

import structlog

from bot.conversation.messenger import Blocked, Delivered, Messenger, Refused, TryAgain
from bot.conversation.replies import Page
from bot.conversation.sealing import Contents, Sealing
from bot.jobs.queue import Over, Result, Wait
from db.kept_date import KeptDate
from db.kept_dates import KeptDates

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Posting:
    dates: KeptDates
    sealing: Sealing
    messenger: Messenger

    async def contents(self, kept: KeptDate) -> Contents | None:
        """None when the seal does not open, as after a change of the secret key: then the date goes, since nobody can be
        reminded of it, nor find it, as the person's hash has changed as well.
        """
        contents = self.sealing.opened(kept.sealed, kept.id, kept.person)
        if contents is None:
            log.warning("date.not_opened", flow=kept.flow, name=kept.name)
            await self.dates.delete(kept.id)
        return contents

    async def send(self, kept: KeptDate, contents: Contents, page: Page) -> Result:
        """Raises `DoorUnavailable`, as `Messenger.send` does."""
        sent = await self.messenger.send(kept.door, contents.address, page)
        match sent:
            case Delivered():
                return Over("delivered")
            case Blocked():
                # All that the person keeps: every message to this address would be refused.
                await self.dates.close(kept.person)
                return Over("blocked")
            case TryAgain(seconds):
                return Wait(seconds)
            case Refused():
                return Over("refused")
            case _:
                assert_never(sent)
