"""What does each part of the search bring? `python -m tests.search.ablation`

Prints the table of docs/search.md. Each variant is fitted anew on the fitting sets, so that it is as good as it can be without the part,
then put to the questions that judge. It takes some five minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import Progress

from bot.guide.catalogue import Catalogue
from bot.search.embedding import NoEmbedder
from bot.search.evidence import Measure
from bot.search.folding import fold
from bot.search.index import SearchIndex
from bot.search.language import as_typed
from bot.search.ngrams import Reading, as_sounded
from bot.search.vectors import VectorStore
from tests.search.fitting import memos
from tests.search.fitting.labelled import HERE, Labelled, catalogue_of, labelled, store_for

LANGUAGES = ("ru", "ky", "en", "uz", "tg")
BY_WORDS = frozenset(
    {Measure.WORDS, Measure.OWN_WORDS, Measure.QUESTIONS, Measure.LINES, Measure.WORD_DIRECTION}
)
BY_MEANING = frozenset(
    {Measure.MEANING, Measure.DIRECTION, Measure.ENGLISH_MEANING, Measure.ENGLISH_DIRECTION}
)


@dataclass(frozen=True, slots=True)
class Variant:
    name: str
    without: frozenset[Measure] = frozenset()
    reading: Reading = as_sounded
    change: Callable[[Catalogue], Catalogue] = lambda catalogue: catalogue
    has_model: bool = True


def without_questions(catalogue: Catalogue) -> Catalogue:
    """Memos are known by their titles, summaries and lines. What is not ours can only be told by examples, and stays."""
    return replace(catalogue, questions={})


VARIANTS = (
    Variant("all"),
    Variant("pieces of words alone", without=BY_MEANING, has_model=False),
    Variant("meaning alone", without=BY_WORDS),
    Variant("without example questions", change=without_questions),
    Variant("without folding", reading=as_typed),
    Variant("without transliteration", reading=fold),
    Variant("without citizenship", without=frozenset({Measure.FOR_OTHERS})),
    Variant("without the person's language", without=frozenset({Measure.OWN_WORDS})),
    Variant("without what tells questions apart", without=frozenset({Measure.WORD_DIRECTION})),
    Variant("without lines of the memos", without=frozenset({Measure.LINES})),
)


def main() -> None:
    out = Console()
    catalogue = catalogue_of(datetime.now(UTC).date())
    fitting = labelled(HERE / "questions.tsv", catalogue)
    judging = labelled(HERE.parent / "questions.tsv", catalogue)
    store = store_for(catalogue)
    heads = [f"{lang} R@1 / R@3" for lang in (*LANGUAGES, "all")]
    lines = [f"| | {' | '.join(heads)} | refused rightly / wrongly |", "| --- |" + " --- |" * 7]
    with Progress(console=Console(stderr=True)) as progress:
        for variant in progress.track(VARIANTS, description="variants"):
            lines.append(_row(variant, catalogue, store, fitting, judging))
    out.print("\n".join(lines), soft_wrap=True)


def _row(
    variant: Variant,
    catalogue: Catalogue,
    store: VectorStore,
    fitting: list[Labelled],
    judging: list[Labelled],
) -> str:
    has = store if variant.has_model else VectorStore(NoEmbedder())
    index = SearchIndex(variant.change(catalogue), has, variant.reading)
    measures = memos.measured(index, fitting, variant.without)
    numbers = memos.numbers_for(index, fitting, measures)
    right = memos.right_ones(index, judging)
    weights = memos.final_weights(measures, memos.right_ones(index, fitting))
    chances = memos.chances_by(memos.measured(index, judging, variant.without), weights)
    found = memos.Chances(index.evidence.keys, judging, chances, right)
    refused = found.nowhere >= numbers.refuse
    cells = []
    for lang in (*LANGUAGES, "all"):
        chosen = found.answerable & [lang in (row.lang, "all") for row in judging]
        shares = ((found.is_found(count) & ~refused)[chosen].mean() for count in (1, 3))
        cells.append(" / ".join(f"{share:.2f}" for share in shares))
    refusals = f"{refused[~found.answerable].mean():.2f} / {refused[found.answerable].mean():.2f}"
    return f"| {variant.name} | {' | '.join(cells)} | {refusals} |"


if __name__ == "__main__":
    main()
