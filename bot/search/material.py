"""Every text that search reads of the guide, once, with its pieces and its vector. What is made of them is not here."""

from collections.abc import Iterable, Sequence

import numpy as np

from bot.search.embedding import Vectors
from bot.search.ngrams import Hashes, Numbers, Pieces, Reading, as_sounded, pieces
from bot.search.vectors import VectorStore


class Material:
    """Built once for each edition; then only read."""

    def __init__(
        self, texts: Iterable[str], store: VectorStore, reading: Reading = as_sounded
    ) -> None:
        self.reading = reading
        self._texts = tuple(dict.fromkeys(texts))
        self._number = {text: at for at, text in enumerate(self._texts)}
        self._pieces = pieces(self._texts, reading)
        self._known = np.unique(self._pieces.hashes)
        self._store = store

    def pieces(self, texts: Sequence[str]) -> Pieces:
        return self._pieces.only(self._numbers(texts))

    def share_known(self, asked: Hashes) -> float:
        """Of the different pieces of a question the share that some text of the guide has; 0 when there are none."""
        wanted = np.unique(asked)
        return float(np.isin(wanted, self._known).mean()) if len(wanted) else 0.0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, of zeros where none is known."""
        return self._store.of(texts)

    def _numbers(self, texts: Sequence[str]) -> Numbers:
        return np.array([self._number[text] for text in texts], dtype=np.int64)
