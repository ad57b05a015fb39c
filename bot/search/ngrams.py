"""Ranking by pieces of words: BM25 over character n-grams of folded text, from posting lists.

Pieces of words bridge what folding cannot: endings (Kyrgyz words have many), slips, words run together. The
index is built once and then only read. It knows numbered documents, not memos, and it does not decide whether the best
document is good enough.

BM25: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), in the form for
several fields: counts of a field are multiplied by its weight before they saturate. Pieces are known by a hash of 64
bits, so that building and searching are arithmetic on whole arrays: 20,000 lines take half a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.search.transliteration import readings

SIZES = (3, 4, 5)

# k1 of the formula: how soon more of the same piece stops to count.
SATURATION = 1.2

# A question with fewer unknown pieces than this (some three words) cannot reach a score of 1: one
# common word that is in a document is little evidence, though it is all of the question.
ENOUGH = 30

# Postings read for one question at most, rarest pieces first: the common ones cost most and say
# least. 400,000 take about 3 ms.
WORK = 400_000

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]

# An odd number of 64 bits; the digits of the golden ratio have no pattern that text could share.
_BASE = 0x9E3779B97F4A7C15
_POWERS = np.array([pow(_BASE, at, 2**64) for at in range(max(SIZES))], dtype=np.uint64)


Reading = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of several texts: those of the first text, then those of the second; `counts` says how many each has."""

    hashes: Hashes
    counts: Numbers

    @property
    def texts(self) -> Numbers:
        """Of each piece the number of its text."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def only(self, chosen: Numbers) -> "Pieces":
        """The pieces of these texts, in this order; a text may be chosen twice."""
        starts = np.cumsum(self.counts) - self.counts
        there = _ranges(starts[chosen], self.counts[chosen])
        return Pieces(self.hashes[there], self.counts[chosen])

    def followed_by(self, others: "Pieces") -> "Pieces":
        return Pieces(
            np.concatenate([self.hashes, others.hashes]),
            np.concatenate([self.counts, others.counts]),
        )


def as_sounded(text: str) -> str:
    """Folded, and Latin letters read as Cyrillic: one reading for every keyboard."""
    return readings(text)[-1]


def pieces(texts: Sequence[str], reading: Reading = as_sounded) -> Pieces:
    """N-grams of the words of texts, each word with a space before and after it, so that its ends count."""
    read = [f" {reading(text)} " for text in texts]
    letters = np.frombuffer("".join(read).encode("utf-32-le", "replace"), dtype=np.uint32)
    numbers = np.repeat(np.arange(len(read), dtype=np.int32), [len(text) for text in read])
    gaps = np.zeros(len(letters) + 1, dtype=np.int32)
    np.cumsum(letters == ord(" "), out=gaps[1:])
    hashes, where = [], []
    for size in SIZES:
        count = max(len(letters) - size + 1, 0)
        begins = np.arange(count)
        # No gap inside: a piece is of one word, and so of one text.
        whole = begins[gaps[begins + size - 1] == gaps[begins + 1]]
        hashed = np.full(len(whole), size, dtype=np.uint64)
        for at in range(size):
            hashed += letters[whole + at].astype(np.uint64) * _POWERS[at]
        hashes.append(hashed)
        where.append(numbers[whole])
    texts_of = np.concatenate(where)
    del where, gaps, numbers
    order = np.argsort(texts_of, kind="stable")
    return Pieces(np.concatenate(hashes)[order], np.bincount(texts_of, minlength=len(read)))


class NgramIndex:
    """Documents, found by pieces of words. Build once, search from anywhere."""

    def __init__(
        self,
        found: Pieces,
        documents: Numbers,
        weights: NDArray[np.float64],
        *,
        length_matters: float,
    ) -> None:
        """`documents` has the number of the document, from 0, that each text of `found` belongs to, `weights` its weight.

        `length_matters` is b of the formula: how much the length of a document is held against it, 0 to 1.
        """
        # Millions of pieces: no more copies are alive at once than must be, and narrow ones.
        self.count = count = int(documents.max(initial=-1)) + 1
        owner = np.repeat(documents.astype(np.int32), found.counts)
        order = np.lexsort((owner, found.hashes))
        hashes, owner = found.hashes[order], owner[order]
        weight = np.repeat(weights, found.counts)[order]
        del order
        first = _changes(hashes)
        first[1:] |= owner[1:] != owner[:-1]
        begins = np.flatnonzero(first)
        counts = np.add.reduceat(weight, begins) if len(begins) else weight
        hashes, self._documents = hashes[begins], owner[begins]
        del owner, weight, begins

        self._starts = np.flatnonzero(_changes(hashes)).astype(np.int64)
        self._known = hashes[self._starts]
        self._having = np.diff(self._starts, append=len(hashes))
        self._rarities = _inverse_frequency(self._having, count)
        self._unknown = float(_inverse_frequency(np.zeros(1), count)[0])
        lengths = np.bincount(self._documents, weights=counts, minlength=count)
        usual = lengths.mean() if count else 1.0
        stretch = 1 - length_matters + length_matters * lengths / (usual or 1.0)
        share = (SATURATION * stretch)[self._documents]
        share += counts
        np.divide(counts, share, out=share)
        share *= np.repeat(self._rarities, self._having)
        self._gains = share.astype(np.float32)

    def scores(self, asked: Hashes) -> Scores:
        """Of every document the share, 0 to 1, of the highest score that a question with these pieces could have."""
        wanted = np.unique(asked)
        at, there = self._places(wanted)
        rows = at[there]
        strange = len(wanted) - len(rows)
        highest = float(self._rarities[rows].sum()) + strange * self._unknown
        rows = self._affordable(rows)
        if not len(rows):
            return np.zeros(self.count)
        postings = _ranges(self._starts[rows], self._having[rows])
        total = np.bincount(
            self._documents[postings], weights=self._gains[postings], minlength=self.count
        )
        return total / max(highest, ENOUGH * self._unknown)

    def knows(self, wanted: Hashes) -> NDArray[np.bool_]:
        """Of each piece whether some document has it."""
        return self._places(wanted)[1]

    def work(self, asked: Hashes) -> int:
        """How many postings a search for these pieces reads."""
        wanted = np.unique(asked)
        rows = np.flatnonzero(np.isin(self._known, wanted))
        return int(self._having[self._affordable(rows)].sum())

    def _places(self, wanted: Hashes) -> tuple[Numbers, NDArray[np.bool_]]:
        """Of each piece its row, and whether it has one."""
        at = np.searchsorted(self._known, wanted)
        at[at == len(self._known)] = 0
        there = self._known[at] == wanted if len(self._known) else np.zeros(len(wanted), bool)
        return at, there

    def _affordable(self, rows: Numbers) -> Numbers:
        """The rarest of these pieces, as many as `WORK` allows."""
        rarest_first = rows[np.argsort(self._having[rows], kind="stable")]
        return rarest_first[np.cumsum(self._having[rarest_first]) <= WORK]


def _changes(hashes: Hashes) -> NDArray[np.bool_]:
    """Of each whether it differs from the one before."""
    changes = np.ones(len(hashes), dtype=bool)
    changes[1:] = hashes[1:] != hashes[:-1]
    return changes


def _ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers of all ranges, one after the other."""
    ends = np.cumsum(lengths)
    jumps = np.repeat(starts - (ends - lengths), lengths)
    jumps += np.arange(len(jumps))
    return jumps


def _inverse_frequency(having: NDArray[np.generic], things: int) -> Scores:
    """How much a piece says when `having` of `things` have it."""
    absent = things - having.astype(np.float64)
    present = having.astype(np.float64) + 0.5
    return np.asarray(np.log(1 + (absent + 0.5) / present))
