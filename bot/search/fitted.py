"""The numbers that search was fitted with, from `fitted.json`. `python -m tests.search.fitting` writes that file from labelled
questions, with the date and what cross-validation measured. None is set by hand.
"""

from datetime import date
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

FITTED = Path(__file__).with_name("fitted.json")

Scores = dict[str, float]


class _Numbers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MemoNumbers(_Numbers):
    """Weights by measure of `evidence`; `not_ours` is the start that "not ours" has.

    `refuse`: from this chance on that no memo answers, the answer is "not sure"; from `hopeless` on not even the nearest memos
    are offered. `which`: from this chance of the second memo, as a share of the best one's, both are offered.
    """

    weights: dict[str, float]
    not_ours: float
    refuse: float
    hopeless: float
    which: float
    scores: Scores


class SignNumbers(_Numbers):
    """Weights by sign, the start, and the least chance that counts."""

    weights: dict[str, float]
    start: float
    least: float
    scores: Scores

    def chances(self, signs: NDArray[np.float64], columns: type[IntEnum]) -> NDArray[np.float64]:
        """Of each row of signs, 0 to 1; `columns` names the signs in their order."""
        weights = np.array([self.weights[column.name.lower()] for column in columns])
        return np.asarray(1 / (1 + np.exp(-(signs @ weights + self.start))))


class LanguageNumbers(_Numbers):
    least: float
    scores: Scores


class Side(_Numbers):
    memos: MemoNumbers
    alarm: SignNumbers


class Fitted(_Numbers):
    """`plain` is for where there is no model of meaning."""

    fitted: date
    full: Side
    plain: Side
    lines: SignNumbers
    language: LanguageNumbers


def fitted_numbers(file: Path = FITTED) -> Fitted:
    return Fitted.model_validate_json(file.read_bytes())
