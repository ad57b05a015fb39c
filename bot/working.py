"""Running the jobs alone, beside processes that serve without them. Part of the composition root beside `bot.app`.

Imported only by the command that works, because the Telegram room takes seconds to import.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress

import structlog

from bot.app import Clock, first_catalogue, keep_jobs, make_press, open_store, utc_now
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.messenger import Messenger
from bot.conversation.sealing import Sealing
from bot.editorial.published import PublishedContent
from bot.editorial.watching import watch
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Interface, load_interface
from bot.jobs.corresponding import LETTERS, Correspondence, Letters
from bot.observability.metrics import Metrics
from bot.settings import Settings, secret_key
from bot.telegram.door import open_messenger

log = structlog.get_logger(__name__)


async def work(settings: Settings, clock: Clock = utc_now, letters: Letters = LETTERS) -> None:
    """Until a signal; then messages on their way are finished. Raises `SettingsError` and `ContentError`."""
    content, metrics = PublishedContent(settings.content_dir), Metrics()
    async with open_store(settings) as engine, _messenger(settings, metrics) as messenger:
        press = make_press(settings, engine, content)
        if messenger is None:
            log.warning("jobs.write_to_nobody")
            await _until_told(keep_jobs(engine, press, clock, None))
            return
        desk = _Desk(load_interface(), first_catalogue(settings, clock))
        correspondence = Correspondence(
            messenger, Sealing(secret_key(settings)), desk.book, letters, metrics
        )
        watching = watch(
            content,
            clock,
            publish=desk.publish,
            refuse=lambda problems: log.error("content.refused", problems=len(problems)),
            published=desk.book().catalogue,
        )
        await _until_told(keep_jobs(engine, press, clock, correspondence), watching)


@asynccontextmanager
async def _messenger(settings: Settings, metrics: Metrics) -> AsyncIterator[Messenger | None]:
    """None without a token: the other jobs need none."""
    if settings.bot_token is None:
        yield None
        return
    token, api = settings.bot_token.get_secret_value(), settings.telegram_api
    async with open_messenger(metrics, token, api, settings.proxy) as messenger:
        yield messenger


class _Desk:
    """The guidebook of the moment. No page of it is rendered: letters have titles and buttons."""

    def __init__(self, interface: Interface, catalogue: Catalogue) -> None:
        self._interface = interface
        self.publish(catalogue)

    def publish(self, catalogue: Catalogue) -> None:
        self._book = make_guidebook(catalogue, self._interface, only=())

    def book(self) -> Guidebook:
        return self._book


async def _until_told(*work: Coroutine[None, None, None]) -> None:
    """Run until SIGTERM, as orchestrators send it; what cancels us cancels the work, too."""
    task = asyncio.create_task(_together(work))
    with suppress(NotImplementedError):  # Windows has no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await asyncio.wait([task])
    finally:
        task.cancel()
        await asyncio.wait([task])
    if not task.cancelled():
        task.result()


async def _together(work: Iterable[Coroutine[None, None, None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for part in work:
            group.create_task(part)
