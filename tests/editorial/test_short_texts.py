"""Short texts of the YAML files go out to translators and come back, and nothing else in a file changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.editorial.exchange.exporting import Only
from bot.editorial.exchange.importing import Outcome
from bot.editorial.exchange.segments import replaced
from bot.editorial.exchange.short_exporting import export_short_rows, mark_of
from bot.editorial.exchange.short_returning import entry_proposals
from bot.editorial.exchange.short_texts import edit_of, one_line, says_just, short_texts
from bot.editorial.exchange.table import Cells, ReturnedRow, Table, normal
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.editorial.text_file import UNPRINTABLE
from tests.support.bot import REAL_CONTENT
from tests.support.content import ContentFolder
from tests.support.exchange import FORMATS, Translator, errors, outcomes, through, warnings

EMBASSY = "contacts.yaml:kg-embassy"
HELP = "contacts.yaml:rf-112"


def short_table(folder: Path, lang: str = "ky", only: Only = Only.ALL) -> Table:
    return Table("ru", lang, export_short_rows(take_snapshot(folder), "ru", lang, only).rows)


@pytest.fixture
def translator(content: ContentFolder) -> Translator:
    return Translator(content.root, short_table(content.root))


def test_every_kind_of_short_text_has_a_row(content: ContentFolder) -> None:
    content.replace("facts.yaml", "[{value: 27093}]", "[{value: 27093, until: 2027-01-01}]")
    content.replace(
        "facts.yaml",
        "  statement: The host files.",
        "  statement: The host files.\n  values: [{value: {ru: да, en: so}, from: 2026-01-01}]",
    )

    rows = {row.id: row for row in short_table(content.root).rows}

    assert [(row.source, row.target) for row in rows.values() if row.id.startswith(EMBASSY)] == [
        ("Посольство", "Элчилик"),
        ("пн–пт 9:00–18:00", "дш–жм 9:00–18:00"),
    ]
    assert set(rows) >= {
        "guide.yaml:sections/registration/title",
        "sources.yaml:law/title",
        "dangers.yaml:passport-taken/title",
        "dangers.yaml:passport-taken/say",
        "cards.yaml:passport-back/after",
        "regions.yaml:series/wage/about",
        "regions.yaml:regions/perm-territory/name",
        "regions.yaml:regions/perm-territory/cities/perm/name",
        f"{HELP}/for",
    }
    assert rows["cards.yaml:passport-back/meaning"].source == "Верните, пожалуйста, мой паспорт."
    value = rows["facts.yaml:host-files/values/1/value"]
    assert (value.source, value.target, value.part, value.state) == (
        "да",
        "",
        "2026-01-01…",
        "new",
    )
    assert [row.id for row in short_table(content.root, only=Only.MISSING).rows] == [value.id]
    # What is shown to nobody is not translated.
    assert not any("sources.yaml:paper" in name for name in rows)


def test_short_texts_come_back_untouched(content: ContentFolder) -> None:
    assert coming_back_untouched(content.root) > 20


@pytest.mark.slow
def test_the_real_short_texts_come_back_untouched() -> None:
    assert coming_back_untouched(REAL_CONTENT) > 500


def coming_back_untouched(folder: Path) -> int:
    """How many there are."""
    snapshot = take_snapshot(folder)
    rows = export_short_rows(snapshot, "ru", "ky").rows

    returned = through(Table("ru", "ky", rows), "back.xlf")

    assert len(returned.rows) == len(rows)
    for name in sorted({row.id.partition(":")[0] for row in rows}):
        mine = [row for row in returned.rows if row.unit == name]
        asked = entry_proposals(snapshot, "ru", "ky", mine, "back.xlf")
        assert not [one for one in asked if one.edits or one.changes or one.remarks]
    return len(rows)


@pytest.mark.parametrize("lang", ["ky", "tg"])
def test_every_short_text_can_be_changed_or_added_in_its_place(
    content: ContentFolder, lang: str
) -> None:
    every_short_text_can_be_changed(content.root, lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ky", "tg"])
def test_every_real_short_text_can_be_changed_or_added_in_its_place(lang: str) -> None:
    every_short_text_can_be_changed(REAL_CONTENT, lang)


def every_short_text_can_be_changed(folder: Path, lang: str) -> None:
    """All at once: another YAML file, which says just what was asked for."""
    snapshot = take_snapshot(folder)
    for file in sorted(
        {row.id.partition(":")[0] for row in export_short_rows(snapshot, "ru", lang).rows}
    ):
        text = snapshot.text(file) or ""
        texts = short_texts(text, file, "ru")
        new = {one.id: f"Э: {one.base.text} # {{}}" for one in texts}

        after = replaced(text, dict(edit_of(text, one, lang, new[one.id]) for one in texts))

        assert texts
        assert says_just(text, after, [(one, lang, new[one.id]) for one in texts])
        comments = [line for line in text.split("\n") if line.lstrip().startswith("#")]
        assert [line for line in after.split("\n") if line.lstrip().startswith("#")] == comments


@pytest.mark.parametrize(
    ("before", "lang", "new", "after"),
    [
        ("{ru: а, ky: б}", "ky", "в", "{ru: а, ky: в}"),
        ("{ru: а, ky: б}", "ky", "в, г", '{ru: а, ky: "в, г"}'),
        ("{ru: а, ky: б}", "ky", "no", '{ru: а, ky: "no"}'),
        ("{ru: а, ky: б}", "ky", "в: г", '{ru: а, ky: "в: г"}'),
        ("{ru: а, ky: б}", "ky", "12:30", '{ru: а, ky: "12:30"}'),
        ('{ru: "а", ky: "б"}', "ky", "в", '{ru: "а", ky: "в"}'),
        ("{ru: а, ky: 'б'}", "ky", "Д'Арк", "{ru: а, ky: 'Д''Арк'}"),
        ("{ru: а, ky: б}", "en", "c", "{ru: а, ky: б, en: c}"),
        ("{ru: а, ky: 'б',}", "en", "c", "{ru: а, ky: 'б', en: 'c',}"),
        ("{ru: а,\n     ky: б}", "en", "{c}", '{ru: а,\n     ky: б, en: "{c}"}'),
        ("\n    ru: а\n    ky: б  # so", "ky", "в", "\n    ru: а\n    ky: в  # so"),
        ("\n    ru: а\n    ky: б  # so", "en", "c", "\n    ru: а\n    ky: б  # so\n    en: c"),
        ("\n    ru: а\n    ky: б", "en", "yes", '\n    ru: а\n    ky: б\n    en: "yes"'),
        ("\n    ru: а\n    ky: б", "en", "- c", '\n    ru: а\n    ky: б\n    en: "- c"'),
        ("\n    ru: а\n    ky: б", "en", "c # d", '\n    ru: а\n    ky: б\n    en: "c # d"'),
        ("\n    ru: а\n    ky: б", "en", "«c», d", "\n    ru: а\n    ky: б\n    en: «c», d"),
        ("\n    ru: а\n    ky: >-\n      б\n      в", "ky", "г", "\n    ru: а\n    ky: г"),
        ("\n    ru: а\n    ky: б\n      в", "ky", "г", "\n    ru: а\n    ky: г"),
        (
            "\n    ru: а\n    ky: |-\n      б\n",
            "en",
            "c",
            "\n    ru: а\n    ky: |-\n      б\n    en: c\n",
        ),
    ],
)
def test_a_text_is_written_in_the_style_of_its_place(
    before: str, lang: str, new: str, after: str
) -> None:
    frame = "# first\n- id: x\n  name: {}\n\n  # last\n  kind: y\n"
    text = frame.replace("{}", before)
    (one,) = short_texts(text, "contacts.yaml", "ru")

    written = replaced(text, dict([edit_of(text, one, lang, new)]))

    assert written == frame.replace("{}", after)
    assert says_just(text, written, [(one, lang, new)])


LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not UNPRINTABLE.match(c))
WORDS = st.text(LETTERS, min_size=1, max_size=30) | st.text(
    "-#>:*&!|%@`[]{},?\\1. \"'=+~\tno\u202eא👋ң", min_size=1, max_size=12
)
STYLES = (
    "- id: x\n  name: {ru: а, ky: б}\n  for: {ru: в}\n# c\n",
    "- id: x\n  name: {ru: 'а', ky: 'б'} # c\n  for: {ru: \"в\"}\n",
    '- id: x\n  name:\n    ru: а\n    ky: "б"  # c\n  for:\n    ru: в # c\n\n- id: y\n',
    "- id: x\n  name:\n    ru: >-\n      а\n    ky: |\n      б\n\n  for:\n    ru: |\n      в\n",
)


@settings(max_examples=60)
@given(st.sampled_from(STYLES), st.sampled_from(["x/name", "x/for"]), WORDS)
@example(STYLES[0], "x/name", "a: b # c")
@example(STYLES[2], "x/for", "null")
@example(STYLES[2], "x/name", "\ufeffа")
@example(STYLES[1], "x/for", "'")
def test_any_text_is_in_its_place_or_refused(style: str, name: str, text: str) -> None:
    snapshot = Snapshot({"contacts.yaml": style.encode()})
    (one,) = [one for one in short_texts(style, "contacts.yaml", "ru") if one.id == name]
    said = one.said.get("ky")
    mark = mark_of(f"contacts.yaml:{name}", "ky", one.base.text, said.text if said else None)
    row = ReturnedRow(
        f"contacts.yaml:{name}", one.base.text, text, str(mark), 2, Cells("A", "D", "E")
    )

    (asked,) = entry_proposals(snapshot, "ru", "ky", [row], "x")

    new = one_line(normal(text))
    assert bool(asked.edits) == (bool(asked.changes) and not asked.is_refused)
    assert asked.edits or asked.is_refused or new == (said.text if said else "")
    if asked.edits:
        after = replaced(style, asked.edits)
        assert says_just(style, after, [(one, "ky", new)])
        assert after.count("#") - new.count("#") == style.count("#")


@pytest.mark.parametrize("file", sorted(FORMATS))
def test_one_row_changes_one_place(
    content: ContentFolder, translator: Translator, file: str
) -> None:
    translator.file = file
    before = content.read("contacts.yaml")
    translator.write(f"{HELP}/for", "Коркунуч: тез чалыңыз.")

    done = translator.give_back()

    assert (errors(done), warnings(done)) == ([], [])
    assert content.read("contacts.yaml") == before.replace(
        "ky: Коркунуч.", 'ky: "Коркунуч: тез чалыңыз."'
    )
    taken = [one for one in done.entries if one.outcome is not Outcome.UNCHANGED]
    assert [(one.name, one.outcome, one.rows) for one in taken] == [(HELP, Outcome.TAKEN, 1)]
    assert done.memos == ()
    assert set(outcomes(translator.give_back()).values()) == {Outcome.UNCHANGED}  # once more


def test_a_trial_writes_nothing(content: ContentFolder, translator: Translator) -> None:
    before = take_snapshot(content.root).files
    translator.write(f"{HELP}/for", "Коркунуч бар.")

    assert outcomes(translator.give_back(is_trial=True))[HELP] is Outcome.TAKEN
    assert take_snapshot(content.root).files == before


def test_a_missing_language_comes_after_the_others(content: ContentFolder) -> None:
    content.replace(
        "contacts.yaml", "name: {ru: Помощь, ky: Жардам, en: Help}", "name: {ru: Помощь}"
    )
    empty = Translator(content.root, short_table(content.root, only=Only.MISSING))
    assert [row.id for row in empty.table.rows] == [f"{HELP}/name"]
    assert outcomes(empty.give_back()) == {HELP: Outcome.UNCHANGED}

    empty.write(f"{HELP}/name", "Жардам")

    assert errors(empty.give_back()) == []
    assert "name: {ru: Помощь, ky: Жардам}\n" in content.read("contacts.yaml")


def test_line_ends_and_byte_order_mark_stay(content: ContentFolder) -> None:
    path = content.path("contacts.yaml")
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    translator = Translator(content.root, short_table(content.root))
    translator.write(f"{HELP}/name", "Көмөк")

    translator.give_back()

    assert path.read_bytes() == before.replace("Жардам".encode(), "Көмөк".encode())


Spoil = Callable[[ContentFolder, Translator], None]


def write(text: str) -> Spoil:
    return lambda _, translator: translator.write(f"{HELP}/for", text)


def change(**fields: str) -> Spoil:
    return lambda _, translator: translator.change(f"{HELP}/for", **fields)


def write_while(old: str, new: str) -> Spoil:
    """A good row, and somebody else's change of the file after the export."""

    def spoil(content: ContentFolder, translator: Translator) -> None:
        translator.write(f"{HELP}/for", "Коркунуч бар.")
        content.replace("contacts.yaml", old, new)

    return spoil


OTHERS_MARK = str(mark_of(f"{EMBASSY}/name", "ky", "Опасность.", "Коркунуч."))
SPOILT: dict[str, tuple[str, Spoil]] = {
    "empty": ("target-empty", write(" ")),
    "english": ("wrong-script", write("There is danger to life and limb")),
    "source edited": ("source-edited", change(source="Ой")),
    "mark": ("mark-broken", change(mark="x")),
    "mark of another row": ("mark-broken", change(mark=OTHERS_MARK)),
    "a phone": ("phone-in-prose", write("+996312000000 чал")),
    "source moved": ("short-source-moved", write_while("ru: Опасность.", "ru: Беда.")),
    "changed meanwhile": ("changed-meanwhile", write_while("ky: Коркунуч.", "ky: Балээ.")),
}


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_a_spoilt_row_is_named_and_refuses_its_entry_alone(
    content: ContentFolder, translator: Translator, what: str
) -> None:
    code, spoil = SPOILT[what]
    translator.write(f"{HELP}/name", "Көмөк")
    translator.write(f"{EMBASSY}/name", "Кыргыз элчилиги")
    spoil(content, translator)

    done = translator.give_back()

    assert errors(done)[0][1] == code
    where = errors(done)[0][0]
    assert where == f"{HELP}/for"
    assert outcomes(done)[HELP] is Outcome.REFUSED
    assert outcomes(done)[EMBASSY] is Outcome.TAKEN
    assert "Кыргыз элчилиги" in content.read("contacts.yaml")
    assert "Көмөк" not in content.read("contacts.yaml")


def test_an_entry_that_is_gone_and_a_row_that_is_there_twice(
    content: ContentFolder, translator: Translator
) -> None:
    (first, *_) = [row for row in translator.table.rows if row.id.startswith(EMBASSY)]
    translator.table = Table("ru", "ky", (*translator.table.rows, first))
    content.replace("contacts.yaml", "id: ngo-perm", "id: ngo-of-perm")

    done = translator.give_back()

    assert [code for _, code in errors(done)] == ["unknown-short", "row-twice"]


def test_a_file_that_cannot_be_read_is_named(
    content: ContentFolder, translator: Translator
) -> None:
    content.write("cards.yaml", "- id: [")

    done = translator.give_back()

    assert "file-spoiled" in [code for _, code in errors(done)]
    assert outcomes(done)["cards.yaml"] is Outcome.REFUSED
    assert export_short_rows(take_snapshot(content.root), "ru", "ky").left_out == ("cards.yaml",)


def test_a_problem_below_an_added_line_is_said_of_its_own_row(content: ContentFolder) -> None:
    """The lines of a file move when languages are added above."""
    content.replace("cards.yaml", "    en: Please give my passport back.\n", "")
    content.replace(
        "cards.yaml",
        "after: {ru: Не спорьте., ky: Талашпаңыз., en: Do not argue.}",
        "after:\n    ru: Не спорьте.\n    ky: Талашпаңыз.",
    )
    translator = Translator(content.root, short_table(content.root, "en"))
    translator.write("cards.yaml:passport-back/meaning", "Please give it back.")
    translator.write("cards.yaml:passport-back/after", "No quarrel. " * 20)

    done = translator.give_back()

    assert errors(done) == [("cards.yaml:passport-back/after", "card-too-long")]
