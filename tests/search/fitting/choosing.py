"""Finds weights: how much each measure tells which of several alternatives is the right one.

A conditional logit (D. McFadden, 1974): the chance of an alternative grows with the weighted sum of its measures. With two
alternatives, one of them all zeros, it is logistic regression, so one function serves memos, dangers and lines.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Holds weights back from following chance; on measures brought to one scale.
_RESTRAINT = 1e-3

FOLDS = 5


def weights_for(measured: Array, right: Mask) -> Array:
    """A weight for each measure.

    `measured` has the shape (questions, alternatives, measures); `right` marks at least one alternative of each question.
    """
    scale = measured.std(axis=(0, 1))
    scale[scale < 1e-9] = 1.0
    scaled = measured / scale

    def loss(weights: Array) -> tuple[float, Array]:
        totals = scaled @ weights
        raised = np.exp(totals - totals.max(axis=1, keepdims=True))
        chances = raised / raised.sum(axis=1, keepdims=True)
        rightly = (raised * right) / (raised * right).sum(axis=1, keepdims=True)
        missed = -np.log((chances * right).sum(axis=1)).mean()
        slope = np.einsum("qa,qam->m", chances - rightly, scaled) / len(scaled)
        return missed + _RESTRAINT * weights @ weights, slope + 2 * _RESTRAINT * weights

    found = minimize(loss, np.zeros(measured.shape[2]), jac=True, method="L-BFGS-B")
    if not found.success:
        raise RuntimeError(f"no weights found: {found.message}")
    return np.asarray(found.x / scale)


def binary(signs: Array) -> Array:
    """Rows of signs as questions with two alternatives: no (all zeros) and yes (the signs, and a 1 for the start)."""
    yes = np.column_stack([signs, np.ones(len(signs))])
    return np.stack([np.zeros_like(yes), yes], axis=1)


def either(yes: Mask) -> Mask:
    return np.column_stack([~yes, yes])


def folds(groups: NDArray[np.int64]) -> Iterator[tuple[Mask, Mask]]:
    """Masks (for fitting, for measuring), one pair for each group; what is measured was never fitted to."""
    for group in np.unique(groups):
        yield groups != group, groups == group


def chance_folds(count: int, seed: int = 7) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, FOLDS, count)
