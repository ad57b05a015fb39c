"""Texts as vectors by the pieces of their words: near are texts that share rare pieces.

It stands in where there is no model of meaning: it is for endings, keyboards and slips, and does not see that two words,
or the same word in two languages, mean one thing.
"""

from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.search.masking import without_masks
from bot.search.transliteration import readings

# Numbers that pieces are counted under; two pieces share one now and then, and their signs let that cancel out.
DIMENSION = 2048

# The lowest mean cosine at which two groups of questions are one topic for staff. Tried on questions whose memo is known:
# lower, topics that share a word run together (0.08); higher, the same thing asked in other words falls apart (0.2).
NEAR = 0.12

_SIZES = (3, 4, 5)


def ngram_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row for each text, of unit length, or of zeros when there is nothing in it to compare.

    Pieces weigh more the fewer of these texts have them (IDF), so the rows depend on all texts. Masks do not count.
    """
    counted = [_pieces(text) for text in texts]
    having = Counter(piece for pieces in counted for piece in pieces)
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for row, pieces in zip(vectors, counted, strict=True):
        for piece, count in pieces.items():
            number = crc32(piece.encode())
            rarity = np.log(1 + len(texts) / having[piece])
            row[number % DIMENSION] += (1 if number & 0x8000_0000 else -1) * count * rarity
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    vectors /= lengths
    return vectors


def _pieces(text: str) -> Counter[str]:
    """Pieces of words, each word with a space before and after it."""
    counted: Counter[str] = Counter()
    for word in readings(without_masks(text))[-1].split():
        padded = f" {word} "
        for size in _SIZES:
            counted.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return counted
