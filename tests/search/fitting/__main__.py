"""Fits all numbers of the search, prints what cross-validation measured, and writes them down with the date.

    python -m tests.search.fitting [--dry-run]

It takes some two minutes: every labelled question is embedded. After a change of the example questions or of a measure, run it
again and look at the scores before the file is committed.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from rich.console import Console
from rich.progress import Progress

from bot.search.embedding import NoEmbedder
from bot.search.fitted import FITTED, Fitted, LanguageNumbers, Side
from bot.search.index import SearchIndex
from bot.search.vectors import VectorStore
from tests.search.fitting import alarm, lines, memos
from tests.search.fitting.labelled import (
    HERE,
    Labelled,
    catalogue_of,
    labelled,
    labelled_lines,
    store_for,
)
from tests.search.fitting.tables import by_language, trade_off

# Questions that leave it open whether a danger is present teach nothing of it.
UNCLEAR = "unclear"

# Of the questions whose language is known, this share may be taken for another language.
MISTAKEN_AT_MOST = 0.015


@dataclass(frozen=True, slots=True)
class Sets:
    questions: list[Labelled]
    urgency: list[Labelled]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print, write nothing")
    arguments = parser.parse_args()
    out = Console()
    today = datetime.now(UTC).date()
    catalogue = catalogue_of(today)
    sets = Sets(
        labelled(HERE / "questions.tsv", catalogue),
        labelled(HERE / "urgency.tsv", catalogue),
    )
    with Progress(console=out) as progress:
        task = progress.add_task("texts of the guide without a vector")
        store = store_for(
            catalogue, told=lambda done, total: progress.update(task, completed=done, total=total)
        )
    full = SearchIndex(catalogue, store)
    fitted = Fitted(
        fitted=today,
        full=_side(full, sets, out, "words and meaning"),
        plain=_side(SearchIndex(catalogue, VectorStore(NoEmbedder())), sets, out, "words alone"),
        lines=lines.numbers_for(full, catalogue, labelled_lines(HERE / "lines.jsonl")),
        language=_language(full, sets.questions),
    )
    out.print("lines", fitted.lines.scores)
    out.print("language", fitted.language.scores)
    if not arguments.dry_run:
        FITTED.write_text(fitted.model_dump_json(indent=2) + "\n", encoding="utf-8")
        out.print(f"written: {FITTED.name}")


def _side(index: SearchIndex, sets: Sets, out: Console, name: str) -> Side:
    measures = memos.measured(index, sets.questions)
    found = memos.numbers_for(index, sets.questions, measures)
    out.print(f"\n[bold]{name}[/bold]")
    out.print("memos", found.weights, found.scores, {"refuse": found.refuse, "which": found.which})
    judged = memos.cross_validated(index, sets.questions, measures)
    out.print(by_language(judged))
    out.print(trade_off(judged))
    ordinary = [row for row in sets.questions if row.row["danger"] != UNCLEAR]
    heard = alarm.numbers_for(index, sets.urgency, ordinary, found)
    out.print("alarm", heard.weights, heard.scores, {"least": heard.least})
    return Side(memos=found, alarm=heard)


def _language(index: SearchIndex, rows: list[Labelled]) -> LanguageNumbers:
    """The least chance that may be believed."""
    likely = []
    for row in rows:
        chances = index.languages.chances(row.question.text)
        best = max(chances, key=chances.__getitem__)
        likely.append((chances[best], best == row.lang))
    chance = np.array([one for one, _ in likely])
    right = np.array([one for _, one in likely])
    limits = np.append(np.arange(0.5, 1.0, 0.01), [0.995, 0.999, 0.9999])
    least = next(
        (at for at in limits if ((chance >= at) & ~right).mean() <= MISTAKEN_AT_MOST), limits[-1]
    )
    believed = chance >= least
    return LanguageNumbers(
        least=round(float(least), 4),
        scores={
            "believed": round(float(believed.mean()), 4),
            "believed_and_right": round(float((believed & right).mean()), 4),
        },
    )


if __name__ == "__main__":
    main()
