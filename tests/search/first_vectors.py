"""Writes the vectors that the program ships with: `python -m tests.search.first_vectors`, or `make vectors`.

They are those of the guide as it stands in this tree, so that a first start, a clean clone and the tests need not embed thousands of
texts. Nothing depends on the file: what it lacks is embedded when it is needed.
"""

from datetime import UTC, datetime

from rich.console import Console
from rich.progress import Progress

from bot.search.index import texts_with_meaning
from bot.search.vectors import FIRST_VECTORS
from tests.search.fitting.labelled import catalogue_of, store_for


def main() -> None:
    out = Console()
    catalogue = catalogue_of(datetime.now(UTC).date())
    with Progress(console=out) as progress:
        task = progress.add_task("texts without a vector")
        store = store_for(
            catalogue, told=lambda done, total: progress.update(task, completed=done, total=total)
        )
    texts = texts_with_meaning(catalogue)
    store.save(FIRST_VECTORS, texts)
    out.print(
        f"{len(texts)} texts, {FIRST_VECTORS.stat().st_size / 1e6:.1f} MB: {FIRST_VECTORS.name}"
    )


if __name__ == "__main__":
    main()
