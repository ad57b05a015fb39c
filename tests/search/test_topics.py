"""The same question in two languages is one topic, where there is a model; words alone bring together what they can."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.search.embedding import Embedder, NoEmbedder, Vectors, best_embedder
from bot.search.grouping import MOST_TEXTS
from bot.search.topics import MOST_READ, Topics
from bot.search.vectors import VectorStore
from tests.search.small import QUESTIONS, guide

RENT = (
    "нужен ли договор когда снимаю комнату",
    "үй ээси келишим бербей жатат",
    "[name] нужен договор если комната без хозяина",
)
SCHOOL = ("со скольки лет берут в первый класс", "канча жашта окуй баштайт балдар")
EXAMPLES = [text for memo in QUESTIONS.values() for texts in memo.values() for text in texts]
KYRGYZ = {
    *(text for memo in QUESTIONS.values() for text in memo.get("ky", ())),
    RENT[1],
    SCHOOL[1],
}


class Meanings:
    """Stands in for the model: languages lie far apart, and in each of them what is about rent or school lies together."""

    name = "meanings"
    dimension = 4

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        rows = np.array([self._row(text) for text in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _row(self, text: str) -> list[float]:
        is_kyrgyz = text in KYRGYZ
        about = [
            float(any(word in text for word in words))
            for words in (("договор", "келишим"), ("класс", "окуй"))
        ]
        return [3.0 * is_kyrgyz, 3.0 * (not is_kyrgyz), *about]


def topics(embedder: Embedder, *, learnt: bool = True) -> Topics:
    store = VectorStore(embedder)
    if learnt:
        store.learn(EXAMPLES)
    return Topics(guide(), store)


def sets(found: Topics, texts: Sequence[str]) -> list[tuple[int, ...]]:
    return sorted(group.members for group in found.grouped(texts))


def test_two_languages_come_together_by_meaning() -> None:
    found = topics(Meanings())

    assert sets(found, [*RENT, *SCHOOL]) == [(0, 1, 2), (3, 4)]
    assert found.most == MOST_READ


@pytest.mark.parametrize(("embedder", "learnt"), [(NoEmbedder(), True), (Meanings(), False)])
def test_without_vectors_words_alone_bring_together(embedder: Embedder, learnt: bool) -> None:
    found = topics(embedder, learnt=learnt)

    assert sets(found, [*RENT, *SCHOOL]) == [(0, 2), (1,), (3,), (4,)]
    assert found.most == MOST_TEXTS


def test_a_list_that_is_looked_at_again_is_not_read_again_and_a_mask_is_never_read() -> None:
    model = Meanings()
    found = topics(model)
    before = len(model.embedded)

    found.grouped(RENT)
    found.grouped([*RENT, SCHOOL[0]])

    read = model.embedded[before:]
    assert sorted(read) == sorted([*RENT[:2], RENT[2].removeprefix("[name] "), SCHOOL[0]])


def test_what_left_the_list_is_forgotten() -> None:
    model = Meanings()
    found = topics(model)
    found.grouped(RENT)
    found.grouped(SCHOOL)
    before = len(model.embedded)

    found.grouped(RENT)

    assert len(model.embedded) - before == len(RENT)


def test_nothing_of_a_question_gets_into_the_store_of_the_guide() -> None:
    store = VectorStore(Meanings())
    store.learn(EXAMPLES)

    Topics(guide(), store).grouped(RENT)

    assert store.missing(RENT) == list(RENT)


def test_the_real_model_knows_a_question_in_three_languages(tmp_path: Path) -> None:
    embedder = best_embedder()
    if not embedder.dimension:
        pytest.skip("no model on this platform")
    store = VectorStore(embedder)
    catalogue = guide()
    store.learn(EXAMPLES)
    asked = [
        "как устроить ребёнка в детский сад",
        "баламды бала бакчага кантип берем",
        "how do I get my child into kindergarten",
        "можно ли получить водительские права в россии",
        "орусияда айдоочулук күбөлүк алса болобу",
    ]

    found = Topics(replace(catalogue), store).grouped(asked)

    assert [group.members for group in found] == [(0, 1, 2), (3, 4)]
