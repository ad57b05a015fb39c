"""The commands as other programs and people call them: what they print, and how they end."""

import asyncio
import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.guide.citizenship import Citizenship
from tests.support.bot import REAL_CONTENT, SMALL_CONTENT, open_bot

FIFTEEN = {
    "border-crossing",
    "migration-card",
    "stay-limits",
    "registration-first",
    "registration-extend",
    "work-eaeu",
    "work-patent",
    "employment-contract",
    "contract-end",
    "police-check",
    "unpaid-wages",
    "passport-taken",
    "fines-and-expulsion",
    "hotlines",
    "embassies-consulates",
}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder of its own, and a command line that knows nothing else of this machine."""
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(SMALL_CONTENT, tmp_path / "content")
    monkeypatch.setenv("JOLDOSH_CONTENT_DIR", str(folder))
    monkeypatch.setenv("JOLDOSH_DATABASE_URL", f"sqlite:///{tmp_path}/joldosh.db")
    monkeypatch.setenv("JOLDOSH_SEARCH_BY_MEANING", "false")
    for name in ("BOT_TOKEN", "LISTEN", "REDIS_URL", "WEBHOOK_URL", "SECRET_KEY"):
        monkeypatch.delenv(f"JOLDOSH_{name}", raising=False)
    return folder


@pytest.fixture
def real_content(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOLDOSH_CONTENT_DIR", str(REAL_CONTENT))
    return REAL_CONTENT


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli.app, arguments, input=stdin)


def printed_json(*arguments: str) -> Any:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def assert_answers(dump: Any, lang: str) -> None:
    """Each memo of each section is there, whole and in this language."""
    assert dump.keys() >= {"sections", "memos", "contacts", "facts", "flows"}
    memos = {memo["id"]: memo for memo in dump["memos"]}
    assert memos
    assert {memo_id for section in dump["sections"] for memo_id in section["memos"]} == set(memos)
    for memo in memos.values():
        assert memo.keys() >= {
            "id",
            "section",
            "title",
            "pages",
            "sources",
            "checked",
            "lang",
            "fallback",
        }
        assert (memo["lang"], memo["fallback"]) == (lang, False)
        assert memo["pages"][0].startswith(memo["title"])
        assert all(memo["pages"])
        assert memo["sources"]


class TestContent:
    def test_good_content_ends_with_status_0(self, content: Path) -> None:
        result = run("content", "check")

        assert result.exit_code == 0
        assert "0 errors" in result.output

    def test_a_problem_has_file_line_and_hint_and_ends_with_status_1(self, content: Path) -> None:
        text = content / "memos" / "work-patent" / "ru.md"
        text.write_text(text.read_text().replace("{patent-price}", "{patent-prise}"))

        result = run("content", "check")
        problems = json.loads(run("content", "check", "--json").stdout)

        assert result.exit_code == 1
        line = next(line for line in result.stdout.splitlines() if "patent-prise" in line)
        assert line.startswith(f"{text}:")
        assert "patent-price?" in line
        (unknown,) = [one for one in problems if "patent-prise" in one["message"]]
        assert unknown.keys() == {"file", "line", "severity", "code", "message"}
        assert (unknown["file"], unknown["severity"]) == (str(text), "error")

    def test_a_dump_answers_a_reader(self, content: Path) -> None:
        dump = printed_json("content", "dump", "--json", "--lang", "ru", "--citizenship", "kg")

        assert_answers(dump, "ru")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("lang", "citizenship"),
        [("ru", Citizenship.KG), ("ky", Citizenship.UZ), ("en", Citizenship.OTHER_VISA_FREE)],
    )
    def test_the_published_guidance_answers_every_reader(
        self, real_content: Path, lang: str, citizenship: Citizenship
    ) -> None:
        dump = printed_json(
            "content", "dump", "--json", "--lang", lang, "--citizenship", citizenship
        )

        assert_answers(dump, lang)
        assert {memo["id"] for memo in dump["memos"]} >= FIFTEEN

    @pytest.mark.parametrize(("day", "price"), [("2026-12-31", "8,900"), ("2027-01-01", "10,000")])
    def test_two_days_around_a_change_show_the_two_values(
        self, content: Path, day: str, price: str
    ) -> None:
        dump = printed_json(
            "content", "dump", "--json", "--lang", "en", "--citizenship", "uz", "--as-of", day
        )

        (fact,) = [fact for fact in dump["facts"] if fact["id"] == "patent-price"]
        assert fact["text"] == f"{price} roubles"

    def test_a_memo_is_shown_as_a_reader_sees_it(self, content: Path) -> None:
        shown = run("content", "show", "registration-first", "--lang", "en", "--citizenship", "az")

        assert "within 7 working days" in shown.stdout
        assert "Checked on 03.11.2026" in shown.stdout

    @pytest.mark.parametrize(
        ("arguments", "hint"),
        [
            (("show", "no-such-memo"), "registration-first"),
            (("show", "hotlines", "--lang", "de"), "ru, ky, en"),
            (("show", "hotlines", "--citizenship", "atlantis"), "other-visa-free"),
            (("show", "hotlines", "--as-of", "tomorrow"), "2027-01-01"),
        ],
    )
    def test_a_wrong_argument_is_told_what_would_be_right(
        self, content: Path, arguments: tuple[str, ...], hint: str
    ) -> None:
        result = run("content", *arguments)

        assert result.exit_code == 2
        assert hint in " ".join(result.output.replace("│", " ").split())

    def test_status_tells_translations_and_what_is_due(self, content: Path) -> None:
        status = printed_json("content", "status", "--json")

        assert status["languages"]["ky"]["outdated"] == ["passport-taken"]
        assert status["languages"]["en"]["missing"] == ["work-patent"]
        assert "Translations on" in run("content", "status").stdout

    def test_status_lists_the_oldest_and_on_demand_everything(self, content: Path) -> None:
        facts = printed_json("content", "dump")["facts"]

        few, everything = run("content", "status").stdout, run("content", "status", "--all").stdout

        assert "--all shows the rest" in few
        assert len(few.splitlines()) < len(everything.splitlines())
        assert all(fact["id"] in everything for fact in facts)

    def test_review_lists_what_hangs_on_a_thing(self, content: Path) -> None:
        (found,) = printed_json("content", "review", "patent-price", "--json")
        printed = run("content", "review", "patent-price").stdout

        assert found["kind"] == "fact"
        assert found["mentions"]
        for mention in found["mentions"]:
            assert f"{mention['file']}:{mention['line']}: " in printed
        assert run("content", "review", "patent-prize").exit_code == 2

    def test_problems_are_counted_by_rule(self, content: Path) -> None:
        result = run("content", "check")
        problems = printed_json("content", "check", "--json")

        code = problems[0]["code"]
        count = sum(problem["code"] == code for problem in problems)
        assert f"{count:5} {code}" in result.stdout

    def test_accepting_a_translation_makes_it_current(self, content: Path) -> None:
        assert run("content", "accept", "passport-taken", "--lang", "ky").exit_code == 0

        status = printed_json("content", "status", "--json")
        assert status["languages"]["ky"]["outdated"] == []


class TestAsk:
    def test_a_line_in_a_line_out(self, content: Path) -> None:
        questions = [
            {
                "id": "1",
                "lang": "ru",
                "citizenship": "kg",
                "text": "сколько дней можно без регистрации",
            },
            {"id": "2", "lang": "ru", "citizenship": "any", "text": "начальник забрал паспорт"},
            {"id": "3", "lang": "en", "citizenship": "uz", "text": "%%% 👋"},
        ]
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions)

        answers = [
            json.loads(line) for line in run("ask", "--jsonl", stdin=lines).stdout.splitlines()
        ]

        assert [one["id"] for one in answers] == ["1", "2", "3"]
        assert answers[0]["results"][0] == "registration-first"
        assert (answers[0]["urgent"], answers[1]["urgent"]) == (False, True)
        assert answers[2] == {"id": "3", "results": [], "urgent": False, "no_answer": True}

    def test_a_broken_line_is_named_and_the_others_are_answered_before(
        self, content: Path
    ) -> None:
        result = run("ask", "--jsonl", stdin='{"id": "1", "text": "патент"}\nnot json\n')

        assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["1"]
        assert "line 2" in str(result.exception)

    def test_one_question_is_answered_as_a_person_reads_it(self, content: Path) -> None:
        answer = run("ask", "сколько дней можно без регистрации", "--citizenship", "uz")

        assert "за 15 дней" in answer.stdout
        assert "| Откуда это:" in answer.stdout
        assert "[👍 Помогло][👎 Не то]" in answer.stdout
        assert "registration-first" in printed_json("ask", "нужен ли патент", "--json")["results"]

    def test_what_is_not_known_is_answered_as_a_person_reads_it(self, content: Path) -> None:
        assert run("ask", "👋").stdout.startswith("Бот знает только правила")

    def test_danger_comes_first(self, content: Path) -> None:
        answer = run("ask", "начальник забрал паспорт и не отдает", "--lang", "ky").stdout

        assert answer.startswith("Сизде күнөө жок.")
        assert "[☎ 112 · Шашылыш кызмат]" in answer


class TestUsage:
    async def talk(self, folder: Path) -> None:
        async with open_bot(folder) as bot:
            phone = bot.person("ru")
            await phone.say("/start")
            await phone.press("Кыргызча")
            await phone.press("🇰🇬 Кыргызстан")
            await phone.say("канча күндө каттоого туруу керек")

    async def test_what_was_asked_can_be_read_and_nobody_is_in_it(
        self, content: Path, tmp_path: Path
    ) -> None:
        await self.talk(tmp_path)
        # The commands run an event loop of their own, so they get a thread of their own.
        result = await in_thread("usage", "--since", "2026-11-01", "--csv")

        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert rows[-1] == {
            "hour": "2026-11-24T09:00Z",
            "kind": "question-answered",
            "language": "ky",
            "citizenship": "kg",
            "subject": "registration-first",
        }
        tables = await in_thread("usage", "--since", "2026-11-01")
        assert "Memos that answered a question" in tables.stdout
        assert "registration-first" in tables.stdout


async def in_thread(*arguments: str) -> Result:

    return await asyncio.to_thread(run, *arguments)


class TestStarting:
    def test_the_demo_does_not_open_on_a_public_address(
        self, content: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JOLDOSH_LISTEN", "0.0.0.0:8080")

        result = run("demo")

        assert result.exit_code == 1
        assert "127.0.0.1" in str(result.exception)

    def test_serving_without_a_token_says_where_to_get_one(self, content: Path) -> None:
        result = run("serve")

        assert result.exit_code == 1
        assert "BotFather" in str(result.exception)

    def test_a_wrong_setting_is_named_without_its_value(
        self, content: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JOLDOSH_DESK_CHAT", "secret words")

        result = run("migrate")

        assert "JOLDOSH_DESK_CHAT" in str(result.exception)
        assert "secret words" not in str(result.exception)

    def test_migrating_twice_is_fine(self, content: Path) -> None:
        first = run("migrate").stdout

        assert re.fullmatch(r"The database is at version \d{4}\.\n", first)
        assert run("migrate").stdout == first

    def test_the_conversation_is_drawn(self, content: Path) -> None:
        drawing = run("conversation", "draw").stdout

        assert "Start --> PickLanguage: start" in drawing
        assert "PickCitizenship --> Menu: SetCitizenship" in drawing
