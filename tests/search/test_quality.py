"""The quality gate: real content against labelled questions. A change that finds less than before fails here.

`questions.tsv` is for measuring only: nobody may copy a question of it, or what is like it, into content or code, and nothing is
fitted to it, or the measure says nothing. The sets under `fitting/` are what the numbers of the search were fitted to; their floors
say that the numbers still fit the content.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.guide.catalogue import Catalogue
from bot.search.embedding import NoEmbedder, best_embedder
from bot.search.engine import MemoSearch
from bot.search.findings import Findings
from bot.search.fitted import fitted_numbers
from bot.search.index import SearchIndex
from bot.search.vectors import FIRST_VECTORS, VectorStore
from tests.search.fitting.labelled import Labelled, catalogue_of, labelled

HERE = Path(__file__).parent
DAY = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of a set with what was found."""

    asked: Labelled
    findings: Findings

    @property
    def is_ours(self) -> bool:
        return bool(self.asked.gold)

    @property
    def is_urgent(self) -> bool:
        return self.asked.row["urgent"] == "1"

    def is_found_among(self, count: int) -> bool:
        """A memo that is not shown is not found, whatever was ranked."""
        found = (finding.memo for finding in self.findings.ranked[:count])
        return self.findings.is_answered and any(memo in self.asked.gold for memo in found)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogue_of(DAY)


@pytest.fixture(scope="module")
def by_meaning(catalogue: Catalogue) -> list[Answered]:
    embedder = best_embedder()
    if not embedder.dimension:
        pytest.skip("this platform has no wheel of the model")
    return answered(catalogue, VectorStore(embedder, [FIRST_VECTORS]))


@pytest.fixture(scope="module")
def by_words(catalogue: Catalogue) -> list[Answered]:
    return answered(catalogue, VectorStore(NoEmbedder()))


def answered(catalogue: Catalogue, store: VectorStore) -> list[Answered]:
    search = MemoSearch(catalogue, SearchIndex(catalogue, store), fitted_numbers())
    rows = labelled(HERE / "questions.tsv", catalogue)
    return [Answered(row, search.ask_now(row.question)) for row in rows]


def share(marks: list[bool]) -> float:
    assert marks, "nothing was measured"
    return sum(marks) / len(marks)


def shares(
    rows: list[Answered], column: str, mark: Callable[[Answered], bool]
) -> dict[str, float]:
    marks: defaultdict[str, list[bool]] = defaultdict(list)
    for one in rows:
        marks[one.asked.row[column]].append(mark(one))
    return {name: share(found) for name, found in marks.items()}


def below(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, floor in floors.items() if found[name] < floor}


# Floors stand a little below what was measured on DAY, so that mending one memo does not fail the build.
FIRST = {"ru": 0.88, "ky": 0.88, "en": 0.85, "uz": 0.80, "tg": 0.70}
AMONG_THREE = {"ru": 0.96, "ky": 0.95, "en": 0.95, "uz": 0.93, "tg": 0.88}
FIRST_BY_STYLE = {
    "colloquial": 0.80, "keyword": 0.80, "latin": 0.75, "mixed": 0.80, "plain": 0.80, "story": 0.80, "typos": 0.80,
}  # fmt: skip
FIRST_BY_WORDS = {"ru": 0.80, "ky": 0.75, "en": 0.60, "uz": 0.70, "tg": 0.60}


@pytest.mark.slow
def test_the_memo_is_first_in_every_language(by_meaning: list[Answered]) -> None:
    ours = [one for one in by_meaning if one.is_ours]
    assert below(shares(ours, "lang", lambda one: one.is_found_among(1)), FIRST) == {}
    assert below(shares(ours, "lang", lambda one: one.is_found_among(3)), AMONG_THREE) == {}


@pytest.mark.slow
def test_the_memo_is_first_in_every_style(by_meaning: list[Answered]) -> None:
    ours = [one for one in by_meaning if one.is_ours]
    assert below(shares(ours, "style", lambda one: one.is_found_among(1)), FIRST_BY_STYLE) == {}


@pytest.mark.slow
def test_where_there_is_no_model_words_find_most(by_words: list[Answered]) -> None:
    ours = [one for one in by_words if one.is_ours]
    assert below(shares(ours, "lang", lambda one: one.is_found_among(1)), FIRST_BY_WORDS) == {}


@pytest.mark.slow
def test_what_no_memo_answers_is_refused_and_little_else(by_meaning: list[Answered]) -> None:
    refused = {True: [], False: []}  # type: dict[bool, list[bool]]
    for one in by_meaning:
        refused[one.is_ours].append(not one.findings.is_answered)
    assert share(refused[False]) >= 0.90
    assert share(refused[True]) <= 0.05


@pytest.mark.slow
def test_danger_is_heard_and_calm_is_left_calm(by_meaning: list[Answered]) -> None:
    alarmed = {True: [], False: []}  # type: dict[bool, list[bool]]
    for one in by_meaning:
        alarmed[one.is_urgent].append(one.findings.danger is not None)
    assert share(alarmed[True]) >= 0.95
    assert share(alarmed[False]) <= 0.03


def test_the_numbers_of_the_search_are_dated_and_measured() -> None:
    fitted = fitted_numbers()
    assert fitted.fitted >= DAY
    assert fitted.full.memos.scores["recall_at_1"] >= 0.93
    assert fitted.full.memos.scores["refused_wrongly"] <= 0.05
    assert fitted.full.alarm.scores["heard"] >= 0.90
