"""The model: nearness in meaning, and texts that strangers send."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.embedding import LONGEST, Embedder, NoEmbedder, best_embedder


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


def test_without_the_model_there_is_a_row_of_nothing() -> None:
    assert NoEmbedder().embed(["a", "b"]).shape == (2, 0)
