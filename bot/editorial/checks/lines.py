"""Lines that people type: enough of them for each memo, and none that leads to two places.

Where the same line stands for two things, search can be right about one of them at most. A cry may be a question of a
memo too: danger is shown beside what a memo answers. What is calm for one danger may be so for another.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from bot.editorial.edition import Edition
from bot.editorial.files.lines import Line, Lines
from bot.editorial.files.memos import QUESTIONS, MemoFiles
from bot.editorial.kept import Kept
from bot.editorial.problem import Place, Problem, error, nearest, warning
from bot.editorial.snapshot import DANGER_LINES, YAML_SUFFIX
from bot.search.folding import fold

ENOUGH = 8  # questions of a memo in one language


def check_lines(edition: Edition, today: date) -> Iterator[Problem]:
    if edition.contents is None:
        return
    memos = edition.memos.values()
    for memo in memos:
        for lang in edition.contents.value.question_languages:
            yield from _few(memo, lang)
    questions = (memo.questions for memo in memos)
    yield from _twice(edition.kept, (*questions, edition.not_ours))
    yield from _of_dangers(edition)


def _of_dangers(edition: Edition) -> Iterator[Problem]:
    lines = edition.danger_lines
    yield from _twice(edition.kept, (*(one.cries for one in lines.values()), edition.not_ours))
    for danger, typed in lines.items():
        yield from _twice(edition.kept, (typed.cries, typed.calm))
        if edition.dangers.lacks(danger):
            place = Place(f"{DANGER_LINES}/{danger}{YAML_SUFFIX}", 1)
            known = edition.dangers.entries.keys() - lines.keys()
            yield error(place, "unknown-danger", name=danger).suggesting(nearest(danger, known))


def _few(memo: MemoFiles, lang: str) -> Iterator[Problem]:
    lines = memo.questions.get(lang, ())
    if len(lines) < ENOUGH:
        place = lines[0].place if lines else Place(f"{memo.folder}/{QUESTIONS}", 1)
        yield warning(place, "few-questions", lang=lang, count=len(lines), least=ENOUGH)


def _folded(lines: Lines) -> Iterator[tuple[str, Line]]:
    for line in chain.from_iterable(lines.values()):
        # Folding leaves nothing of a line of signs alone.
        yield fold(line.text) or line.text, line


def _twice(kept: Kept, files: Iterable[Lines]) -> Iterator[Problem]:
    first: dict[str, Line] = {}
    for folded, line in chain.from_iterable(kept.every(_folded, lines) for lines in files):
        earlier = first.setdefault(folded, line)
        if earlier is not line:
            where = earlier.place
            yield error(
                line.place, "line-twice", line=line.text, file=where.file, first=where.line
            )
