"""Block templates → blocks of the guide: facts, phones and fixed phrases put in, for one day and one language."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from bot.editorial.template import (
    AnswerShown,
    BlockTemplate,
    CheckFirst,
    ContactTemplate,
    FactShown,
    HeadingTemplate,
    ListTemplate,
    ParagraphTemplate,
    PhoneShown,
    QuoteTemplate,
    ResultShown,
    SpanTemplate,
    SpanTemplates,
    Words,
)
from bot.errors import ContentError
from bot.guide.contact import Contact
from bot.guide.fact import Fact
from bot.guide.text import (
    Block,
    ContactBlock,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    Spans,
)
from bot.i18n import interface
from bot.i18n.values import in_words


class Filler:
    """Fills templates with what holds on `day`, in the language of `words` (domain `units`).

    A fact without a value on the day is a `ContentError`; with `shows_gaps`, a phrase that says so.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        contacts: Mapping[str, Contact],
        day: date,
        words: interface.Words,
        *,
        shows_gaps: bool = False,
    ) -> None:
        self._facts = facts
        self._contacts = contacts
        self._day = day
        self._words = words
        self._shows_gaps = shows_gaps

    def block(self, template: BlockTemplate) -> Block:
        """Raises `ContentError` for a fact or contact that is not there, or has nothing to show on the day."""
        match template:
            case HeadingTemplate(spans):
                return Heading(self._spans(spans))
            case ParagraphTemplate(spans):
                return Paragraph(self._spans(spans))
            case ListTemplate(items, ordered, start):
                return ListBlock(tuple(self._spans(item) for item in items), ordered, start)
            case QuoteTemplate(paragraphs):
                return Quote(tuple(self._spans(paragraph) for paragraph in paragraphs))
            case ContactTemplate(contact):
                self._contact(contact)
                return ContactBlock(contact)
            case _:
                assert_never(template)

    def _spans(self, templates: SpanTemplates) -> Spans:
        spans: list[Span] = []
        for template in templates:
            look = template.look
            span = Span(self.said(template), look.emphasis, look.url, look.memo)
            if spans and _alike(spans[-1], span):
                span = Span(spans.pop().text + span.text, look.emphasis, look.url, look.memo)
            spans.append(span)
        return tuple(spans)

    def said(self, template: SpanTemplate) -> str:
        """The text of one span; raises as `block` does."""
        match template:
            case Words(text):
                return text
            case FactShown(name, form):
                fact = self._facts.get(name)
                value = fact.value_on(self._day) if fact else None
                if fact and value is None and self._shows_gaps:
                    return self._words.say("no-value")
                if fact is None or value is None:
                    raise ContentError(f"fact {name} has no value on {self._day}")
                try:
                    return in_words(fact.kind, value, form, self._words)
                except ValueError as impossible:
                    raise ContentError(f"fact {name}: {impossible}") from impossible
            case PhoneShown(contact):
                phones = self._contact(contact).phones
                if not phones:
                    raise ContentError(f"contact {contact} has no phone")
                return phones[0].number
            case CheckFirst():
                return self._words.say("check-first")
            case ResultShown(name, form):
                return f"{{result:{name}|{form}}}" if form else f"{{result:{name}}}"
            case AnswerShown(step):
                return f"{{answer:{step}}}"
            case _:
                assert_never(template)

    def _contact(self, name: str) -> Contact:
        if name not in self._contacts:
            raise ContentError(f"there is no contact {name}")
        return self._contacts[name]


def _alike(one: Span, other: Span) -> bool:
    return (one.emphasis, one.url, one.memo) == (other.emphasis, other.url, other.memo)
