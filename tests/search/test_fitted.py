"""The numbers that the program ships with fit what they weigh."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.search import alarm, extraction
from bot.search.evidence import Measure
from bot.search.fitted import FITTED, Side, SignNumbers, fitted_numbers

NUMBERS = fitted_numbers()
SIDES = pytest.mark.parametrize("side", [NUMBERS.full, NUMBERS.plain], ids=["full", "plain"])


def names(columns: type[Measure] | type[alarm.Sign] | type[extraction.Sign]) -> set[str]:
    return {one.name.lower() for one in columns}


@SIDES
def test_every_measure_and_sign_has_its_weight(side: Side) -> None:
    assert set(side.memos.weights) == names(Measure)
    assert set(side.alarm.weights) == names(alarm.Sign)
    assert set(NUMBERS.lines.weights) == names(extraction.Sign)


@SIDES
def test_borders_are_chances_that_can_be_reached(side: Side) -> None:
    assert 0 < side.memos.refuse <= side.memos.hopeless < 1
    assert 0 < side.memos.which < 1
    assert 0 < side.alarm.least < 1
    assert 0 < NUMBERS.lines.least < 1
    # As likely as any other of five is not yet surely another.
    assert 0.5 < NUMBERS.language.least < 1


def test_without_a_model_nothing_of_meaning_is_weighed() -> None:
    plain = NUMBERS.plain
    assert plain.memos.weights["meaning"] == plain.memos.weights["direction"] == 0
    of_meaning = [
        f"{near}_{sign}"
        for near in ("cries", "calm", "ordinary")
        for sign in ("meaning", "direction")
    ]
    assert not any(plain.alarm.weights[name] for name in of_meaning)


@SIDES
def test_what_speaks_for_a_thing_does_not_count_against_it(side: Side) -> None:
    memos, danger = side.memos.weights, side.alarm.weights
    assert min(memos["words"], memos["questions"], memos["meaning"], memos["direction"]) >= 0
    assert memos["for_others"] <= 0
    assert danger["cries_words"] > 0 > danger["calm_words"]
    assert danger["line_matches"] > 0


def test_a_file_with_a_number_too_many_or_too_few_is_refused(tmp_path: Path) -> None:
    sound = json.loads(FITTED.read_text())
    file = tmp_path / "fitted.json"
    file.write_text(json.dumps(sound))
    assert fitted_numbers(file) == NUMBERS
    for broken in (sound | {"extra": 1}, {**sound, "lines": {}}, {}):
        file.write_text(json.dumps(broken))
        with pytest.raises(ValidationError):
            fitted_numbers(file)


def test_numbers_do_not_change_once_they_are_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SignNumbers(weights={}, start=0, least=0, scores={}).start = 1  # type: ignore[misc]
