"""In which language is a question asked? Learnt from the questions that the guide has in each language.

No library knows Tajik and Uzbek together with Kyrgyz typed on a Russian keyboard or in Latin letters; our own questions do.
Naive Bayes over pieces of words as they are typed. It must not fold: ө and ў tell most.
"""

from collections.abc import Iterable

import numpy as np

from bot.search.ngrams import pieces

# Counted for each piece of each language before any is seen.
_BEFORE = 0.05

# Each letter stands in some twelve pieces, so that neighbours are no independent witnesses.
_SHARED = 6


class Languages:
    """Built once from (language, question); then only read."""

    def __init__(self, questions: Iterable[tuple[str, str]]) -> None:
        said = list(questions)
        self.languages = tuple(dict.fromkeys(lang for lang, _ in said))
        found = pieces([text for _, text in said], as_typed)
        self._known = np.unique(found.hashes)
        counts = np.full((len(self._known), len(self.languages)), _BEFORE)
        for at, lang in enumerate(self.languages):
            own = found.only(np.flatnonzero([one == lang for one, _ in said]))
            places = np.searchsorted(self._known, own.hashes)
            counts[:, at] += np.bincount(places, minlength=len(self._known))
        self._logs = np.log(counts / counts.sum(axis=0, initial=1)).astype(np.float32)

    def chances(self, text: str) -> dict[str, float]:
        """Of each language the chance that it is that of the text; all alike for what looks like none of them."""
        asked = np.unique(pieces([text], as_typed).hashes)
        at = np.minimum(np.searchsorted(self._known, asked), max(len(self._known) - 1, 0))
        known = at[self._known[at] == asked] if len(self._known) else at[:0]
        sums = self._logs[known].sum(axis=0) / _SHARED
        raised = np.exp(sums - sums.max(initial=-np.inf))
        return dict(zip(self.languages, map(float, raised / raised.sum()), strict=True))


def as_typed(text: str) -> str:
    """Small letters and digits with single spaces between words; no letter is changed for another."""
    return " ".join(
        "".join(c if c.isalnum() or c in "'ʻ`‘’" else " " for c in text.lower()).split()
    )
