"""The text of a memo before facts are filled in and parts chosen: blocks whose spans may be placeholders.

Every span knows its line, so that a check can point at it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.text import Emphasis
from bot.i18n.values import Form


@dataclass(frozen=True, slots=True)
class Look:
    """How a span is shown, whatever it says. At most one of `url` and `memo` is set."""

    emphasis: Emphasis = Emphasis.PLAIN
    url: str | None = None
    memo: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Text that stands as it was written."""

    text: str
    look: Look
    line: int


@dataclass(frozen=True, slots=True)
class FactShown:
    """`{fact|form}`"""

    fact: str
    form: Form
    look: Look
    line: int


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """`{phone:contact}`"""

    contact: str
    look: Look
    line: int


@dataclass(frozen=True, slots=True)
class CheckFirst:
    """`{check-first}`: not certain, ask by phone first."""

    look: Look
    line: int


@dataclass(frozen=True, slots=True)
class ResultShown:
    """`{result:name|form}`: what a rule of the flow has worked out. It stays as it is until the answers are there."""

    name: str
    form: Form
    look: Look
    line: int


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """`{answer:step}`: what the person has answered."""

    step: str
    look: Look
    line: int


SpanTemplate = Words | FactShown | PhoneShown | CheckFirst | ResultShown | AnswerShown
SpanTemplates = tuple[SpanTemplate, ...]


@dataclass(frozen=True, slots=True)
class HeadingTemplate:
    spans: SpanTemplates
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphTemplate:
    spans: SpanTemplates
    line: int


@dataclass(frozen=True, slots=True)
class ListTemplate:
    items: tuple[SpanTemplates, ...]
    ordered: bool
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class QuoteTemplate:
    paragraphs: tuple[SpanTemplates, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ContactTemplate:
    """`{contact:id}` on a line of its own."""

    contact: str
    line: int


BlockTemplate = (
    HeadingTemplate | ParagraphTemplate | ListTemplate | QuoteTemplate | ContactTemplate
)


def runs_of(block: BlockTemplate) -> tuple[SpanTemplates, ...]:
    """The runs of spans in a block, one for each paragraph, item or heading."""
    match block:
        case HeadingTemplate(spans) | ParagraphTemplate(spans):
            return (spans,)
        case ListTemplate(items):
            return items
        case QuoteTemplate(paragraphs):
            return paragraphs
        case ContactTemplate():
            return ()


class PartKind(StrEnum):
    ALWAYS = "always"
    FOR = "for"  # each person sees exactly one of the branches
    ONLY = "only"  # some see it, the rest sees nothing


@dataclass(frozen=True, slots=True)
class Branch:
    """Blocks with those who see them. `heading` is the line that opened the branch, without colons."""

    heading: str
    audience: frozenset[Citizenship]
    blocks: tuple[BlockTemplate, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    kind: PartKind
    branches: tuple[Branch, ...]

    @property
    def unanswered(self) -> frozenset[Citizenship]:
        """Who finds no branch in a choice."""
        if self.kind is not PartKind.FOR:
            return frozenset()
        return EVERYBODY.difference(*(branch.audience for branch in self.branches))


@dataclass(frozen=True, slots=True)
class Body:
    parts: tuple[Part, ...]

    def branches(self) -> Iterator[Branch]:
        for part in self.parts:
            yield from part.branches

    def blocks_for(self, citizenship: Citizenship) -> Iterator[BlockTemplate]:
        """What this person sees, in order."""
        for branch in self.branches():
            if citizenship in branch.audience:
                yield from branch.blocks

    def headings(self) -> tuple[str, ...]:
        """The opening lines of the parts, in order: two texts with the same headings are built alike."""
        return tuple(branch.heading for branch in self.branches() if branch.heading)
