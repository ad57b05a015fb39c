"""Fits which lines of the found memo are shown first."""

import numpy as np

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR
from bot.search.corpus import lines
from bot.search.extraction import MOST_LINES, Sign
from bot.search.fitted import SignNumbers
from bot.search.index import SearchIndex
from tests.search.fitting.choosing import (
    Array,
    Mask,
    binary,
    chance_folds,
    either,
    folds,
    weights_for,
)
from tests.search.fitting.labelled import LabelledLines

# A line is shown when it is this likely to be one of those that answer: lower shows noise above the page,
# higher shows nothing for many questions.
SHOWN_FOR_SHARE = 0.95


def numbers_for(
    index: SearchIndex, catalogue: Catalogue, rows: list[LabelledLines]
) -> SignNumbers:
    """Labels whose lines are no longer in the memo are left out."""
    found: list[tuple[Array, Mask]] = []
    for row in rows:
        memo = catalogue.memo(row.memo, row.lang, FIRST_CORRIDOR)
        if memo is None:
            continue
        answers = np.array([text in row.lines for _, text in lines(memo)])
        if answers.any():
            found.append((index.lines.signs(memo, row.text), answers))
    groups = chance_folds(len(found))
    chances: list[Array] = [np.zeros(0)] * len(found)
    for fitting, judged in folds(groups):
        weights = _weights([found[at] for at in np.flatnonzero(fitting)])
        for at in np.flatnonzero(judged):
            chances[at] = 1 / (1 + np.exp(-(found[at][0] @ weights[:-1] + weights[-1])))
    weights = _weights(found)
    best = np.array([one.max() for one in chances])
    least = float(np.quantile(best, 1 - SHOWN_FOR_SHARE))
    shown = [np.argsort(-one)[:MOST_LINES] for one in chances]
    hits = [
        bool((answers[at] & (one[at] >= least)).any())
        for at, one, (_, answers) in zip(shown, chances, found, strict=True)
    ]
    first = [
        bool(answers[np.argmax(one)]) for one, (_, answers) in zip(chances, found, strict=True)
    ]
    return SignNumbers(
        weights={sign.name.lower(): round(float(weights[sign]), 4) for sign in Sign},
        start=round(float(weights[-1]), 4),
        least=round(least, 4),
        scores={
            "first_line_answers": round(float(np.mean(first)), 4),
            "a_shown_line_answers": round(float(np.mean(hits)), 4),
            "questions": float(len(found)),
        },
    )


def _weights(found: list[tuple[Array, Mask]]) -> Array:
    signs = np.vstack([signs for signs, _ in found])
    answers = np.concatenate([answers for _, answers in found])
    return weights_for(binary(signs), either(answers))
