"""Which words are names of people, judged by the word alone: the list of given names with their endings, and the endings
of fathers' names and surnames. It must not look at what stands around the word: `masking_names` does.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.search.masking_text import folded, words_of

# A stem this long is enough of a name in any case; a shorter one is also the beginning of other words.
_STRONG_STEM, _SHORTEST_STEM, _SHORTEST_NAME = 5, 4, 4
_CASES = words_of("names", "cases")
_LONGEST_CASE = max(map(len, _CASES))
_VOWELS = "аеиоуюя"

_RUSSIAN = (
    r"(?:ов|ев)(?:а|у|им|е|ои|их|ими)?|енко|чук|[тс]ск(?:и|ого|ому|им|ом|ая|ую|ои|их)|зода|заде"
)
_SURNAME = (
    r"(?:ов|ев)(?:а|у|им|е|ои|их|ими)?|енко|чук|[тс]ск(?:и|ого|ому|им|ом|ая|ую|ои|их)|зода|заде"
)
# "-ин" and "-али" alone would take Kyrgyz objects and Russian verbs along.
_SURNAME_BESIDE = re.compile(rf"..(?:{_SURNAME}|[лнртш]кин(?:а|у|им|е|ои)?|ин(?:а|у|им))$")
_SURNAME_ANYWHERE = re.compile(
    r"...(?:(?:бек|кул|мат|жан|жон|хан|ходжа|мурат|мурад|мурод)ова?|(?:бае|алие)ва?|зода|заде)$"
)
_SURNAME_OF_PLACE = re.compile(r"(?:ов|ев)(?:а|у|им|е|ои)?$")
_FATHERS = re.compile(r"...(?:ович|евич)(?:а|у|ем|е)?$|....(?:овна|евна)$")
_COMPOUND = re.compile(r"...бек$")
_NOT_COMPOUND = ("узбек", "озбек")


def sound(word: str) -> str:
    """A folded word with one spelling for the sound that Tajik writes ҷ, others дж or ж."""
    return word.replace("дж", "ж")


def is_name(word: str) -> bool:
    """Whether this is a name wherever it stands."""
    return bool(
        word in _PLAIN
        or any(len(stem) >= _STRONG_STEM for stem in _stems(word, _PLAIN_STEMS))
        or _FATHERS.search(word)
        or _SURNAME_ANYWHERE.search(word)
        or (_COMPOUND.search(word) and not word.startswith(_NOT_COMPOUND))
    )


def is_name_beside_one(word: str) -> bool:
    """Whether this is a name, in small letters too, when a name stands beside it."""
    return bool(is_name(word) or word in _WORDS or _SURNAME_BESIDE.search(word))


def may_be_given(word: str) -> bool:
    """Whether this is in the list, be it an ordinary word as well."""
    return word in _WORDS or word in _PLAIN or any(_stems(word, _PLAIN_STEMS | _WORD_STEMS))


def is_surname(word: str) -> bool:
    return bool(_SURNAME_BESIDE.search(word))


def is_surname_of_place(word: str) -> bool:
    """«Казанцев» begins like a city."""
    return bool(_SURNAME_OF_PLACE.search(word))


def _stems(word: str, known: frozenset[str]) -> Iterator[str]:
    for length in range(1, min(_LONGEST_CASE, len(word) - _SHORTEST_STEM) + 1):
        stem, case = word[:-length], word[-length:]
        # Folding makes one letter of two: "Азаматтын" is азамат-ин.
        is_doubled = stem[-1] not in _VOWELS and stem[-1] + case in _CASES
        if stem in known and (case in _CASES or is_doubled):
            yield stem


def _read_names() -> tuple[frozenset[str], frozenset[str]]:
    """The names that are nothing else, and those that are also words."""
    text = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
    listed: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            section = listed.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            section.update(sound(folded(name)) for name in line.split())
    short = {name for name in listed["plain"] if len(name) < _SHORTEST_NAME}
    words = listed["words"] | short
    return frozenset(listed["plain"] - words), frozenset(words)


def _with_stems(names: frozenset[str]) -> frozenset[str]:
    """«Гульнара» is declined without its last vowel, «Андрей» without its last letter."""
    return names | {name[:-1] for name in names if name[-1] in "аяи"}


_PLAIN, _WORDS = _read_names()
_PLAIN_STEMS, _WORD_STEMS = _with_stems(_PLAIN), _with_stems(_WORDS)
