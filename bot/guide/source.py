"""Sources: where a fact was read. A source may be for staff only when its name or link
endangers a reader.
"""

from dataclasses import dataclass
from datetime import date

from bot.guide.text import LocalText


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: LocalText
    kind: str
    dated: str | None
    url: str | None
    show: bool
    show_link: bool
    checked: date
    review: date


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a memo cites it, with the articles its facts name."""

    source: Source
    articles: tuple[str, ...] = ()
