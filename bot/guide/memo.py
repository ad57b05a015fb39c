"""Sections and memos, as one person sees them: in a language, for a citizenship, on a day."""

from dataclasses import dataclass
from datetime import date

from bot.guide.citizenship import Citizenship
from bot.guide.source import Citation
from bot.guide.text import Block, LocalText


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: LocalText
    icon: str
    memos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """One memo ready to be shown.

    `lang` is the language of the text, `wanted` the language that was asked for: they differ
    when the
    translation is missing and the base text stands in. `outdated` says that the base text has
    changed since
    the translation was made. `series` are values by region that it leads to, `directory` the
    drawer of contacts that it opens, or `all`, `checks` guided checks that answer it. `mostly_for` are the citizenships that ask for it when others hardly do;
    empty when everybody does.
    """

    id: str
    section: str
    lang: str
    wanted: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    checked: date
    contacts: tuple[str, ...]
    related: tuple[str, ...]
    cards: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    directory: str | None = None
    checks: tuple[str, ...] = ()
    mostly_for: frozenset[Citizenship] = frozenset()
    outdated: bool = False

    @property
    def is_fallback(self) -> bool:
        return self.lang != self.wanted
