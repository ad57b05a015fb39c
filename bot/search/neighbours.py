"""Everything that tells how near a question is to groups of texts, side by side: by words and by meaning.

It does not know what the groups stand for: memos, dangers.
"""

from collections.abc import Sequence

import numpy as np

from bot.search.directions import WordDirections
from bot.search.material import Material
from bot.search.nearness import NearMeanings, NearWords
from bot.search.taken_over import TakenOver


class Neighbours:
    """Built once for each edition, what did not change taken over from the one before; then only read."""

    def __init__(
        self,
        name: str,
        texts: Sequence[str],
        owners: Sequence[int],
        count: int,
        material: Material,
        kept: TakenOver,
    ) -> None:
        """`owners` has the number of the group, from 0 to `count`, that each text is in; `name` tells them from others."""
        groups = np.array(owners, dtype=np.int64)
        made_of = (tuple(texts), tuple(owners), count)
        self.words = kept.part(
            f"words of {name}", made_of, lambda: NearWords(material.pieces(texts), groups, count)
        )
        self.word_directions = kept.part(
            f"directions of words of {name}",
            made_of,
            lambda: WordDirections(material.pieces(texts), groups, count),
        )
        # A vector never changes, but there may be more of them than before.
        self.meanings = kept.part(
            f"meanings of {name}",
            (made_of, material.lacking(texts)),
            lambda: NearMeanings(material.vectors(texts), groups, count),
        )
