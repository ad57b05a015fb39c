"""How much the bot is used, as editors and admins see it; and that nobody can be told from it."""

import csv
import io
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from lxml import html
from openpyxl import load_workbook

from bot.guide.citizenship import Citizenship
from db.closing import close_days
from db.turns import Answered, FinishedTurn, SqlTurns, UsageRow
from tests.web.staff.room import StaffHouse

REPORTS = ("", "/people", "/memos", "/questions", "/help", "/service")
MEMO = "registration-first"


@pytest.fixture
async def used(house: StaffHouse) -> StaffHouse:
    """Two days that are over and the morning of today. Each person reads a memo, asks, and votes."""
    turns = SqlTurns(house.room.engine)
    number = 0
    for back, groups in (
        (2, {("ky", "kg"): 6}),
        (1, {("ky", "kg"): 11, ("ru", "uz"): 7, ("ru", "tj"): 2}),
        (0, {("ky", "kg"): 5, ("en", "visa"): 5}),
    ):
        at = house.clock() - timedelta(days=back)
        for (lang, citizenship), persons in groups.items():
            for _ in range(persons):
                number += 1
                kinds = (
                    ("memo-read", MEMO), ("question-answered", MEMO), ("question-helped", MEMO),
                    ("question-unsure", None), ("danger-shown", "detained"), ("hotlines-opened", None),
                )  # fmt: skip
                rows = tuple(UsageRow(kind, lang, citizenship, of) for kind, of in kinds)
                await turns.commit(
                    FinishedTurn(
                        f"person-{number}", "telegram", number, None, {}, False, rows, at,
                        lang=lang, citizenship=citizenship,
                    )
                )  # fmt: skip
                await turns.sent("telegram", number, Answered(at, 0.012))
    turns.failed("store", house.clock() - timedelta(days=1))
    await turns.sent("telegram", 1)
    await turns.close()
    await close_days(house.room.engine, house.clock())
    return house


async def page(client: httpx.AsyncClient, path: str = "", **parameters: str) -> html.HtmlElement:
    answer = await client.get(f"/staff/usage{path}", params=parameters)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def figures(shown: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """The numbers at the top with what they were before, by name."""
    return {
        text(one.find(".//dt")): (
            text(one.find(".//strong")),
            text(one.find_class("before")[0]).removeprefix("before: "),
        )
        for one in shown.find_class("figure")
    }


def memo_title(house: StaffHouse) -> str:
    catalogue = house.room.served()
    lang = "en" if "en" in catalogue.languages else catalogue.base_language
    memo = catalogue.memo(MEMO, lang, Citizenship.KG)
    assert memo is not None
    return memo.title


def table(shown: html.HtmlElement, name: str) -> list[list[str]]:
    [section] = shown.xpath(f"//section[h2[@id='{name}']]")
    return [[text(cell) for cell in row.xpath("./*")] for row in section.xpath(".//tbody/tr")]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


class TestReports:
    async def test_numbers_stand_beside_those_of_the_period_before(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        shown = figures(await page(client, period="yesterday"))

        assert shown["Persons a day, on average"] == ("20", "6")
        assert shown["Memo opened"] == ("20", "6")
        assert shown["Question: no sure answer"] == ("20", "6")
        assert shown["“Yes, this was it”"] == ("20", "6")
        assert shown["Help lines opened"] == ("20", "6")
        assert shown["Urgent card"] == ("20", "6")

    async def test_today_is_counted_as_it_goes_on(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        shown = figures(await page(client, period="today"))

        assert shown["Persons a day, on average"] == ("10", "20")

    async def test_a_memo_has_its_reads_and_votes(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        rows = table(await page(client, "/memos", period="week"), "memos")

        assert rows == [[memo_title(used), "26", "", "26", "26", "0", "100 %"]]

    async def test_response_time_and_failures(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        shown = await page(client, "/service", period="this-month")

        assert figures(shown)["Half of the answers within"][0] == "15 ms"
        assert figures(shown)["Answers sent"][0] == "36"
        assert table(shown, "failures") == [["the database did not answer", "1"]]

    @pytest.mark.parametrize("path", REPORTS)
    async def test_a_period_without_anything_is_a_page_too(
        self, house: StaffHouse, path: str
    ) -> None:
        client = await house.signed_in("editor")
        asked = {"period": "own", "from": "2020-01-01", "to": "2026-11-01", "memo": "gone"}

        shown = await page(client, path, **asked)

        assert len(shown.xpath("//h1")) == 1

    async def test_dates_that_make_no_sense_are_told(self, house: StaffHouse) -> None:
        client = await house.signed_in("editor")

        shown = await page(client, **{"period": "own", "from": "2026-12-01", "to": "2026-01-01"})

        [problem] = shown.find_class("problem")
        assert "must not be after" in text(problem)


class TestSmallGroups:
    async def test_two_are_told_with_others(self, used: StaffHouse) -> None:
        """Two from Tajikistan wrote in Russian; alone they would be all of whom the language and not more is told."""
        client = await used.signed_in("editor")

        shown = await page(client, "/people", period="yesterday")

        assert [row[:2] for row in table(shown, "citizenships")] == [
            ["Kyrgyzstan", "11"],
            ["small groups together", "9"],
        ]
        assert [row[1] for row in table(shown, "languages")] == ["11", "9"]

    async def test_nobody_finds_them_by_asking_for_them(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")
        asked = {"period": "week", "citizenship": "tj"}

        assert figures(await page(client, **asked))["Memo opened"][0] == "0"
        assert not table_or_nothing(await page(client, "/log", **asked))
        exported = (await client.get("/staff/usage/log.csv", params={"period": "week"})).text
        assert ",tj," not in exported

    async def test_a_day_that_goes_on_tells_no_group(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        shown = await page(client, "/people", period="today")
        assert "not told yet" in text(shown.find_class("usage-table")[0])
        asked = await page(client, period="today", lang="ky")
        assert figures(asked)["Memo opened"][0] == "0"

    async def test_a_small_number_is_hidden_and_so_is_its_change(self, house: StaffHouse) -> None:
        turns = SqlTurns(house.room.engine)
        at = house.clock() - timedelta(days=1)
        for number in range(3):
            rows = (UsageRow("hotlines-opened", "ky", "kg"),)
            await turns.commit(
                FinishedTurn(f"p{number}", "telegram", number, None, {}, False, rows, at)
            )
        await turns.close()
        client = await house.signed_in("admin")

        shown = await page(client, "/help", period="yesterday")

        assert figures(shown)["Help lines opened"] == ("<5", "0")
        assert table(shown, "help")[0][1] == "<5"
        file = await client.get("/staff/usage/help.csv", params={"period": "yesterday"})
        assert list(csv.reader(io.StringIO(file.text)))[1][1] == "<5"


def table_or_nothing(shown: html.HtmlElement) -> list[html.HtmlElement]:
    rows: list[html.HtmlElement] = shown.xpath("//tbody/tr")
    return rows


class TestCharts:
    @pytest.mark.parametrize("path", REPORTS)
    async def test_a_chart_has_a_name_a_description_and_its_numbers_in_a_table(
        self, used: StaffHouse, path: str
    ) -> None:
        client = await used.signed_in("editor")

        shown = await page(client, path, period="this-month")

        charts = shown.xpath("//svg[@role='img']")
        assert charts
        for chart in charts:
            named = chart.get("aria-labelledby").split()
            assert [text(chart.get_element_by_id(one)) for one in named] == [
                text(chart.find("title")),
                text(chart.find("desc")),
            ]
            [section] = chart.xpath("ancestor::section")
            cells = {text(cell) for cell in section.xpath(".//tbody//*[self::td or self::th]")}
            values = re.findall(r": ([\d,.]+)(?: ms)?</title>", html.tostring(chart).decode())
            assert {value for value in values if f"{value} ms" not in cells} <= cells
        assert shown.xpath("//*[@style]") == []
        ids = shown.xpath("//@id")
        assert len(ids) == len(set(ids))


class TestFiles:
    async def test_a_table_as_csv(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")

        answer = await client.get(
            "/staff/usage/people.csv", params={"period": "yesterday", "table": "citizenships"}
        )

        rows = list(csv.reader(io.StringIO(answer.text)))
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert 'filename="joldosh-people-citizenships-' in answer.headers["content-disposition"]
        assert [row[:2] for row in rows[1:]] == [
            ["Kyrgyzstan", "11"],
            ["small groups together", "9"],
        ]

    async def test_all_tables_as_xlsx(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")

        answer = await client.get("/staff/usage/people.xlsx", params={"period": "yesterday"})

        book = load_workbook(io.BytesIO(answer.content))
        assert book.sheetnames == ["languages", "citizenships"]
        assert [cell.value for cell in book["citizenships"][2]][:2] == ["Kyrgyzstan", 11]

    async def test_there_is_no_file_of_a_table_that_is_not_there(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")

        assert (await client.get("/staff/usage/memos.csv?table=gone")).status_code == 404

    async def test_editors_look_and_take_no_files(self, used: StaffHouse) -> None:
        client = await used.signed_in("editor")

        answer = await client.get("/staff/usage/memos")
        assert ".csv" not in answer.text
        assert ".xlsx" not in answer.text
        for path in ("memos.csv", "memos.xlsx", "log", "log.csv", "log.xlsx"):
            assert (await client.get(f"/staff/usage/{path}")).status_code == 403


class TestLog:
    async def test_it_has_hours_and_no_groups_of_today(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")

        rows = table_or_nothing(await page(client, "/log", period="this-month"))

        first, last = ([text(cell) for cell in rows[at].xpath("./td")] for at in (0, -1))
        assert first[0] == "24 Nov 2026, 12:00"
        assert first[2:4] == ["told when the day is over"] * 2
        assert last[0] == "23 Nov 2026, 12:00"
        assert last[3] in {"Kyrgyzstan", "small groups together"}

    async def test_paging_shows_every_event_once(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")
        path: str | None = "/staff/usage/log?period=this-month"
        seen = 0
        kinds: Counter[str] = Counter()
        while path:
            shown = html.fromstring((await client.get(path)).text)
            rows = table_or_nothing(shown)
            seen += len(rows)
            kinds.update(text(row.xpath("./td")[1]) for row in rows)
            older = [a for a in shown.iter("a") if text(a) == "Older"]
            path = older[0].get("href") if older else ""
            assert seen <= 6 * 36

        assert seen == 6 * 36
        assert set(kinds.values()) == {36}

    async def test_it_can_be_asked_for_one_thing(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")
        asked = {"period": "this-month", "kind": "memo-read", "memo": MEMO, "citizenship": "kg"}

        rows = table_or_nothing(await page(client, "/log", **asked))

        assert len(rows) == 11 + 6
        assert {text(row.xpath("./td")[3]) for row in rows} == {"Kyrgyzstan"}

    @pytest.mark.parametrize("after", ["", "x.y", "1.2.3", "9" * 40 + ".1", "1." + "9" * 40])
    async def test_a_place_that_is_none_is_the_beginning(
        self, used: StaffHouse, after: str
    ) -> None:
        client = await used.signed_in("admin")

        rows = table_or_nothing(await page(client, "/log", period="this-month", after=after))

        assert len(rows) == 100

    async def test_as_files_it_is_whole(self, used: StaffHouse) -> None:
        client = await used.signed_in("admin")
        asked = {"period": "this-month"}

        written = (await client.get("/staff/usage/log.csv", params=asked)).text
        rows = list(csv.DictReader(io.StringIO(written)))
        book = load_workbook(
            io.BytesIO((await client.get("/staff/usage/log.xlsx", params=asked)).content)
        )

        assert len(rows) == 6 * 36
        assert book["log"].max_row == 1 + 6 * 36
        assert {row["language"] for row in rows if row["hour"].startswith("2026-11-24")} == {
            "not-told"
        }
        moment = datetime.strptime(rows[0]["hour"], "%Y-%m-%dT%H:00Z").replace(tzinfo=UTC)
        assert moment == used.clock() - timedelta(days=2)

    async def test_what_is_too_long_for_a_sheet_is_told(
        self, used: StaffHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.web.staff.usage.log_pages.MOST_SHEET_ROWS", 100)
        client = await used.signed_in("admin")

        answer = await client.get("/staff/usage/log.xlsx", params={"period": "this-month"})

        assert answer.status_code == 413
        assert "Too many rows" in answer.text
