"""One fact, one place (invariant 2): a value that changes in the ledger changes every memo that tells it, in every
language, and nothing else has to be edited. Over a small guide, and slowly over the published one.
"""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.editorial.compiling import build_catalogue
from bot.editorial.edition import read_edition
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from tests.support.content import TODAY, ContentFolder

CONTENT = Path(__file__).parent.parent.parent / "content"
DAY = date(2026, 11, 24)
DAY_BEFORE_THE_PRICE = date(2025, 12, 31)

Where = tuple[str, str, Citizenship]


def edited(folder: Path, fact: str, old: str, new: str) -> Path:
    """A copy of the guidance in which one line of one fact is another."""
    copy = folder / fact
    shutil.copytree(CONTENT, copy)
    ledger = copy / "facts.yaml"
    before, opening, rest = ledger.read_text("utf-8").partition(f"- id: {fact}\n")
    entry, following, after = rest.partition("\n- id: ")
    assert entry.count(old) == 1
    ledger.write_text(
        before + opening + entry.replace(old, new) + following + after, encoding="utf-8"
    )
    return copy


def texts(catalogue: Catalogue) -> dict[Where, str]:
    return {
        (memo_id, lang, citizenship): repr(memo.blocks).replace("\\xa0", " ")
        for (lang, citizenship), memos in catalogue.memos.items()
        for memo_id, memo in memos.items()
    }


def changed(before: dict[Where, str], after: dict[Where, str]) -> set[Where]:
    assert before.keys() == after.keys()
    return {where for where, text in before.items() if after[where] != text}


@pytest.fixture(scope="module")
def published() -> dict[Where, str]:
    return texts(build_catalogue(read_edition(CONTENT), DAY))


def test_a_deadline_of_a_small_guide(content: ContentFolder) -> None:
    before = texts(build_catalogue(content.edition(), TODAY))
    content.replace("facts.yaml", "value: 30}", "value: 29}")

    now = texts(build_catalogue(content.edition(), TODAY))

    told = changed(before, now)
    assert told == {("registration-first", lang, Citizenship.KG) for lang in ("ru", "ky", "en")}
    assert all("29" in now[where] for where in told)


@pytest.mark.slow
def test_a_price(tmp_path: Path, published: dict[Where, str]) -> None:
    edition = read_edition(edited(tmp_path, "patent-price-moscow", "value: 10000", "value: 12345"))
    now = texts(build_catalogue(edition, DAY))
    told = changed(published, now)
    assert {lang for _, lang, _ in told} == {"ru", "ky", "en"}
    assert "work-patent" in {memo for memo, _, _ in told}
    for where in told:
        assert re.search(r"12.345", now[where]), where

    earlier = texts(build_catalogue(edition, DAY_BEFORE_THE_PRICE, shows_gaps=True))
    as_it_was = texts(
        build_catalogue(read_edition(CONTENT), DAY_BEFORE_THE_PRICE, shows_gaps=True)
    )
    assert not changed(as_it_was, earlier), "the old price is told of the old year"


@pytest.mark.slow
def test_a_deadline(tmp_path: Path, published: dict[Where, str]) -> None:
    edition = read_edition(edited(tmp_path, "reg-kg-30-days", "value: 30", "value: 29"))
    now = texts(build_catalogue(edition, DAY))
    told = changed(published, now)
    assert {(lang, citizenship) for _, lang, citizenship in told} == {
        (lang, citizenship)
        for lang in ("ru", "ky", "en")
        for citizenship in (Citizenship.KG, Citizenship.OTHER_EAEU)
    }
    assert {"registration-first", "renting-home"} <= {memo for memo, _, _ in told}
    assert all("29" in now[where] for where in told)
