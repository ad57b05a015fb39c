"""How does the cost of a question grow with the guide? `python -m tests.bench.growth`

Guides of 50 to 10,000 memos, made of the words of the real example questions: each memo has a title, five lines and twenty questions,
as many as a memo of the real guide has in one language. Their vectors are random: comparing them costs the same. Medians over
real labelled questions, on one core; the ratio to the smallest guide is what to look at, milliseconds depend on the machine.
"""

import os
import time
from collections.abc import Callable, Sequence
from random import Random
from statistics import median

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.search.asked import Asked
from bot.search.corpus import Kind, Passage
from bot.search.embedding import Vectors, best_embedder
from bot.search.evidence import Evidence
from bot.search.findings import Question
from bot.search.fitted import fitted_numbers
from bot.search.material import Material
from bot.search.ngrams import NgramIndex, pieces
from bot.search.parts import parts
from bot.search.ranking import ranked
from bot.search.vectors import VectorStore
from tests.search.fitting.labelled import HERE, rows

SIZES = (50, 500, 2_000, 10_000)
QUESTIONS_A_MEMO, LINES_A_MEMO = 20, 5
ASKED = 200


class RandomVectors:
    """An embedder whose vectors cost nothing to make and as much as real ones to compare."""

    name, dimension = "random", 384

    def __init__(self) -> None:
        self._dice = np.random.default_rng(5)

    def embed(self, texts: Sequence[str]) -> Vectors:
        made = self._dice.standard_normal((len(texts), self.dimension), dtype=np.float32)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True))


class _Store(VectorStore):
    """Vectors without the bookkeeping of texts."""

    def of(self, texts: Sequence[str]) -> Vectors:
        return self.embedder.embed(texts)


def made_up(memos: int, words: list[str], dice: Random) -> list[Passage]:
    """A guide of about as many different words as it has memos, besides those that all share."""

    def sentence(memo: int) -> str:
        own = f"{dice.choice(words)}{memo % 97}"
        return " ".join([*dice.sample(words, k=6), own])

    made = []
    for memo in range(memos):
        key = f"memo-{memo}"
        made.append(Passage(key, "ru", Kind.TITLE, sentence(memo)))
        made += [Passage(key, "ru", Kind.LINE, sentence(memo)) for _ in range(LINES_A_MEMO)]
        made += [
            Passage(key, "ru", Kind.QUESTION, sentence(memo)) for _ in range(QUESTIONS_A_MEMO)
        ]
    return made


def main() -> None:
    asked = [row["text"] for row in rows(HERE / "questions.tsv")]
    dice = Random(11)  # noqa: S311 - a made-up guide, no secret
    words = sorted({word for text in asked for word in text.split()})
    chosen = dice.sample(asked, k=ASKED)
    model = best_embedder()
    table = Table(
        "memos", "texts", "n-grams, ms", "all but the model, ms", "with the model, ms", "ratio"
    )
    first = 0.0
    with Progress(console=Console(stderr=True)) as progress:
        for size in progress.track(SIZES, description="guides"):
            said = made_up(size, words, dice)
            ngrams = _ngrams(said, chosen)
            alone, whole = _questions(said, chosen, model.embed if model.dimension else None)
            first = first or alone
            table.add_row(
                f"{size:,}",
                f"{len(said):,}",
                f"{ngrams:.2f}",
                f"{alone:.2f}",
                f"{whole:.2f}",
                f"{alone / first:.1f}",
            )
    Console().print(table)


def _ngrams(said: list[Passage], asked: list[str]) -> float:
    """The search for the memos themselves by pieces of words: a document a memo."""
    number = {one.memo: at for at, one in enumerate({one.memo: one for one in said}.values())}
    index = NgramIndex(
        pieces([one.text for one in said]),
        np.array([number[one.memo] for one in said]),
        np.ones(len(said)),
        length_matters=0.5,
    )
    return _milliseconds(lambda text: index.scores(pieces([text]).hashes), asked)


def _questions(
    said: list[Passage], asked: list[str], embed: Callable[[list[str]], Vectors] | None
) -> tuple[float, float]:
    store = _Store(RandomVectors())
    evidence = Evidence(said, Material([one.text for one in said], store), {})
    numbers = fitted_numbers().full.memos
    random = store.embedder.embed(["?"])

    def alone(text: str, vectors: Vectors = random) -> None:
        question = Asked(Question(text, "ru", None), pieces([text]).hashes, vectors)
        ranked(evidence.keys, evidence.of(question), numbers)

    def whole(text: str) -> None:
        alone(text, embed(parts(text)) if embed else random)

    return _milliseconds(alone, asked), _milliseconds(whole, asked)


def _milliseconds(deed: Callable[[str], object], asked: list[str]) -> float:
    took = []
    for text in asked:
        begin = time.process_time()
        deed(text)
        took.append((time.process_time() - begin) * 1e3)
    return median(took)


if __name__ == "__main__":
    main()
