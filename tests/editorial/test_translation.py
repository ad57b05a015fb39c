"""Translations know the base text they were made from."""

import pytest

from bot.editorial.base_hash import base_hash
from bot.editorial.translation import LanguageStatus, accept, translation_status, with_base
from bot.errors import ContentError
from tests.support.content import ContentFolder

FIRST, TAKEN = "registration-first", "passport-taken"
RU, KY = f"memos/{FIRST}/ru.md", f"memos/{FIRST}/ky.md"


def test_every_memo_is_complete_outdated_or_missing(content: ContentFolder) -> None:
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    content.path(f"memos/{TAKEN}/ky.md").unlink()

    assert translation_status(content.edition()) == {
        "ru": LanguageStatus((FIRST, TAKEN), (), ()),
        "ky": LanguageStatus((), (FIRST,), (TAKEN,)),
        "en": LanguageStatus((TAKEN,), (FIRST,), ()),
    }


def test_accepting_changes_one_line_and_nothing_else(content: ContentFolder) -> None:
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    before = content.path(KY).read_bytes().splitlines(keepends=True)

    written = accept(content.root, FIRST, "ky")

    after = content.path(KY).read_bytes().splitlines(keepends=True)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [f'base: "{written}"\n'.encode()]
    assert FIRST in translation_status(content.edition())["ky"].complete


def test_a_first_accepting_adds_the_line_to_the_front_matter(content: ContentFolder) -> None:
    bare = content.read(KY).replace(content.read(KY).split("\n")[3] + "\n", "", 1)
    assert "base:" not in bare
    content.write(KY, bare)

    accept(content.root, FIRST, "ky")

    lines = content.read(KY).split("\n")
    assert lines[3].startswith("base: ")
    assert lines[:3] + lines[4:] == bare.split("\n")


def test_accepting_keeps_line_ends_and_comments() -> None:
    file = b"---\r\ntitle: x  # why\r\nsummary: y\r\n---\r\n\r\nbase: not this\r\n"

    assert with_base(file, "0" * 12) == file.replace(
        b"summary: y\r\n", b'summary: y\r\nbase: "000000000000"\r\n'
    )


@pytest.mark.parametrize(
    ("memo", "lang"), [(FIRST, "ru"), (FIRST, "uz"), ("no-such-memo", "ky"), ("../../etc", "ky")]
)
def test_what_is_no_translation_cannot_be_accepted(
    content: ContentFolder, memo: str, lang: str
) -> None:
    with pytest.raises(ContentError):
        accept(content.root, memo, lang)


def test_the_hash_is_the_one_that_translations_carry_for_ever() -> None:
    assert base_hash("Title", "Summary", ["", "One  ", "", "two", ""]) == "d26dd4a21e38"


def test_white_space_that_nobody_sees_does_not_change_the_hash() -> None:
    plain = base_hash("Title", "Summary", ["One", "", "two"])

    assert base_hash("Title", "Summary", ["", "", "One \t", "", "two", ""]) == plain
    assert base_hash("Title", "Summary", ["One", "two"]) != plain
    assert base_hash("Title!", "Summary", ["One", "", "two"]) != plain
    assert base_hash("Title", "Summary!", ["One", "", "two"]) != plain


def test_a_hash_of_digits_alone_is_still_a_hash(content: ContentFolder) -> None:
    line = content.read(KY).split("\n")[3]
    content.replace(KY, line, "base: 012345678901")

    text = content.edition().text(FIRST, "ky")

    assert text is not None
    assert text.front.value.base == "012345678901"
