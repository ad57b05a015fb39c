"""Which of our example questions are closest to the questions that judge the search? `python -m tests.search.closest [N]`

If a labelled question, or a paraphrase of it, had got into the content, the measure would say nothing. Closeness is the share of
pieces of words that two questions have in common (Jaccard, 0 to 1), each as it sounds; the cosine of their vectors is printed
beside it. Two people who ask the same short thing come out high: read the pairs.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.guide.catalogue import Catalogue
from bot.search.embedding import best_embedder
from bot.search.ngrams import Hashes, pieces
from tests.search.fitting.labelled import HERE, catalogue_of, rows

QUESTIONS = HERE.parent / "questions.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """`place` says where the example stands."""

    labelled: str
    example: str
    place: str
    closeness: float


def examples(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Every whole message in the content that search learns from, with its place."""
    found = [
        (question, memo_id)
        for memo_id, by_language in catalogue.questions.items()
        for questions in by_language.values()
        for question in questions
    ]
    found += [(text, "not-ours") for texts in catalogue.not_ours.values() for text in texts]
    for danger in catalogue.dangers:
        for by_language in (danger.cries, danger.calm):
            found += [(text, danger.id) for texts in by_language.values() for text in texts]
    return found


def closest(catalogue: Catalogue, count: int) -> list[Pair]:
    """The closest example of each labelled question, the closest pairs first."""
    learnt = examples(catalogue)
    known = [_pieces_of(text) for text, _ in learnt]
    sizes = np.array([len(one) for one in known])
    owner = np.repeat(np.arange(len(known)), sizes)
    hashes = np.concatenate(known)
    pairs = []
    for row in rows(QUESTIONS):
        asked = _pieces_of(row["text"])
        shared = np.bincount(owner[np.isin(hashes, asked)], minlength=len(known))
        shares = shared / np.maximum(sizes + len(asked) - shared, 1)
        best = int(shares.argmax())
        pairs.append(Pair(row["text"], *learnt[best], float(shares[best])))
    return sorted(pairs, key=lambda pair: -pair.closeness)[:count]


def _pieces_of(text: str) -> Hashes:
    return np.unique(pieces([text]).hashes)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    found = closest(catalogue_of(datetime.now(UTC).date()), count)
    embedder = best_embedder()
    table = Table("common", "cosine", "labelled question", "example", "of")
    for pair in found:
        ours, theirs = embedder.embed([pair.labelled, pair.example])
        table.add_row(
            f"{pair.closeness:.2f}",
            f"{ours @ theirs:.2f}",
            pair.labelled,
            pair.example,
            pair.place,
        )
    Console(width=200).print(table)


if __name__ == "__main__":
    main()
