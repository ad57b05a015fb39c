"""Sentences that nobody reads to the end on a small screen."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoText
from bot.editorial.problem import Problem, warning
from bot.editorial.prose import Prose, Said, front_prose, said_in_ledgers
from bot.editorial.seen import SeenTexts, seen_texts

# Texts aim at 12 to 15 words, in Kyrgyz at 10 to 12. These limits are well above: in the first 15 memos they bite eight
# sentences of two thousand. English says the same with a third more words, Kyrgyz with fewer, but longer ones.
LIMITS = {"ru": 20, "ky": 18, "en": 25, "uz": 18, "tg": 20}
_ELSEWHERE = 25
_QUOTED = 40  # characters of the sentence in the message


def limit_of(lang: str) -> int:
    """How many words a sentence of this language may have."""
    return LIMITS.get(lang, _ELSEWHERE)


def check_sentences(edition: Edition, today: date) -> Iterator[Problem]:
    seen = seen_texts(edition, today)
    for _, text in edition.texts():
        yield from edition.kept.every(_in_memo, seen, text)
    yield from edition.kept.every(_in_ledgers, seen, said_in_ledgers(edition))


def _in_memo(seen: SeenTexts, text: MemoText) -> Iterator[Problem]:
    body = (prose for branch in text.body.branches() for prose in seen.branch(text, branch))
    return _too_long(seen, chain(front_prose(text), body))


def _in_ledgers(seen: SeenTexts, said: Said) -> Iterator[Problem]:
    return _too_long(seen, said.prose)


def _too_long(seen: SeenTexts, said: Iterable[Prose]) -> Iterator[Problem]:
    for prose in said:
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
