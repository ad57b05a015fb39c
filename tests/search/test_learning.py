"""A guide that changes is learnt anew where it changed, and nobody waits for it."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.guide.catalogue import Catalogue
from bot.search.embedding import NoEmbedder, Vectors
from bot.search.findings import Verdict
from bot.search.index import texts_with_meaning
from bot.search.learning import Learning
from bot.search.vectors import VectorStore
from tests.search.small import (
    BEATEN,
    NOT_OURS,
    QUESTIONS,
    WordVectors,
    asked,
    guide,
    memo_numbers,
    numbers_by_hand,
)
from tests.support.logs import Logbook

# By words nothing is ever sure, by meaning everything: so that an answer says how it was found.
NUMBERS = numbers_by_hand(full=memo_numbers(refuse=1.1, which=1.1), plain=memo_numbers(refuse=0))
HUNDRED = {"work-patent": {"ru": tuple(f"вопрос {number}" for number in range(100))}}


def changed(catalogue: Catalogue, **questions: Mapping[str, tuple[str, ...]]) -> Catalogue:
    new = {name.replace("_", "-"): by_language for name, by_language in questions.items()}
    return replace(catalogue, questions={**catalogue.questions, **new})


class Halting(WordVectors):
    """Embeds the first slice, says so, and goes on when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.has_begun.set()
        assert self.may_go_on.wait(30)
        return super().embed(texts)


def test_a_changed_memo_embeds_only_its_changed_texts(tmp_path: Path) -> None:
    embedder, catalogue = WordVectors(), guide()
    learning = Learning(embedder, tmp_path, NUMBERS)
    assert learning.learn(catalogue)
    assert embedder.embedded == texts_with_meaning(catalogue)
    embedder.embedded.clear()

    asked_more = (*QUESTIONS["work-patent"]["ru"], "где платить за патент")
    edited = changed(catalogue, work_patent={"ru": asked_more})
    assert learning.lacks(edited) == 1
    assert learning.learn(edited)
    assert embedder.embedded == ["где платить за патент"]


def test_a_guide_that_is_known_is_not_learnt_again(tmp_path: Path) -> None:
    embedder = WordVectors()
    assert Learning(embedder, tmp_path, NUMBERS).learn(guide())
    embedder.embedded.clear()
    after_restart = Learning(embedder, tmp_path, NUMBERS)
    assert after_restart.lacks(guide()) == 0
    assert not after_restart.learn(guide())
    assert embedder.embedded == []


def test_a_first_start_answers_by_words_and_then_by_meaning(tmp_path: Path) -> None:
    learning, question = Learning(WordVectors(), tmp_path, NUMBERS), asked("сколько стоит патент")
    by_words = learning.search(guide()).ask_now(question)
    assert by_words.verdict is Verdict.UNSURE
    assert by_words.ranked[0].memo == "work-patent"

    learning.learn(guide())
    assert learning.search(guide()).ask_now(question).verdict is Verdict.SURE


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [
        ({"questions": HUNDRED}, Verdict.UNSURE),
        ({"dangers": (replace(BEATEN, cries={"ru": tuple("абвгд")}),)}, Verdict.UNSURE),
        ({"dangers": (BEATEN,)}, Verdict.SURE),
        ({"not_ours": {"ru": (*NOT_OURS["ru"], "один новый вопрос")}}, Verdict.SURE),
    ],
    ids=["questions", "cries", "nothing", "one"],
)
def test_until_nearly_all_is_learnt_words_answer(
    tmp_path: Path, unknown: dict[str, Any], expected: Verdict
) -> None:
    """What lies near by meaning is seen only where meaning is known: half of it misleads."""
    learning = Learning(WordVectors(), tmp_path, NUMBERS)
    learning.learn(guide())
    edited = learning.search(guide(**unknown))
    assert edited.ask_now(asked("сколько стоит патент")).verdict is expected


def test_danger_is_learnt_first() -> None:
    texts, of_danger = texts_with_meaning(guide()), {*BEATEN.cries["ru"], *BEATEN.calm["ru"]}
    assert of_danger <= set(texts[:8])


def test_a_restart_changes_no_answer(tmp_path: Path) -> None:
    numbers = numbers_by_hand()
    learning = Learning(WordVectors(), tmp_path, numbers)
    learning.learn(guide())
    questions = [asked(text) for by_memo in QUESTIONS.values() for text in by_memo["ru"]]
    before, after = learning.search(guide()), Learning(WordVectors(), tmp_path, numbers)
    again = after.search(guide())
    assert [again.ask_now(one) for one in questions] == [before.ask_now(one) for one in questions]


def test_searches_made_before_go_on_answering_while_more_is_learnt(tmp_path: Path) -> None:
    embedder = WordVectors()
    learning = Learning(embedder, tmp_path, NUMBERS)
    learning.learn(guide())
    old, question = learning.search(guide()), asked("сколько стоит патент")
    before = old.ask_now(question)
    learning.learn(guide(questions=HUNDRED))
    assert old.ask_now(question) == before


def test_stopping_ends_a_learning_thread_within_a_slice(tmp_path: Path) -> None:
    embedder, catalogue = Halting(), guide(questions=HUNDRED)
    learning = Learning(embedder, tmp_path, NUMBERS)
    learnt: list[bool] = []
    thread = threading.Thread(target=lambda: learnt.append(learning.learn(catalogue)))
    thread.start()
    assert embedder.has_begun.wait(30)
    learning.stop()
    embedder.may_go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    assert learnt == [False]
    assert 0 < len(embedder.embedded) <= 8

    # What was done is not done again.
    done = set(embedder.embedded)
    kept = VectorStore(WordVectors(), [tmp_path / "vectors.npz"])
    assert set(kept.missing(texts_with_meaning(catalogue))) == (
        set(texts_with_meaning(catalogue)) - done
    )


def test_two_threads_learn_a_guide_once(tmp_path: Path) -> None:
    embedder = Halting()
    learning = Learning(embedder, tmp_path, NUMBERS)
    threads = [threading.Thread(target=learning.learn, args=(guide(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    embedder.may_go_on.set()
    for thread in threads:
        thread.join(30)
    assert sorted(embedder.embedded) == sorted(texts_with_meaning(guide()))


def test_a_folder_that_cannot_be_written_costs_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Logbook.of(monkeypatch, "bot.search.learning")
    (tmp_path / "file").write_text("a file where the folder should be")
    learning = Learning(WordVectors(), tmp_path / "file", NUMBERS)
    assert learning.learn(guide())
    assert book.events == ["search.vectors-not-kept"]
    found = learning.search(guide()).ask_now(asked("сколько стоит патент"))
    assert found.verdict is Verdict.SURE


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    Learning(WordVectors(), tmp_path, NUMBERS).learn(guide(), lambda *at: told.append(at))
    total = len(texts_with_meaning(guide()))
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_without_a_model_nothing_is_learnt_and_words_answer(tmp_path: Path) -> None:
    learning = Learning(NoEmbedder(), tmp_path, numbers_by_hand())
    assert learning.lacks(guide()) == 0
    assert not learning.learn(guide())
    assert not any(tmp_path.iterdir())
    found = learning.search(guide()).ask_now(asked("сколько стоит патент"))
    assert found.ranked[0].memo == "work-patent"
