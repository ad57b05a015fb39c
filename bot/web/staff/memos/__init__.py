"""The pages of memos: the list, the editor with all that stands beside the text, and the way of a draft to its review."""

from bot.web.staff.frame import Page
from bot.web.staff.memos import beside, edit_page, list_page, moving, saving

pages: tuple[Page, ...] = (
    *list_page.pages,
    *moving.pages,
    *edit_page.pages,
    *saving.pages,
    *beside.pages,
)
