"""The vectors of texts that were embedded once, by a hash of the text, in memory and in a file.

Embedding the guide takes minutes, and a new edition changes a handful of lines: only those are embedded anew. A
vector that cannot be read is made again, so nothing in the file needs to be trusted; texts of persons never get into it.
"""

import os
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.search.embedding import Embedder, Vectors

# Vectors of the guide as it was when the program was made, so that a first start needs no minutes.
# Written by `python -m tests.search.first_vectors`.
FIRST_VECTORS = Path(__file__).with_name("first_vectors.npz")

# Steps of a number in a file. A vector of 384 bytes instead of 1,536 changes a cosine by less than
# 0.002, and the ranking of none of 800 measured questions.
_STEPS = 127
_KEY_BYTES = 12
_AT_ONCE = 8
_GIVING_WAY = 0.001  # seconds; a lock that is never let go for a moment is got by nobody else

# What reading a file raises after any one of its bytes has changed.
_SPOILED = (
    OSError, ValueError, TypeError, KeyError, EOFError, RuntimeError, BadZipFile, zlib.error,
)  # fmt: skip

Packed = NDArray[np.int8]
Progress = Callable[[int, int], None]


class VectorStore:
    """Vectors of what the guide says. One thread at a time."""

    def __init__(self, embedder: Embedder, files: Iterable[Path] = ()) -> None:
        """`files` are read in this order; what is missing or spoiled counts as empty."""
        self.embedder = embedder
        self._known: dict[bytes, Vectors] = {}
        for file in files:
            self._known.update(_read(file, embedder))

    def missing(self, texts: Iterable[str]) -> list[str]:
        if not self.embedder.dimension:
            return []
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._known]

    def learn(self, texts: Iterable[str], progress: Progress | None = None) -> int:
        """Embed what is not known yet, and say how many that were.

        `progress` hears of (done, all), and may raise to stop; what was done is kept.
        """
        missing = self.missing(texts)
        for begin in range(0, len(missing), _AT_ONCE):
            # Questions of persons wait for the same model, and go first.
            time.sleep(_GIVING_WAY)
            some = missing[begin : begin + _AT_ONCE]
            for text, vector in zip(some, self.embedder.embed(some), strict=True):
                # As it would come back from the file, so that a restart changes no answer.
                self._known[_key(text)] = _unpacked(_packed(vector[np.newaxis]))[0]
            if progress:
                progress(begin + len(some), len(missing))
        return len(missing)

    def of(self, texts: Sequence[str]) -> Vectors:
        """A row for each text; zeros where it is not known."""
        nothing = np.zeros(self.embedder.dimension, dtype=np.float32)
        rows = [self._known.get(_key(text), nothing) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.embedder.dimension)

    def save(self, file: Path, texts: Iterable[str]) -> None:
        """Write what is known of these texts, whole or not at all; other texts are dropped from the file."""
        known = {
            _key(text): self._known[_key(text)] for text in texts if _key(text) in self._known
        }
        keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(-1, _KEY_BYTES)
        rows = np.array(list(known.values()), dtype=np.float32)
        rows = rows.reshape(-1, self.embedder.dimension)
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".npz", delete=False) as new:
            try:
                np.savez_compressed(
                    new, name=np.array(self.embedder.name), keys=keys, vectors=_packed(rows)
                )
                new.flush()
                os.chmod(new.name, 0o644)
                os.replace(new.name, file)
            finally:
                # A disk that is full must not fill with halves.
                Path(new.name).unlink(missing_ok=True)


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest()


def _packed(rows: Vectors) -> Packed:
    largest = np.abs(rows).max(axis=1, keepdims=True, initial=1e-9)
    return np.asarray(np.round(rows / largest * _STEPS), dtype=np.int8)


def _unpacked(packed: Packed) -> Vectors:
    rows = packed.astype(np.float32)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1), dtype=np.float32)


def _read(file: Path, embedder: Embedder) -> dict[bytes, Vectors]:
    """What is in the file; nothing when it is not there, spoiled, or made by another model."""
    try:
        # From memory: numpy leaves a file open that it cannot read.
        with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as stored:
            # Each of the three is unpacked when it is asked for, which takes long for the vectors.
            if str(stored["name"]) != embedder.name:
                return {}
            keys, packed = stored["keys"], stored["vectors"]
    except _SPOILED:
        return {}
    fits = (
        keys.dtype == np.uint8
        and packed.dtype == np.int8
        and keys.shape[1:] == (_KEY_BYTES,)
        and packed.shape == (len(keys), embedder.dimension)
    )
    if not fits:
        return {}
    return dict(zip((row.tobytes() for row in keys), _unpacked(packed), strict=True))
