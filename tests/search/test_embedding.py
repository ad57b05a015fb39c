"""The model: nearness in meaning, and texts that strangers send."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.embedding import LONG_SIGN, LONGEST, Embedder, NoEmbedder, best_embedder

ROOT = Path(__file__).parents[2]
FLOODED = """
from bot.search.embedding import best_embedder

embedder = best_embedder()
for count in (20, 40, 80, 160, 256):
    embedder.embed(["\ufdfa" * count] * 2)
"""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    found = best_embedder()
    if not found.dimension:
        pytest.skip("this platform has no wheel of the model")
    return found


def test_what_means_the_same_is_nearer_than_what_does_not(embedder: Embedder) -> None:
    ours, same, other = embedder.embed(
        ["мне не платят зарплату", "my boss does not pay me", "where can I buy a good phone"]
    )
    assert ours @ same > ours @ other + 0.05


def test_a_row_has_unit_length_and_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    alone = embedder.embed(["кайда катталам"])
    among = embedder.embed(["паспорт", "кайда катталам"])
    assert alone.shape == (1, embedder.dimension)
    assert np.allclose(np.linalg.norm(among, axis=1), 1, atol=1e-4)
    assert np.array_equal(alone[0], among[1])


def test_what_is_beyond_the_longest_is_not_read(embedder: Embedder) -> None:
    longest = ("патент " * LONGEST)[: LONGEST - 4] + "абвг"
    short, long = embedder.embed([longest, longest + " и ещё" * 500])
    assert np.array_equal(short, long)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300) | st.sampled_from(["\0\0", "\ud800", "\u202e", "🧨" * 200, ""]))
def test_no_text_of_strangers_breaks_it(text: str) -> None:
    embedder = best_embedder()
    row = embedder.embed([text])
    assert row.shape == (1, embedder.dimension)
    assert np.isfinite(row).all()


def test_one_sign_that_is_read_as_a_sentence_does_not_overflow_the_model() -> None:
    """In a process of its own: what writes beyond its memory kills it, sooner or later."""
    child = subprocess.run(
        [sys.executable, "-c", FLOODED], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert (child.returncode, child.stderr) == (0, "")


def test_no_other_character_is_read_as_more_letters_than_the_model_has_room_for() -> None:
    """Four for each byte. The model normalizes as NFKC does."""
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    too_long = [
        one for one in every if len(unicodedata.normalize("NFKC", one)) > 4 * len(one.encode())
    ]
    assert too_long == [LONG_SIGN]


def test_without_the_model_there_is_a_row_of_nothing() -> None:
    assert NoEmbedder().embed(["a", "b"]).shape == (2, 0)
