"""An editor changes what it was asked to change, and not a byte beside it."""

from pathlib import Path

import pytest

from bot.editorial.files.memos import read_text
from bot.editorial.text_source import TextSource, put_together, taken_apart
from tests.support.content import ContentFolder

TEXT = """\
---
title: "Каттоо: мөөнөтү"
summary: Кантип катталуу
  керек.
base: "7a8c31cb5856"
---

Биринчи сап.

Экинчи сап.
"""
REPOSITORY = Path(__file__).parent.parent.parent


def test_a_text_is_taken_apart() -> None:
    assert taken_apart(TEXT) == TextSource(
        "Каттоо: мөөнөтү", "Кантип катталуу керек.", "Биринчи сап.\n\nЭкинчи сап.", 8
    )


def test_lines_are_those_of_the_file() -> None:
    source = taken_apart(TEXT)

    line = TEXT.split("\n").index("Экинчи сап.") + 1
    assert source.first_line + source.body.split("\n").index("Экинчи сап.") == line


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "content/memos").glob("*/*.md")), ids=lambda path: str(path)[-40:]
)
def test_what_is_not_changed_stays_byte_for_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source = taken_apart(text)

    assert put_together(text, source.title, source.summary, source.body) == text


def test_a_changed_title_changes_one_line() -> None:
    source = taken_apart(TEXT)

    changed = put_together(TEXT, "  Каттоо: кантип? ", source.summary, source.body)

    assert changed == TEXT.replace("мөөнөтү", "кантип?")


def test_a_changed_summary_of_two_lines_becomes_one() -> None:
    source = taken_apart(TEXT)

    changed = put_together(TEXT, source.title, "Кыскача.", source.body)

    assert changed == TEXT.replace("Кантип катталуу\n  керек.", "Кыскача.")


def test_a_changed_body_leaves_the_front_matter() -> None:
    source = taken_apart(TEXT)

    changed = put_together(TEXT, source.title, source.summary, "Башка.\n\n")

    assert changed.startswith(TEXT[: TEXT.index("Биринчи")])
    assert changed.endswith('base: "7a8c31cb5856"\n---\n\nБашка.\n')


@pytest.mark.parametrize(
    "title", ["да: нет", "no", "12", '"в кавычках"', "# решётка", "x\ty", "a\nb"]
)
def test_whatever_is_typed_is_read_back_as_it_was_typed(title: str) -> None:
    made = put_together("", title, "Кратко", "Текст.")

    text, problems = read_text(made, "ru.md", "ru")

    assert problems == []
    assert text is not None
    assert text.front.value.title == " ".join(title.split())
    assert taken_apart(made) == TextSource(" ".join(title.split()), "Кратко", "Текст.", 6)


@pytest.mark.parametrize("text", ["", "Без всего.", "---\ntitle: не закрыто\n"])
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    source = taken_apart(text)

    assert (source.title, source.summary, source.body) == ("", "", text.strip("\n"))
    assert put_together(text, "Название", "Кратко", text).startswith("---\ntitle: Название\n")


def test_hostile_front_matter_is_kept_or_replaced_but_never_doubled(
    content: ContentFolder,
) -> None:
    text = "---\n# заметка\ntitle: [не, текст]\nsummary: да\n---\n\nТекст.\n"

    made = put_together(text, "Название", "да", "Текст.")

    assert made == "---\ntitle: Название\nsummary: да\n---\n\nТекст.\n"
