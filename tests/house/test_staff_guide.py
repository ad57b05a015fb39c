"""The guide of the staff pages tells of every page of the navigation, in its words, and shows every picture that was made."""

import re
from pathlib import Path

import pytest

from bot.i18n.interface import load_interface
from bot.web.staff.mount import PAGES
from tests.house.sources import ROOT

DOCS = ROOT / "docs"
LANGUAGES = ("ru", "ky")
_LARGEST = 120_000
_PICTURE = re.compile(r"!\[([^\]]*)\]\((staff-guide/[^)]+\.png)\)")


def guide(lang: str) -> str:
    return (DOCS / f"staff-guide.{lang}.md").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_navigation_is_told_of_by_its_name(lang: str) -> None:
    words, text = load_interface(domain="staff").words(lang), guide(lang)
    names = [words.say(page.menu) for page in PAGES if page.menu]

    assert [name for name in names if f"**{name}**" not in text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pictures_shown_are_those_there_are(lang: str) -> None:
    shown = [DOCS / path for _, path in _PICTURE.findall(guide(lang))]

    assert sorted(shown) == sorted((DOCS / "staff-guide" / lang).glob("*"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_says_what_it_shows_and_is_small(lang: str) -> None:
    pictures: list[tuple[str, str]] = _PICTURE.findall(guide(lang))

    assert len(pictures) >= 10
    assert [path for words, path in pictures if len(words) < 15] == []
    assert [path for _, path in pictures if _size(DOCS / path) > _LARGEST] == []


def test_both_guides_have_the_same_chapters_and_pictures() -> None:
    outlines = [
        re.findall(r"^#+ |staff-guide/\w\w/(\S+)\.png", guide(lang), re.MULTILINE)
        for lang in LANGUAGES
    ]

    assert outlines[0] == outlines[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_in_quotation_marks_stand_on_the_pages(lang: str) -> None:
    """What the guide tells to press is called so on the pages: a label that is renamed has to be renamed here too."""
    catalogue = (ROOT / f"locales/{lang}/LC_MESSAGES/staff.po").read_text("utf-8")
    on_pages = _plain(" ".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', catalogue, re.MULTILINE)))
    quoted = {_plain(one) for one in re.findall(r"«([^»]+)»", guide(lang))}

    assert sorted(one for one in quoted if not _stands(one, on_pages)) == []


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _stands(quoted: str, on_pages: str) -> bool:
    """Around an ellipsis, which is a number or a name, each part stands there."""
    return all(part.strip() in on_pages for part in quoted.split("…"))


def _size(path: Path) -> int:
    return path.stat().st_size
