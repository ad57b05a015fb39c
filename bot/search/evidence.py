"""What speaks for each memo as the answer to a question: several measures, side by side.

It measures and does not decide: `ranking` weighs the measures. "Not ours" is measured like a memo, from the questions
that no memo answers. Everything that does not depend on the question is done once, when the content is loaded.
"""

from collections.abc import Collection, Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bot.guide.citizenship import Citizenship
from bot.search.asked import Asked
from bot.search.corpus import Kind, Passage
from bot.search.material import Material
from bot.search.neighbours import Neighbours
from bot.search.ngrams import Hashes, NgramIndex, Numbers, Scores
from bot.search.taken_over import TakenOver

# b of BM25: a memo's text is long because it has much to say.
_LENGTH_MATTERS = 0.75

# A title stands for its memo more than one question does.
_TITLE_WEIGHT = 2.0

_ENGLISH = "en"

Measures = NDArray[np.float64]


class Measure(IntEnum):
    """The columns. By pieces of words: all that a memo says and is asked, in the language that fits best and in the
    person's; its nearest questions; its lines; what tells its questions from all others. By meaning: its nearest
    questions, and the direction in which its questions lie from all others; both once more for questions in English, of
    which the model was taught most. Last, whether it is for people of another citizenship.
    """

    WORDS = 0
    OWN_WORDS = 1
    QUESTIONS = 2
    LINES = 3
    WORD_DIRECTION = 4
    MEANING = 5
    DIRECTION = 6
    ENGLISH_MEANING = 7
    ENGLISH_DIRECTION = 8
    FOR_OTHERS = 9


class Evidence:
    """Measures of every memo for a question. Build once, ask from anywhere."""

    def __init__(
        self,
        passages: Collection[Passage],
        material: Material,
        mostly_for: Mapping[str, frozenset[Citizenship]],
        kept: TakenOver | None = None,
    ) -> None:
        """`mostly_for` says of memos that concern some citizenships only whom they concern."""
        kept = kept or TakenOver()
        said = list(passages)
        self.keys: tuple[str | None, ...] = tuple(dict.fromkeys(one.memo for one in said))
        self._mostly_for = mostly_for
        number = {key: at for at, key in enumerate(self.keys)}
        others = [one for one in said if one.kind is not Kind.LINE]
        lines = [one for one in said if one.kind is Kind.LINE]
        self._texts = kept.part(
            "texts of memos", (self.keys, others), lambda: _Languages(others, number, material)
        )
        self._lines = kept.part(
            "lines of memos", (self.keys, lines), lambda: _Languages(lines, number, material)
        )
        asked = [one for one in others if one.kind in (Kind.QUESTION, Kind.TITLE)]
        self._questions = Neighbours(
            "questions",
            [one.text for one in asked],
            [number[one.memo] for one in asked],
            len(number),
            material,
            kept,
        )

    @property
    def has_meanings(self) -> bool:
        return self._questions.meanings.is_known

    def knows(self, wanted: Hashes) -> NDArray[np.bool_]:
        """Of each piece of a word whether it is said of some memo."""
        return self._texts.knows(wanted) | self._lines.knows(wanted)

    def of(self, asked: Asked) -> Measures:
        """A row for each of `keys`, a column for each `Measure`."""
        measured = np.zeros((len(self.keys), len(Measure)))
        words, own = self._texts.scores(asked.pieces, asked.question.lang)
        measured[:, Measure.WORDS], measured[:, Measure.OWN_WORDS] = words, own
        measured[:, Measure.LINES] = self._lines.scores(asked.pieces, asked.question.lang)[0]
        near = self._questions
        measured[:, Measure.QUESTIONS] = near.words.of(asked.pieces)
        measured[:, Measure.WORD_DIRECTION] = near.word_directions.of(asked.pieces)
        if near.meanings.is_known and asked.parts is not None:
            measured[:, Measure.MEANING] = near.meanings.near(asked.parts)
            measured[:, Measure.DIRECTION] = near.meanings.directions(asked.parts).mean(axis=0)
            english = asked.spoken.get(_ENGLISH, 0.0)
            measured[:, Measure.ENGLISH_MEANING] = english * measured[:, Measure.MEANING]
            measured[:, Measure.ENGLISH_DIRECTION] = english * measured[:, Measure.DIRECTION]
        who = asked.question.citizenship
        for at, key in enumerate(self.keys):
            meant = self._mostly_for.get(key or "")
            measured[at, Measure.FOR_OTHERS] = (
                meant is not None and who is not None and who not in meant
            )
        return measured


class _Languages:
    """Pieces of what is said of a memo, as a document for each language."""

    def __init__(
        self,
        said: list[Passage],
        number: Mapping[str | None, int],
        material: Material,
    ) -> None:
        pairs = [(number[one.memo], one.lang) for one in said]
        place = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
        self._count = len(number)
        self._memos: Numbers = np.array([memo for memo, _ in place], dtype=np.int64)
        self._langs = np.array([lang for _, lang in place], dtype=object)
        self._index = NgramIndex(
            material.pieces([one.text for one in said]),
            np.array([place[pair] for pair in pairs], dtype=np.int64),
            np.array([_TITLE_WEIGHT if one.kind is Kind.TITLE else 1.0 for one in said]),
            length_matters=_LENGTH_MATTERS,
        )

    def scores(self, asked: Hashes, lang: str) -> tuple[Scores, Scores]:
        """Of each memo the best score over all languages, and that in `lang`."""
        scores = self._index.scores(asked)
        best, own = np.zeros(self._count), np.zeros(self._count)
        np.maximum.at(best, self._memos, scores)
        spoken = self._langs == lang
        own[self._memos[spoken]] = scores[spoken]
        return best, own

    def knows(self, wanted: Hashes) -> NDArray[np.bool_]:
        return self._index.knows(wanted)
