"""The quality gate: real content against labelled questions. A change that finds less than before fails here.

Three sets stand beside this file. `questions.tsv` is for measuring only: nobody may copy a question of it, or what is
like it, into content or code, or the measure says nothing. `calibration.tsv` is where the thresholds of `engine` come
from. `urgency.tsv` was at hand when the words of danger were written, so its recall is not a forecast.
Memos that the guide does not have yet are left out of the gold, and rows without gold are not counted.
"""

import asyncio
import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.editorial.compiling import build_catalogue
from bot.editorial.edition import read_edition
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import citizenship_named
from bot.search.engine import NgramSearch
from bot.search.findings import Findings, Question

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
DAY = date(2026, 11, 24)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of a set with what was found. `gold` are the memos of the guide that answer it."""

    row: Row
    gold: frozenset[str]
    findings: Findings

    def is_found_among_first(self, count: int) -> bool:
        return any(finding.memo in self.gold for finding in self.findings.ranked[:count])


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return build_catalogue(read_edition(CONTENT), DAY)


@pytest.fixture(scope="module")
def search(catalogue: Catalogue) -> NgramSearch:
    return NgramSearch.from_catalogue(catalogue)


@pytest.fixture(scope="module")
def questions(catalogue: Catalogue, search: NgramSearch) -> list[Answered]:
    return list(answered("questions.tsv", catalogue, search))


@pytest.fixture(scope="module")
def calibration(catalogue: Catalogue, search: NgramSearch) -> list[Answered]:
    return list(answered("calibration.tsv", catalogue, search))


def rows(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def answered(name: str, catalogue: Catalogue, search: NgramSearch) -> Iterator[Answered]:
    ours = {memo_id for section in catalogue.sections for memo_id in section.memos}
    for row in rows(name):
        lang = row["lang"] if row["lang"] in catalogue.languages else catalogue.base_language
        asked = Question(row["text"], lang, citizenship_named(row["citizenship"]))
        gold = frozenset(row["gold"].split("|")) & ours
        yield Answered(row, gold, asyncio.run(search.ask(asked)))


def share(marks: list[bool]) -> float:
    assert marks, "nothing was measured"
    return sum(marks) / len(marks)


def by_language(set_of_rows: list[Answered], count: int) -> dict[str, float]:
    marks: defaultdict[str, list[bool]] = defaultdict(list)
    for one in set_of_rows:
        if one.gold:
            marks[one.row["lang"]].append(one.is_found_among_first(count))
    return {lang: share(found) for lang, found in marks.items()}
