"""A browser of an editor at a deployment, and a draft that waits there: for tests that kill what publishes it."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientError, ClientSession
from sqlalchemy.ext.asyncio import AsyncEngine

from db.drafts import Draft, Drafts
from db.staff import Accounts, Invitation, Role
from db.staff_sessions import Sessions
from tests.crash.deployment import SMALL_CONTENT, Deployment
from tests.support.content import ContentFolder

RU = "memos/passport-taken/ru.md"
WORD, NEW_WORD = "Держать чужой паспорт нельзя никому.", "Чужой паспорт не держит никто."


def copied_content(folder: Path) -> ContentFolder:
    """A content folder that may be published to."""
    return ContentFolder(Path(shutil.copytree(SMALL_CONTENT, folder / "content")))


@dataclass(slots=True)
class Editor:
    """Signed in. `ask` gives the status and text of a page, None when the line broke."""

    deployment: Deployment
    name: str
    cookie: str

    async def ask(self, path: str, **form: str) -> tuple[int, str] | None:
        headers = {
            "Cookie": f"joldosh-session={self.cookie}; joldosh-lang=en",
            "Sec-Fetch-Site": "same-origin",
            "Origin": self.deployment.url,
        }
        method = "POST" if form else "GET"
        try:
            async with (
                ClientSession(headers=headers) as session,
                session.request(
                    method, self.deployment.url + path, data=form or None, allow_redirects=False
                ) as answer,
            ):
                return answer.status, await answer.text()
        except ClientError:
            return None


async def an_editor(deployment: Deployment, engine: AsyncEngine, name: str = "Вера") -> Editor:
    accounts, now = Accounts(engine), datetime.now(UTC)
    added = await accounts.add(name, Role.EDITOR, "en", by="a test", now=now)
    assert isinstance(added, Invitation)
    member = await accounts.accept(added.token, "no hash of anything", now)
    assert member is not None
    return Editor(deployment, name, await Sessions(engine).begin(member.id, "A test", now))


async def a_waiting_draft(content: ContentFolder, engine: AsyncEngine) -> Draft:
    drafts, now = Drafts(engine), datetime.now(UTC)
    draft = await drafts.open_for(1, "Айгүл", "memo/passport-taken", now)
    text = content.read(RU)
    assert WORD in text
    await drafts.save(draft.id, RU, text, text.replace(WORD, NEW_WORD), 0, now)
    assert await drafts.submit(draft.id, "Короче", now)
    return draft
