"""A table that came back becomes proposals: nothing is written, and each row says what became of it."""

from pathlib import Path

import pytest

from bot.editorial.edition import edition_of
from bot.editorial.exchange.importing import Outcome, Proposed, import_table, propose_table
from bot.editorial.exchange.row_outcomes import RowOutcome, row_outcomes
from bot.editorial.exchange.table import Returned
from bot.editorial.snapshot import take_snapshot
from bot.editorial.translation_queue import Order, in_order, translation_queue
from tests.support.content import TODAY, ContentFolder
from tests.support.exchange import FORMATS, Translator, exported, through

MEMO, OTHER = "registration-first", "passport-taken"
RU, KY = f"memos/{MEMO}/ru.md", f"memos/{MEMO}/ky.md"
HEADING, PRICE = f"{MEMO}:body-4", f"{MEMO}:body-5"


@pytest.fixture
def translator(content: ContentFolder) -> Translator:
    return Translator(content.root, exported(content.root))


def proposed(folder: Path, table: Returned) -> Proposed:
    snapshot = take_snapshot(folder)
    return propose_table(folder, snapshot, edition_of(snapshot), table, "back.xlf", TODAY)


def by_id(done: Proposed) -> dict[str, RowOutcome]:
    return {one.row.id: one for one in row_outcomes(done.result).rows}


def test_a_proposal_is_what_an_import_would_write_and_writes_nothing(
    content: ContentFolder, translator: Translator
) -> None:
    translator.write(HEADING, "Канча төлөйсүз")
    table = through(translator.table, "back.xlf")
    before = take_snapshot(content.root).files

    found = proposed(content.root, table)

    assert take_snapshot(content.root).files == before
    done = import_table(content.root, table, "back.xlf", TODAY)
    assert done == found.result
    assert {KY: content.read(KY).encode()} == found.files


@pytest.mark.parametrize("file", sorted(FORMATS))
def test_each_row_says_what_became_of_it(
    content: ContentFolder, translator: Translator, file: str
) -> None:
    translator.write(HEADING, "Канча төлөйсүз")
    translator.write(f"{OTHER}:title", "")

    rows = by_id(proposed(content.root, through(translator.table, file)))

    assert rows[HEADING].outcome is Outcome.TAKEN
    assert rows[PRICE].outcome is Outcome.UNCHANGED
    refused = rows[f"{OTHER}:title"]
    assert refused.outcome is Outcome.REFUSED
    assert [one.problem.is_error for one in refused.remarks] == [True]
    assert {one.unit for one in rows.values()} == {MEMO, OTHER}
    assert len(rows) == len(translator.table.rows)


def test_of_hundreds_of_rows_those_are_told_that_say_something(
    content: ContentFolder, translator: Translator
) -> None:
    translator.write(HEADING, "Канча төлөйсүз")

    found = row_outcomes(proposed(content.root, through(translator.table, "back.xlf")).result)

    assert [one.row.id for one in found.telling] == [HEADING]
    assert found.of_no_row == ()


def test_a_file_that_is_none_has_a_remark_of_no_row(content: ContentFolder) -> None:
    read = FORMATS["back.xlsx"][1]

    found = row_outcomes(proposed(content.root, read(b"PK half of a file", "back.xlsx")).result)

    assert found.rows == ()
    assert [one.problem.code for one in found.of_no_row] == ["table-not-workbook"]


def test_a_second_table_goes_on_from_a_draft(
    content: ContentFolder, translator: Translator
) -> None:
    """What lies in a draft and in no file yet is not lost when the next table comes."""
    translator.write(HEADING, "Канча төлөйсүз")
    first = proposed(content.root, through(translator.table, "back.xlf"))
    snapshot = take_snapshot(content.root)
    for file, data in first.files.items():
        snapshot = snapshot.with_file(file, data)
    second = Translator(content.root, exported(content.root))
    second.write(f"{MEMO}:title", "Дарек боюнча катталуу")

    table = through(second.table, "back.xlf")
    edition = edition_of(snapshot)
    found = propose_table(content.root, snapshot, edition, table, "back.xlf", TODAY)

    text = found.files[KY].decode()
    assert "Канча төлөйсүз" in text and "Дарек боюнча катталуу" in text


def test_the_queue_has_what_is_outdated_and_missing(content: ContentFolder) -> None:
    content.replace(RU, "Сколько стоит", "Сколько это стоит")
    (content.root / f"memos/{OTHER}/ky.md").unlink()
    contacts = content.read("contacts.yaml")
    content.write("contacts.yaml", contacts.replace(", ky: ", ", uz: ", 1))
    snapshot = take_snapshot(content.root)

    queue = translation_queue(content.root, edition_of(snapshot), snapshot, "ky")

    assert [(one.memo, one.is_outdated) for one in queue.memos] == [(MEMO, True), (OTHER, False)]
    assert [row.id.partition(":")[0] for row in queue.short] == ["contacts.yaml"]
    oldest = in_order(queue.memos, Order.OLDEST, {})
    assert [one.memo for one in oldest] == [OTHER, MEMO]
    most_read = in_order(queue.memos, Order.MOST_READ, {MEMO: 9, OTHER: 3})
    assert [one.memo for one in most_read] == [MEMO, OTHER]
