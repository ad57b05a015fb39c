"""What does a changed file cost a process that serves? `python -m tests.bench.publishing`

Steps of publication after a change of one file of the real guide, in milliseconds of one core, medians. Up to `pages` a
person waits for the new text; `search` goes on beside. The first column is a start, where everything is made.
"""

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from rich.console import Console
from rich.table import Table

from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.editorial.checking import check
from bot.editorial.compiling import UNITS, build_catalogue
from bot.editorial.edition import Edition, edition_of
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.i18n.interface import load_interface
from bot.search.embedding import NoEmbedder
from bot.search.engine import MemoSearch
from bot.search.learning import Learning
from tests.support.bot import REAL_CONTENT

DAY = date(2026, 11, 24)
START = "start"
# A file and something that stands in it, with what takes its place.
CHANGES = {
    "a text": ("memos/taxes/ru.md", "налог", "сбор"),
    "facts.yaml": ("facts.yaml", "statement: ", "statement: Note. "),
    "guide.yaml": ("guide.yaml", "taxes, pension-social", "pension-social, taxes"),
    "a question": ("memos/taxes/questions.yaml", "\n  - ", "\n  - слушайте, "),
}
STEPS = ("read", "check", "compile", "pages", "search")

Taken = dict[str, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Served:
    edition: Edition
    book: Guidebook
    search: MemoSearch


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.publishing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    whole = take_snapshot(REAL_CONTENT)
    with TemporaryDirectory(prefix="joldosh-bench-") as folder:
        press = _Press(Path(folder))
        served, start = press.published(whole, None)
        columns = {START: start} | {
            name: _medians(
                [press.published(_changed(whole, *change), served)[1] for _ in range(rounds)]
            )
            for name, change in CHANGES.items()
        }
    Console().print(_table(columns, rounds))


class _Press:
    """What the bot does with changed files, step by step, each step timed."""

    def __init__(self, folder: Path) -> None:
        self._units, self._interface = load_interface(domain=UNITS), load_interface()
        # Vectors are looked up, and cost nothing beside the rest; embedding a new text takes 15 ms.
        self._learning = Learning(NoEmbedder(), folder)

    def published(self, snapshot: Snapshot, before: Served | None) -> tuple[Served, Taken]:
        taken: Taken = {}

        def timed(step: str, deed: Callable[[], T]) -> T:
            begin = time.process_time()
            done = deed()
            taken[step] = (time.process_time() - begin) * 1000
            return done

        edition = timed("read", lambda: edition_of(snapshot, before.edition if before else None))
        problems = timed("check", lambda: check(edition, DAY))
        assert not any(problem.is_error for problem in problems), "nothing would be published"
        catalogue = timed("compile", lambda: build_catalogue(edition, DAY, self._units))
        book = timed(
            "pages",
            lambda: make_guidebook(
                catalogue, self._interface, before=before.book if before else None
            ),
        )
        search = timed(
            "search", lambda: self._learning.search(catalogue, before.search if before else None)
        )
        return Served(edition, book, search), taken


def _changed(whole: Snapshot, file: str, old: str, new: str) -> Snapshot:
    data = whole.files[file]
    assert old.encode() in data, f"{file} has no {old!r} any more"
    return whole.with_file(file, data.replace(old.encode(), new.encode(), 1))


def _medians(rounds: list[Taken]) -> Taken:
    return {step: median(taken[step] for taken in rounds) for step in STEPS}


def _table(columns: dict[str, Taken], rounds: int) -> Table:
    shown = Table(title=f"processor, ms: median of {rounds} publications, one start")
    shown.add_column("")
    for name in columns:
        shown.add_column(name, justify="right")
    for step in STEPS:
        shown.add_row(step, *(f"{taken[step]:,.0f}" for taken in columns.values()))
    live = [sum(taken.values()) - taken["search"] for taken in columns.values()]
    shown.add_row("live after", *(f"{one:,.0f}" for one in live))
    return shown


if __name__ == "__main__":
    main()
