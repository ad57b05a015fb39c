"""The pages of guided checks: the list, the editor with its drawing, proof and play, and the way of a draft to its review."""

from bot.web.staff.flows import beside, edit_page, list_page, moving, saving
from bot.web.staff.frame import Page

pages: tuple[Page, ...] = (
    *list_page.pages,
    *moving.pages,
    *edit_page.pages,
    *saving.pages,
    *beside.pages,
)
