"""How hard the texts of an edition are to read, by language and memo, and their longest sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoText
from bot.editorial.prose import Prose, front_prose
from bot.editorial.reading_level import Level, level_of
from bot.editorial.seen import SeenTexts, seen_texts
from bot.editorial.sentences import Sentence
from bot.guide.citizenship import Citizenship

LONGEST = 5  # sentences named for each language


@dataclass(frozen=True, slots=True)
class LongSentence:
    """`words` is how many it has."""

    memo: str
    lang: str
    file: str
    line: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One language. `memos` holds each memo as the citizenship reads it that has it hardest, `level` all of them."""

    level: Level
    memos: Mapping[str, Level]
    longest: tuple[LongSentence, ...]

    @property
    def hardest(self) -> str | None:
        """The memo with the highest score."""
        return max(self.memos, key=lambda memo: self.memos[memo].score, default=None)


def readings(edition: Edition, today: date, longest: int = LONGEST) -> Mapping[str, Reading]:
    """By language, in the order of the guide; listed memos only, each text only in its own language."""
    seen = seen_texts(edition, today)
    found: dict[str, Reading] = {}
    for lang in edition.languages:
        memos: dict[str, Level] = {}
        sentences: list[LongSentence] = []
        for memo_id in edition.listed_memos:
            if text := edition.text(memo_id, lang):
                memos[memo_id], long = text_reading(seen, memo_id, text)
                sentences += long
        sentences.sort(key=lambda one: (-one.words, one.file, one.line))
        level = sum(memos.values(), Level(lang))
        found[lang] = Reading(level, memos, tuple(sentences[:longest]))
    return found


def text_reading(
    seen: SeenTexts, memo_id: str, text: MemoText
) -> tuple[Level, list[LongSentence]]:
    """The level for the citizenship that has it hardest, and all sentences."""
    branches = [
        [
            (prose, sentence)
            for prose in seen.branch(text, branch)
            for sentence in seen.sentences(prose)
        ]
        for branch in text.body.branches()
    ]
    front = [
        (prose, sentence) for prose in front_prose(text) for sentence in seen.sentences(prose)
    ]
    levels = [_level(front, text.lang), *(_level(branch, text.lang) for branch in branches)]
    by_citizenship = (
        sum(
            (
                level
                for level, branch in zip(levels[1:], text.body.branches(), strict=True)
                if who in branch.audience
            ),
            levels[0],
        )
        for who in Citizenship
    )
    sentences = [
        LongSentence(
            memo_id,
            text.lang,
            text.file,
            prose.place(sentence.start).line,
            sentence.text,
            len(sentence.words),
        )
        for part in (front, *branches)
        for prose, sentence in part
    ]
    return max(by_citizenship, key=lambda level: level.score), sentences


def _level(part: list[tuple[Prose, Sentence]], lang: str) -> Level:
    return level_of((sentence for _, sentence in part), lang)
