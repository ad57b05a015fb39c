"""Writing into the member's draft of a file, with an entry in the audit log. It writes no file of the content."""

from bot.web.staff.frame import StaffRoom
from bot.web.staff.ledgers.work import Work
from bot.web.staff.own_drafts import Working, keep
from db.audit import AuditLog


async def written(room: StaffRoom, work: Work, text: str, deed: str, detail: str) -> bool:
    """Whether the text of the file is in the draft now: not when another window of the member was faster."""
    working = Working(work.published, work.draft, work.snapshot, work.edition)
    subject, files = work.form.subject, {work.form.file: text}
    if await keep(room, work.staff, subject, working, files):
        return False
    await AuditLog(room.engine).add(work.staff.name, deed, subject, detail[:200], now=room.clock())
    return True
