"""Every text that search reads of the guide, once, with its pieces and its vector. What is made of them is not here."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from bot.search.embedding import Vectors
from bot.search.ngrams import Numbers, Pieces, Reading, as_sounded, pieces
from bot.search.vectors import VectorStore


class Material:
    """Built once for each edition; then only read."""

    def __init__(
        self,
        texts: Iterable[str],
        store: VectorStore,
        reading: Reading = as_sounded,
        before: "Material | None" = None,
    ) -> None:
        """Texts that stand in `before`, too, which has the same `reading`, are not cut into pieces again."""
        self.reading = reading
        self._store = store
        earlier: Mapping[str, int] = before._number if before else {}
        different = dict.fromkeys(texts)
        known = [text for text in different if text in earlier]
        new = [text for text in different if text not in earlier]
        self._number: Mapping[str, int] = {text: at for at, text in enumerate([*known, *new])}
        self._pieces = pieces(new, reading)
        if before and known:
            self._pieces = before.pieces(known).followed_by(self._pieces)

    def pieces(self, texts: Sequence[str]) -> Pieces:
        return self._pieces.only(self._numbers(texts))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, of zeros where none is known."""
        return self._store.of(texts)

    def lacking(self, texts: Sequence[str]) -> int:
        """How many of the texts have no vector. A vector that is there never changes."""
        return len(self._store.missing(texts))

    def _numbers(self, texts: Sequence[str]) -> Numbers:
        return np.array([self._number[text] for text in texts], dtype=np.int64)
