"""Weighs the measures of memos and decides: show one, ask which of two, or admit not to know. All weights are fitted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.evidence import Measure, Measures
from bot.search.findings import Finding, Verdict
from bot.search.fitted import MemoNumbers


@dataclass(frozen=True, slots=True)
class Ranked:
    """All memos by the chance that each answers, best first. `nowhere` is the chance that none does; together they make 1."""

    findings: tuple[Finding, ...]
    nowhere: float

    def chance_of(self, memos: Collection[str]) -> float:
        """That one of these memos answers."""
        return sum(finding.score for finding in self.findings if finding.memo in memos)


def ranked(keys: Sequence[str | None], measured: Measures, numbers: MemoNumbers) -> Ranked:
    if not len(keys):
        return Ranked((), 1.0)
    weights = np.array([numbers.weights[measure.name.lower()] for measure in Measure])
    start = np.array([numbers.not_ours if key is None else 0.0 for key in keys])
    totals = measured @ weights + start
    raised = np.exp(totals - totals.max())
    chances = raised / raised.sum()
    order = np.argsort(-chances, kind="stable")
    found = [Finding(key, float(chances[at])) for at in order if (key := keys[at]) is not None]
    nowhere = sum(float(chances[at]) for at, key in enumerate(keys) if key is None)
    return Ranked(tuple(found), nowhere)


def verdict(found: Ranked, numbers: MemoNumbers) -> Verdict:
    if not found.findings or found.nowhere >= numbers.refuse:
        return Verdict.UNSURE
    first, *others = found.findings
    if others and others[0].score >= numbers.which * first.score:
        return Verdict.WHICH
    return Verdict.SURE
