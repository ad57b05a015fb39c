"""A question made ready for all that measure it, once: pieces of words, parts, vectors. It must not be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.search.embedding import Embedder, Vectors
from bot.search.findings import Question
from bot.search.language import Languages
from bot.search.ngrams import Hashes, Reading, pieces
from bot.search.parts import parts


@dataclass(frozen=True, slots=True)
class Asked:
    """`parts` has a vector for each part of the question; None without a model. `spoken` are the chances of languages."""

    question: Question
    pieces: Hashes
    parts: Vectors | None
    spoken: Mapping[str, float] = field(default_factory=dict)


def made_ready(
    question: Question,
    reading: Reading,
    embedder: Embedder | None,
    languages: Languages | None = None,
) -> Asked:
    """Costs some 15 ms for each 40 characters that are embedded: call it in a thread."""
    found = pieces([question.text], reading).hashes
    spoken = languages.chances(question.text) if languages else {}
    if embedder is None or not embedder.dimension or not len(found):
        return Asked(question, found, None, spoken)
    return Asked(question, found, embedder.embed(parts(question.text)), spoken)
