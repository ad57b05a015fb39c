"""How hard a text is to read: sentences, long words, and one published number for each language.

The measures are for comparing drafts of one language. They must not be compared between languages, and none of them
knows whether a text is understood.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from bot.editorial.sentences import Sentence

# Letters from which a word counts as long: the limit that marks the same share of words (one in seven) in the Russian
# and Kyrgyz texts of the first memos as "more than six letters" (LIX) does in the English ones, which say the same.
# Kyrgyz joins to the noun what English says in words of its own: "documents of yours" is документтериңиздин.
_LONG = {"ru": 9, "ky": 10, "uz": 10}
_LONG_ELSEWHERE = 7
_LONG_FOR_LIX = 7

_VOWELS = re.compile(r"[аеёиоуыэюяөүӣӯ]", re.IGNORECASE)
_ENGLISH_SYLLABLE = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """Counts of some sentences; levels add up. `long_words` are long for their language, `over_six` for LIX."""

    lang: str
    sentences: int = 0
    words: int = 0
    long_words: int = 0
    over_six: int = 0
    syllables: int = 0

    def __add__(self, other: "Level") -> "Level":
        return Level(
            self.lang,
            self.sentences + other.sentences,
            self.words + other.words,
            self.long_words + other.long_words,
            self.over_six + other.over_six,
            self.syllables + other.syllables,
        )

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def long_share(self) -> float:
        """Between 0 and 1."""
        return self.long_words / self.words if self.words else 0.0

    @property
    def formula(self) -> str:
        """The name of the formula behind `score`."""
        return _GRADES[self.lang][0] if self.lang in _GRADES else "LIX (Björnsson 1968)"

    @property
    def score(self) -> float:
        """The higher, the harder: a year of school, or LIX."""
        if not self.words:
            return 0.0
        if self.lang not in _GRADES:
            return self.words_a_sentence + 100 * self.over_six / self.words
        _, per_word, per_syllable, constant = _GRADES[self.lang]
        return (
            per_word * self.words_a_sentence
            + per_syllable * self.syllables / self.words
            - constant
        )


# Years of school: weights of the words a sentence and of the syllables a word, and a constant.
# en: Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel (1975).
# ru: Solovyev, Ivanov and Solnyshkina, Readability Formula for Russian Texts: A Modified Version (2018), fitted to
#     school books of grades 5 to 11.
# Kyrgyz, Uzbek and Tajik have no published formula that we know of. LIX (Björnsson, Läsbarhet, 1968) needs no syllables
# and has been tried on many languages; long words raise it in those that join suffixes, so it serves to compare only.
_GRADES = {
    "en": ("school year (Kincaid 1975)", 0.39, 11.8, 15.59),
    "ru": ("school year (Solovyev 2018)", 0.36, 5.76, 11.97),
}


def level_of(sentences: Iterable[Sentence], lang: str) -> Level:
    """The level of some sentences together."""
    return sum(map(partial(_sentence_level, lang=lang), sentences), Level(lang))


def _sentence_level(sentence: Sentence, lang: str) -> Level:
    letters = [sum(map(str.isalpha, word)) for word in sentence.words]
    long = _LONG.get(lang, _LONG_ELSEWHERE)
    return Level(
        lang,
        sentences=1,
        words=len(letters),
        long_words=sum(count >= long for count in letters),
        over_six=sum(count >= _LONG_FOR_LIX for count in letters),
        syllables=sum(syllables_in(word, lang) for word in sentence.words),
    )


def syllables_in(word: str, lang: str) -> int:
    """At least one. Exact where every vowel is one syllable; in English a rule of thumb."""
    if lang == "en":
        return max(1, len(_ENGLISH_SYLLABLE.findall(_SILENT.sub("", word))))
    return max(1, len(_VOWELS.findall(word)))
