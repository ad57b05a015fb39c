"""`joldosh unanswered`: what staff see of questions that found no answer, and what they do not see."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from db.engine import make_engine
from db.migrate import upgrade
from db.turns import FinishedTurn, SqlTurns, UnansweredRow

TODAY = datetime.now(UTC)
RENT = (
    "үй ижарага алсам келишим керекпи",
    "уй ижарага алуу учун келишим керек",
    "[name] үй ижарага алса келишим керекпи",
    "үйдү ижарага алганда келишим керек",
)
RARE = ("жылкычынын сыры кандай", "кот не пускает домой")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database, and a command line that knows nothing else of this machine."""
    url = f"sqlite:///{tmp_path}/joldosh.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOLDOSH_DATABASE_URL", url)
    monkeypatch.delenv("JOLDOSH_KEEP_UNANSWERED", raising=False)
    return url


def keep(url: str, rows: list[UnansweredRow], days_ago: int = 0) -> None:
    async def work() -> None:
        engine = make_engine(url)
        await upgrade(engine)
        turns = SqlTurns(engine)
        at = TODAY - timedelta(days=days_ago)
        turn = FinishedTurn("p", "telegram", days_ago, None, {}, False, (), at, tuple(rows))
        await turns.commit(turn)
        await turns.close()
        await engine.dispose()

    asyncio.run(work())


def unanswered(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.app, ["unanswered", *arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def filled(store: str) -> str:
    keep(
        store,
        [
            UnansweredRow(RENT[0], "unsure", "ky", "kg"),
            UnansweredRow(RENT[1], "unsure", "ky", "kg"),
            UnansweredRow(RENT[2], "no", "ru", None, "renting-home"),
            *(UnansweredRow(text, "unsure", "ru", "kg") for text in RARE),
        ],
    )
    keep(store, [UnansweredRow(RENT[3], "no", "ky", "uz", "renting-home")], days_ago=40)
    return store


def test_groups_come_with_who_asked_when_and_what_did_not_help(filled: str) -> None:
    printed = unanswered().stdout

    day, before = TODAY.date(), (TODAY - timedelta(days=40)).date()
    assert f"4 times, {before} to {day} (ky 3, ru 1; kg 2, - 1, uz 1)" in printed
    assert "did not help: renting-home 2" in printed
    assert sum(text in printed for text in RENT) == 3
    assert "2 more, each asked fewer than 3 times" in printed


def test_words_that_few_have_asked_are_not_shown(filled: str) -> None:
    for printed in (unanswered().stdout, unanswered("--json").stdout):
        assert not any(text in printed for text in RARE)


def test_a_program_reads_the_same_as_json(filled: str) -> None:
    (group,) = json.loads(unanswered("--json").stdout)["groups"]

    assert group["count"] == 4
    assert group["languages"] == {"ky": 3, "ru": 1}
    assert group["citizenships"] == {"kg": 2, "-": 1, "uz": 1}
    assert group["last"] == TODAY.date().isoformat()
    assert group["refused"] == {"renting-home": 2}
    assert len(group["samples"]) == 3


def test_since_a_day_and_in_one_language(filled: str) -> None:
    week = (TODAY - timedelta(days=7)).date().isoformat()

    assert json.loads(unanswered("--since", week, "--json").stdout)["questions"] == 5
    assert json.loads(unanswered("--lang", "ky", "--json").stdout)["groups"][0]["count"] == 3
    assert json.loads(unanswered("--lang", "en", "--json").stdout) == {
        "questions": 0,
        "groups": [],
        "rare": 0,
        "left_out": 0,
    }


def test_masks_are_printed_as_they_are(store: str) -> None:
    keep(store, [UnansweredRow("[name] [phone] кайда барам", "unsure")] * 3)

    assert "- [name] [phone] кайда барам" in unanswered().stdout


def test_it_says_when_nothing_new_is_kept(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nothing new is kept" not in unanswered().stdout

    monkeypatch.setenv("JOLDOSH_KEEP_UNANSWERED", "false")

    assert "nothing new is kept" in unanswered().stdout


def test_a_database_without_the_table_says_what_to_do(store: str) -> None:
    result = CliRunner().invoke(cli.app, ["unanswered"])

    assert result.exit_code == 1
    assert "joldosh migrate" in str(result.exception)
