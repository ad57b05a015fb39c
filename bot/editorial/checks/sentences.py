"""Sentences that nobody reads to the end on a small screen."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Problem, warning
from bot.editorial.prose import Prose, front_prose, ledger_prose
from bot.editorial.seen import SeenTexts

# Texts aim at 12 to 15 words, in Kyrgyz at 10 to 12. These limits are well above: in the first 15 memos they bite eight
# sentences of two thousand. English says the same with a third more words, Kyrgyz with fewer, but longer ones.
LIMITS = {"ru": 20, "ky": 18, "en": 25, "uz": 18, "tg": 20}
_ELSEWHERE = 25
_QUOTED = 40  # characters of the sentence in the message


def limit_of(lang: str) -> int:
    """How many words a sentence of this language may have."""
    return LIMITS.get(lang, _ELSEWHERE)


def check_sentences(edition: Edition, today: date) -> Iterator[Problem]:
    seen = SeenTexts(edition, today)
    for prose in _said(edition, seen):
        limit = limit_of(prose.lang)
        for sentence in seen.sentences(prose):
            if len(sentence.words) > limit:
                yield warning(
                    prose.place(sentence.start),
                    "sentence-too-long",
                    count=len(sentence.words),
                    limit=limit,
                    beginning=sentence.text[:_QUOTED].strip(),
                )


def _said(edition: Edition, seen: SeenTexts) -> Iterator[Prose]:
    for _, text in edition.texts():
        yield from front_prose(text)
        for branch in text.body.branches():
            yield from seen.branch(text, branch)
    yield from ledger_prose(edition)
