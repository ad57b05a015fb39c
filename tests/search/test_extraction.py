"""Which lines of a memo answer."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.text import Heading, ListBlock, Paragraph, Quote
from bot.search.corpus import lines, passages
from bot.search.embedding import NoEmbedder
from bot.search.extraction import MOST_LINES, AnswerLines, Sign
from bot.search.findings import Line
from bot.search.material import Material
from bot.search.vectors import VectorStore
from tests.search.small import guide, memo, said, sign_numbers

PAPERS = ("Паспорт.", "Миграционная карта.", "Договор найма.", "Бланк.", "Паспорт хозяина.")
MEMO = memo(
    "registration-first",
    "Регистрация",
    "Как встать на учёт.",
    Paragraph(said("Вас должны зарегистрировать за 30 дней.")),
    Quote((said("Зарегистрируйте меня за 30 дней"),)),
    Heading(said("Что взять:")),
    ListBlock(tuple(map(said, PAPERS)), ordered=False),
    Paragraph(said("Штраф платит хозяин.")),
)
WITHOUT_LINES = memo("empty", "Пусто", "Ничего.", Quote((said("Паспорт"),)))
LINES = [text for _, text in lines(MEMO)]
# A line is worth its share of the best: half of it is the border.
BY_SHARE = sign_numbers(Sign, {"share_of_best": 10}, start=-5)


def answer_lines() -> AnswerLines:
    said_of = passages(guide([MEMO, WITHOUT_LINES], [MEMO], []))
    return AnswerLines(said_of, Material([one.text for one in said_of], VectorStore(NoEmbedder())))


FOUND = answer_lines()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("за сколько дней должны зарегистрировать", (Line(0),)),
        ("бланк", (Line(3, 3),)),
        ("кто платит штраф", (Line(4),)),
        ("shtraf", (Line(4),)),
    ],
)
def test_the_line_that_answers(question: str, expected: tuple[Line, ...]) -> None:
    assert FOUND.best(MEMO, question, BY_SHARE) == expected


def test_lines_stand_in_the_order_of_the_memo_not_of_their_fit() -> None:
    found = FOUND.best(MEMO, "паспорт хозяина", sign_numbers(Sign, {"share_of_best": 10}, -2))
    scores = FOUND.signs(MEMO, "паспорт хозяина")[:, Sign.SCORE]
    assert found == (Line(3, 0), Line(3, 4), Line(4))
    assert scores[5] > scores[1] > 0
    assert scores[5] > scores[6] > 0


def test_at_most_three_lines_are_the_short_answer() -> None:
    everything = sign_numbers(Sign, {}, start=9)
    assert len(LINES) > MOST_LINES
    assert FOUND.best(MEMO, "хозяин", everything) == (Line(0), Line(3, 0), Line(3, 1))


def test_no_line_is_shown_that_does_not_stand_out() -> None:
    assert FOUND.best(MEMO, "паспорт", sign_numbers(Sign, {}, start=-9)) == ()


def test_the_least_chance_is_enough() -> None:
    assert len(FOUND.best(MEMO, "паспорт", sign_numbers(Sign, {}, start=0, least=0.5))) == 3
    assert FOUND.best(MEMO, "паспорт", sign_numbers(Sign, {}, start=0, least=0.501)) == ()


def test_a_memo_without_lines_answers_with_none() -> None:
    assert FOUND.best(WITHOUT_LINES, "паспорт", BY_SHARE) == ()


def test_signs_of_the_lines() -> None:
    signs = FOUND.signs(MEMO, "бланк")
    assert signs.shape == (7, len(Sign))
    assert signs[:, Sign.SHARE_OF_BEST].tolist() == [0, 0, 0, 0, 1, 0, 0]
    assert signs[4, Sign.BEHIND_BEST] == 0 > signs[0, Sign.BEHIND_BEST] == -signs[4, Sign.SCORE]
    assert signs[:, Sign.IS_FIRST].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert signs[:, Sign.IS_PARAGRAPH].tolist() == [1, 0, 0, 0, 0, 0, 1]
    assert signs[4, Sign.LENGTH] == pytest.approx(log(len("Что взять: Бланк.")))


def test_of_a_question_that_no_line_shares_a_piece_with_all_lines_are_alike() -> None:
    signs = FOUND.signs(MEMO, "ёжик")
    assert not signs[:, [Sign.SHARE_OF_BEST, Sign.SCORE, Sign.BEHIND_BEST]].any()


def test_a_memo_that_search_has_not_read_has_lines_that_match_nothing() -> None:
    stranger = memo("new", "Новая", "Памятка.", Paragraph(said("Совсем новая строка.")))
    assert not FOUND.signs(stranger, "совсем новая строка")[:, Sign.SCORE].any()


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=4_096))
def test_lines_of_any_question_are_lines_of_the_memo(question: str) -> None:
    places = [line for line, _ in lines(MEMO)]
    found = FOUND.best(MEMO, question, BY_SHARE)
    assert len(found) <= MOST_LINES
    assert [place for place in places if place in found] == list(found)
    signs = FOUND.signs(MEMO, question)
    assert np.isfinite(signs).all()
    assert 0 <= signs[:, Sign.SCORE].min() <= signs[:, Sign.SHARE_OF_BEST].max() <= 1
