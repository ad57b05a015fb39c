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
from bot.search.urgency import DangerMatcher

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


# Floors are a little below what was measured on the day of DAY over all 47 memos, so that mending one memo does
# not fail the build.
@pytest.mark.parametrize(
    ("count", "floors"),
    [
        (1, {"ru": 0.68, "ky": 0.69, "en": 0.42}),
        (3, {"ru": 0.83, "ky": 0.88, "en": 0.63}),
    ],
)
def test_the_memo_is_among_the_first(
    questions: list[Answered], count: int, floors: dict[str, float]
) -> None:
    found = by_language(questions, count)
    assert {lang: found[lang] for lang, floor in floors.items() if found[lang] < floor} == {}


def test_what_no_memo_will_ever_answer_is_not_answered(questions: list[Answered]) -> None:
    nothing = [one for one in questions if one.row["gold"] == "NONE"]
    assert share([not one.findings.is_answered for one in nothing]) >= 0.85


def test_certainty_is_mostly_right(questions: list[Answered]) -> None:
    sure = [one for one in questions if one.gold and one.findings.is_answered]
    assert share([one.is_found_among_first(1) for one in sure]) >= 0.70


def test_danger_is_heard_and_calm_is_left_calm(questions: list[Answered]) -> None:
    heard = [bool(one.findings.danger) for one in questions if one.row["urgent"] == "1"]
    alarmed = [bool(one.findings.danger) for one in questions if one.row["urgent"] != "1"]
    assert share(heard) >= 0.55
    assert share(alarmed) <= 0.04


def test_the_thresholds_hold_where_they_come_from(calibration: list[Answered]) -> None:
    # The thresholds come from a guide of 15 memos (0.84, 0.93 and 0.79 then). Among 47, which often share the
    # words of a question, fewer of the same rows come out on top.
    ours = [one for one in calibration if one.gold]
    nothing = [one for one in calibration if one.row["gold"] == "NONE"]
    assert share([one.is_found_among_first(1) for one in ours]) >= 0.78
    assert share([one.is_found_among_first(3) for one in ours]) >= 0.89
    assert share([not one.findings.is_answered for one in nothing]) >= 0.80
    assert (
        share([one.is_found_among_first(1) and one.findings.is_answered for one in ours]) >= 0.67
    )


def test_the_words_of_danger_hear_what_they_were_written_for(catalogue: Catalogue) -> None:
    matcher = DangerMatcher(catalogue.dangers)
    cries = [row for row in rows("urgency.tsv") if row["danger"]]
    calm = [row for row in rows("urgency.tsv") if not row["danger"]]
    assert share([matcher.danger(row["text"]) is not None for row in cries]) >= 0.97
    assert share([matcher.danger(row["text"]) is not None for row in calm]) <= 0.06
