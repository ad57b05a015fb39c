"""Reading never fails: whatever is in a file becomes an edition and problems with lines."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.editorial.checking import check
from bot.editorial.compiling import build_catalogue
from bot.editorial.edition import edition_of, read_edition
from bot.editorial.parts import read_parts
from bot.editorial.problem import Problem
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.editorial.template import PartKind
from bot.editorial.yaml_tree import read_yaml
from bot.guide.citizenship import EVERYBODY, GROUPS, Citizenship
from bot.i18n.interface import load_interface
from tests.support.content import TODAY, ContentFolder

FILES = (
    "guide.yaml",
    "facts.yaml",
    "sources.yaml",
    "contacts.yaml",
    "dangers.yaml",
    "glossary.yaml",
    "wording.yaml",
    "not-ours.yaml",
    "dangers/passport-taken.yaml",
    "memos/registration-first/questions.yaml",
    "memos/registration-first/memo.yaml",
    "memos/registration-first/ru.md",
    "memos/registration-first/ky.md",
)
UNITS = load_interface(domain="units")
WORDS = load_interface(domain="editorial", fallback="en")

# Pieces that mean something to YAML, Markdown or us, so that random text reaches deep.
_PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "- ",
            "  ",
            "\n",
            "\n\n",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "'",
            '"',
            "|",
            ">",
            "#",
            "&a ",
            "*a ",
            "!t ",
        ),
        *(
            "::: for kg\n",
            "::: only uz\n",
            ":::\n",
            "::: for others\n",
            "## ",
            "**",
            "_",
            "1. ",
            "> ",
            "`",
            "<b>",
        ),
        *(
            "{reg-kg-days}",
            "{reg-kg-days|gen}",
            "{contact:rf-112}\n",
            "{phone:kg-embassy}",
            "{check-first}",
        ),
        *(
            "[x](memo:passport-taken)",
            "[x](https://example.org)",
            "id: ",
            "title: ",
            "summary: ",
            "value: ",
            "kind: ",
        ),
        *(
            "30 дней",
            "112",
            "2026-01-01",
            "+79990000000",
            "18:00",
            "\t",
            "\r\n",
            "\x00",
            "\ud7ff",
            "\ufeff",
            "ы" * 70,
        ),
    ]
)
ARBITRARY = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(_PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode()),
)


@pytest.fixture(scope="module")
def snapshot(good_content: ContentFolder) -> Snapshot:
    return take_snapshot(good_content.root)


def assert_sound(problems: tuple[Problem, ...], snapshot: Snapshot) -> None:
    """Every problem has a line that is in its file, and a sentence in every language of staff."""
    for problem in problems:
        lines = (
            snapshot.files.get(problem.file, b"").count(b"\n")
            + snapshot.files.get(problem.file, b"").count(b"\r")
            + 1
        )
        assert 1 <= problem.line <= lines
        for lang in WORDS.by_language:
            assert problem.message(WORDS.words(lang)) != problem.code


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), data=ARBITRARY)
@example(file="guide.yaml", data=b"---")
def test_arbitrary_bytes_in_any_file(snapshot: Snapshot, file: str, data: bytes) -> None:
    spoiled = snapshot.with_file(file, data)

    problems = check(edition_of(spoiled), TODAY)

    assert_sound(problems, spoiled)


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), data=ARBITRARY, where=st.floats(0, 1), cut=st.integers(0, 40))
def test_a_good_file_with_something_in_it(
    snapshot: Snapshot, file: str, data: bytes, where: float, cut: int
) -> None:
    good = snapshot.files[file]
    at = int(len(good) * where)
    spoiled = snapshot.with_file(file, good[:at] + data + good[at + cut :])
    edition = edition_of(spoiled)

    problems = check(edition, TODAY)

    assert_sound(problems, spoiled)
    if not any(problem.is_error for problem in problems):
        catalogue = build_catalogue(edition, TODAY, UNITS)
        assert len(catalogue.memos) == len(catalogue.languages) * len(Citizenship)


@given(text=st.text(st.characters(codec="utf-8"), max_size=100))
def test_yaml_is_read_or_refused(text: str) -> None:
    node, problems = read_yaml(text, "file.yaml", first_line=5)

    assert node is None or node.line >= 5
    assert all(problem.line >= 5 for problem in problems)


NAMES = st.lists(st.sampled_from([*map(str, Citizenship), *GROUPS]), min_size=1, max_size=3)
PART = st.tuples(
    st.sampled_from(["for", "only"]), st.one_of(NAMES, st.just(["others"])), st.booleans()
)


@given(st.lists(PART, max_size=6))
def test_each_person_sees_exactly_one_branch_of_a_choice(
    parts: list[tuple[str, list[str], bool]],
) -> None:
    lines: list[str] = []
    for kind, names, text_after in parts:
        lines += [f"::: {kind} {' '.join(names)}", "x", ":::", *(["y"] if text_after else [])]

    body, _ = read_parts(lines, 1, "ru.md", lambda lines, first: ())

    for part in body.parts:
        seen = [who for branch in part.branches for who in branch.audience]
        assert len(seen) == len(set(seen)), "nobody sees two branches"
        if part.kind is PartKind.FOR:
            assert part.unanswered == EVERYBODY - set(seen)


@pytest.mark.parametrize(
    "prepare",
    [
        lambda root: None,
        lambda root: root.mkdir(),
        lambda root: root.write_text("no folder"),
    ],
    ids=["missing", "empty", "a file"],
)
def test_a_folder_without_content(tmp_path: Path, prepare: Callable[[Path], None]) -> None:
    prepare(tmp_path / "content")

    edition = read_edition(tmp_path / "content")

    assert {problem.code for problem in check(edition, TODAY)} == {"file-missing"}
    assert len(edition.problems) == 6, "the glossary and the wording may be left out"


def test_files_that_editors_leave_are_not_read(content: ContentFolder) -> None:
    before = content.edition().fingerprint
    for name in (
        ".facts.yaml.swp",
        "facts.yaml~",
        "memos/registration-first/.ru.md",
        "README.txt",
    ):
        content.write(name, "::: nonsense")

    assert content.edition().fingerprint == before
    assert check(content.edition(), TODAY) == ()


def test_the_fingerprint_is_of_the_bytes_and_not_of_their_times(content: ContentFolder) -> None:
    before = content.edition().fingerprint

    content.write("facts.yaml", content.read("facts.yaml"))
    assert content.edition().fingerprint == before

    content.replace("facts.yaml", "value: 30", "value: 31")
    assert content.edition().fingerprint != before


def test_a_draft_is_checked_without_being_saved(snapshot: Snapshot) -> None:
    draft = snapshot.files["facts.yaml"].replace(b"value: 30", b"value: thirty")

    [problem] = check(edition_of(snapshot.with_file("facts.yaml", draft)), date(2026, 11, 24))

    assert (problem.file, problem.line, problem.code) == ("facts.yaml", 5, "bad-value")
