"""Reminds persons of the dates that they keep. What a reminder says comes from the conversation; when it is due is known since
the date was kept. No Telegram here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.replies import Page
from bot.guide.place import local_day
from bot.guide.reminding_days import is_overtaken
from bot.jobs.posting import Posting
from bot.jobs.queue import Over, Result
from db.jobs import Job
from db.kept_date import KeptDate

Reminding = Callable[[KeptDate, int], Page | None]
"""What to say so many days before a date (below zero: after it); None when there is nothing to say. The number is that of the
day on which it is said, so a reminder that comes late is right as well.
"""


@dataclass(frozen=True, slots=True)
class Reminders:
    posting: Posting
    reminding: Reminding
    clock: Callable[[], datetime]

    async def remind(self, job: Job) -> Result:
        kept = await self.posting.dates.get(str(job.payload["date"]))
        if kept is None or kept.is_settled:
            return Over("gone")
        today = local_day(self.clock(), kept.zone)
        days_left = (kept.day - today).days
        if is_overtaken(int(str(job.payload["offset"])), days_left):
            return Over("overtaken")
        page = self.reminding(kept, days_left)
        if page is None:
            return Over("nothing-to-say")
        contents = await self.posting.contents(kept)
        return await self.posting.send(kept, contents, page) if contents else Over("not-opened")
