"""kill -9 of a bot while an editor publishes: persons read the old edition or the new one whole, and the draft is still there
and goes on from where it was.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.editorial.journal import read_journal
from db.audit import AuditLog
from db.drafts import CLAIM_LASTS, Drafts, DraftState
from db.engine import make_engine
from db.models import DraftRow
from tests.crash.deployment import Deployment, Nursery
from tests.crash.persons import settled, settled_person, shown
from tests.crash.staff import (
    NEW_WORD,
    WORD,
    Editor,
    a_waiting_draft,
    an_editor,
    copied_content,
)
from tests.support.bot_api_double import BotApiDouble, PersonDouble
from tests.support.content import ContentFolder
from tests.support.publishing import git

pytestmark = pytest.mark.slow


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return copied_content(tmp_path)


@pytest.fixture
async def deployment(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path, content: ContentFolder
) -> AsyncIterator[Deployment]:
    """Not started yet."""
    deployment = Deployment(nursery, api, tmp_path, webhook=True, content=content.root)
    yield deployment
    await deployment.close()


@pytest.fixture
async def engine(deployment: Deployment) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(f"sqlite:///{deployment.store}")
    yield engine
    await engine.dispose()


async def publish(editor: Editor, draft_id: str) -> bool:
    """As the form of the page does it; False when the bot died meanwhile."""
    page = await editor.ask(f"/staff/review/{draft_id}")
    assert page is not None
    seen = re.search(r'name="seen" value="(\w+)"', page[1])
    assert seen, page[1]
    path = f"/staff/review/{draft_id}/publish"
    answer = await editor.ask(path, seen=seen[1], read="yes")
    assert answer is None or answer[0] == 303, answer
    return answer is not None


async def memo_of(api: BotApiDouble, person: PersonDouble) -> str:
    person.types("/start passport-taken")
    await settled(api)
    return shown(api, person)[-1]


# Before the journal is there nothing is published, and from then on everything is.
@pytest.mark.parametrize(
    ("step", "after", "is_new"),
    [
        ("write the journal", False, False),
        ("write the journal", True, True),
        ("lay a file", True, True),
        ("move the branch", False, True),
        ("stage", True, True),
        ("remove the journal", True, True),
        ("note it", False, True),
        ("note it", True, True),
    ],
)
async def test_killed_while_it_publishes(
    api: BotApiDouble,
    deployment: Deployment,
    engine: AsyncEngine,
    content: ContentFolder,
    step: str,
    after: bool,
    is_new: bool,
) -> None:
    await deployment.start(killed_at=step, after=after)
    editor = await an_editor(deployment, engine)
    draft = await a_waiting_draft(content, engine)
    person = await settled_person(api, 1001)
    assert WORD in await memo_of(api, person)

    assert not await publish(editor, draft.id)
    assert await deployment.ended() == -9

    drafts = Drafts(engine)
    left = await drafts.get(draft.id)
    assert left is not None and NEW_WORD in (left.changes[0].text or "")
    await deployment.start()
    assert (NEW_WORD if is_new else WORD) in await memo_of(api, person)

    if not is_new:
        page = await editor.ask(f"/staff/review/{draft.id}")
        assert page and "being published just now" in page[1]
        await two_minutes_later(engine)
        assert await publish(editor, draft.id)
    page = await editor.ask(f"/staff/review/{draft.id}")
    assert page and page[0] == 200

    saved = await drafts.get(draft.id)
    assert saved and (saved.state, saved.commit) == (
        DraftState.PUBLISHED,
        git(content.root, "rev-parse", "HEAD"),
    )
    log = git(content.root, "log", "--format=%B")
    assert log.count(f"Draft: {draft.id}") == 1, "published once"
    assert git(content.root, "status", "--porcelain") == ""
    assert read_journal(content.root) is None
    entries = [one for one in await AuditLog(engine).page() if one.deed == "draft-published"]
    assert [one.staff_name for one in entries] == ["Вера"]
    await live(editor, draft.id)
    assert NEW_WORD in await memo_of(api, person)


async def test_killed_on_its_day_it_is_published_after_the_new_start(
    api: BotApiDouble, deployment: Deployment, engine: AsyncEngine, content: ContentFolder
) -> None:
    await deployment.start()
    editor = await an_editor(deployment, engine)
    draft = await a_waiting_draft(content, engine)
    now = datetime.now(UTC)
    day = (now + timedelta(hours=3)).date()
    await deployment.kill()
    await Drafts(engine).schedule(draft.id, day, now, "Вера")

    await deployment.start()
    await live(editor, draft.id)

    saved = await Drafts(engine).get(draft.id)
    assert saved and saved.state is DraftState.PUBLISHED
    assert git(content.root, "log", "-1", "--format=%an") == "Айгүл"


async def two_minutes_later(engine: AsyncEngine) -> None:
    """For the claim of who was killed."""
    async with engine.begin() as connection:
        earlier = datetime.now(UTC) - CLAIM_LASTS - timedelta(seconds=1)
        await connection.execute(update(DraftRow).values(claimed=earlier))


async def live(editor: Editor, draft_id: str) -> None:
    """Wait, as the page does, until persons read it."""
    for _ in range(100):
        answer = await editor.ask(f"/staff/review/{draft_id}/live")
        if answer and "Live since" in answer[1]:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("it was not served")
