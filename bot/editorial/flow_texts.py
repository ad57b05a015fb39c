"""Every text of a flow that one kind of reader sees, as plain text by the place where it stands: to compare editions."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.guide.citizenship import Citizenship
from bot.guide.flow import ByCitizenship, ByRule, ChoiceQuestion, Flow, Outcome, Question
from bot.guide.text import (
    Block,
    ContactBlock,
    Heading,
    ListBlock,
    LocalText,
    Paragraph,
    Quote,
    plain,
)


@dataclass(frozen=True, slots=True)
class ShownText:
    """`name` is the step or outcome, empty for the flow itself; `field` is written as in the file: `choices/moscow/label`."""

    name: str
    field: str


def shown_texts(flow: Flow, lang: str, citizenship: Citizenship) -> dict[ShownText, str]:
    """In one language; with an empty `lang`, what has no words: memos, contacts, dates to keep."""
    texts: dict[ShownText, str] = {}
    for name, step in flow.steps.items():
        if not isinstance(step, ByCitizenship | ByRule):
            texts |= {
                ShownText(name, key): said for key, said in _question(step, lang, citizenship)
            }
    for name, outcome in flow.outcomes.items():
        texts |= {ShownText(name, key): said for key, said in _outcome(outcome, lang, citizenship)}
    own = (("title", flow.title), ("about", flow.about), *_dates(flow))
    texts |= {ShownText("", key): text.in_language(lang) for key, text in own if lang}
    return texts


def _dates(flow: Flow) -> Iterator[tuple[str, LocalText]]:
    yield from ((f"dates/{name}", text) for name, text in flow.dates.items())


def _question(
    question: Question, lang: str, citizenship: Citizenship
) -> Iterator[tuple[str, str]]:
    offered = question.offered(citizenship) if isinstance(question, ChoiceQuestion) else ()
    if not lang:
        return
    yield "text", question.asked.text.in_language(lang)
    if question.asked.hint:
        yield "hint", question.asked.hint.in_language(lang)
    for choice in offered:
        yield f"choices/{choice.id}/label", choice.label.in_language(lang)


def _outcome(outcome: Outcome, lang: str, citizenship: Citizenship) -> Iterator[tuple[str, str]]:
    if lang:
        page = outcome.pages.get((lang, citizenship))
        yield "title", outcome.title.in_language(lang)
        if page:
            yield "text", "\n\n".join(block_in_words(block) for block in page.blocks)
        return
    of_any = [page for (_, who), page in outcome.pages.items() if who == citizenship]
    yield "memos", ", ".join(outcome.memos)
    yield "contacts", ", ".join(of_any[0].contacts if of_any else ())
    yield "keep", ", ".join(outcome.keep)


def block_in_words(block: Block) -> str:
    """Plain text; without links, a contact by its id."""
    match block:
        case Heading(spans) | Paragraph(spans):
            return plain(spans)
        case ListBlock(items, ordered, start):
            marks = (
                f"{number}. " if ordered else "- " for number in range(start, start + len(items))
            )
            return "\n".join(mark + plain(item) for mark, item in zip(marks, items, strict=True))
        case Quote(paragraphs):
            return "\n".join(f"> {plain(spans)}" for spans in paragraphs)
        case ContactBlock(contact):
            return f"{{contact:{contact}}}"
