"""Running text → sentences and their words, in every language of the guide.

It must not judge: how long is too long is the business of the checks.
"""

# ruff: noqa: RUF001, RUF003 (letters that look like Latin ones)

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` is the offset of its first character in the text it was found in."""

    start: int
    text: str
    words: tuple[str, ...]


# A colon ends a sentence too: after it a reader begins anew, mostly with a list (Björnsson counts so for LIX, 1968).
_STOP = re.compile(r"(?P<mark>[.!?…:]+)[»”“\"')\]]*\s+")
_NUMBER = r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d)|[.,:/]\d+)*(?:-\w+|[^\W\d_]+)?"
_WORD = re.compile(rf"{_NUMBER}|[^\W\d_]+(?:[-'’ʼʻ][^\W_]+)*")
_LAST_WORD = re.compile(r"[\w-]+$")
_OPENING = "«„“\"'([—– "
_LONGEST_LABEL = 2  # digits of "12." before a step

# After these comes what they belong to, so that no sentence ends with them: "г. Москва"; "ст. 5", but not "5 ч. Потом".
_BEFORE_NAMES = frozenset(
    {
        "г",
        "гг",
        "ул",
        "пр",
        "просп",
        "пер",
        "пл",
        "ш",
        "пос",
        "с",
        "обл",
        "гр",
        "тов",
        "ср",
        "см",
        "напр",
        "mr",
        "mrs",
        "ms",
        "dr",
    }
)
_BEFORE_NUMBERS = frozenset(
    {"ст", "ч", "п", "пп", "гл", "д", "кв", "корп", "стр", "рис", "тел", "доб", "art", "fig"}
)
# "And so on" in ru, ky, tg and uz ends a sentence when a new one begins after it.
_AND_SO_ON = re.compile(r"\b(?:т\.\s?[дпк]|ж\.\s?б|ва ғ|h\.\s?k)$", re.IGNORECASE)
_YEAR = re.compile(r"\d\s?гг?$")


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of one paragraph, item or heading, those without a word left out."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop):
            yield from _sentence(text, start, stop.end())
            start = stop.end()
    yield from _sentence(text, start, len(text))


def words_in(text: str) -> tuple[str, ...]:
    """Words and numbers; "5 000", "30-дневный" and "13-июнь" are one each."""
    return tuple(found[0] for found in _WORD.finditer(text))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    said = text[start:end]
    if words := words_in(said):
        yield Sentence(start + len(said) - len(said.lstrip()), said.strip(), words)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    mark = stop["mark"]
    if mark.endswith(":"):
        return True
    following = text[stop.end() :].lstrip(_OPENING)[:1]
    if following.islower():  # «Меня задержали?» деп сураңыз: the sentence goes on
        return False
    return mark != "." or not _is_abbreviation(text[start : stop.start()], following)


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether the full stop after `before` belongs to its last word."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found[0]
    if word.isdecimal():
        return len(before.strip()) <= _LONGEST_LABEL  # "1. Паспорт" is a label and its text
    if _AND_SO_ON.search(before) or _YEAR.search(before):
        return not following.isupper()
    if following.isdecimal() and word.lower() in _BEFORE_NUMBERS:
        return True
    is_initial = len(word) == 1 and word.isupper()
    return is_initial or word.lower() in _BEFORE_NAMES
