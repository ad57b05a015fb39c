"""`joldosh ask`: one question for a person, many lines for a program that measures."""

import json
from typing import TextIO

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress

from bot.app import first_catalogue, make_learning, utc_now
from bot.conversation.answering import answer_question
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.replies import Page
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.errors import JoldoshError
from bot.guide.citizenship import Citizenship, citizenship_named
from bot.i18n.interface import load_interface
from bot.render.rich_text import MarkKind, RichText, utf16_length
from bot.search.engine import MemoSearch
from bot.search.findings import Findings, Question
from bot.settings import Settings

_MOST_RESULTS = 5


class AskedLine(BaseModel):
    """One line of `--jsonl`. `citizenship` may be a country code or `any`."""

    model_config = ConfigDict(extra="ignore")

    id: str
    text: str
    lang: str = "ru"
    citizenship: str = "any"


async def answer_lines(settings: Settings, lines: TextIO, out: TextIO) -> None:
    """Answer each line as soon as it is read. Raises `JoldoshError` that names the first
    broken line.
    """
    book, search = _opened(settings)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = AskedLine.model_validate_json(line)
        except ValidationError as error:
            what = error.errors(include_input=False, include_url=False)[0]
            raise JoldoshError(
                f"line {number} is not a question: {what['loc']} {what['msg']}"
            ) from None
        findings = await search.ask(
            Question(asked.text, book.offered(asked.lang), citizenship_named(asked.citizenship))
        )
        out.write(json.dumps({"id": asked.id, **_summary(findings)}, ensure_ascii=False) + "\n")
        out.flush()


async def answer_one(
    settings: Settings, text: str, lang: str, citizenship: Citizenship, *, as_json: bool
) -> str:
    """All pages of the answer as a person sees them, or what was found as JSON."""
    book, search = _opened(settings)
    lang = book.offered(lang)
    findings = await search.ask(Question(text, lang, citizenship))
    if as_json:
        return json.dumps(_summary(findings), ensure_ascii=False)
    reader = Reader.of(book, State(lang=lang, citizenship=citizenship))
    replies = answer_question(reader, findings, text)
    return "\n\n".join(_as_text(reply) for reply in replies if isinstance(reply, Page))


def _as_text(page: Page) -> str:
    """Quotes with a line at their left, buttons in brackets."""
    rows = ["".join(f"[{button.label}]" for button in row) for row in page.rows]
    return "\n".join([*_marked(page.text), *rows])


def _marked(rich: RichText) -> list[str]:
    quotes = [mark for mark in rich.marks if mark.kind in {MarkKind.QUOTE, MarkKind.FOLDED_QUOTE}]
    lines, at = [], 0
    for line in rich.text.split("\n"):
        is_quoted = any(mark.offset <= at < mark.offset + mark.length for mark in quotes)
        lines.append(f"| {line}".rstrip() if is_quoted else line)
        at += utf16_length(line) + 1
    return lines


def _summary(findings: Findings) -> dict[str, object]:
    return {
        "results": [finding.memo for finding in findings.ranked[:_MOST_RESULTS]],
        "urgent": findings.danger is not None,
        "no_answer": not findings.is_answered,
    }


def _opened(settings: Settings) -> tuple[Guidebook, MemoSearch]:
    """Texts without a vector are embedded first, with a bar on standard error: a measure wants the whole search."""
    catalogue = first_catalogue(settings, utc_now)
    learning = make_learning(settings)
    if missing := learning.lacks(catalogue):
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("reading the guide for its meaning", total=missing)
            learning.learn(catalogue, lambda done, _: progress.update(task, completed=done))
    return make_guidebook(catalogue, load_interface()), learning.search(catalogue)
