"""A line is added where it belongs, and nothing else of the file changes, whatever it looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.adding_lines import with_line
from bot.editorial.edition import edition_of
from bot.editorial.files.lines import read_lines, texts_of
from bot.editorial.new_memo import first_files, with_example
from bot.editorial.snapshot import take_snapshot
from bot.editorial.yaml_tree import read_yaml
from bot.errors import ContentError
from tests.support.bot import REAL_CONTENT
from tests.support.content import ContentFolder

TYPED = """\
# What people type.
ru:
  - "где взять патент"   # the most frequent
  - сколько стоит
ky:
- патент кайда   # without an indent
"""


def lines_of(text: str) -> dict[str, tuple[str, ...]]:
    node, problems = read_yaml(text, "x.yaml")
    assert node is not None and not problems
    lines, problems_of_lines = read_lines(node, "x.yaml", ("ru", "ky", "en", "uz", "tg"))
    assert not problems_of_lines
    return texts_of(lines)


def test_a_line_stands_at_the_end_of_its_language() -> None:
    assert with_line(TYPED, "x.yaml", "ru", "где купить") == TYPED.replace(
        "  - сколько стоит\n", '  - сколько стоит\n  - "где купить"\n'
    )


def test_the_last_language_and_one_that_is_new() -> None:
    after = with_line(with_line(TYPED, "x.yaml", "ky", "канча"), "x.yaml", "uz", "qancha")

    assert after == TYPED + '- "канча"\nuz:\n  - "qancha"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'ru:\n  - "а б"\n'),
        ("ru: [один, два]\n", 'ru: [один, два, "а б"]\n'),
        ("ky:\n  - бир", 'ky:\n  - бир\nru:\n  - "а б"\n'),
    ],
)
def test_other_shapes_of_a_file(before: str, after: str) -> None:
    assert with_line(before, "x.yaml", "ru", "а б") == after


@pytest.mark.parametrize(
    "broken", ["- a\n", "ru: [\n", "ru: text\n", "ru: []\n", "ru:\n  - a: b\n"]
)
def test_what_cannot_be_read_is_left_alone(broken: str) -> None:
    with pytest.raises(ContentError):
        with_line(broken, "x.yaml", "ru", "а б")


@given(
    st.text(
        st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=80
    ).filter(str.strip)
)
def test_whatever_is_typed_comes_back_as_it_was_typed(typed: str) -> None:
    line = " ".join(typed.split())

    after = with_line(TYPED, "x.yaml", "ru", line)

    assert lines_of(after)["ru"][-1] == line
    assert lines_of(after)["ky"] == lines_of(TYPED)["ky"]


def test_every_memo_of_the_guide_can_be_given_a_question() -> None:
    snapshot = take_snapshot(REAL_CONTENT)
    memos = sorted(
        file.split("/")[1] for file in snapshot.files if file.endswith("/questions.yaml")
    )
    assert len(memos) > 40
    for memo in memos:
        file, text = with_example(snapshot, memo, "ky", "бул суроо жаңы: эмне кылыш керек?")

        assert text.count("\n") == (snapshot.text(file) or "").count("\n") + 1


def test_the_first_files_of_a_memo_lack_a_text_and_nothing_else(content: ContentFolder) -> None:
    snapshot = take_snapshot(content.root)
    for file, text in first_files(
        snapshot, "hostel", "Хостел: как жить", "registration", "ru"
    ).items():
        snapshot = snapshot.with_file(file, text.encode())

    edition = edition_of(snapshot)

    assert edition.listed_memos["hostel"] == "registration"
    assert {one.code for one in edition.problems} == {"empty-text"}


@pytest.mark.parametrize("memo", ["passport-taken", "../etc", "Hostel", "", "a" * 41])
def test_an_id_that_is_none_or_taken_makes_no_memo(content: ContentFolder, memo: str) -> None:
    with pytest.raises(ContentError):
        first_files(take_snapshot(content.root), memo, "Хостел", "registration", "ru")


def test_a_section_that_is_not_there_takes_no_memo(content: ContentFolder) -> None:
    with pytest.raises(ContentError):
        first_files(take_snapshot(content.root), "hostel", "Хостел", "nowhere", "ru")
