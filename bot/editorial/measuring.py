"""The measures of one text: how long it is and how hard to read, beside what is allowed. It must not judge the content."""

from dataclasses import dataclass
from datetime import date

from bot.editorial.checks.length import SUMMARY, TEXT, TITLE, WORDS, sizes_of
from bot.editorial.checks.sentences import limit_of
from bot.editorial.edition import Edition
from bot.editorial.readability import LongSentence, text_reading
from bot.editorial.reading_level import Level
from bot.editorial.seen import seen_texts


@dataclass(frozen=True, slots=True)
class Length:
    """`least` and `most` are the limits, the number itself allowed."""

    number: int
    most: int
    least: int = 0

    @property
    def fits(self) -> bool:
        return self.least <= self.number <= self.most


@dataclass(frozen=True, slots=True)
class Measures:
    """Title, summary and text in characters, the text as it is longest for any citizenship. `fewest` and `most` words are
    those of the citizenships that read least and most. `long_sentences` are over the limit of the language, longest first.
    """

    title: Length
    summary: Length
    text: Length
    fewest: Length
    most: Length
    level: Level
    sentence_limit: int
    long_sentences: tuple[LongSentence, ...]


def measures(edition: Edition, memo_id: str, lang: str, today: date) -> Measures | None:
    """None when there is no such text, or none that can be read."""
    text = edition.text(memo_id, lang)
    if text is None:
        return None
    front = text.front.value
    sizes = sizes_of(text).values()
    words = [count for _, count in sizes if count] or [0]
    level, sentences = text_reading(seen_texts(edition, today), memo_id, text)
    limit = limit_of(lang)
    too_long = sorted(
        (one for one in sentences if one.words > limit), key=lambda one: (-one.words, one.line)
    )
    return Measures(
        title=Length(len(front.title), TITLE),
        summary=Length(len(front.summary), SUMMARY),
        text=Length(max(characters for characters, _ in sizes), TEXT),
        fewest=Length(min(words), WORDS[-1], WORDS[0]),
        most=Length(max(words), WORDS[-1], WORDS[0]),
        level=level,
        sentence_limit=limit,
        long_sentences=tuple(too_long),
    )
