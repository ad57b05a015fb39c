"""A question made ready for all that measure it, once: pieces of words, parts, vectors. It must not be kept."""

from dataclasses import dataclass

from bot.search.embedding import Embedder, Vectors
from bot.search.findings import Question
from bot.search.ngrams import Hashes, Reading, pieces
from bot.search.parts import parts


@dataclass(frozen=True, slots=True)
class Asked:
    """`parts` has a vector for each part of the question; None without a model."""

    question: Question
    pieces: Hashes
    parts: Vectors | None


def made_ready(question: Question, reading: Reading, embedder: Embedder | None) -> Asked:
    """Costs some 15 ms for each 40 characters that are embedded: call it in a thread."""
    found = pieces([question.text], reading).hashes
    if embedder is None or not embedder.dimension or not len(found):
        return Asked(question, found, None)
    return Asked(question, found, embedder.embed(parts(question.text)))
