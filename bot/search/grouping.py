"""Many texts to groups of near ones, so that staff see what is asked often. It must not know what nearness is made of.

Average linkage: two groups become one while the mean similarity between a text of one and a text of the other is high
enough. It needs no order of the texts, and one text between two topics does not join them, as it would in single
linkage. Groups are found along chains of nearest neighbours, which gives the same groups as always joining the nearest
pair (F. Murtagh, "A Survey of Recent Advances in Hierarchical Clustering Algorithms", 1983), in time and memory that
grow with the square: 5,000 different texts take some seconds and 100 MB.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Similar = Callable[[Sequence[str]], Vectors]

# Different texts that are compared at most; beyond that the squares do not fit into memory.
MOST_TEXTS = 5_000

# Of smaller groups staff see no word: words that only one or two persons have used could tell who they are (ADR 8).
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Group:
    """`members` are places in the list of texts that was given, in order; `typical` of them, the most typical text first."""

    members: tuple[int, ...]
    typical: tuple[int, ...]


def grouped(texts: Sequence[str], similar: Similar, near: float) -> tuple[Group, ...]:
    """Every text in one group, largest first.

    `similar` gives a row of unit length (or of zeros: near to nothing) for each text; `near` is the lowest mean cosine
    within which groups are joined, and depends on `similar`. The same texts give the same groups in any order, but for
    the places. Raises ValueError for more than `MOST_TEXTS` different texts.
    """
    counted = Counter(texts)
    different = sorted(counted)
    if len(different) > MOST_TEXTS:
        raise ValueError(f"more than {MOST_TEXTS} different texts")
    if not different:
        return ()
    vectors = np.ascontiguousarray(similar(different), dtype=np.float32)
    sizes = np.array([counted[text] for text in different], dtype=np.float32)
    places: dict[str, list[int]] = {text: [] for text in different}
    for place, text in enumerate(texts):
        places[text].append(place)
    groups = []
    for numbers in _joined(vectors, sizes, near):
        middle = sizes[numbers] @ vectors[numbers]
        nearest_first = sorted(numbers, key=lambda n: (-float(vectors[n] @ middle), different[n]))
        members = sorted(place for number in numbers for place in places[different[number]])
        typical = tuple(places[different[number]][0] for number in nearest_first)
        groups.append((different[nearest_first[0]], Group(tuple(members), typical)))
    groups.sort(key=lambda group: (-len(group[1].members), group[0]))
    return tuple(group for _, group in groups)


def _joined(vectors: Vectors, sizes: Vectors, near: float) -> list[list[int]]:
    """Numbers of rows by group. `sizes` is how often each row counts."""
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -np.inf)
    weights = sizes.copy()
    members = {number: [number] for number in range(len(vectors))}
    finished: list[list[int]] = []
    chain: list[int] = []
    while members:
        if not chain:
            chain.append(next(iter(members)))
        last = chain[-1]
        row = similarity[last]
        nearest = int(row.argmax())
        if row[nearest] < near:
            # By the rule of means no later joining brings anything nearer than the nearest was.
            finished.append(members.pop(last))
            similarity[last, :] = similarity[:, last] = -np.inf
            chain.pop()
        elif len(chain) > 1 and row[chain[-2]] >= row[nearest]:
            other = chain[-2]
            del chain[-2:]
            _join(similarity, weights, other, last)
            members[other] += members.pop(last)
        else:
            chain.append(nearest)
    return finished


def _join(similarity: Vectors, weights: Vectors, one: int, other: int) -> None:
    """Make `one` stand for both: its similarity to the rest is the mean of theirs, by weight."""
    both = weights[one] + weights[other]
    mean = (weights[one] * similarity[one] + weights[other] * similarity[other]) / both
    mean[one] = mean[other] = -np.inf
    similarity[one, :] = similarity[:, one] = mean
    similarity[other, :] = similarity[:, other] = -np.inf
    weights[one] = both
