"""The labelled sets, and the search of the real content that they are put to."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.editorial.compiling import build_catalogue
from bot.editorial.edition import read_edition
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import citizenship_named
from bot.search.embedding import Embedder, best_embedder
from bot.search.findings import Question
from bot.search.index import texts_with_meaning
from bot.search.vectors import FIRST_VECTORS, VectorStore

HERE = Path(__file__).parent
CONTENT = HERE.parents[2] / "content"

Row = dict[str, str]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """`gold` are the memos that answer; none when no memo does."""

    row: Row
    gold: frozenset[str]
    question: Question

    @property
    def lang(self) -> str:
        return self.row["lang"]


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """`lines` are the texts of the lines that answer."""

    lang: str
    memo: str
    text: str
    lines: frozenset[str]


def catalogue_of(day: date) -> Catalogue:
    return build_catalogue(read_edition(CONTENT), day)


def store_for(
    catalogue: Catalogue, embedder: Embedder | None = None, told: Told | None = None
) -> VectorStore:
    """All vectors of the content; those that are not in the shipped file are made."""
    store = VectorStore(embedder or best_embedder(), [FIRST_VECTORS])
    store.learn(texts_with_meaning(catalogue), told)
    return store


def rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def labelled(file: Path, catalogue: Catalogue) -> list[Labelled]:
    """A row in a language that nobody can choose is asked by a person who reads the base language."""
    found = []
    for row in rows(file):
        lang = row["lang"] if row["lang"] in catalogue.languages else catalogue.base_language
        gold = frozenset(() if row["gold"] == "NONE" else row["gold"].split("|"))
        who = citizenship_named(row.get("citizenship", "any"))
        found.append(Labelled(row, gold, Question(row["text"], lang, who)))
    return found


def labelled_lines(file: Path) -> list[LabelledLines]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append(LabelledLines(row["lang"], row["memo"], row["text"], frozenset(row["lines"])))
    return found
