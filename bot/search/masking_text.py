"""A text as the maskers read it: words, numbers and what stands between them. It must not decide what is masked."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.search.folding import fold
from bot.search.transliteration import cyrillic


class Kind(StrEnum):
    """What was masked. The value is the one character, of no alphabet, that stands for the mask while masking."""

    PHONE = "\ue000"
    NUMBER = "\ue001"
    NAME = "\ue002"
    EMAIL = "\ue003"
    LINK = "\ue004"
    ADDRESS = "\ue005"


MASKS = {kind: f"[{kind.name.lower()}]" for kind in Kind}


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a number. `folded` is the word as it sounds in Cyrillic, or the digits.

    `gap` is what stands between it and the item before. `is_capital` says that it begins with a capital, in a text that
    is not all capitals; `has_capital`, that the capital means something: it does not begin a sentence.
    """

    start: int
    end: int
    raw: str
    folded: str
    gap: str
    is_number: bool
    is_capital: bool
    has_capital: bool


_ITEM = re.compile(r"(?P<number>\d+)|[^\W\d_]+(?:['’ʼʻ`‘′][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;•]")
_ABBREVIATION = re.compile(r"^\.\s?$")


@dataclass(frozen=True, slots=True)
class TextRead:
    text: str
    items: tuple[Item, ...]

    @classmethod
    def of(cls, text: str) -> "TextRead":
        found = list(_ITEM.finditer(text))
        words = [match[0] for match in found if not match["number"]]
        capitals_count = _capitals_count(words)
        items: list[Item] = []
        end = 0
        for match in found:
            raw, gap = match[0], text[end : match.start()]
            is_number = bool(match["number"])
            begins = not items or _ends_sentence(gap, items[-1])
            is_capital = capitals_count and _is_capital(raw)
            items.append(
                Item(
                    start=match.start(),
                    end=match.end(),
                    raw=raw,
                    folded=raw if is_number else folded(raw),
                    gap=gap,
                    is_number=is_number,
                    is_capital=is_capital,
                    has_capital=is_capital and not begins,
                )
            )
            end = match.end()
        return cls(text, tuple(items))

    def gap_after(self, index: int) -> str:
        """What stands between this item and the next, or to the end."""
        following = self.items[index + 1].gap if index + 1 < len(self.items) else None
        return self.text[self.items[index].end :] if following is None else following


def is_apart(gap: str) -> bool:
    """Whether something that was masked before stands here: nothing is read across it."""
    return any(kind in gap for kind in Kind)


def folded(word: str) -> str:
    return fold(cyrillic(word)).replace(" ", "")


def words_of(section: str, key: str) -> frozenset[str]:
    """A list of `masking_words.toml`, folded. Phrases keep single spaces between their words."""
    return frozenset(_phrase(phrase) for phrase in _WORDS[section][key])


def beginnings_of(section: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(words_of(section, key)))


def _phrase(phrase: str) -> str:
    return " ".join(map(folded, phrase.split()))


def _read_words() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("masking_words.toml").read_text(encoding="utf-8")
    words: dict[str, Any] = tomllib.loads(text)
    return words


_WORDS = _read_words()
_ABBREVIATED = words_of("names", "abbreviated")


def _ends_sentence(gap: str, before: Item) -> bool:
    if not _SENTENCE_END.search(gap):
        return False
    # "ул. Ленина", "г. Ош", "А. Жумабеков"
    is_short = before.folded in _ABBREVIATED or (len(before.raw) == 1 and not before.is_number)
    return not (is_short and _ABBREVIATION.match(gap))


def _is_capital(raw: str) -> bool:
    """Of a name or a shouted name; short words all in capitals are offices, countries, papers."""
    return raw[0].isupper() and not (raw.isupper() and 1 < len(raw) < 5)


def _capitals_count(words: Iterable[str]) -> bool:
    """Whether a capital says anything here: not when everything is in capitals, or every word begins with one."""
    long = [word for word in words if len(word) > 3]
    most = 0.6 * len(long)
    is_shouted = len(long) > 1 and sum(word.isupper() for word in long) > most
    is_title = len(long) > 3 and sum(word[0].isupper() for word in long) > most
    return not is_shouted and not is_title
