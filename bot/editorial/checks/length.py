"""Texts that are too long for a small screen, or too short to help."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoText
from bot.editorial.problem import Place, Problem, error, warning
from bot.editorial.template import BlockTemplate, SpanTemplates, Words, runs_of
from bot.guide.citizenship import Citizenship

TITLE = 60
SUMMARY = 250
DANGER_TITLE = 30
BLOCK = 1000
TEXT = 8000  # about two messages of Telegram
WORDS = range(120, 451)
_FILLED_IN = "5 000 рублей"  # what a placeholder counts as
_CONTACT_WORDS = 10


def check_lengths(edition: Edition, today: date) -> Iterator[Problem]:
    for _, text in edition.texts():
        yield from edition.kept.every(_text, text)
    for danger in edition.dangers:
        for lang, title in danger.value.title.by_language.items():
            place = danger.place("title", lang)
            yield from _too_long(title, DANGER_TITLE, place, "danger-title-too-long")


def _text(text: MemoText) -> Iterator[Problem]:
    front = text.front
    yield from _too_long(front.value.title, TITLE, front.place("title"), "title-too-long")
    yield from _too_long(front.value.summary, SUMMARY, front.place("summary"), "summary-too-long")
    for branch in text.body.branches():
        for block in branch.blocks:
            yield from _block(block, text.file)
    yield from _whole(text)


def _too_long(text: str, limit: int, place: Place, code: str) -> Iterator[Problem]:
    if len(text) > limit:
        yield error(place, code, length=len(text), limit=limit)


def _block(block: BlockTemplate, file: str) -> Iterator[Problem]:
    for run in runs_of(block):
        line = run[0].line if run else block.line
        yield from _too_long(_said(run), BLOCK, Place(file, line), "block-too-long")


def _whole(text: MemoText) -> Iterator[Problem]:
    """One problem of each kind a text: the citizenships share most of it."""
    place = text.front.place("title")
    sizes = sizes_of(text)
    longest = max(sizes, key=lambda who: sizes[who])
    words = {who: count for who, (_, count) in sizes.items() if count and count not in WORDS}
    if sizes[longest][0] > TEXT:
        yield error(place, "text-too-long", length=sizes[longest][0], limit=TEXT, who=longest)
    elif words:
        who = max(words, key=lambda one: abs(words[one] - WORDS.start))
        code = "too-many-words" if words[who] > WORDS[-1] else "too-few-words"
        yield warning(place, code, count=words[who], low=WORDS[0], high=WORDS[-1], who=who)


def sizes_of(text: MemoText) -> dict[Citizenship, tuple[int, int]]:
    """Characters and words of the body, as each citizenship reads it."""
    return {who: _size(text.body.blocks_for(who)) for who in Citizenship}


def _size(blocks: Iterable[BlockTemplate]) -> tuple[int, int]:
    """Characters and words that a person reads."""
    characters = words = 0
    for block in blocks:
        runs = [_said(run) for run in runs_of(block)]
        characters += sum(map(len, runs))
        words += sum(len(run.split()) for run in runs) if runs else _CONTACT_WORDS
    return characters, words


def _said(run: SpanTemplates) -> str:
    return "".join(span.text if isinstance(span, Words) else _FILLED_IN for span in run)
