"""The page that answers a question: which lines stand on it, and that it fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.contact import Contact
from bot.guide.text import (
    Block,
    ContactBlock,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
)
from bot.render.answer_page import (
    MOST_LINE_UNITS,
    MOST_LINES,
    Place,
    answer_lines,
    answer_page,
)
from bot.render.memo_pages import LONGEST_PAGE_UNITS, memo_pages
from bot.render.rich_text import MarkKind
from tests.conversation.test_machine import guidebook
from tests.render.test_memo_pages import BLOCKS, LABELS, memo, spans

PLACES = st.lists(st.tuples(st.integers(-3, 20), st.none() | st.integers(-3, 15)), max_size=6).map(
    tuple
)
MEMO = memo(
    Heading(spans("Terms")),
    Paragraph(spans("Within 30 days.")),
    ListBlock((spans("Ask the host."), spans("Take the slip.")), ordered=True, start=3),
    Quote((spans("Register me, please."), spans("Thank you."))),
    ContactBlock("line"),
    Paragraph(spans("long " * 200)),
)


def lines(*places: Place, contacts: dict[str, Contact] | None = None) -> list[str]:
    return [line.text for line in answer_lines(MEMO, places, contacts or {}, LABELS)]


def test_a_line_is_a_paragraph_a_step_or_words_to_say() -> None:
    assert lines((1, None), (2, 1), (3, None)) == [
        "Within 30 days.",
        "Take the slip.",
        "Register me, please.\nThank you.",
    ]


@pytest.mark.parametrize(
    "place",
    [(0, None), (1, 0), (2, None), (2, 2), (2, -1), (3, 0), (6, None), (-1, None), (4, None)],
    ids=str,
)
def test_a_heading_and_a_place_that_there_is_not_give_no_line(place: Place) -> None:
    assert lines(place, (1, None)) == ["Within 30 days."]


def test_a_contact_is_a_line_with_its_number() -> None:
    known = guidebook("small").catalogue.contacts["ru-112"]

    [line] = lines((4, None), contacts={"line": known})

    assert "☎ 112" in line


def test_a_line_that_is_too_long_is_left_out_and_not_cut() -> None:
    assert lines((5, None), (1, None)) == ["Within 30 days."]


def test_no_line_comes_twice() -> None:
    assert lines((1, None), (1, None)) == ["Within 30 days."]


def test_no_quote_stands_in_a_quote() -> None:
    """Telegram refuses it."""
    quoted = answer_lines(MEMO, [(3, None)], {}, LABELS)

    marks = answer_page(MEMO, None, {}, LABELS, quoted, pages=1).text.marks

    first, second = (mark for mark in marks if mark.kind is MarkKind.QUOTE)
    assert first.offset + first.length <= second.offset


def test_without_lines_a_memo_of_one_page_is_shown_as_it_is() -> None:
    shown = memo(Paragraph(spans("Within 30 days.")))

    page = answer_page(shown, None, {}, LABELS, (), pages=1)

    assert page.is_whole
    assert (page.text,) == memo_pages(shown, None, {}, LABELS)


def test_in_short_there_is_the_summary_and_where_it_is_from() -> None:
    page = answer_page(MEMO, None, {}, LABELS, (), pages=2, briefly=True)

    assert not page.is_whole
    assert page.text.text.startswith("Registration\n\nWhat to do.\n\nSources:")
    assert page.text.text.endswith("Checked on 23.11.2026")


@given(BLOCKS, PLACES, st.integers(0, 90), st.booleans())
def test_any_lines_of_any_memo_fit_one_page(
    blocks: list[Block], places: tuple[Place, ...], sources: int, briefly: bool
) -> None:
    shown = memo(*blocks, sources=sources)
    found = answer_lines(shown, places, {}, LABELS)

    page = answer_page(shown, None, {}, LABELS, found, pages=9, briefly=briefly)

    assert len(found) <= min(MOST_LINES, len(set(places)))
    assert sum(map(len, found)) <= MOST_LINE_UNITS
    assert len(page.text) <= LONGEST_PAGE_UNITS
    assert page.text.text.startswith("Registration")
    assert page.text.text.count(LABELS.in_short) == bool(found)
