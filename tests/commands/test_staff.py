"""`joldosh staff`: the first admin comes from here, and whoever lost the way in."""

import re
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.app import demo_admin_path, open_house
from db.staff import Accounts, Role
from tests.support.bot import settings_for

LINK = re.compile(r"http\S+/staff/invitation/[\w-]{43}")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that nobody has migrated yet, and a command line that knows nothing else of this machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOLDOSH_DATABASE_URL", f"sqlite:///{tmp_path}/joldosh.db")
    for name in ("BOT_TOKEN", "LISTEN", "REDIS_URL", "WEBHOOK_URL", "SECRET_KEY"):
        monkeypatch.delenv(f"JOLDOSH_{name}", raising=False)
    return tmp_path / "joldosh.db"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["staff", *arguments])


def link_in(result: Result) -> str:
    found = LINK.search(result.output)
    assert found, result.output
    return found[0]


def test_the_first_admin_gets_a_link(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = run("add", "Нурлан Асанов", "--role", "admin", "--lang", "ky")

    assert added.exit_code == 0, added.output
    assert link_in(added).startswith("http://127.0.0.1:8080/staff/")
    monkeypatch.setenv("JOLDOSH_WEBHOOK_URL", "https://joldosh.example")
    assert link_in(run("invite", "нурлан асанов")).startswith("https://joldosh.example/staff/")
    other = run("invite", "Нурлан Асанов", "--address", "https://pages.example")
    assert link_in(other).startswith("https://pages.example/staff/")
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT name, role, lang FROM staff_member").fetchall() == [
            ("Нурлан Асанов", "admin", "ky")
        ]
        assert connection.execute("SELECT count(*) FROM staff_invitation").fetchone() == (1,)


def test_members_are_listed() -> None:
    assert "Nobody yet" in run("list").output
    run("add", "Айгүл", "--role", "author")

    listed = run("list").output

    assert "Айгүл" in listed
    assert "link is waiting" in listed


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "Айгүл", "--role", "king"), "A role is one of author, editor, admin"),
        (("add", "<b>", "--role", "author"), "A name has letters"),
        (("add", "Nurlan", "--role", "author"), "There is a member named Nurlan"),
        (("invite", "Nobody"), "There is no member named Nobody"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], reason: str) -> None:
    run("add", "Nurlan", "--role", "admin")

    result = run(*arguments)

    assert result.exit_code == 1
    assert reason in str(result.exception)


async def test_a_demo_lets_its_admin_in_anew_each_time_it_starts(tmp_path: Path) -> None:
    links = []
    for _ in range(2):
        async with open_house(settings_for(tmp_path)) as house:
            links.append((await demo_admin_path(house)).rpartition("/")[2])
            accounts, now = Accounts(house.engine), house.clock()
            assert [one.role for one in await accounts.members(now)] == [Role.ADMIN]
            last = await accounts.invited(links[-1], now)
            assert last is not None
            assert await accounts.invited(links[0], now) == (last if len(links) == 1 else None)
