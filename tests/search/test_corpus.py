"""What search reads of a guide, and what it leaves out."""

from collections import Counter

from bot.guide.text import ContactBlock, Heading, ListBlock, Paragraph, Quote, Span
from bot.search.corpus import Kind, Passage, lines, passages
from bot.search.findings import Line
from bot.search.index import texts_with_meaning
from tests.search.small import BEATEN, FOR_KYRGYZ, NOT_OURS, guide, memo, said

MEMO = memo(
    "all-blocks",
    "Всё сразу",
    "Один из каждого.",
    Paragraph(said("До заголовка.")),
    Heading(said("Что взять:")),
    ListBlock((said("Паспорт."), said("  "), said("Карту.")), ordered=False),
    Quote((said("Отпустите меня"),)),
    ContactBlock("rf-112"),
    Heading(said("Куда идти?")),
    Paragraph((Span("В "), Span("отдел", memo="registration-first"), Span("."))),
    Paragraph(said(" ")),
)


def test_a_line_has_its_place_and_the_heading_above_it() -> None:
    assert list(lines(MEMO)) == [
        (Line(0), "До заголовка."),
        (Line(2, 0), "Что взять: Паспорт."),
        (Line(2, 2), "Что взять: Карту."),
        (Line(6), "Куда идти?: В отдел."),
    ]


def test_a_memo_without_blocks_has_no_lines() -> None:
    assert list(lines(memo("empty", "Пусто", "Ничего."))) == []


def test_a_memo_speaks_by_its_title_summary_lines_and_questions() -> None:
    questions = {"all-blocks": {"ru": ("что взять с собой",), "uz": ("nima olish kerak",)}}
    found = passages(guide([MEMO], [MEMO], [], questions, {"ru": ("какая погода",)}))
    assert Counter((one.memo, one.kind) for one in found) == {
        ("all-blocks", Kind.TITLE): 1,
        ("all-blocks", Kind.SUMMARY): 1,
        ("all-blocks", Kind.LINE): 4,
        ("all-blocks", Kind.QUESTION): 2,
        (None, Kind.QUESTION): 1,
    }
    assert Passage("all-blocks", "uz", Kind.QUESTION, "nima olish kerak") in found
    assert Passage(None, "ru", Kind.QUESTION, "какая погода") in found


def test_what_all_citizenships_read_is_one_passage_and_what_they_do_not_is_two() -> None:
    found = passages(guide())
    assert len(found) == len(set(found))
    of_registration = [one for one in found if one.memo == "registration-first"]
    assert sum(one.kind is Kind.TITLE for one in of_registration) == 2  # in Russian and in Kyrgyz
    days = [one.text for one in of_registration if "зарегистрировать" in one.text]
    assert len(days) == 2
    assert {"30" in text for text in days} == {True, False}


def test_a_text_that_stands_in_for_a_translation_is_of_its_own_language() -> None:
    found = passages(guide(in_kyrgyz=FOR_KYRGYZ))
    titles = {(one.memo, one.lang) for one in found if one.kind is Kind.TITLE}
    assert titles == {
        (name, "ru") for name in ("registration-first", "work-patent", "unpaid-wages")
    }


def test_an_empty_guide_says_nothing() -> None:
    assert passages(guide([], [], [], {}, {})) == ()


def test_texts_with_meaning_are_titles_questions_and_messages_of_danger_once_each() -> None:
    texts = texts_with_meaning(guide())
    assert len(texts) == len(set(texts))
    assert {"Не платят зарплату", "сколько стоит патент", NOT_OURS["ru"][0]} <= set(texts)
    assert {BEATEN.cries["ky"][0], BEATEN.calm["ru"][0]} <= set(texts)
    assert not any("инспекцию" in text or "Как вернуть" in text for text in texts)
