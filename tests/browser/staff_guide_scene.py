"""What the pictures of the staff guide show: the real guidance with a past, and some work that waits. No person is in it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from db.engine import make_engine
from db.migrate import upgrade
from db.staff import Accounts, Invitation, Role
from db.turns import FinishedTurn, SqlTurns
from db.unanswered import UnansweredRow
from tests.bench.made_usage import make_usage
from tests.support.bot import REAL_CONTENT

ADMIN, EDITOR, AUTHOR = "Нурлан", "Айгүл", "Бермет"

# Sentences of the base text that changed after the translations were made.
_CHANGED_SINCE = {
    "memos/registration-extend/ru.md": (
        "Идите заранее, за неделю или раньше.",
        "Идите заранее: в отделе бывают очереди.",
    ),
    "memos/lost-passport/ru.md": (
        "5. Носите бумагу из полиции с собой.",
        "5. Носите бумагу из полиции с собой и сфотографируйте её.",
    ),
}
_QUESTIONS = (
    ("ru", ("можно ли работать таксистом по патенту",) * 4),
    ("ru", ("где в Казани принимают отпечатки для патента",) * 3),
    ("ky", ("машинам менен Россияга кирсем болобу",) * 5),
    ("ru", ("какая завтра погода в Москве",) * 3),
)


def make_content(folder: Path) -> Path:
    """A copy of the guidance with a history of two editions; two entries wait for a look at their source."""
    content = folder / "content"
    shutil.copytree(REAL_CONTENT, content)
    _git(content, "init", "--quiet")
    _commit(content, "Первая редакция", days_ago=14)
    for file, (was, now) in _CHANGED_SINCE.items():
        _replace(content / file, was, now)
    today = datetime.now(UTC).date()
    for file, entry, days in (("facts", "reg-fee", -4), ("contacts", "rf-112", 9)):
        review = f"- id: {entry}\n  review: {today + timedelta(days=days)}\n"
        _replace(content / f"{file}.yaml", f"- id: {entry}\n", review)
    _commit(content, "Продление: идти заранее", days_ago=3)
    return content


def _replace(file: Path, was: str, now: str) -> None:
    text = file.read_text("utf-8")
    assert was in text, f"{file} does not say: {was}"
    file.write_text(text.replace(was, now), "utf-8")


def _commit(content: Path, message: str, days_ago: int) -> None:
    """In the editor's name, at noon of that day."""
    who = ("-c", f"user.name={EDITOR}", "-c", "user.email=staff@joldosh.example")
    noon = f"{datetime.now(UTC).date() - timedelta(days=days_ago)}T12:00:00+03:00"
    dates = {"GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    _git(content, "add", "--all")
    _git(content, *who, "commit", "--quiet", "--message", message, environment=dates)


def _git(
    folder: Path, *arguments: str, environment: Mapping[str, str] = MappingProxyType({})
) -> None:
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )


async def make_store(folder: Path, lang: str) -> str:
    """The demo's database with questions that found no answer and two months of use. The token of the admin's invitation."""
    (folder / "var").mkdir()
    engine = make_engine(f"sqlite:///{folder}/var/joldosh.db")
    await upgrade(engine)
    now = datetime.now(UTC)
    turns = SqlTurns(engine)
    for number, (asked_in, texts) in enumerate(_QUESTIONS, 1):
        rows = tuple(UnansweredRow(text, "unsure", asked_in, "kg") for text in texts)
        await turns.commit(
            FinishedTurn(f"p{number}", "telegram", number, None, {}, False, (), now, rows)
        )
    await turns.close()
    engine = make_engine(f"sqlite:///{folder}/var/joldosh.db")
    await make_usage(engine, now.date() - timedelta(days=1), days=60, events=60_000)
    added = await Accounts(engine).add(ADMIN, Role.ADMIN, lang, by="joldosh staff", now=now)
    await engine.dispose()
    assert isinstance(added, Invitation)
    return added.token
