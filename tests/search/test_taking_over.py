"""An index that takes over what did not change finds what one made from nothing finds; and the time in between."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.guide.text import Paragraph
from bot.search.corpus import lines
from bot.search.engine import MemoSearch
from bot.search.findings import Line, Question, Verdict
from bot.search.index import SearchIndex, texts_with_meaning
from bot.search.ranking import ranked
from bot.search.vectors import VectorStore
from tests.search.small import (
    BEATEN,
    FOR_KYRGYZ,
    FOR_OTHERS,
    IN_KYRGYZ,
    LOCKED_IN,
    NOT_OURS,
    PATENT,
    QUESTIONS,
    WordVectors,
    asked,
    guide,
    memo,
    memo_numbers,
    numbers_by_hand,
    said,
)

ASKED = [
    asked("сколько стоит патент"),
    asked("каттоого канча күн берилет", "ky"),
    asked("помогите меня бьют и не выпускают", who=Citizenship.UZ),
    asked("где находится инспекция труда"),
    asked("какая завтра погода"),
    asked("zzzz qqqq"),
]
# Sure of everything.
EAGER = numbers_by_hand(plain=memo_numbers({"words": 15, "questions": 20}, refuse=1.1, which=1.1))
NEW = memo("hotlines", "Куда звонить", "Телефоны помощи.", Paragraph(said("Звоните бесплатно.")))


def with_lines(one: Memo, *texts: str) -> Memo:
    return replace(one, blocks=(*one.blocks, *(Paragraph(said(text)) for text in texts)))


# Each edition differs from the one before in some of these.
_MEMOS = st.lists(
    st.sampled_from(
        [
            *FOR_KYRGYZ,
            NEW,
            with_lines(PATENT, "Инспекция труда не берёт денег."),
            replace(PATENT, title="Патент", mostly_for=frozenset()),
        ]
    ),
    unique_by=lambda one: one.id,
    min_size=1,
)
_QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([asked_now, {**asked_now, "ru": ("где дают патент", "где")}, {}])
        for name, asked_now in QUESTIONS.items()
    },
)
_EDITIONS = st.builds(
    guide,
    kyrgyz_citizens=_MEMOS,
    others=st.sampled_from([FOR_OTHERS, FOR_OTHERS[:1]]),
    questions=_QUESTIONS,
    not_ours=st.sampled_from([NOT_OURS, {"ru": ("какой сегодня день",)}, {}]),
    dangers=st.sampled_from([(BEATEN, LOCKED_IN), (LOCKED_IN,), (LOCKED_IN, BEATEN), ()]),
)


def assert_alike(index: SearchIndex, anew: SearchIndex, catalogue: Catalogue) -> None:
    numbers = numbers_by_hand()
    assert index.evidence.keys == anew.evidence.keys
    for question in ASKED:
        ready, ready_anew = index.made_ready(question), anew.made_ready(question)
        assert (ready.parts is None) == (ready_anew.parts is None)
        assert ready.spoken == ready_anew.spoken
        assert index.reads(ready) == anew.reads(ready)
        measured = index.evidence.of(ready)
        np.testing.assert_array_equal(measured, anew.evidence.of(ready))
        found = ranked(index.evidence.keys, measured, numbers.plain.memos)
        heard, heard_anew = index.alarm.of(ready, found), anew.alarm.of(ready, found)
        assert heard.danger == heard_anew.danger
        np.testing.assert_array_equal(heard.signs, heard_anew.signs)
        for one in catalogue.memos["ru", Citizenship.KG].values():
            signs = index.lines.signs(one, question.text)
            np.testing.assert_array_equal(signs, anew.lines.signs(one, question.text))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_EDITIONS, st.booleans()), min_size=1, max_size=4))
def test_any_editions_one_after_another(editions: list[tuple[Catalogue, bool]]) -> None:
    store = VectorStore(WordVectors())
    store.learn(texts_with_meaning(guide()))
    index = SearchIndex(guide(), store)
    for catalogue, is_learnt in editions:
        index = SearchIndex(catalogue, store, before=index)
        assert_alike(index, SearchIndex(catalogue, store), catalogue)
        if is_learnt:
            store.learn(texts_with_meaning(catalogue))
            index = SearchIndex(catalogue, store, before=index)
            assert_alike(index, SearchIndex(catalogue, store), catalogue)


def test_a_changed_line_leaves_the_questions_as_they_are() -> None:
    store = VectorStore(WordVectors())
    before = SearchIndex(guide(), store)

    edited = guide(kyrgyz_citizens=(*FOR_KYRGYZ[:1], with_lines(PATENT, "Ещё."), FOR_KYRGYZ[2]))
    after = SearchIndex(edited, store, before=before)

    assert after.evidence._questions.words is before.evidence._questions.words
    assert after.alarm._messages.meanings is before.alarm._messages.meanings
    assert after.lines is not before.lines


OLD = SearchIndex(guide(), VectorStore(WordVectors()))


@settings(max_examples=60, deadline=None)
@given(_EDITIONS, st.sampled_from(ASKED))
def test_until_it_is_read_an_edition_answers_with_nothing_that_is_not_in_it(
    catalogue: Catalogue, question: Question
) -> None:
    found = MemoSearch(catalogue, OLD, EAGER).ask_now(question)

    shown = {memo_id for memos in catalogue.memos.values() for memo_id in memos}
    assert {one.memo for one in found.ranked} <= shown
    assert found.danger in {None, *(danger.id for danger in catalogue.dangers)}
    if found.lines:
        who = question.citizenship or Citizenship.KG
        best = catalogue.memo(found.ranked[0].memo, question.lang, who)
        assert best is not None
        assert set(found.lines) <= {line for line, _ in lines(best)}


def test_a_memo_that_is_gone_is_found_no_more() -> None:
    question = asked("сколько стоит патент")
    assert MemoSearch(guide(), OLD, EAGER).ask_now(question).ranked[0].memo == "work-patent"

    without = tuple(one for one in FOR_KYRGYZ if one is not PATENT)
    edited = guide(without, without, [one for one in IN_KYRGYZ if one.id != PATENT.id])
    found = MemoSearch(edited, OLD, EAGER).ask_now(question)

    assert found.ranked
    assert "work-patent" not in {one.memo for one in found.ranked}


def test_a_danger_that_is_gone_is_heard_no_more() -> None:
    question = asked("помогите меня бьют")
    assert MemoSearch(guide(), OLD, EAGER).ask_now(question).danger == BEATEN.id

    found = MemoSearch(guide(dangers=(LOCKED_IN,)), OLD, EAGER).ask_now(question)

    assert found.danger is None


def test_a_line_in_the_place_of_one_that_is_gone_is_no_answer_for_that() -> None:
    """Places of lines are those of the text that is shown: another sentence stands there now."""
    question = asked("патент оплачивают каждый месяц")
    (line,) = MemoSearch(guide(), OLD, EAGER).ask_now(question).lines
    assert line == Line(0)

    reworded = replace(PATENT, blocks=(Paragraph(said("Носите документы с собой.")),))
    rest = [one for one in FOR_KYRGYZ if one is not PATENT]
    found = MemoSearch(guide((*rest, reworded)), OLD, EAGER).ask_now(question)

    assert found.verdict is Verdict.SURE
    assert found.lines == ()
