"""Ranking by pieces of words: BM25 over character n-grams of folded text.

Pieces of words bridge what folding cannot: endings (Kyrgyz words have many), slips, words run together. The
index is built once and then only read. It knows documents and fields, not memos, and it does not decide whether the
best document is good enough: `engine` does.

BM25: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), in the form for
several fields: counts of a field are multiplied by its weight before they saturate.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate

from bot.search.transliteration import readings

SIZES = (3, 4, 5)

# k1 and b of the formula: how soon more of the same piece stops to count, and how much the length
# of a document is held against it (0 to 1).
SATURATION = 1.2
LENGTH_MATTERS = 0.5

# A document in the language of the person is a little better than the same found in another:
# persons mix languages.
OWN_LANGUAGE = 1.1

# A question with fewer unknown pieces than this (some three words) cannot reach a score of 1: one
# common word that is in a document is little evidence, though it is all of the question.
ENOUGH = 30

# Postings read for one question at most, rarest pieces first: the common ones cost most and say
# least. 40,000 take about 5 ms on a slow core.
WORK = 40_000


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a thing that can be found: several documents, say translations, may have the same key.

    `fields` are pairs of text and weight.
    """

    key: str
    lang: str
    fields: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` is a share of the highest score that a question like this could have: 0 to 1, times `OWN_LANGUAGE`."""

    key: str
    score: float


class NgramIndex:
    """Documents, found by pieces of words. Build once, search from anywhere."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._keys: list[str] = []
        self._langs: list[str] = []
        self._postings: defaultdict[str, _Postings] = defaultdict(_Postings)
        lengths = array("d", (self._add(document) for document in documents))
        usual = sum(lengths) / len(lengths) if lengths else 0.0
        things = len(set(self._keys))
        self._unknown = _inverse_frequency(0, things)
        for postings in self._postings.values():
            having = len({self._keys[number] for number in postings.documents})
            postings.rarity = _inverse_frequency(having, things)
            for place, document in enumerate(postings.documents):
                count, length = postings.gains[place], lengths[document] / usual
                postings.gains[place] = postings.rarity * _saturated(count, length)

    def search(self, text: str, lang: str, limit: int = 10) -> list[Hit]:
        """At most `limit` keys that have anything in common with the text, best first."""
        asked = self.affordable(pieces(text))
        highest = max(sum(map(self._rarity, asked)), ENOUGH * self._rarity(""))
        scores = [0.0] * len(self._keys)
        for piece in asked:
            if postings := self._postings.get(piece):
                for number, gain in zip(postings.documents, postings.gains, strict=True):
                    scores[number] += gain
        # A key has one document a language, so this many are enough to find `limit` keys.
        likely = nlargest(limit * len(set(self._langs)), range(len(scores)), scores.__getitem__)
        best: dict[str, float] = {}
        for number in likely:
            if scores[number] > 0:
                share = scores[number] / (highest * (SATURATION + 1))
                favour = OWN_LANGUAGE if self._langs[number] == lang else 1.0
                best[self._keys[number]] = max(best.get(self._keys[number], 0.0), share * favour)
        ranked = sorted(best.items(), key=lambda found: -found[1])
        return [Hit(key, score) for key, score in ranked[:limit]]

    def affordable(self, asked: Iterable[str]) -> list[str]:
        """The rarest of these pieces, as many as `WORK` allows."""
        rarest_first = sorted(asked, key=lambda piece: (self.work(piece), piece))
        spent = accumulate(map(self.work, rarest_first))
        return [piece for piece, so_far in zip(rarest_first, spent, strict=True) if so_far <= WORK]

    def work(self, piece: str) -> int:
        """How many postings a search for this piece reads."""
        return len(self._postings[piece].documents) if piece in self._postings else 0

    def _rarity(self, piece: str) -> float:
        return self._postings[piece].rarity if piece in self._postings else self._unknown

    def _add(self, document: Document) -> float:
        """Store the weighted counts of the pieces of a document, and return their sum, its length."""
        number = len(self._keys)
        self._keys.append(document.key)
        self._langs.append(document.lang)
        counts: defaultdict[str, float] = defaultdict(float)
        for text, weight in document.fields:
            for piece, count in pieces(text).items():
                counts[piece] += count * weight
        for piece, weighted in counts.items():
            self._postings[piece].documents.append(number)
            self._postings[piece].gains.append(weighted)
        return sum(counts.values())


def pieces(text: str) -> Counter[str]:
    """N-grams of the words of a text, each word with a space before and after it, so that its ends count."""
    counted: Counter[str] = Counter()
    for word in readings(text)[-1].split():
        padded = f" {word} "
        for size in SIZES:
            counted.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return counted


class _Postings:
    """The documents that have a piece, by number, and what the piece adds to the score of each."""

    __slots__ = ("documents", "gains", "rarity")

    def __init__(self) -> None:
        self.documents = array("I")
        self.gains = array("f")
        self.rarity = 0.0


def _inverse_frequency(having: int, things: int) -> float:
    """How much a piece says when `having` of `things` have it."""
    return math.log(1 + (things - having + 0.5) / (having + 0.5))


def _saturated(count: float, length: float) -> float:
    """What `count` of a piece is worth, at most `SATURATION + 1`; `length` is 1 for a document of usual length."""
    stretch = 1 - LENGTH_MATTERS + LENGTH_MATTERS * length
    return count * (SATURATION + 1) / (count + SATURATION * stretch)
