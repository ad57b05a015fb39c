"""The pages of earlier editions: who changed what when, the text as it was, two editions side by side, and the way back."""

from bot.web.staff.frame import Page
from bot.web.staff.history import editions, list_page, returning

pages: tuple[Page, ...] = (*list_page.pages, *editions.pages, *returning.pages)
