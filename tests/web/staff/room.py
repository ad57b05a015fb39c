"""The staff pages over a small content folder and an SQLite of their own, for tests of pages.

async def test_facts_are_listed(house: StaffHouse) -> None:
    client = await house.signed_in("editor")
    page = await client.get("/staff/facts")
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.compiling import build_catalogue
from bot.editorial.day import MOSCOW, day_of
from bot.editorial.edition import edition_of
from bot.editorial.published import PublishedContent
from bot.editorial.publishing.repository import Repository
from bot.editorial.snapshot import take_snapshot
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import load_interface
from bot.press import Press
from bot.search.embedding import NoEmbedder
from bot.search.learning import Learning
from bot.web.application import make_application
from bot.web.health import Health
from bot.web.staff.cookies import set_cookie
from bot.web.staff.frame import StaffRoom
from bot.web.staff.passwords import Passwords
from bot.web.staff.translation_queues import TranslationQueues
from bot.web.staff.unanswered_groups import QuestionGroups
from db.staff import Accounts, Invitation, Member, Role
from db.staff_sessions import Sessions
from tests.support.content import (
    TODAY,
    ContentFolder,
    good_edition,
    good_published,
    good_snapshot,
    make_content,
)

PASSWORD = "three boring green trees"
# Passwords of tests are worth nothing, and the real work factor takes a tenth of a second each.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(slots=True)
class MovingClock:
    """Stands still at noon of the day of the small content until a test moves it."""

    now: datetime = field(
        default_factory=lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=MOSCOW)
    )

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@dataclass(slots=True)
class StaffHouse:
    """What a test of pages stands on. Clients come from another machine, over TLS, as a browser does."""

    room: StaffRoom
    app: Starlette
    content: ContentFolder
    clock: MovingClock
    _stack: AsyncExitStack

    async def member(
        self, role: Role | str, name: str | None = None, lang: str = "en", password: str = PASSWORD
    ) -> Member:
        """A member with this role and a password."""
        accounts, now = Accounts(self.room.engine), self.clock()
        invitation = await accounts.add(
            name or f"A {role}", Role(role), lang, by="a test", now=now
        )
        assert isinstance(invitation, Invitation), f"{name} is there already"
        hashed = await self.room.passwords.hash(password)
        member = await accounts.accept(invitation.token, hashed, now)
        assert member is not None
        return member

    async def signed_in(
        self, role: Role | str, name: str | None = None, lang: str = "en"
    ) -> httpx.AsyncClient:
        """The browser of a new member, signed in."""
        member = await self.member(role, name, lang)
        return await self.browser_of(member)

    async def browser_of(self, member: Member) -> httpx.AsyncClient:
        """One more browser of a member, signed in without the form."""
        token = await Sessions(self.room.engine).begin(member.id, "A test", self.clock())
        client = await self.stranger()
        request = Request({"type": "http", "headers": [(b"host", b"joldosh.example")]})
        response = Response()
        set_cookie(request, response, "session", token, seconds=86_400)
        name, _, rest = response.headers["set-cookie"].partition("=")
        client.cookies.set(name, rest.partition(";")[0], domain="joldosh.example")
        return client

    async def kept(self) -> bytes:
        """All that the database holds, as it lies on the disk."""
        await self.room.engine.dispose()
        file = Path(self.room.engine.url.database or "")
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))

    async def stranger(self, address: str = "93.184.216.34") -> httpx.AsyncClient:
        """A browser without a session, at this network address. It says where its requests come from."""
        return await self._stack.enter_async_context(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(
                    self.app, raise_app_exceptions=False, client=(address, 4000)
                ),
                base_url="https://joldosh.example",
                headers={
                    "sec-fetch-site": "same-origin",
                    "origin": "https://joldosh.example",
                    "accept-language": "en",
                },
            )
        )


class Served:
    """What a bot would serve: the edition in the folder, or the last one without errors."""

    def __init__(self, content: ContentFolder, clock: MovingClock) -> None:
        self._content = content
        self._clock = clock
        self._last = good_catalogue()

    def __call__(self) -> Catalogue:
        with suppress(ContentError):
            self._last = self._now()
        return self._last

    def _now(self) -> Catalogue:
        snapshot, day = take_snapshot(self._content.root), day_of(self._clock())
        if (snapshot, day) == (good_snapshot(), TODAY):
            return good_catalogue()
        return build_catalogue(edition_of(snapshot, good_edition()), day)


@cache
def good_catalogue() -> Catalogue:
    return build_catalogue(good_edition(), TODAY)


@asynccontextmanager
async def open_staff_house(folder: Path, engine: AsyncEngine) -> AsyncIterator[StaffHouse]:
    """The pages over this migrated database; `folder` gets the content. Closes every client at the end, and the
    connections of the engine.
    """
    clock = MovingClock()
    content = make_content(folder / "content")
    served = Served(content, clock)
    catalogue = served()
    learning = Learning(NoEmbedder(), folder / "cache")
    published = PublishedContent(content.root, known=good_published())
    room = StaffRoom(
        engine=engine,
        content_dir=content.root,
        published=published,
        press=Press(engine, Repository(content.root, check=published.problems_of)),
        clock=clock,
        interface=load_interface(domain="staff"),
        served=served,
        search=lambda: learning.search(catalogue),
        queues=TranslationQueues(content.root),
        questions=QuestionGroups(lambda: catalogue, learning.topics),
        secret="the secret of the tests of pages",
        passwords=Passwords(CHEAP),
    )

    async def well() -> Health:
        return Health("tests", TODAY)

    app = make_application(health=well, metrics=lambda: b"", staff=room)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        yield StaffHouse(room, app, content, clock, stack)
