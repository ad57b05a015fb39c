"""The composition root: makes the parts from the settings and joins them. The only module that
knows all rooms.

No guidance, no text and no rule of the conversation belongs here.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.dates_kept import DateRoom
from bot.conversation.sealing import Sealing
from bot.conversation.service import Conversation
from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.editorial.edition import Edition
from bot.editorial.published import PublishedContent
from bot.editorial.publishing.repository import Repository
from bot.errors import ContentError, SettingsError
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Interface, load_interface
from bot.jobs.corresponding import Correspondence, keep_corresponding
from bot.jobs.publishing import keep_publishing
from bot.jobs.retention import keep_retention
from bot.observability.metrics import Metrics
from bot.press import Press
from bot.search.embedding import Embedder, NoEmbedder, best_embedder
from bot.search.learning import Learning
from bot.settings import Settings, secret_key
from bot.shelf import Shelf
from db.engine import make_engine
from db.errors import StoreError
from db.kept_dates import KeptDates
from db.locks import LocalLocks, PersonLocks, RedisLocks
from db.migrate import is_current, upgrade
from db.redis_client import make_redis
from db.redis_turns import RedisTurns
from db.staff import Accounts, Invitation, Role
from db.turns import SqlTurns, Turns

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

# A conversation is forgotten after a year without a message; /privacy says so.
_CONVERSATION_DAYS = 365
_DEMO_ADMIN = "Demo"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """The parts that every door stands on."""

    settings: Settings
    clock: Clock
    secret: str
    metrics: Metrics
    interface: Interface
    engine: AsyncEngine
    content: PublishedContent
    press: Press
    shelf: Shelf
    conversation: Conversation


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[House]:
    """Open the store and the content; close everything at the end.

    Raises `SettingsError` when the store is not ready and `ContentError` when the content has
    errors.
    """
    metrics, interface, learning = Metrics(), load_interface(), make_learning(settings)
    shelf = Shelf(interface, metrics, learning, keeps_unanswered=settings.keep_unanswered)
    content = PublishedContent(settings.content_dir)
    shelf.publish(_catalogue(content, day_of(clock())))
    secret = secret_key(settings)
    async with open_store(settings) as engine, _turns(settings, engine) as (turns, locks):
        dates = DateRoom(KeptDates(engine), Sealing(secret))
        conversation = Conversation(shelf.current, turns, locks, clock, dates)
        try:
            yield House(
                settings,
                clock,
                secret,
                metrics,
                interface,
                engine,
                content,
                make_press(settings, engine, content),
                shelf,
                conversation,
            )
        finally:
            learning.stop()


def make_learning(settings: Settings) -> Learning:
    embedder: Embedder = best_embedder() if settings.search_by_meaning else NoEmbedder()
    return Learning(embedder, settings.cache_dir)


async def keep_jobs(
    engine: AsyncEngine, press: Press, clock: Clock, correspondence: Correspondence | None
) -> None:
    """All that runs by the clock. Without a `correspondence` nobody is written to, and what is to be sent waits for a
    process that has one.
    """
    async with asyncio.TaskGroup() as group:
        if correspondence is not None:
            group.create_task(keep_corresponding(engine, correspondence, clock))
        group.create_task(keep_retention(engine, clock))
        group.create_task(keep_publishing(engine, press, clock))


def make_press(settings: Settings, engine: AsyncEngine, content: PublishedContent) -> Press:
    return Press(
        engine,
        Repository(settings.content_dir, settings.content_remote, content.problems_of),
    )


def first_catalogue(settings: Settings, clock: Clock) -> Catalogue:
    """The catalogue to start with. Raises as `sound_edition`."""
    return _catalogue(PublishedContent(settings.content_dir), day_of(clock()))


def _catalogue(content: PublishedContent, day: date) -> Catalogue:
    return build_catalogue(_sound(content, day), day)


def sound_edition(content_dir: Path, day: date) -> Edition:
    """What the content says. Raises `ContentError` that counts the errors and says how to see them."""
    return _sound(PublishedContent(content_dir), day)


def _sound(content: PublishedContent, day: date) -> Edition:
    published = content.on(day)
    errors = [problem for problem in published.problems if problem.is_error]
    if errors:
        first = errors[0]
        raise ContentError(
            f"The content in {content.folder} has {len(errors)} errors, the first in "
            f"{first.file}:{first.line}. See all of them with: joldosh content check"
        )
    return published.edition


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[AsyncEngine]:
    try:
        engine = make_engine(settings.database_url.get_secret_value())
    except StoreError as error:
        raise SettingsError(str(error)) from error
    try:
        await _prepare_store(engine)
        yield engine
    finally:
        await engine.dispose()


async def _prepare_store(engine: AsyncEngine) -> None:
    try:
        if engine.dialect.name == "sqlite":
            # One process owns the file; a newcomer should not have to know what a migration is.
            await upgrade(engine)
        elif not await is_current(engine):
            raise SettingsError(
                "The database is not at this program's version: run joldosh migrate"
            )
    except StoreError as error:
        raise SettingsError(str(error)) from error


@asynccontextmanager
async def _turns(
    settings: Settings, engine: AsyncEngine
) -> AsyncIterator[tuple[Turns, PersonLocks]]:
    sql = SqlTurns(engine)
    try:
        if settings.redis_url is None:
            yield sql, LocalLocks()
            return
        try:
            redis = make_redis(settings.redis_url.get_secret_value())
        except StoreError as error:
            raise SettingsError(str(error)) from error
        async with redis:
            yield RedisTurns(sql, redis, ttl_days=_CONVERSATION_DAYS), RedisLocks(redis)
    finally:
        await sql.close()


async def demo_admin_path(house: House) -> str:
    """The path of a new one-time link for the admin that a demo has from its first start on."""
    accounts, now = Accounts(house.engine), house.clock()
    by = "joldosh demo"
    invitation = await accounts.add(_DEMO_ADMIN, Role.ADMIN, "ru", by=by, now=now)
    if not isinstance(invitation, Invitation):
        found = await accounts.named(_DEMO_ADMIN)
        assert found is not None, "a name that is taken is somebody's"
        invitation = await accounts.invite(found.member.id, by=by, now=now)
        assert isinstance(invitation, Invitation), "a member is never deleted"
    return f"/staff/invitation/{invitation.token}"


def webhook_secret(settings: Settings, secret: str) -> str:
    """The webhook's secret token: the one that was set, else one made from the secret key.

    All replicas have the same one, and it is not the key itself. Telegram allows 1-256 of A-Z
    a-z 0-9 _ -.
    """
    if settings.webhook_secret:
        return settings.webhook_secret.get_secret_value()
    return blake2b(b"webhook", key=secret.encode()[:64], digest_size=24).hexdigest()
