"""Names of the glossary, found in running text in whatever form they stand.

Russian words are matched by the endings of nouns and adjectives; those of other languages by how they begin, since
suffixes follow one another freely. It must not know what a term means or where it is demanded.
"""

# ruff: noqa: RUF001, RUF002 (letters that look like Latin ones)

import re
from collections.abc import Iterable
from functools import cached_property

_PARTS = re.compile(r"\s*[,;]\s*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MARKS = re.compile(r"[«»\"“”„]")
# Between the words of a name there may be marks, but no end of a sentence.
_BETWEEN = r"[^\w.!?]+"
_SMALL_WORDS = ("a", "an", "the", "of", "to", "for", "in")
_BETWEEN_ENGLISH = rf"(?:{_BETWEEN}(?:{'|'.join(_SMALL_WORDS)})(?!\w))*{_BETWEEN}"

_RUSSIAN_ENDING = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ия|[аяоеыийьую])$")
_RUSSIAN_ENDINGS = re.compile(
    "(?:ого|его|ому|ему|ыми|ими|ами|ями|ием|иям|иях|ый|ий|ой|ая|яя|ое|ее|ые|ие|ия|ым|им|ом|ем|ую|юю|ою|ею|ых|их"
    "|ей|ам|ям|ах|ях|ов|ев|ию|ии|[аяоеыийьую])?"
)
_ENGLISH_ENDING = re.compile(r"(?:s|e|y|ed|ing|ion)$")
# A name gives actions as nouns and ends mostly in "of him": узартуу is the узарт- of "extend it", келишими the contract.
_KYRGYZ_VERBAL_NOUN = re.compile(r"(?:уу|үү|оо|өө|(?<=ю)[уү])$")
_KYRGYZ_OWNED = re.compile(r"(?:(?<=[аыоуэеиөүя])с)?[ыиуү]$|[аеоө]$")
_SHORTEST_STEM = 3
# күбөлүк, күбөлүгү; кол коюу, кол коёрдо, кол койбоңуз
_CHANGING = {"к": "[кг]", "п": "[пб]", "г": "[кг]", "б": "[пб]", "ю": "[юйе]"}


def fold(text: str) -> str:
    """What names are looked for in: small letters, ё as е. Offsets stay."""
    folded = text.lower().replace("ё", "е")
    return folded if len(folded) == len(text) else text


def names_in(written: str) -> list[str]:
    """The names that one field of the glossary holds: those outside brackets and inside, parted by commas."""
    pieces = [_BRACKETS.sub(" ", written), *_BRACKETS.findall(written)]
    names = (_MARKS.sub("", name).split() for piece in pieces for name in _PARTS.split(piece))
    return [" ".join(words) for words in names if words]


class Name:
    """One name of a thing in one language. An abbreviation is found only as it is written."""

    def __init__(self, name: str, lang: str) -> None:
        self.is_abbreviation = name.isupper()
        words = re.split(r"[\s-]+", name)
        self._words = [word for word in words if word and word not in _SMALL_WORDS] or words
        self._lang = lang
        self._hint = fold(self._words[0]) if self.is_abbreviation else self._longest_beginning()

    def search(self, text: str, folded: str) -> re.Match[str] | None:
        """The first place where the name stands. `folded` is `fold(text)`."""
        if not self.may_be_in(folded):
            return None
        found = self._phrase.finditer(text if self.is_abbreviation else folded)
        return next((m for m in found if all(map(_RUSSIAN_ENDINGS.fullmatch, m.groups()))), None)

    def may_be_in(self, folded: str) -> bool:
        """False when it certainly is not: looking for a few letters is a hundred times as fast as `search`."""
        return self._hint in folded

    def is_spread_over(self, folded: str) -> bool:
        """Whether each of its words stands in the paragraph, in any order: "certificates of marriage and birth"."""
        return not self.is_abbreviation and all(word.search(folded) for word in self._each)

    @cached_property
    def _phrase(self) -> re.Pattern[str]:
        if self.is_abbreviation:
            return re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, self._words))}(?!\w)")
        between = _BETWEEN_ENGLISH if self._lang == "en" else _BETWEEN
        return re.compile(rf"(?<!\w){between.join(map(self._forms, self._words))}(?!\w)")

    @cached_property
    def _each(self) -> list[re.Pattern[str]]:
        return [re.compile(rf"(?<!\w){self._forms(word)}(?!\w)") for word in self._words]

    def _longest_beginning(self) -> str:
        return max((_stem(fold(word), self._lang)[:-1] for word in self._words), key=len)

    def _forms(self, word: str) -> str:
        """A pattern of the word; what ends a Russian one is a group, to be looked at when it is found."""
        stem = _stem(fold(word), self._lang)
        if self._lang == "ru" and word.endswith("ая"):
            # An adjective: налоговая is the tax office, and налогов is of taxes.
            return re.escape(stem) + "(?:ая|ой|ую|ою|ые|ых|ым|ыми)"
        if self._lang == "ru":
            return re.escape(stem) + r"(\w{0,3})"
        last = _CHANGING.get(stem[-1:]) if self._lang == "ky" else None
        return (re.escape(stem[:-1]) + last if last else re.escape(stem)) + r"\w*"


def _stem(word: str, lang: str) -> str:
    match lang:
        case "ru":
            stem = _RUSSIAN_ENDING.sub("", word)
        case "ky":
            stem = _KYRGYZ_VERBAL_NOUN.sub("", word)
            stem = _KYRGYZ_OWNED.sub("", stem) if stem == word else stem
        case "en":
            stem = _ENGLISH_ENDING.sub("", word)
        case _:
            stem = word
    return stem if len(stem) >= min(_SHORTEST_STEM, len(word)) else word


def names_of(fields: Iterable[str], lang: str) -> tuple[Name, ...]:
    """The names in some fields of the glossary."""
    return tuple(Name(name, lang) for field in fields for name in names_in(field))
