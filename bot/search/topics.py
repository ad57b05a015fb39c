"""Questions of staff's list as topics: the same thing asked in other words, or in another language, comes together.

By meaning and by the pieces of words, where there is a model; by pieces alone where there is none. What is kept of the
texts is in memory, by their words' hash, until the next list: texts of persons never get into a file.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from bot.guide.catalogue import Catalogue
from bot.search.corpus import Kind, passages
from bot.search.embedding import Vectors
from bot.search.grouping import MOST_TEXTS, Group, grouped
from bot.search.language import Languages
from bot.search.masking import without_masks
from bot.search.piece_vectors import NEAR, ngram_vectors
from bot.search.vectors import VectorStore

# What meaning counts against pieces of words, and how near two groups are to be one. Tried on the titles of all memos in
# three languages among 400 questions: 0.89 of the translations come together (by pieces alone 0.13) while a
# title meets 0.87 titles of other memos in its group (by pieces alone 0.77), and as many questions find a group.
_MEANING = 0.7
_NEAR_IN_MEANING = 0.22

# Texts that are read for their meaning: some 15 seconds the first time, in a thread.
MOST_READ = 1_000
_AT_ONCE = 8
_GIVING_WAY = 0.001  # seconds, as in `VectorStore.learn`: persons wait for the same model


class Topics:
    """Built for an edition, in a thread; one thread at a time."""

    def __init__(self, catalogue: Catalogue, store: VectorStore) -> None:
        self._embedder = store.embedder
        self._known: dict[bytes, Vectors] = {}
        asked: dict[str, list[str]] = defaultdict(list)
        for one in passages(catalogue):
            if one.kind is Kind.QUESTION:
                asked[one.lang].append(one.text)
        self._languages = Languages(
            (lang, text) for lang, texts in asked.items() for text in texts
        )
        # Texts of one language lie near each other whatever they say. Seen from the middle of their language,
        # translations of one question are nearer (median cosine 0.60 instead of 0.54) and others farther.
        self._middles = {
            lang: middle
            for lang, texts in asked.items()
            if (middle := _middle(store.of(texts))) is not None
        }
        self._reads = bool(self._middles)

    @property
    def most(self) -> int:
        """How many different texts are compared at most."""
        return MOST_READ if self._reads else MOST_TEXTS

    def grouped(self, texts: Sequence[str]) -> tuple[Group, ...]:
        """As `grouping.grouped`. Blocks, with a model for some 15 ms for each text that the last list did not have."""
        if not self._reads:
            return grouped(texts, ngram_vectors, NEAR)
        return grouped(texts, self._vectors, _NEAR_IN_MEANING)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        pieces, meanings = ngram_vectors(texts), self._meanings(texts)
        return np.concatenate(
            [np.sqrt(1 - _MEANING) * pieces, np.sqrt(_MEANING) * meanings], axis=1
        )

    def _meanings(self, texts: Sequence[str]) -> Vectors:
        said = [without_masks(text) for text in texts]
        keys = [blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in said]
        known = {key: self._known[key] for key in keys if key in self._known}
        missing = {key: text for key, text in zip(keys, said, strict=True) if key not in known}
        todo = list(missing.items())
        for begin in range(0, len(todo), _AT_ONCE):
            time.sleep(_GIVING_WAY)
            some = todo[begin : begin + _AT_ONCE]
            rows = self._embedder.embed([text for _, text in some])
            for (key, text), row in zip(some, rows, strict=True):
                known[key] = self._seen_from_its_middle(text, row)
        self._known = known
        return np.array([known[key] for key in keys], dtype=np.float32)

    def _seen_from_its_middle(self, text: str, row: Vectors) -> Vectors:
        chances = self._languages.chances(text)
        lang = max(
            (lang for lang in chances if lang in self._middles), key=lambda one: chances[one]
        )
        centred = row - self._middles[lang]
        return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-9), dtype=np.float32)


def _middle(rows: Vectors) -> Vectors | None:
    """The mean of the rows that are known; None when none is."""
    known = rows[rows.any(axis=1)] if rows.shape[1] else rows[:0]
    return np.asarray(known.mean(axis=0), dtype=np.float32) if len(known) else None
