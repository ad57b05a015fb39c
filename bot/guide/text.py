"""Blocks of text as a person reads them: every fact filled in, every part chosen.

A block holds spans. Spans know what they mean (bold, a link to a memo), not how Telegram or
HTML shows it:
that is `bot.render`.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Emphasis(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. At most one of `url` and `memo` is set."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN
    url: str | None = None
    memo: str | None = None


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Steps (`ordered`) or points. `start` is the number of the first step."""

    items: tuple[Spans, ...]
    ordered: bool
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to say or to show, usually in Russian."""

    paragraphs: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """A contact shown in full at this place; the catalogue has it under this id."""

    contact: str


Block = Heading | Paragraph | ListBlock | Quote | ContactBlock


def plain(spans: Spans) -> str:
    """The text of spans without any marks."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class LocalText:
    """One short text in several languages (a name, an address); `any` serves where a language
    is missing.
    """

    by_language: dict[str, str] = field(default_factory=dict)
    anywhere: str | None = None

    def in_language(self, lang: str, fallback: str = "ru") -> str:
        """The text in `lang`, else the common one, else the fallback language, else any. Empty
        when there is none.
        """
        if lang in self.by_language:
            return self.by_language[lang]
        if self.anywhere is not None:
            return self.anywhere
        if fallback in self.by_language:
            return self.by_language[fallback]
        return next(iter(self.by_language.values()), "")
