"""What the text of a memo uses: facts, contacts, links. The checks, the citations and the review lists ask it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.editorial.template import (
    BlockTemplate,
    CheckFirst,
    ContactTemplate,
    FactShown,
    PhoneShown,
    SpanTemplate,
    runs_of,
)


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a text uses, with the line."""

    name: str
    line: int


def spans_in(blocks: Iterable[BlockTemplate]) -> Iterator[SpanTemplate]:
    for block in blocks:
        for run in runs_of(block):
            yield from run


def facts_shown(blocks: Iterable[BlockTemplate]) -> Iterator[FactShown]:
    return (span for span in spans_in(blocks) if isinstance(span, FactShown))


def contacts_shown(blocks: Iterable[BlockTemplate]) -> Iterator[Use]:
    """Contacts shown in full and those whose phone is shown, in order."""
    for block in blocks:
        if isinstance(block, ContactTemplate):
            yield Use(block.contact, block.line)
        for span in spans_in([block]):
            if isinstance(span, PhoneShown):
                yield Use(span.contact, span.line)


def memo_links(blocks: Iterable[BlockTemplate]) -> Iterator[Use]:
    for span in spans_in(blocks):
        if span.look.memo is not None:
            yield Use(span.look.memo, span.line)


def web_links(blocks: Iterable[BlockTemplate]) -> Iterator[Use]:
    for span in spans_in(blocks):
        if span.look.url is not None:
            yield Use(span.look.url, span.line)


def says_check_first(blocks: Iterable[BlockTemplate]) -> bool:
    return any(isinstance(span, CheckFirst) for span in spans_in(blocks))
