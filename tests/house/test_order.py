"""The files that are named as long ones are there, so that none falls back to the end when it is renamed."""

from pathlib import Path

from tests.support.order import LONG

ROOT = Path(__file__).parents[2]


def test_every_long_file_of_tests_is_there() -> None:
    assert [file for file in LONG if not (ROOT / file).is_file()] == []
