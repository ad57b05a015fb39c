"""An edition that takes over what did not change is the edition that would be made from nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.editorial.checking import check
from bot.editorial.compiling import build_catalogue
from bot.editorial.edition import Edition, edition_of
from bot.editorial.kept import Kept
from bot.editorial.problem import Problem
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.errors import ContentError
from bot.i18n.interface import load_interface
from tests.support.bot import REAL_CONTENT
from tests.support.excerpt import excerpt

TODAY, NEXT_YEAR = date(2026, 11, 24), date(2027, 1, 10)
UNITS, INTERFACE = load_interface(domain="units"), load_interface()

WHOLE = take_snapshot(REAL_CONTENT)
FEW = excerpt(WHOLE, ("detention", "passport-taken"))
SOME = excerpt(WHOLE, ("detention", "registration-first", "taxes", "pension-social"))
FILES = sorted(FEW.files)

# What authors type, rightly and wrongly, and what no author types.
_TYPED = st.sampled_from(
    [
        "{police-must-identify} ",
        "{rf-112} ",
        "{phone:rf-112} ",
        "30 дней ",
        "VPN ",
        "112 ",
        "\n::: for kg\n",
        "\n:::\n",
        "# ",
        "- ",
        ": ",
        "[x](memo:detention)",
        "\n",
        "ё",
        "\x00",
        "base: x\n",
        "2027",
    ]
)


@dataclass(frozen=True)
class Edit:
    """Something done to one line of a file; `where` is how far down it stands, 0 to 1."""

    file: str
    where: float
    what: Callable[[list[str], int], list[str]] | None

    def done(self, snapshot: Snapshot) -> Snapshot:
        files = dict(snapshot.files)
        if self.what is None:
            files.pop(self.file, None)
        else:
            lines = files.get(self.file, FEW.files[self.file]).decode().splitlines(keepends=True)
            files[self.file] = "".join(self.what(lines, int(self.where * len(lines)))).encode()
        return Snapshot(MappingProxyType(files))


def cut(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def doubled(lines: list[str], at: int) -> list[str]:
    return lines[: at + 1] + lines[at:]


def exchanged(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at : at + 2][::-1] + lines[at + 2 :]


def another_number(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], *(line.replace("1", "2").replace("0", "1") for line in lines[at:])]


def typed(text: str) -> Callable[[list[str], int], list[str]]:
    def insert(lines: list[str], at: int) -> list[str]:
        return [*lines[:at], text, *lines[at:]]

    return insert


EDITS = st.builds(
    Edit,
    file=st.sampled_from(FILES),
    where=st.floats(0, 0.99),
    what=st.one_of(
        st.sampled_from([cut, doubled, exchanged, another_number, None]), st.builds(typed, _TYPED)
    ),
)


def compiled(edition: Edition, day: date) -> Guidebook | str:
    """What persons would see, or why not."""
    try:
        return make_guidebook(build_catalogue(edition, day, UNITS), INTERFACE)
    except ContentError as unfit:
        return str(unfit)


def compiled_after(edition: Edition, day: date, before: Guidebook | str) -> Guidebook | str:
    try:
        catalogue = build_catalogue(edition, day, UNITS)
    except ContentError as unfit:
        return str(unfit)
    return make_guidebook(
        catalogue, INTERFACE, before=before if isinstance(before, Guidebook) else None
    )


@dataclass(frozen=True)
class Made:
    edition: Edition
    problems: tuple[Problem, ...]
    book: Guidebook | str


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(EDITS, st.integers(0, 5), st.sampled_from([TODAY, NEXT_YEAR])),
        min_size=1,
        max_size=4,
    )
)
def test_any_edits_one_after_another(edits: list[tuple[Edit, int, date]]) -> None:
    first = edition_of(FEW)
    made = [Made(first, check(first, TODAY), compiled(first, TODAY))]
    snapshot = FEW
    for edit, earlier, day in edits:
        snapshot = edit.done(snapshot)
        before = made[earlier % len(made)]
        edition = edition_of(snapshot, before.edition)
        made.append(Made(edition, check(edition, day), compiled_after(edition, day, before.book)))

        anew = edition_of(snapshot)
        assert made[-1].edition == anew
        assert made[-1].problems == check(anew, day)
        assert made[-1].book == compiled(anew, day)


EDITED = [
    ("memos/taxes/ru.md", "налог", "сбор"),
    ("memos/detention/memo.yaml", "related: [", "related: [taxes, "),
    ("memos/taxes/questions.yaml", "\n  - ", "\n  - а "),
    ("facts.yaml", "values: [{value: 30,", "values: [{value: 31,"),
    ("contacts.yaml", "Единый номер", "Один номер"),
    ("sources.yaml", "Договор о", "Соглашение о"),
    ("glossary.yaml", "миграционный учёт", "учёт мигрантов"),
    ("dangers.yaml", "ru: ", "ru: ой "),
    ("guide.yaml", "taxes, ", ""),
    ("guide.yaml", "languages: [ru, ky, en]", "languages: [ru, ky]"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new"), EDITED, ids=lambda text: text.strip("\n [:,"))
def test_an_edit(some: Made, file: str, old: str, new: str) -> None:
    assert_alike(some, edited(SOME, file, old, new))


@pytest.mark.slow
def test_all_edits_at_once_of_the_whole_guide() -> None:
    snapshot = WHOLE
    for file, old, new in EDITED:
        snapshot = edited(snapshot, file, old, new)

    assert_alike(first_made(WHOLE), snapshot)


@pytest.fixture(scope="module")
def some() -> Made:
    return first_made(SOME)


def first_made(snapshot: Snapshot) -> Made:
    edition = edition_of(snapshot)
    return Made(edition, check(edition, TODAY), compiled(edition, TODAY))


def edited(snapshot: Snapshot, file: str, old: str, new: str) -> Snapshot:
    data = snapshot.files[file].replace(old.encode(), new.encode(), 1)
    assert data != snapshot.files[file]
    return snapshot.with_file(file, data)


def assert_alike(before: Made, snapshot: Snapshot) -> None:
    edition = edition_of(snapshot, before.edition)

    anew = edition_of(snapshot)
    assert edition == anew
    assert check(edition, TODAY) == check(anew, TODAY)
    assert compiled_after(edition, TODAY, before.book) == compiled(anew, TODAY)


def test_a_text_that_did_not_change_is_not_parsed_again() -> None:
    before = edition_of(FEW)
    data = FEW.files["memos/detention/ru.md"].replace(b"\n---\n", b"\n---\n\n", 1)

    edition = edition_of(FEW.with_file("memos/detention/ru.md", data), before)

    parsed = [
        text.file
        for _, text in edition.texts()
        if not any(text is earlier for _, earlier in before.texts())
    ]
    assert parsed == ["memos/detention/ru.md"]


def test_pages_that_did_not_change_are_not_drawn_again() -> None:
    before = edition_of(FEW)
    book_before = compiled(before, TODAY)
    data = FEW.files["memos/detention/ky.md"].replace(b"title: ", b"title: A ", 1)
    edition = edition_of(FEW.with_file("memos/detention/ky.md", data), before)

    book = compiled_after(edition, TODAY, book_before)

    assert isinstance(book, Guidebook)
    assert isinstance(book_before, Guidebook)
    drawn = {key[:2] for key, pages in book.pages.items() if pages is not book_before.pages[key]}
    assert drawn == {("detention", "ky")}


class Thing:
    pass


def test_what_was_made_of_the_same_things_is_kept() -> None:
    thing, day, made = Thing(), date(2026, 1, 1), []

    def make(thing: Thing, name: str, day: date) -> int:
        made.append((thing, name, day))
        return len(made)

    kept = Kept()
    name = "".join(["a", "b"])
    assert kept.of(make, thing, "ab", day) == kept.of(make, thing, name, date(2026, 1, 1)) == 1
    assert Kept(kept).of(make, thing, "ab", day) == 1
    assert kept.of(make, Thing(), "ab", day) == 2, "another thing, though it looks the same"
    assert kept.of(make, thing, "ab", date(2026, 1, 2)) == 3


def test_what_an_edition_did_not_ask_for_is_let_go() -> None:
    made = []

    def make(name: str) -> list[str]:
        made.append(name)
        return made

    first = Kept()
    first.of(make, "asked once")
    second = Kept(first)
    Kept(second).of(make, "asked once")

    assert made == ["asked once", "asked once"]
