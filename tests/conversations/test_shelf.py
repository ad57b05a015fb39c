"""One thread publishes while another learns; persons are never served an edition that is over."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.guide.catalogue import Catalogue
from bot.i18n.interface import load_interface
from bot.observability.metrics import Metrics
from bot.search.embedding import Vectors
from bot.search.engine import MemoSearch
from bot.search.learning import Learning
from bot.shelf import Shelf
from tests.search.small import QUESTIONS, WordVectors, asked, guide, numbers_by_hand

FIRST = replace(guide(), edition="first")


def asking_also(edition: str, question: str) -> Catalogue:
    """The small guide with one question more."""
    more = {"work-patent": {"ru": (*QUESTIONS["work-patent"]["ru"], question)}}
    return replace(guide(questions={**QUESTIONS, **more}), edition=edition)


SECOND = asking_also("second", "можно ли платить картой")
THIRD = asking_also("third", "принимают ли наличные")


class Interrupted(WordVectors):
    """Lets something happen in the middle of the learning, once."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return super().embed(texts)


class SlowReading(Learning):
    """Lets something happen while an edition is read for the search, once."""

    interruption: Callable[[], None] | None = None

    def search(self, catalogue: Catalogue, before: MemoSearch | None = None) -> MemoSearch:
        happens, self.interruption = self.interruption, None
        if happens:
            happens()
        return super().search(catalogue, before)


def shelf_of(learning: Learning) -> Shelf:
    shelf = Shelf(load_interface(), Metrics(), learning, keeps_unanswered=False)
    shelf.publish(FIRST)
    shelf.learn()
    return shelf


def served(shelf: Shelf) -> str:
    return shelf.current().book.catalogue.edition


async def best(shelf: Shelf, question: str) -> str | None:
    found = await shelf.current().search.ask(asked(question))
    return found.ranked[0].memo if found.ranked else None


async def test_a_published_edition_is_served_at_once_and_learnt_after(tmp_path: Path) -> None:
    shelf = shelf_of(Learning(WordVectors(), tmp_path, numbers_by_hand()))
    shelf.publish(SECOND)
    assert served(shelf) == "second"
    assert await best(shelf, "сколько стоит патент") == "work-patent"
    assert await best(shelf, "можно ли платить картой") != "work-patent"

    shelf.learn()
    assert await best(shelf, "можно ли платить картой") == "work-patent"


async def test_an_edition_published_while_the_last_is_read_is_the_one_that_stays(
    tmp_path: Path,
) -> None:
    learning = SlowReading(WordVectors(), tmp_path, numbers_by_hand())
    shelf = shelf_of(learning)
    shelf.publish(SECOND)
    learning.interruption = lambda: shelf.publish(THIRD)

    shelf.learn()

    assert served(shelf) == "third"
    assert await best(shelf, "принимают ли наличные") == "work-patent"
    assert await best(shelf, "можно ли платить картой") != "work-patent", (
        "it is in the third no more"
    )


async def test_an_edition_published_while_the_last_is_embedded_is_learnt_instead(
    tmp_path: Path,
) -> None:
    embedder = Interrupted()
    shelf = shelf_of(Learning(embedder, tmp_path, numbers_by_hand()))
    shelf.publish(SECOND)
    embedder.meanwhile = lambda: shelf.publish(THIRD)

    shelf.learn()

    assert served(shelf) == "third"
    assert embedder.embedded[-1] == "принимают ли наличные"
    assert await best(shelf, "принимают ли наличные") == "work-patent"


def test_a_process_that_stops_learns_no_more(tmp_path: Path) -> None:
    learning = Learning(embedder := WordVectors(), tmp_path, numbers_by_hand())
    shelf = shelf_of(learning)
    embedder.embedded.clear()
    shelf.publish(SECOND)

    learning.stop()
    shelf.learn()

    assert embedder.embedded == []


# Prints how many MB the process has after its start, and after some editions of the real guide.
_EDITIONS = """
from datetime import date
from pathlib import Path
from threading import Thread
from bot.editorial.compiling import build_catalogue
from bot.editorial.published import PublishedContent
from bot.editorial.snapshot import take_snapshot
from bot.i18n.interface import load_interface
from bot.observability.metrics import Metrics
from bot.search.embedding import NoEmbedder
from bot.search.learning import Learning
from bot.shelf import Shelf
from tests.support.bot import REAL_CONTENT

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) // 1000

content, whole = PublishedContent(REAL_CONTENT), take_snapshot(REAL_CONTENT)
learning = Learning(NoEmbedder(), Path("nowhere"))
shelf = Shelf(load_interface(), Metrics(), learning, keeps_unanswered=False)

def edition(number):
    file = "memos/taxes/questions.yaml"
    line = f"ru:\\n  - вопрос номер {number}\\n".encode()
    snapshot = whole.with_file(file, whole.files[file].replace(b"ru:\\n", line, 1))
    shelf.publish(build_catalogue(content.of(snapshot, date(2026, 11, 24)).edition, date(2026, 11, 24)))
    shelf.learn()

for number in range(4):
    thread = Thread(target=edition, args=(number,))
    thread.start()
    thread.join()
    print(megabytes(), flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep what is freed")
def test_editions_do_not_pile_up_in_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _EDITIONS], capture_output=True, text=True, check=True
    )

    first, *later = [int(line) for line in done.stdout.split("\n") if line.isdecimal()]

    assert len(later) == 3
    assert max(later) < 1.25 * first, done.stdout
