"""Memos as pages of the size of a phone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.guide.source import Citation, Source
from bot.guide.text import Block, Heading, ListBlock, LocalText, Paragraph, Quote, Span
from bot.render.labels import Labels
from bot.render.memo_pages import LONGEST_PAGE_UNITS, PAGE_UNITS, memo_pages
from bot.render.rich_text import MarkKind, RichText

LABELS = Labels(
    lang="en",
    shown_for="For: {citizenship}",
    outdated="This translation is behind.",
    fallback="Not yet in English.",
    checked="Checked on {date}",
    page_of="page {page} of {pages}",
    in_short="In short:",
    sources="Sources:",
    article="art. {article}",
    unsure_phone="may have changed",
    unsure_contact="Call first.",
    spoken="They speak {languages}",
    language_names={},
    citizenship_names={who: who.upper() for who in Citizenship},
    format_date=lambda day: day.strftime("%d.%m.%Y"),
)
DAY = date(2026, 11, 23)
# The room that title, footer and the blank lines round them may take above the longest body.
FRAME_UNITS = 250


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def memo(*blocks: Block, sources: int = 1, **more: object) -> Memo:
    law = Source(
        "law", LocalText(anywhere="Law " * 10), "law", "2006-07-18", None, True, True, DAY, DAY
    )
    fields: dict[str, object] = {
        "id": "m",
        "section": "s",
        "lang": "en",
        "wanted": "en",
        "title": "Registration",
        "summary": "What to do.",
        "blocks": blocks,
        "citations": (Citation(law, ("22",)),) * sources,
        "checked": DAY,
        "contacts": (),
        "related": (),
    }
    return Memo(**(fields | more))  # type: ignore[arg-type]


def pages(shown: Memo, who: Citizenship | None = None) -> tuple[RichText, ...]:
    return memo_pages(shown, who, {}, LABELS)


BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.text("abc ", min_size=1, max_size=60).map(spans)),
        st.builds(Paragraph, st.text("abcde \N{WOMAN}", max_size=1000).map(spans)),
        st.builds(
            Quote, st.lists(st.text("xyz ", max_size=300).map(spans), max_size=3).map(tuple)
        ),
        st.builds(
            ListBlock,
            st.lists(st.text("qrs ", max_size=400).map(spans), max_size=12).map(tuple),
            st.booleans(),
        ),
    ),
    max_size=14,
)


@given(BLOCKS, st.integers(0, 40))
def test_pages_fit_and_hold_everything_once(blocks: list[Block], sources: int) -> None:
    shown = pages(memo(*blocks, sources=sources))

    assert all(len(page) <= LONGEST_PAGE_UNITS + FRAME_UNITS for page in shown)
    assert all(page.text.startswith("Registration") for page in shown)
    assert all("Checked on 23.11.2026" in page.text for page in shown)
    everything = "".join("".join(page.text.split()) for page in shown)
    assert everything.count("Law" * 10) == sources


@given(BLOCKS)
def test_a_heading_never_ends_a_page(blocks: list[Block]) -> None:
    last_words = Paragraph(spans("the end"))
    for page in pages(memo(*blocks, last_words, sources=0)):
        bold = [mark for mark in page.marks if mark.kind is MarkKind.BOLD]
        body_end = (
            len(page.text[: page.text.index("Checked on")].rstrip().encode("utf-16-le")) // 2
        )
        title, *headings = sorted(bold, key=lambda mark: mark.offset)
        assert all(mark.offset + mark.length < body_end for mark in headings), page.text[-200:]
        assert title.offset == 0


def test_a_short_memo_is_one_page_without_a_number() -> None:
    (page,) = pages(memo(Paragraph(spans("Register."))))

    assert page.text == (
        "Registration\n\nWhat to do.\n\nRegister.\n\n"
        f"Sources:\n• {'Law ' * 10} (art. 22, 18.07.2006)\n\nChecked on 23.11.2026"
    )


def test_sources_are_folded_under_the_last_words() -> None:
    words = Paragraph(spans("word " * (PAGE_UNITS // 6)))
    shown = pages(memo(words, sources=20))

    assert len(shown) == 1
    assert [mark.kind for mark in shown[0].marks].count(MarkKind.FOLDED_QUOTE) == 1


def test_notices_stand_above_the_steps() -> None:
    (page,) = pages(memo(Paragraph(spans("Register.")), lang="ru", outdated=True), Citizenship.UZ)

    lines = page.text.split("\n\n")
    assert lines[2:5] == ["For: UZ", "Not yet in English.", "This translation is behind."]


def test_the_law_stands_after_the_article_where_the_source_is_another() -> None:
    assert LABELS.cited("97(6)") == "art. 97(6)"
    assert LABELS.cited("13.3(5), 115-ФЗ") == "art. 13.3(5), 115-ФЗ"
