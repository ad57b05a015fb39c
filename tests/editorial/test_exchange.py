"""Texts go out to translators and come back: untouched, changed, made anew, outdated, spoiled."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.editorial.edition import Edition, edition_of
from bot.editorial.exchange.exporting import Only, export_rows
from bot.editorial.exchange.importing import Outcome
from bot.editorial.exchange.returning import Proposal, Target, proposal
from bot.editorial.exchange.segments import Segment, replaced, segments_of
from bot.editorial.exchange.table import Cells, Mark, ReturnedRow, RowState, fingerprint
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.editorial.text_file import UNPRINTABLE
from bot.editorial.translation import translation_status
from tests.support.bot import REAL_CONTENT
from tests.support.content import ContentFolder
from tests.support.exchange import (
    FORMATS,
    Translator,
    errors,
    exported,
    outcomes,
    through,
    warnings,
)

MEMO, OTHER = "registration-first", "passport-taken"
RU, KY = f"memos/{MEMO}/ru.md", f"memos/{MEMO}/ky.md"
HEADING, PRICE = f"{MEMO}:body-4", f"{MEMO}:body-5"


@pytest.fixture
def translator(content: ContentFolder) -> Translator:
    return Translator(content.root, exported(content.root))


@pytest.fixture(scope="module")
def real() -> tuple[Edition, Snapshot]:
    return edition_in(REAL_CONTENT)


def edition_in(folder: Path) -> tuple[Edition, Snapshot]:
    snapshot = take_snapshot(folder)
    return edition_of(snapshot), snapshot


def targets(edition: Edition, snapshot: Snapshot, lang: str) -> Iterator[Target]:
    """Every memo with a translation, as an import sees it."""
    for memo in edition.listed_memos:
        base, text = edition.text(memo, "ru"), edition.text(memo, lang)
        if base and text and not edition.memos[memo].spoiled:
            made_from = text.front.value.base
            base_now, now = (snapshot.text(one.file) or "" for one in (base, text))
            yield Target(memo, lang, base.hash, base_now, now, made_from, lambda _: None)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "file"), [("ky", "back.xlsx"), ("en", "back.xlf")])
def test_a_table_nobody_touched_changes_nothing_in_any_memo(
    real: tuple[Edition, Snapshot], lang: str, file: str
) -> None:
    edition, snapshot = real
    memos = [target.memo for target in targets(edition, snapshot, lang)]
    returned = through(export_rows(REAL_CONTENT, edition, snapshot, lang, memos).table, file)
    rows = {memo: [row for row in returned.rows if row.unit == memo] for memo in memos}

    found = [proposal(one, rows[one.memo], file) for one in targets(edition, snapshot, lang)]

    assert found == [Proposal(memo, None) for memo in memos]
    assert len(memos) >= 15


@pytest.mark.parametrize("file", sorted(FORMATS))
def test_a_table_nobody_touched_changes_no_byte(content: ContentFolder, file: str) -> None:
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    before = take_snapshot(content.root).files

    done = Translator(content.root, exported(content.root), file).give_back()

    assert outcomes(done) == {MEMO: Outcome.UNCHANGED, OTHER: Outcome.UNCHANGED}
    assert done.remarks == ()
    assert take_snapshot(content.root).files == before


def test_every_piece_can_be_changed_in_its_place(content: ContentFolder) -> None:
    every_piece_can_be_changed(content.root)


@pytest.mark.slow
def test_every_piece_of_the_real_guide_can_be_changed_in_its_place() -> None:
    every_piece_can_be_changed(REAL_CONTENT)


def every_piece_can_be_changed(folder: Path) -> None:
    edition, snapshot = edition_in(folder)
    for target in targets(edition, snapshot, "ky"):
        rows = export_rows(folder, edition, snapshot, "ky", [target.memo]).table.rows
        changed = [
            ReturnedRow(r.id, r.source, f"{r.target} э", str(r.mark), 2, Cells("", "", ""))
            for r in rows
        ]

        found = proposal(target, changed, "x")

        assert target.text
        assert found.text, found.remarks
        before, after = segments_of(target.text), segments_of(found.text)
        assert [(p.name, p.kind, p.part, f"{p.text} э") for p in before] == [
            (p.name, p.kind, p.part, p.text) for p in after
        ]
        assert between(found.text, after) == between(target.text, before)


def between(text: str, pieces: tuple[Segment, ...]) -> str:
    """The text without its pieces, and without the hash of its base text."""
    rest = replaced(text, {(piece.start, piece.end): "" for piece in pieces})
    return re.sub(r"base: .*", "", rest)


@pytest.mark.parametrize("file", sorted(FORMATS))
def test_one_row_changes_one_line(
    content: ContentFolder, translator: Translator, file: str
) -> None:
    translator.file = file
    before = content.read(KY).split("\n")
    translator.write(HEADING, "Канча төлөйсүз")

    done = translator.give_back()

    after = content.read(KY).split("\n")
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("## Канча турат", "## Канча төлөйсүз")
    ]
    assert outcomes(done) == {MEMO: Outcome.TAKEN, OTHER: Outcome.UNCHANGED}


def test_a_trial_says_the_same_and_writes_nothing(
    content: ContentFolder, translator: Translator
) -> None:
    before = take_snapshot(content.root).files
    translator.write(HEADING, "Канча төлөйсүз")

    done = translator.give_back(is_trial=True)

    assert outcomes(done)[MEMO] is Outcome.TAKEN
    assert take_snapshot(content.root).files == before


def test_title_with_a_colon(content: ContentFolder, translator: Translator) -> None:
    translator.write(f"{MEMO}:title", 'Каттоо: "дарек" боюнча')

    done = translator.give_back()

    text = content.edition().text(MEMO, "ky")
    assert errors(done) == []
    assert text
    assert text.front.value.title == 'Каттоо: "дарек" боюнча'


def test_a_missing_translation_becomes_a_file(
    content: ContentFolder, translator: Translator
) -> None:
    original = content.read(KY)
    words = {row.id: row.target for row in translator.table.rows}
    content.path(KY).unlink()
    empty = Translator(content.root, exported(content.root, only=Only.MISSING), translator.file)
    assert {row.target for row in empty.table.rows} == {""}
    assert {row.state for row in empty.table.rows} == {RowState.NEW}

    half = [row.id for row in empty.table.rows][:4]
    for name in half:
        empty.write(name, words[name])
    assert outcomes(empty.give_back()) == {MEMO: Outcome.REFUSED}
    assert not content.path(KY).exists()

    for row in empty.table.rows:
        empty.write(row.id, words[row.id])
    done = empty.give_back()

    assert errors(done) == []
    assert outcomes(empty.give_back()) == {MEMO: Outcome.UNCHANGED}  # the same file once more
    assert [(p.kind, p.part, p.text) for p in segments_of(content.read(KY))] == [
        (p.kind, p.part, p.text) for p in segments_of(original)
    ]
    assert MEMO in translation_status(content.edition())["ky"].complete


def test_an_outdated_translation_says_what_changed_and_takes_new_pieces(
    content: ContentFolder, translator: Translator
) -> None:
    record(content.root)
    content.replace(RU, "Сколько стоит\n", "Сколько это стоит\n\nСначала спросите в отделе.\n\n")
    outdated = Translator(
        content.root, exported(content.root, only=Only.OUTDATED), translator.file
    )
    states = {row.id: row.state for row in outdated.table.rows}
    assert states[f"{MEMO}:body-4"] is RowState.CHANGED
    assert outdated.row(f"{MEMO}:body-4").note == "Сколько {+это +}стоит"
    assert states[f"{MEMO}:body-5"] is RowState.NEW
    assert states[f"{MEMO}:body-6"] is RowState.TRANSLATED

    outdated.write(f"{MEMO}:body-4", "Бул канча турат")
    assert errors(outdated.give_back())[0][1] == "target-empty"
    outdated.write(f"{MEMO}:body-5", "Адегенде бөлүмдөн сураңыз.")
    done = outdated.give_back()

    assert errors(done) == []
    assert "## Бул канча турат\n\nАдегенде бөлүмдөн сураңыз.\n\n- Патент" in content.read(KY)
    assert MEMO in translation_status(content.edition())["ky"].complete
    assert outcomes(outdated.give_back()) == {MEMO: Outcome.UNCHANGED}  # the same file once more


def test_a_text_made_anew_does_not_undo_what_somebody_else_wrote_meanwhile(
    content: ContentFolder, translator: Translator
) -> None:
    content.replace(RU, "Сколько стоит\n", "Сколько это стоит\n\nСначала спросите в отделе.\n\n")
    outdated = Translator(content.root, exported(content.root), translator.file)
    outdated.write(f"{MEMO}:body-5", "Адегенде бөлүмдөн сураңыз.")
    content.replace(KY, "## Канча турат", "## Баасы")

    assert [code for _, code in errors(outdated.give_back())] == ["changed-meanwhile"]
    assert "## Баасы" in content.read(KY)


def test_what_only_the_translation_says_is_kept_when_pieces_come(
    content: ContentFolder, translator: Translator
) -> None:
    content.replace(KY, "> «Зарег", "Орусча айтыңыз, мааниси төмөндө:\n\n> «Зарег")
    content.replace(RU, "Сколько стоит\n", "Сколько это стоит\n\nСначала спросите в отделе.\n\n")
    again = Translator(content.root, exported(content.root), translator.file)
    (extra,) = [row for row in again.table.rows if row.state is RowState.ONLY_HERE]
    assert (extra.source, extra.target) == ("", "Орусча айтыңыз, мааниси төмөндө:")

    again.write(f"{MEMO}:body-5", "Адегенде бөлүмдөн сураңыз.")
    assert errors(again.give_back()) == []
    assert "Орусча айтыңыз, мааниси төмөндө:\n\n> «Зарег" in content.read(KY)

    last = Translator(content.root, exported(content.root), translator.file)
    (extra,) = [row for row in last.table.rows if row.state is RowState.ONLY_HERE]
    last.write(extra.id, "")
    assert errors(last.give_back()) == []
    assert "Орусча" not in content.read(KY)


def test_a_base_text_that_moved_meanwhile_leaves_the_translation_outdated(
    content: ContentFolder, translator: Translator
) -> None:
    record(content.root)
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    translator.write(HEADING, "Канча төлөйсүз")

    done = translator.give_back()

    assert ("base-moved" in [code for _, code in warnings(done)]) is True
    assert done.memos[0].is_outdated
    assert "Канча төлөйсүз" in content.read(KY)
    assert MEMO in translation_status(content.edition())["ky"].outdated


def test_a_changed_source_with_an_old_translation_is_a_doubt(
    content: ContentFolder, translator: Translator
) -> None:
    record(content.root)
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    again = Translator(content.root, exported(content.root), translator.file)
    again.write(f"{MEMO}:title", "Дарек боюнча каттоо мөөнөтү")

    assert [code for _, code in warnings(again.give_back())] == ["untouched"]


def test_somebody_else_changed_the_translation_meanwhile(
    content: ContentFolder, translator: Translator
) -> None:
    content.replace(KY, "## Канча турат", "Жаңы абзац.\n\n## Канча турат")
    translator.write(HEADING, "Канча төлөйсүз")
    assert errors(translator.give_back()) == []  # another place: both are kept
    assert "Жаңы абзац.\n\n## Канча төлөйсүз" in content.read(KY)

    translator.write(HEADING, "Баасы")
    assert [code for _, code in errors(translator.give_back())] == ["changed-meanwhile"]
    assert "## Канча төлөйсүз" in content.read(KY)


SPOILT: dict[str, tuple[str, Callable[[Translator], None]]] = {
    "empty": ("target-empty", lambda t: t.write(HEADING, "  ")),
    "fact lost": ("fact-lost", lambda t: t.write(PRICE, "Патент: кымбат.")),
    "fact invented": (
        "fact-invented",
        lambda t: t.write(HEADING, "Канча турат {late-fine}"),
    ),
    "fact misspelt": ("fact-lost", lambda t: t.write(PRICE, "Патент: {patent-prise}.")),
    "form unknown": ("unknown-form", lambda t: t.write(PRICE, "Патент: {patent-price|x}.")),
    "source edited": ("source-edited", lambda t: t.change(HEADING, source="Цена")),
    "mark": ("mark-broken", lambda t: t.change(HEADING, mark="x")),
    "unknown piece": ("unknown-id", lambda t: t.change(HEADING, id=f"{MEMO}:body-99")),
    "row gone": ("rows-missing", lambda t: t.drop(f"{MEMO}:body-1")),
    "a list": ("broken-markdown", lambda t: t.write(PRICE, "1. Патент: {patent-price}.")),
    "a part": ("broken-markdown", lambda t: t.write(f"{MEMO}:body-12", "::: for kg")),
    "html": ("unsupported-markdown", lambda t: t.write(HEADING, "Канча <b>турат</b>")),
    "half of bold": ("bold-open", lambda t: t.write(HEADING, "**Канча турат")),
    "english": ("wrong-script", lambda t: t.write(HEADING, "What it costs for everybody")),
    "a bare number": ("number-of-fact", lambda t: t.write(HEADING, "Канча турат: 30 күн")),
    "long title": ("title-too-long", lambda t: t.write(f"{MEMO}:title", "Каттоо " * 12)),
}


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_a_spoilt_row_is_named_and_refuses_its_memo_alone(
    content: ContentFolder, translator: Translator, what: str
) -> None:
    code, spoil = SPOILT[what]
    before = content.read(KY)
    translator.write(f"{OTHER}:title", "Паспортту алып коюшту")
    spoil(translator)

    done = translator.give_back()

    assert code in [found for _, found in errors(done)]
    assert all(r.problem.line > 1 and r.where for r in done.remarks)
    assert outcomes(done) == {MEMO: Outcome.REFUSED, OTHER: Outcome.TAKEN}
    assert content.read(KY) == before
    assert "Паспортту алып коюшту" in content.read(f"memos/{OTHER}/ky.md")


def test_a_row_is_named_as_the_translator_sees_it(content: ContentFolder) -> None:
    places = {}
    for file in FORMATS:
        translator = Translator(content.root, exported(content.root), file)
        translator.write(PRICE, "Патент: кымбат.")
        places[file] = errors(translator.give_back())[0][0]

    assert places == {"back.xlsx": "E8", "back.xlf": PRICE}


def test_a_name_the_glossary_forbids_is_a_warning(
    content: ContentFolder, translator: Translator
) -> None:
    translator.write(HEADING, "Эсепке туруу канча турат")

    done = translator.give_back()

    assert [code for _, code in warnings(done)] == ["forbidden-wording"]
    assert outcomes(done)[MEMO] is Outcome.TAKEN


def test_a_lost_part_is_named_with_whom_it_is_for(
    content: ContentFolder, translator: Translator
) -> None:
    translator.drop(f"{MEMO}:body-1")

    (remark,) = translator.give_back().remarks

    assert dict(remark.problem.values)["names"] == "body-1 (for kg)"


def test_an_unknown_memo_and_a_language_that_is_none(
    content: ContentFolder, translator: Translator
) -> None:
    returned = through(translator.table, translator.file)
    (first, *_) = returned.rows
    content.path(f"memos/{OTHER}").rename(content.path("memos/elsewhere"))

    done = translator.give_back()

    assert [code for _, code in errors(done)] == ["unknown-memo"]
    assert first.unit == MEMO
    german = exported(content.root)
    stranger = Translator(content.root, type(german)("ru", "de", german.rows), translator.file)
    assert [code for _, code in errors(stranger.give_back())] == ["table-language"]


def test_line_ends_and_byte_order_mark_stay(
    content: ContentFolder, translator: Translator
) -> None:
    path = content.path(KY)
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    again = Translator(content.root, exported(content.root), translator.file)
    again.write(HEADING, "Канча төлөйсүз")

    again.give_back()

    expected = before.replace("Канча турат".encode(), "Канча төлөйсүз".encode())
    assert path.read_bytes() == expected


WHOLE = """---
title: Т
summary: С
---

::: for all
%s
:::

- п
- ч

> ц
"""
LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not UNPRINTABLE.match(c))


@settings(max_examples=100)
@given(
    st.sampled_from(["title", "summary", "body-1", "body-3", "body-4"]),
    st.text(LETTERS, min_size=1, max_size=40) | st.text("-#>:*_`[]()<&{}\\1. \"'=+@|~\u202eא👋ң"),
)
@example("title", "a: b # c")
@example("title", "no")
@example("body-1", "::: for kg")
@example("body-3", "- x")
@example("body-4", "\ufeffמה & <x>")
def test_any_text_is_in_its_place_or_refused(name: str, text: str) -> None:
    """Whatever is written into a row is found there again, with all else as it was, or an error says why not."""
    old = WHOLE % "а"
    pieces = segments_of(old)
    base = "0" * 12
    rows = [
        ReturnedRow(
            id=f"{MEMO}:{piece.name}",
            source=piece.text,
            target=text if piece.name == name else piece.text,
            mark=str(
                Mark(
                    base,
                    number,
                    len(pieces),
                    piece.name,
                    fingerprint(piece.text),
                    fingerprint(piece.text),
                )
            ),
            line=number,
            cells=Cells("A", "D", "E"),
        )
        for number, piece in enumerate(pieces, 1)
    ]

    found = proposal(Target(MEMO, "xx", base, old, old, base, lambda _: None), rows, "x")

    if found.text is None:
        changed = found.rows != ()
        assert changed == any(remark.problem.is_error for remark in found.remarks)
        return
    after = {piece.name: piece for piece in segments_of(found.text)}
    said = after[name].text
    assert said.split() == text.split()
    assert {n: p.text for n, p in after.items() if n != name} == {
        p.name: p.text for p in pieces if p.name != name
    }
    assert between(found.text, tuple(after.values())).split() == between(old, pieces).split()


def record(folder: Path) -> None:
    who = ("-c", "user.name=Staff", "-c", "user.email=staff@example.org")
    for command in (("init", "-q"), ("add", "--all"), ("commit", "-qm", "Write")):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
