"""Which lines of the found memo answer the question? They are shown first; nothing is made up or reworded.

Judged by the pieces of words that a line shares with the question, and by its place. Vectors were tried and dropped: they
raised the share of right first lines from 0.52 to 0.54 and would have doubled what has to be embedded.
"""

from collections.abc import Collection
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bot.guide.memo import Memo
from bot.search.corpus import Kind, Passage, lines
from bot.search.findings import Line
from bot.search.fitted import SignNumbers
from bot.search.material import Material
from bot.search.ngrams import NgramIndex, pieces

# More than three lines are no longer the short answer.
MOST_LINES = 3

_LENGTH_OF_LINES = 0.75


class Sign(IntEnum):
    """What speaks for a line, by column."""

    SHARE_OF_BEST = 0
    SCORE = 1
    BEHIND_BEST = 2
    IS_FIRST = 3
    LENGTH = 4
    IS_PARAGRAPH = 5


class AnswerLines:
    """Knows the lines of all memos. Build once, ask from anywhere."""

    def __init__(self, passages: Collection[Passage], material: Material) -> None:
        texts = list(dict.fromkeys(one.text for one in passages if one.kind is Kind.LINE))
        self._reading = material.reading
        self._number = {text: at for at, text in enumerate(texts)}
        self._index = NgramIndex(
            material.pieces(texts),
            np.arange(len(texts)),
            np.ones(len(texts)),
            length_matters=_LENGTH_OF_LINES,
        )

    def best(self, memo: Memo, question: str, numbers: SignNumbers) -> tuple[Line, ...]:
        """The lines that answer, in the order of the memo."""
        said = list(lines(memo))
        if not said:
            return ()
        chances = numbers.chances(self.signs(memo, question), Sign)
        first = np.argsort(-chances, kind="stable")[:MOST_LINES]
        return tuple(said[at][0] for at in sorted(first) if chances[at] >= numbers.least)

    def signs(self, memo: Memo, question: str) -> NDArray[np.float64]:
        """A row for each line of the memo."""
        said = list(lines(memo))
        all_scores = self._index.scores(pieces([question], self._reading).hashes)
        known = [self._number.get(text, -1) for _, text in said]
        scores = np.array([all_scores[at] if at >= 0 else 0.0 for at in known])
        signs = np.zeros((len(said), len(Sign)))
        signs[:, Sign.SHARE_OF_BEST] = scores / max(scores.max(initial=0), 1e-9)
        signs[:, Sign.SCORE] = scores
        signs[:, Sign.BEHIND_BEST] = scores - scores.max(initial=0)
        signs[:1, Sign.IS_FIRST] = 1
        signs[:, Sign.LENGTH] = [np.log(len(text)) for _, text in said]
        signs[:, Sign.IS_PARAGRAPH] = [line.item is None for line, _ in said]
        return signs
