"""Does a question speak of a present danger? Answered from the lines of words in `content/dangers.yaml`.

A line matches when all its words stand near each other in the question, in any order. A word matches as it is typed
on any keyboard, in Latin letters too, written as it is heard, and with one slip of the finger if it is long; `*` at
its end stands for any ending. A line under `unless` takes the danger of its own entry back ("last year").
It must not know any word itself: staff add words without a programmer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bot.guide.danger import Danger
from bot.search.transliteration import readings

# How many words that are not in the line may stand between its words: "отобрал [у меня вчера мой]
# паспорт".
BETWEEN = 4

# A slip is forgiven from this length on: in shorter words one letter is the difference between two
# words. Measured: with 6, "заехать" passed for "задыхаться".
LONG_WORD = 7

# Two letters after a slip must be right again, else an ending, which is grammar, would count as a
# slip: "задержит" is a fear, "задержал" has happened.
RIGHT_AFTER_SLIP = 2

# Unstressed vowels are written as they are heard: "атабрали", "спосите". The letters я and ю are
# two sounds, the first of which may end a stem: "bermay*" is to find "bermayapti".
_AS_HEARD = str.maketrans({"о": "а", "е": "и", "я": "иа", "ю": "иу"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a line, as heard; `open_ended` when `*` stood at its end."""

    letters: str
    open_ended: bool

    def fits(self, word: str, letters: str) -> bool:
        return word.startswith(letters) if self.open_ended else word == letters

    def fits_with_slip(self, word: str) -> bool:
        """Whether `word` fits but for one letter replaced, left out, put in, or exchanged with the next.

        The first letter is seldom a slip, and often another word: "taking us", "attacking us".
        """
        wanted = self.letters
        pairs = enumerate(zip(wanted, word, strict=False))
        at = next((place for place, (ours, typed) in pairs if ours != typed), len(word))
        exchanged = wanted[at + 1 : at + 2] + wanted[at : at + 1] + wanted[at + 2 :]
        candidates = (
            (word[at + 1 :], wanted[at + 1 :]),
            (word[at:], wanted[at + 1 :]),
            (word[at + 1 :], wanted[at:]),
            (word[at:], exchanged),
        )
        return at > 0 and any(
            len(rest) >= RIGHT_AFTER_SLIP and self.fits(typed, rest) for typed, rest in candidates
        )


@dataclass(frozen=True, slots=True)
class Line:
    """`wanted` are numbers of words in the vocabulary."""

    danger: str
    wanted: frozenset[int]

    def stands(self, places: Mapping[int, list[int]]) -> bool:
        """Whether all words stand near each other; `places` says where each word of the vocabulary stands."""
        if not self.wanted <= places.keys():
            return False
        reach = len(self.wanted) - 1 + BETWEEN
        latest: dict[int, int] = {}
        seen = sorted((place, number) for number in self.wanted for place in places[number])
        for place, number in seen:
            latest[number] = place
            if len(latest) == len(self.wanted) and place - min(latest.values()) <= reach:
                return True
        return False


class DangerMatcher:
    """Finds the first danger, in the order given, that a question speaks of."""

    def __init__(self, dangers: tuple[Danger, ...]) -> None:
        self._vocabulary = _Vocabulary()
        self._words = tuple(
            line for danger in dangers for line in self._lines(danger.id, danger.words)
        )
        self._unless = tuple(
            line for danger in dangers for line in self._lines(danger.id, danger.unless)
        )

    def danger(self, text: str) -> str | None:
        """The id of the danger, or None."""
        places = self._vocabulary.places(_words(text))
        taken_back = {line.danger for line in self._unless if line.stands(places)}
        spoken_of = (
            line.danger
            for line in self._words
            if line.danger not in taken_back and line.stands(places)
        )
        return next(spoken_of, None)

    def _lines(self, danger: str, languages: Mapping[str, Iterable[str]]) -> Iterator[Line]:
        for lines in languages.values():
            for line in lines:
                if wanted := frozenset(map(self._vocabulary.number, _wanted(line))):
                    yield Line(danger, wanted)


class _Vocabulary:
    """All words of all lines, numbered, so that each word of a question is looked up once."""

    def __init__(self) -> None:
        self._closed: dict[str, int] = {}
        self._open: dict[str, int] = {}
        self._count = 0
        self._longest = 0
        # With one slip in a long word, its letters 1-3 are intact, or its letters 4-6 are and
        # stand at most one off.
        self._by_start: defaultdict[str, list[tuple[Wanted, int]]] = defaultdict(list)
        self._by_middle: defaultdict[str, list[tuple[Wanted, int]]] = defaultdict(list)

    def number(self, wanted: Wanted) -> int:
        numbers = self._open if wanted.open_ended else self._closed
        if wanted.letters not in numbers:
            numbers[wanted.letters] = self._count
            if len(wanted.letters) >= LONG_WORD:
                self._by_start[wanted.letters[:3]].append((wanted, self._count))
                self._by_middle[wanted.letters[3:6]].append((wanted, self._count))
            self._count += 1
            self._longest = max(self._longest, len(wanted.letters))
        return numbers[wanted.letters]

    def places(self, words: list[str]) -> Mapping[int, list[int]]:
        """Where in the question the words of the lines stand, by number."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        known: dict[str, frozenset[int]] = {}
        for place, word in enumerate(words):
            if word not in known:
                known[word] = frozenset(self._matching(word))
            for number in known[word]:
                found[number].append(place)
        return found

    def _matching(self, word: str) -> Iterator[int]:
        if word in self._closed:
            yield self._closed[word]
        for end in range(1, min(len(word), self._longest) + 1):
            if word[:end] in self._open:
                yield self._open[word[:end]]
        alike = [self._by_start.get(word[:3], [])]
        alike += [self._by_middle.get(word[at : at + 3], []) for at in (2, 3, 4)]
        for wanted, number in chain.from_iterable(alike):
            if wanted.fits_with_slip(word):
                yield number


def _words(text: str) -> list[str]:
    return readings(text)[-1].translate(_AS_HEARD).split()


def _wanted(line: str) -> Iterator[Wanted]:
    for written in line.split():
        words = _words(written)
        for word in words:
            yield Wanted(word, open_ended=written.endswith("*") and word is words[-1])
