"""Does a message speak of a danger that is present now? Words alone do not tell: "passport lost last year" has them all.

Learnt from whole messages of people in danger (cries), from calm messages with the same words, and from ordinary
questions, all of them content that staff can add to; and from the lines of words that `urgency` matches. It says which
danger, and the signs that it is present; how they are weighed is fitted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bot.guide.danger import Danger
from bot.search.asked import Asked
from bot.search.fitted import SignNumbers
from bot.search.material import Material
from bot.search.neighbours import Neighbours
from bot.search.ngrams import Hashes, Scores
from bot.search.ranking import Ranked
from bot.search.taken_over import TakenOver
from bot.search.urgency import DangerMatcher

# A chance under this is as good as none; from there on each doubling tells as much as the last.
_HARDLY = 1e-3


class Sign(IntEnum):
    """How near the message is to cries of the nearest danger, to calm messages, and to ordinary questions: by pieces of
    words, by what tells these three apart, by meaning, by direction of meaning. Then how likely the answer is a memo that
    people in danger need, or one that is related to such. Last, whether a line of words matches.
    """

    CRIES_WORDS = 0
    CALM_WORDS = 1
    ORDINARY_WORDS = 2
    CRIES_WORD_DIRECTION = 3
    CALM_WORD_DIRECTION = 4
    ORDINARY_WORD_DIRECTION = 5
    CRIES_MEANING = 6
    CALM_MEANING = 7
    ORDINARY_MEANING = 8
    CRIES_DIRECTION = 9
    CALM_DIRECTION = 10
    ORDINARY_DIRECTION = 11
    NEEDED_IN_DANGER = 12
    NEEDED_NEAR_DANGER = 13
    LINE_MATCHES = 14


@dataclass(frozen=True, slots=True)
class Heard:
    """The danger that a message is nearest to, and the signs by column that it is present."""

    danger: str | None
    signs: NDArray[np.float64]

    @property
    def is_matched(self) -> bool:
        return bool(self.signs[Sign.LINE_MATCHES])

    def chance(self, numbers: SignNumbers) -> float:
        """How likely the danger is present, 0 to 1."""
        return float(numbers.chances(self.signs, Sign))


class Alarm:
    """Built once for each edition; then only read."""

    def __init__(
        self,
        dangers: Sequence[Danger],
        ordinary: Collection[str],
        related: Mapping[str, Collection[str]],
        material: Material,
        kept: TakenOver | None = None,
    ) -> None:
        """`ordinary` are questions of people in no danger, `related` the memos beside a memo."""
        self._needed = frozenset(danger.memo for danger in dangers)
        self._near = self._needed.union(*(related.get(memo, ()) for memo in self._needed))
        self._ids = tuple(danger.id for danger in dangers)
        self._matcher = DangerMatcher(tuple(dangers))
        texts, owners = [], []
        for number, danger in enumerate(dangers):
            cries = [text for lines in danger.cries.values() for text in lines]
            calm = [text for lines in danger.calm.values() for text in lines]
            texts += [*cries, *calm]
            owners += [number] * len(cries) + [len(dangers)] * len(calm)
        texts += ordinary
        owners += [len(dangers) + 1] * len(ordinary)
        self._messages = Neighbours(
            "messages", texts, owners, len(dangers) + 2, material, kept or TakenOver()
        )

    def knows(self, wanted: Hashes) -> NDArray[np.bool_]:
        """Of each piece of a word whether it is in some message."""
        return self._messages.words.knows(wanted)

    def of(self, asked: Asked, found: Ranked) -> Heard:
        """The nearest danger, None only when there are none, and the signs of presence."""
        signs = np.zeros(len(Sign))
        if not self._ids:
            return Heard(None, signs)
        near = self._messages
        words = near.words.of(asked.pieces)
        signs[Sign.CRIES_WORDS : Sign.ORDINARY_WORDS + 1] = _three(words)
        told_apart = near.word_directions.of(asked.pieces)
        signs[Sign.CRIES_WORD_DIRECTION : Sign.ORDINARY_WORD_DIRECTION + 1] = _three(told_apart)
        nearest = words + told_apart
        if near.meanings.is_known and asked.parts is not None:
            meanings = near.meanings.near(asked.parts)
            directions = near.meanings.directions(asked.parts).max(axis=0)
            signs[Sign.CRIES_MEANING : Sign.ORDINARY_MEANING + 1] = _three(meanings)
            signs[Sign.CRIES_DIRECTION : Sign.ORDINARY_DIRECTION + 1] = _three(directions)
            nearest = nearest + meanings
        matched = self._matcher.danger(asked.question.text)
        signs[Sign.LINE_MATCHES] = matched is not None
        signs[Sign.NEEDED_IN_DANGER] = np.log1p(found.chance_of(self._needed) / _HARDLY)
        signs[Sign.NEEDED_NEAR_DANGER] = np.log1p(found.chance_of(self._near) / _HARDLY)
        return Heard(matched or self._ids[int(np.argmax(nearest[: len(self._ids)]))], signs)


def _three(nearness: Scores) -> Scores:
    """The nearest danger, calm, ordinary."""
    return np.array([nearness[:-2].max(), nearness[-2], nearness[-1]])
