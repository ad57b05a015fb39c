"""How checks are used: who began, which questions they reached, how they ended, and where they left."""

import csv
import io
from datetime import timedelta

import pytest

from db.closing import close_days
from db.turns import FinishedTurn, SqlTurns, UsageRow
from tests.web.staff.room import StaffHouse
from tests.web.staff.test_usage_pages import page, table

FLOW = "appeal-by"
# Of twenty who begin, eight leave at the day of the paper and three after looking at their answers.
WAYS = {
    "left at the day": (8, ("flow-started", "flow-asked kind", "flow-asked got")),
    "left at the summary": (
        5,
        ("flow-started", "flow-asked kind", "flow-asked got", "flow-asked summary"),
    ),
    "to the end": (
        7,
        (
            "flow-started",
            "flow-asked kind",
            "flow-asked got",
            "flow-asked summary",
            "flow-ended in-time",
            "date-kept",
        ),
    ),
}


@pytest.fixture
async def used(house: StaffHouse) -> StaffHouse:
    turns, number = SqlTurns(house.room.engine), 0
    at = house.clock() - timedelta(days=1)
    for persons, notes in WAYS.values():
        for _ in range(persons):
            number += 1
            rows = tuple(
                UsageRow(kind, "ky", "kg", f"{FLOW}/{step}" if step else FLOW)
                for kind, _, step in (note.partition(" ") for note in notes)
            )
            turn = FinishedTurn(
                f"person-{number}", "telegram", number, None, {}, False, rows, at,
                lang="ky", citizenship="kg",
            )  # fmt: skip
            await turns.commit(turn)
    await turns.close()
    await close_days(house.room.engine, house.clock())
    return house


async def test_each_check_has_its_beginnings_ends_and_dates(used: StaffHouse) -> None:
    shown = await page(await used.signed_in("editor"), "/checks", period="yesterday")

    assert table(shown, "checks") == [["Appeal", "20", "", "7", "35 %", "7"]]


async def test_questions_stand_in_their_order_with_where_persons_left(used: StaffHouse) -> None:
    shown = await page(await used.signed_in("editor"), "/checks", period="yesterday")

    assert table(shown, f"check-{FLOW}") == [
        ["What were you given?", "20", "100 %", "0"],
        ["When did you get it?", "20", "100 %", "8"],
        ["The answers once more, before the outcome", "12", "60 %", "5"],
        ["✓ You are in time", "7", "35 %", ""],
    ]


async def test_small_groups_are_hidden(used: StaffHouse) -> None:
    turns = SqlTurns(used.room.engine)
    at = used.clock() - timedelta(days=1)
    for number in range(3):
        rows = (UsageRow("flow-asked", "ky", "kg", f"{FLOW}/trips"),)
        await turns.commit(
            FinishedTurn(f"more-{number}", "telegram", 900 + number, None, {}, False, rows, at)
        )
    await turns.close()

    shown = await page(await used.signed_in("editor"), "/checks", period="yesterday")

    cells = {cells[0]: cells[1:] for cells in table(shown, f"check-{FLOW}")}
    assert cells["When were you in Russia?"][0] == "<5"
    assert cells["When were you in Russia?"][2] == "<5"


async def test_other_groups_and_days_are_empty(used: StaffHouse) -> None:
    client = await used.signed_in("editor")

    assert table(await page(client, "/checks", period="today"), "checks") == []
    other = await page(client, "/checks", period="yesterday", lang="ru")
    assert table(other, "checks") == []


async def test_the_tables_are_files_too(used: StaffHouse) -> None:
    client = await used.signed_in("admin")

    one = await client.get(
        "/staff/usage/checks.csv", params={"period": "yesterday", "table": f"check-{FLOW}"}
    )
    book = await client.get("/staff/usage/checks.xlsx", params={"period": "yesterday"})

    rows = list(csv.reader(io.StringIO(one.text)))
    assert rows[1] == ["What were you given?", "20", "100\N{NO-BREAK SPACE}%", "0"]
    assert book.content.startswith(b"PK")


async def test_the_log_calls_events_of_checks_by_their_names(used: StaffHouse) -> None:
    client = await used.signed_in("admin")

    log = await client.get("/staff/usage/log", params={"period": "yesterday"})

    assert "Question of a check shown" in log.text
    assert "Appeal: When did you get it?" in log.text
