"""Words with a value, found in any of their forms: whole, with an ending, or one slip of the finger away.

It must not know what the values are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.i18n.typed.folding import fold_word

# No numeral or month with its endings is longer, and strangers choose how long a word is.
_LONGEST_WORD = 24
# In a shorter word one letter is too much of it: "май" and "мат".
_SHORTEST_WITH_SLIP = 4


@dataclass(slots=True)
class Forms:
    """Folded words with their values."""

    whole: dict[str, int] = field(default_factory=dict)
    stems: dict[str, int] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    _shortened: dict[str, set[str]] = field(default_factory=dict)

    def value(self, word: str) -> int | None:
        """The value of a folded word that is spelled right."""
        if len(word) > _LONGEST_WORD or word in self.never:
            return None
        if word in self.whole:
            return self.whole[word]
        for stem, ending in _cuts(word):
            if stem in self.stems and ending in self.endings:
                return self.stems[stem]
        return None

    def with_slip(self, word: str) -> tuple[int, ...]:
        """The values of all words that this one can be with one letter wrong, missing, added or swapped."""
        if not _SHORTEST_WITH_SLIP <= len(word) <= _LONGEST_WORD or word in self.never:
            return ()
        heads = [word, *(stem for stem, ending in _cuts(word) if ending in self.endings)]
        found = {
            self.whole.get(meant, self.stems.get(meant))
            for head in heads
            if len(head) >= _SHORTEST_WITH_SLIP
            for key in (head, *_one_shorter(head))
            for meant in self._index().get(key, ())
            if _is_one_slip(head, meant) and (head == word or meant in self.stems)
        }
        return tuple(sorted(value for value in found if value is not None))

    def _index(self) -> Mapping[str, set[str]]:
        """Each word under itself and under what is left of it without one letter: whatever is one slip away
        shares such a key.
        """
        if not self._shortened:
            for word in (*self.whole, *self.stems):
                if len(word) >= _SHORTEST_WITH_SLIP:
                    for key in (word, *_one_shorter(word)):
                        self._shortened.setdefault(key, set()).add(word)
        return self._shortened


def folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_word, words))


def folded_values(words: Mapping[str, int]) -> dict[str, int]:
    return {fold_word(word): value for word, value in words.items()}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one to four words with a value."""

    by_words: Mapping[tuple[str, ...], int]
    longest: int

    def at(self, words: list[str], position: int) -> tuple[int, int] | None:
        """The value of the longest phrase that begins there, and how many words it has."""
        for length in range(min(self.longest, len(words) - position), 0, -1):
            value = self.by_words.get(tuple(words[position : position + length]))
            if value is not None:
                return value, length
        return None


def phrases(words: Mapping[str, int]) -> Phrases:
    by_words = {tuple(map(fold_word, phrase.split())): value for phrase, value in words.items()}
    return Phrases(by_words, max(map(len, by_words)))


def _cuts(word: str) -> Iterable[tuple[str, str]]:
    return ((word[:at], word[at:]) for at in range(len(word) - 1, 1, -1))


@lru_cache(maxsize=1_024)
def _one_shorter(word: str) -> tuple[str, ...]:
    return tuple(word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_one_slip(typed: str, meant: str) -> bool:
    if abs(len(typed) - len(meant)) > 1:
        return False
    if len(typed) != len(meant):
        shorter, longer = sorted((typed, meant), key=len)
        return shorter in _one_shorter(longer)
    wrong = [at for at, pair in enumerate(zip(typed, meant, strict=True)) if pair[0] != pair[1]]
    match wrong:
        case [_]:
            return True
        case [first, second] if second == first + 1:
            return typed[first] == meant[second] and typed[second] == meant[first]
        case _:
            return False
