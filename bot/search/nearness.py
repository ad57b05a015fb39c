"""How near a question is to groups of texts: to the nearest texts of each group, and to the direction in which a group lies.

It knows texts by number and groups by number, and not what they stand for: memos, dangers.
"""

import numpy as np
from numpy.typing import NDArray

from bot.search.embedding import Vectors
from bot.search.ngrams import Hashes, NgramIndex, Numbers, Pieces, Scores

# How many of the nearest texts of a group count: one may be near by chance.
_NEAREST = 3

# b of BM25: a question is long because it was asked so.
_LENGTH_MATTERS = 0.9

# For more groups no directions are learnt: the table of who belongs where grows with texts times groups.
MOST_GROUPS = 1_000

# How much the directions of groups are held back from following single texts.
_RESTRAINT = 1.0


class Groups:
    """Numbered texts, each in one numbered group."""

    def __init__(self, owners: Numbers, count: int) -> None:
        sizes = np.bincount(owners, minlength=count)
        width = max(int(sizes.max(initial=0)), _NEAREST)
        # A row for each group; shorter rows end in the number after the last text.
        self._rows = np.full((count, width), len(owners), dtype=np.int64)
        order = np.argsort(owners, kind="stable")
        column = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        self._rows[owners[order], column] = order

    def best(self, scores: Scores) -> Scores:
        """The mean of the best scores of each group; a text that is not there scores 0."""
        there = np.append(scores, 0.0)[self._rows]
        best = -np.partition(-there, _NEAREST - 1, axis=1)[:, :_NEAREST]
        return np.asarray(best.mean(axis=1))


class NearWords:
    """Nearness by pieces of words."""

    def __init__(self, found: Pieces, owners: Numbers, count: int) -> None:
        every = np.arange(len(owners))
        weights = np.ones(len(owners))
        self._index = NgramIndex(found, every, weights, length_matters=_LENGTH_MATTERS)
        self._groups = Groups(owners, count)

    def of(self, asked: Hashes) -> Scores:
        return self._groups.best(self._index.scores(asked))

    def knows(self, wanted: Hashes) -> NDArray[np.bool_]:
        """Of each piece whether some text has it."""
        return self._index.knows(wanted)


class NearMeanings:
    """Nearness by vectors, of those texts that have one."""

    def __init__(self, vectors: Vectors, owners: Numbers, count: int) -> None:
        known = np.flatnonzero(vectors.any(axis=1))
        self.is_known = len(known) > 0
        if not self.is_known:
            return
        rows = vectors[known]
        # All texts of this model lie in one narrow cone; what tells them apart is seen from its middle.
        self._middle = rows.mean(axis=0)
        centred = rows
        centred -= self._middle
        self._rows = _unit(centred)
        self._groups = Groups(owners[known], count)
        self._directions = np.zeros((rows.shape[1], count), dtype=np.float32)
        if count > MOST_GROUPS:
            return
        belongs = np.zeros((len(known), count), dtype=np.float32)
        belongs[np.arange(len(known)), owners[known]] = 1
        # Ridge regression, in closed form: a group's direction is where its texts are and the others are not.
        square = centred.T @ centred + _RESTRAINT * np.eye(rows.shape[1], dtype=np.float32)
        self._directions = np.linalg.solve(square, centred.T @ (belongs - belongs.mean(axis=0)))

    def near(self, parts: Vectors) -> Scores:
        """Of each group how near it is to that part of the question which is nearest to it."""
        scores = (self._rows @ _unit(parts - self._middle).T).astype(np.float64)
        return np.asarray(np.max([self._groups.best(column) for column in scores.T], axis=0))

    def directions(self, parts: Vectors) -> Scores:
        """A row for each part, a column for each group: how far the part lies in the group's direction."""
        return np.asarray((parts - self._middle) @ self._directions, dtype=np.float64)


def _unit(rows: Vectors) -> Vectors:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), dtype=np.float32)
