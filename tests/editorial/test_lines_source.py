"""Questions are edited a line each; what nobody touched stays to the letter."""

from pathlib import Path

import pytest

from bot.editorial.lines_source import language_and_number, lines_by_language, with_lines

TEXT = """\
# как спрашивают
ru:
  - сколько дней
  - "где: в МФЦ?"   # с двоеточием
ky:
  - канча күн
"""
REPOSITORY = Path(__file__).parent.parent.parent


def test_lines_are_told_by_language() -> None:
    assert lines_by_language(TEXT) == {"ru": ["сколько дней", "где: в МФЦ?"], "ky": ["канча күн"]}
    assert language_and_number(TEXT, 4) == ("ru", 2)
    assert language_and_number(TEXT, 2) is None


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "content/memos").glob("*/questions.yaml"))[:12], ids=str
)
def test_what_is_not_changed_stays_byte_for_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert with_lines(text, lines_by_language(text)) == text


def test_one_language_is_changed_and_the_others_stay() -> None:
    changed = with_lines(
        TEXT, {"ru": ["сколько дней", "где: в МФЦ?"], "ky": ["качан", " да  нет "]}
    )

    assert changed == TEXT.replace("  - канча күн\n", '  - "качан"\n  - "да нет"\n')


def test_a_language_comes_and_another_goes() -> None:
    changed = with_lines(TEXT, {"ky": ["", " "], "uz": ["necha kun"]})

    assert changed == TEXT.replace("ky:\n  - канча күн\n", "") + 'uz:\n  - "necha kun"\n'


@pytest.mark.parametrize(
    "line", ["да", "12", "a: b", '"кавычки"', "- тире", "{скобки}", "#", "\\"]
)
def test_whatever_is_typed_is_read_back(line: str) -> None:
    made = with_lines("", {"ru": [line]})

    assert lines_by_language(made) == {"ru": [line]}


@pytest.mark.parametrize("broken", ["ru: [", "- список", "ru: текст", "\t"])
def test_a_file_that_cannot_be_read_is_written_anew(broken: str) -> None:
    assert lines_by_language(with_lines(broken, {"ru": ["вопрос"]})) == {"ru": ["вопрос"]}
