"""Rich text: offsets in UTF-16 units, cuts that lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.rich_text import (
    Mark,
    MarkKind,
    RichText,
    RichTextBuilder,
    cut,
    joined,
    split,
    utf16_length,
)

# Letters, paragraphs, and what takes two UTF-16 units or joins with its neighbour.
SIGNS = [
    "а",
    "б",
    " ",
    "\n\n",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER K}\N{REGIONAL INDICATOR SYMBOL LETTER G}",
]
TEXTS = st.lists(st.characters(codec="utf-8") | st.sampled_from(SIGNS), max_size=300).map("".join)
LIMITS = st.integers(min_value=2, max_value=120)


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    builder = RichTextBuilder()
    for text in draw(st.lists(TEXTS, max_size=6)):
        builder.add(text, *draw(st.lists(st.sampled_from(list(MarkKind)[:4]), max_size=2)))
    return builder.build()


def marked(rich: RichText) -> list[str]:
    """What each mark stands over, read the way Telegram reads it: in UTF-16."""
    encoded = rich.text.encode("utf-16-le")
    return [
        encoded[2 * mark.offset : 2 * (mark.offset + mark.length)].decode("utf-16-le")
        for mark in rich.marks
    ]


@given(TEXTS)
def test_utf16_length_is_that_of_the_codec(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_marks_behind_emoji_stand_over_their_words() -> None:
    rich = RichTextBuilder().add("🇰🇬 ").add("30 күн", MarkKind.BOLD).add(" калды").build()

    assert marked(rich) == ["30 күн"]
    assert rich.marks[0].offset == 5


def test_outer_white_space_goes_and_marks_stay_right() -> None:
    rich = RichTextBuilder().add("\n  ").add("паспорт", MarkKind.BOLD).add(" \n").build()

    assert rich == RichText("паспорт", (Mark(MarkKind.BOLD, 0, 7),))


@given(rich_texts(), LIMITS)
def test_pieces_fit_and_lose_nothing_but_white_space(rich: RichText, limit: int) -> None:
    pieces = split(rich, limit)

    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(rich.text.split())


@given(rich_texts(), LIMITS)
def test_marks_of_pieces_lie_inside_them_and_on_whole_characters(
    rich: RichText, limit: int
) -> None:
    for piece in split(rich, limit):
        assert all(mark.length > 0 for mark in piece.marks)
        assert all(
            0 <= mark.offset <= mark.offset + mark.length <= len(piece) for mark in piece.marks
        )
        marked(piece)  # decodes: no mark begins or ends inside a surrogate pair


@given(rich_texts(), LIMITS)
def test_every_marked_letter_is_marked_in_its_piece(rich: RichText, limit: int) -> None:
    def letters(texts: list[str]) -> str:
        return "".join(sorted("".join("".join(text.split()) for text in texts)))

    pieces = split(rich, limit)
    assert letters([text for piece in pieces for text in marked(piece)]) == letters(marked(rich))


@given(st.lists(rich_texts(), max_size=4))
def test_joining_keeps_marks(parts: list[RichText]) -> None:
    whole = joined(parts)

    assert [text for part in parts for text in marked(part)] == marked(whole)


@given(rich_texts(), st.integers(0, 50), st.integers(0, 50))
def test_a_cut_holds_the_text_between(rich: RichText, start: int, length: int) -> None:
    piece = cut(rich, start, start + length)

    assert piece.text == rich.text[start : start + length]
    assert all(mark.offset + mark.length <= len(piece) for mark in piece.marks)


def test_cuts_prefer_paragraphs_then_lines_then_words() -> None:
    text = RichText("один два\n\nтри четыре\nпять шесть семь")

    assert [piece.text for piece in split(text, 22)] == [
        "один два\n\nтри четыре",
        "пять шесть семь",
    ]
    assert [piece.text for piece in split(RichText("один два три"), 9)] == ["один два", "три"]


def test_a_limit_that_holds_no_emoji_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        split(RichText("👋"), 1)
