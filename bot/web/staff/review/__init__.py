"""The pages between a draft and its publication: the queue, one draft with all it would change, and what an editor decides."""

from bot.web.staff.frame import Page
from bot.web.staff.review import checks, deciding, draft_page, queue, settling

pages: tuple[Page, ...] = (
    *queue.pages,
    *draft_page.pages,
    *checks.pages,
    *deciding.pages,
    *settling.pages,
)
