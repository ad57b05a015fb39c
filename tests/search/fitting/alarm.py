"""Fits when a message is urgent."""

import numpy as np

from bot.search.alarm import Sign
from bot.search.fitted import MemoNumbers, SignNumbers
from bot.search.index import SearchIndex
from bot.search.ranking import ranked
from tests.search.fitting.choosing import Array, Mask, binary, either, folds, weights_for
from tests.search.fitting.labelled import Labelled

# Messages that are like nothing we know, for each hundred labelled ones: they have no signs and are calm. Without them
# the start alone would ring the alarm.
LIKE_NOTHING = 0.05

# Of ordinary questions, this share may bring up an emergency page in vain. More would teach people to look past it.
ALARMED_AT_MOST = 0.01


def signs_of(index: SearchIndex, rows: list[Labelled], memos: MemoNumbers) -> Array:
    signs = []
    for row in rows:
        asked = index.made_ready(row.question)
        found = ranked(index.evidence.keys, index.evidence.of(asked), memos)
        signs.append(index.alarm.of(asked, found).signs)
    return np.stack(signs)


def numbers_for(
    index: SearchIndex, rows: list[Labelled], ordinary: list[Labelled], memos: MemoNumbers
) -> SignNumbers:
    """`rows` are of people in danger and of people who sound like it; `ordinary` are questions as they come, few of them
    urgent.

    Judged by languages: the same situations were written down in several, so that chance folds would know the answer.
    """
    every = [*rows, *ordinary]
    signs = binary(signs_of(index, every, memos))
    urgent = np.array([bool(row.row.get("danger")) for row in every])
    languages = np.unique([row.lang for row in every], return_inverse=True)[1]
    chances = np.zeros(len(every))
    for fitting, judged in folds(languages):
        weights = weights_for(signs[fitting], either(urgent[fitting]))
        chances[judged] = _chance(signs[judged], weights)
    nothing = int(LIKE_NOTHING * len(every))
    weights = weights_for(
        np.concatenate([signs, binary(np.zeros((nothing, len(Sign))))]),
        np.concatenate([either(urgent), either(np.zeros(nothing, dtype=bool))]),
    )
    tricky = np.arange(len(every)) < len(rows)
    least = float(np.quantile(chances[~tricky & ~urgent], 1 - ALARMED_AT_MOST))
    return SignNumbers(
        weights={sign.name.lower(): round(float(weights[sign]), 4) for sign in Sign},
        start=round(float(weights[-1]), 4),
        least=round(least, 4),
        scores={
            "heard": _share(chances[urgent] >= least),
            "heard_among_ordinary_questions": _share(chances[~tricky & urgent] >= least),
            "alarmed_by_calm_with_the_same_words": _share(chances[tricky & ~urgent] >= least),
            "alarmed_by_ordinary_questions": _share(chances[~tricky & ~urgent] >= least),
        },
    )


def _chance(signs: Array, weights: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-(signs[:, 1] @ weights))))


def _share(marks: Mask) -> float:
    return round(float(marks.mean()), 4)
