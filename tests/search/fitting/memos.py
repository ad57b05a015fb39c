"""Fits which memo answers, when none does, and when to ask which."""

from dataclasses import dataclass

import numpy as np

from bot.search.evidence import Measure
from bot.search.fitted import MemoNumbers
from bot.search.index import SearchIndex
from tests.search.fitting.choosing import Array, Mask, chance_folds, folds, weights_for
from tests.search.fitting.labelled import Labelled

# Of the questions that a memo answers, this share may be refused, and this share may be called hopeless.
REFUSED_AT_MOST = 0.0075
HOPELESS_AT_MOST = 0.005

# Weights are fitted to the share of the labelled questions that is least like any example: those who wrote them think alike more than
# strangers do. Median of the best nearness by words: 0.18 in the fitting set, 0.13 in that half and in the set that judges.
UNLIKE_EXAMPLES = 0.5

# What showing is worth to a person: the right memo at once; the right one among two; a wrong one, which a
# person in a hurry may believe; two wrong ones, which nobody believes.
RIGHT, AMONG_TWO, WRONG, TWO_WRONG = 1.0, 0.7, -1.0, -0.3


@dataclass(frozen=True, slots=True)
class Chances:
    """Of each question (row) and key (column) the chance by weights that were not fitted to this question."""

    keys: tuple[str | None, ...]
    rows: list[Labelled]
    chances: Array
    right: Mask

    @property
    def nowhere(self) -> Array:
        return np.asarray(self.chances[:, self.keys.index(None)])

    @property
    def ours(self) -> Array:
        """The chances of memos alone."""
        alone = self.chances.copy()
        alone[:, self.keys.index(None)] = -1
        return alone

    @property
    def answerable(self) -> Mask:
        return np.array([bool(row.gold) for row in self.rows])

    def is_found(self, among: int) -> Mask:
        order = np.argsort(-self.ours, axis=1)[:, :among]
        return np.asarray(np.take_along_axis(self.right, order, axis=1).any(axis=1))


def measured(
    index: SearchIndex, rows: list[Labelled], without: frozenset[Measure] = frozenset()
) -> Array:
    """Measures, and last a column that is 1 for "not ours", whose weight is its start."""
    evidence = np.stack([index.evidence.of(index.made_ready(row.question)) for row in rows])
    evidence[:, :, sorted(without)] = 0
    nobody = np.array([[float(key is None)] for key in index.evidence.keys])
    return np.concatenate([evidence, np.broadcast_to(nobody, (len(rows), *nobody.shape))], axis=2)


def right_ones(index: SearchIndex, rows: list[Labelled]) -> Mask:
    keys = index.evidence.keys
    return np.array([[key in row.gold if key else not row.gold for key in keys] for row in rows])


def cross_validated(index: SearchIndex, rows: list[Labelled], measures: Array) -> Chances:
    right = right_ones(index, rows)
    chances = np.zeros(right.shape)
    telling = unlike_examples(measures)
    for fitting, judged in folds(chance_folds(len(rows))):
        weights = weights_for(measures[fitting & telling], right[fitting & telling])
        chances[judged] = chances_by(measures[judged], weights)
    return Chances(index.evidence.keys, rows, chances, right)


def final_weights(measures: Array, right: Mask) -> Array:
    telling = unlike_examples(measures)
    return weights_for(measures[telling], right[telling])


def unlike_examples(measures: Array) -> Mask:
    nearest = measures[:, :, Measure.QUESTIONS].max(axis=1)
    return np.asarray(nearest <= np.quantile(nearest, UNLIKE_EXAMPLES))


def chances_by(measures: Array, weights: Array) -> Array:
    totals = measures @ weights
    raised = np.exp(totals - totals.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def numbers_for(index: SearchIndex, rows: list[Labelled], measures: Array) -> MemoNumbers:
    found = cross_validated(index, rows, measures)
    weights = final_weights(measures, found.right)
    ours = found.answerable
    refuse = float(np.quantile(found.nowhere[ours], 1 - REFUSED_AT_MOST))
    return MemoNumbers(
        weights={one.name.lower(): round(float(weights[one]), 4) for one in Measure},
        not_ours=round(float(weights[-1]), 4),
        refuse=round(refuse, 4),
        hopeless=round(float(np.quantile(found.nowhere[ours], 1 - HOPELESS_AT_MOST)), 4),
        which=_which(found),
        scores={
            "recall_at_1": _share(found.is_found(1)[ours]),
            "recall_at_3": _share(found.is_found(3)[ours]),
            "refused_rightly": _share(found.nowhere[~ours] >= refuse),
            "refused_wrongly": _share(found.nowhere[ours] >= refuse),
        },
    )


def _which(found: Chances) -> float:
    """The ratio of the second chance to the first that is worth most."""
    ours = found.answerable
    order = np.sort(found.ours[ours], axis=1)[:, ::-1]
    ratio = order[:, 1] / order[:, 0]
    first, two = found.is_found(1)[ours], found.is_found(2)[ours]

    def worth(limit: float) -> float:
        asks = ratio >= limit
        asked = np.where(two, AMONG_TWO, TWO_WRONG)
        shown = np.where(first, RIGHT, WRONG)
        return float(np.where(asks, asked, shown).mean())

    limits = np.arange(0.05, 1.01, 0.05)
    return round(float(max(limits, key=worth)), 2)


def _share(marks: Mask) -> float:
    return round(float(marks.mean()), 4)
