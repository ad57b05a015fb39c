"""Garbage from strangers breaks nothing, is no danger and is never surely answered.

A sample of it, the same in every run: a message costs a tenth of a second. `python -m tests.search.garbage` puts ten thousand.
"""

from datetime import date

import pytest

from bot.search.findings import Verdict
from bot.search.folding import LONGEST
from tests.search.fitting.labelled import catalogue_of
from tests.search.garbage import Answer, answered, message, search_of, words_of

pytestmark = pytest.mark.slow

SEED = 2026
MESSAGES = 300


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    catalogue = catalogue_of(date(2026, 11, 30))
    search, words = search_of(catalogue), words_of(catalogue)
    return [answered(search, message(SEED, number, words)) for number in range(MESSAGES)]


def test_the_garbage_is_of_every_kind_and_length(answers: list[Answer]) -> None:
    lengths = [len(one.garbage.question.text) for one in answers]
    assert min(lengths) == 0
    assert 0.15 < lengths.count(LONGEST) / MESSAGES < 0.25
    assert len({one.garbage.kind for one in answers}) == 9
    assert sum(one.garbage.is_noise for one in answers) > MESSAGES / 10


def test_nothing_is_raised(answers: list[Answer]) -> None:
    assert [(one.garbage.number, one.error) for one in answers if one.error] == []


def test_pure_noise_is_no_danger_and_never_surely_answered(answers: list[Answer]) -> None:
    wrong = [
        (one.garbage.number, one.garbage.kind)
        for one in answers
        if one.garbage.is_noise
        and one.findings
        and (one.findings.danger or one.findings.verdict is Verdict.SURE)
    ]
    assert wrong == []


def test_scores_are_chances(answers: list[Answer]) -> None:
    for one in answers:
        scores = [finding.score for finding in one.findings.ranked] if one.findings else []
        assert all(0 <= score <= 1 for score in scores)
        assert sum(scores) <= 1 + 1e-9


def test_a_message_can_be_made_again() -> None:
    words = ["патент", "каттоо", "ro'yxat"]
    again = [message(SEED, number, words) for number in range(50)]
    assert again == [message(SEED, number, words) for number in range(50)]
    assert again != [message(SEED + 1, number, words) for number in range(50)]
