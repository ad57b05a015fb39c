"""What is sealed opens with the same key, for the same row and person, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.sealing import Contents, Sealing

SECRET = "the secret key of one deployment"
CONTENTS = Contents("7310604210", {"entered": "2026-11-09", "where": "moscow"})
SEALING = Sealing(SECRET)


@given(st.text(), st.dictionaries(st.text(), st.text()), st.text(), st.text())
def test_it_opens_as_it_was(address: str, answers: dict[str, str], row: str, person: str) -> None:
    contents = Contents(address, answers)

    assert SEALING.opened(SEALING.seal(contents, row, person), row, person) == contents


def test_a_restarted_process_opens_it_too() -> None:
    assert Sealing(SECRET).opened(SEALING.seal(CONTENTS, "d1", "a1b2"), "d1", "a1b2") == CONTENTS


def test_nothing_of_it_can_be_read_and_no_two_seals_are_alike() -> None:
    seals = [SEALING.seal(CONTENTS, "d1", "a1b2") for _ in range(2)]

    assert seals[0] != seals[1]
    for seal in seals:
        assert not any(word in seal for word in (b"7310604210", b"2026", b"moscow", b"entered"))


@pytest.mark.parametrize(
    ("secret", "row", "person"),
    [
        pytest.param("another key, as after a loss", "d1", "a1b2", id="another key"),
        pytest.param(SECRET, "d2", "a1b2", id="another row"),
        pytest.param(SECRET, "d1", "c3d4", id="another person"),
        pytest.param(SECRET, "d", "1a1b2", id="row and person cut elsewhere"),
    ],
)
def test_it_does_not_open_otherwise(secret: str, row: str, person: str) -> None:
    assert Sealing(secret).opened(SEALING.seal(CONTENTS, "d1", "a1b2"), row, person) is None


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(garbage: bytes) -> None:
    assert SEALING.opened(garbage, "d1", "a1b2") is None


def test_one_changed_bit_is_noticed() -> None:
    seal = bytearray(SEALING.seal(CONTENTS, "d1", "a1b2"))
    seal[-1] ^= 1

    assert SEALING.opened(bytes(seal), "d1", "a1b2") is None


def test_what_is_sealed_is_shown_in_no_log() -> None:
    assert repr(CONTENTS) == "Contents()"
