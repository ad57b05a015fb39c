"""Running the house: `serve` for Telegram, `demo` for this machine.

Part of the composition root beside `bot.app`; imported only by commands that serve, because
the Telegram room
takes seconds to import.
"""

import asyncio
import gc
from collections.abc import Callable, Coroutine

import structlog

from bot.app import (
    Clock,
    House,
    demo_admin_path,
    keep_jobs,
    open_house,
    utc_now,
    webhook_secret,
)
from bot.conversation.sealing import Sealing
from bot.conversation.short_usage import ShortUsage
from bot.editorial.publishing.following import keep_following
from bot.editorial.watching import watch
from bot.errors import SettingsError
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import load_interface
from bot.jobs.corresponding import LETTERS, Correspondence
from bot.settings import Settings
from bot.telegram.door import Household, TelegramDoor, open_door, open_local_door
from bot.telegram.handling import AdminUsage
from bot.telegram.local_telegram import LocalTelegram
from bot.web.addresses import is_loopback
from bot.web.application import make_application
from bot.web.health import Health
from bot.web.serving import serve as serve_web
from bot.web.staff.frame import StaffRoom
from bot.web.staff.translation_queues import TranslationQueues
from bot.web.staff.unanswered_groups import QuestionGroups
from bot.web.webhook import WEBHOOK_PATH, Webhook

log = structlog.get_logger(__name__)

Told = Callable[[str], None]

# As long as the web server waits for a webhook's requests.
_FINISHING_SECONDS = 20


async def serve(
    settings: Settings, *, jobs: bool, on_listening: Told | None = None, clock: Clock = utc_now
) -> None:
    """Answer in Telegram, by webhook when its address is set, else by polling, until a signal."""
    if settings.bot_token is None:
        raise SettingsError(
            "JOLDOSH_BOT_TOKEN is not set. Get a token from BotFather, or try without: joldosh demo"
        )
    token = settings.bot_token.get_secret_value()
    async with (
        open_house(settings, clock) as house,
        open_door(_household(house), token, settings.telegram_api, settings.proxy) as door,
    ):
        secret = webhook_secret(settings, house.secret)
        url = settings.webhook_url
        application = make_application(
            health=lambda: _health(house),
            metrics=house.metrics.exposition,
            webhook=Webhook(door.feed_json, secret) if url else None,
            staff=_staff_room(house),
        )
        stopping, news = asyncio.Event(), asyncio.Event()
        work = [_watch(house, news), _learn(house, news), door.introduce()]
        if url:
            work.append(door.use_webhook(url + WEBHOOK_PATH, secret))
        if settings.content_remote:
            work.append(keep_following(house.press.repository, clock))
        if jobs:
            correspondence = _correspondence(house, door)
            work.append(keep_jobs(house.engine, house.press, clock, correspondence))
        _freeze()
        await _beside(
            work,
            serve_web(
                application,
                settings.listen,
                on_listening=on_listening,
                on_stopping=stopping.set,
            ),
            stopping,
            polling=None if url else door.poll(stopping),
        )


async def demo(
    settings: Settings, on_listening: Callable[[str, str], None], clock: Clock = utc_now
) -> None:
    """The local chat on this machine: no token, no network. Refuses a public address: it has
    no login. `on_listening` is told the address, and the path that lets an admin of the staff in.
    """
    if not is_loopback(settings.listen):
        raise SettingsError(
            f"The demo has no login, so it listens on this machine only, not on {settings.listen}. "
            "Set JOLDOSH_LISTEN=127.0.0.1:8080, or use joldosh serve with a token."
        )
    async with (
        open_house(settings, clock) as house,
        open_local_door(_household(house), LocalTelegram(clock)) as (door, chat),
    ):
        application = make_application(
            health=lambda: _health(house),
            metrics=house.metrics.exposition,
            local_chat=chat,
            staff=_staff_room(house),
        )
        stopping, news = asyncio.Event(), asyncio.Event()
        staff_path = await demo_admin_path(house)

        def stop() -> None:
            stopping.set()
            chat.close()

        _freeze()
        await _beside(
            [
                _watch(house, news),
                _learn(house, news),
                door.introduce(),
                keep_jobs(house.engine, house.press, clock, _correspondence(house, door)),
            ],
            serve_web(
                application,
                settings.listen,
                on_listening=lambda address: on_listening(address, staff_path),
                on_stopping=stop,
            ),
            stopping,
        )


def _correspondence(house: House, door: TelegramDoor) -> Correspondence:
    return Correspondence(
        door.messenger,
        Sealing(house.secret),
        lambda: house.shelf.current().book,
        LETTERS,
        house.metrics,
    )


def _household(house: House) -> Household:
    usage = AdminUsage(
        frozenset(house.settings.admins),
        ShortUsage(house.engine, house.interface, house.clock),
    )
    return Household(house.conversation, house.secret, house.interface, house.metrics, usage)


def _staff_room(house: House) -> StaffRoom:
    content_dir, shelf = house.settings.content_dir, house.shelf

    def served() -> Catalogue:
        return shelf.current().book.catalogue

    return StaffRoom(
        engine=house.engine,
        content_dir=content_dir,
        clock=house.clock,
        interface=load_interface(domain="staff"),
        served=served,
        search=lambda: shelf.current().search,
        published=house.content,
        press=house.press,
        queues=TranslationQueues(content_dir),
        questions=QuestionGroups(served, shelf.topics),
        secret=house.secret,
    )


def _watch(house: House, news: asyncio.Event) -> Coroutine[None, None, None]:
    """Serve what changes, and tell of it by `news`."""
    loop = asyncio.get_running_loop()

    def publish(catalogue: Catalogue) -> None:
        house.shelf.publish(catalogue)
        loop.call_soon_threadsafe(news.set)

    return watch(
        house.content,
        house.clock,
        publish=publish,
        refuse=house.shelf.refuse,
        published=house.shelf.current().book.catalogue,
    )


async def _learn(house: House, news: asyncio.Event) -> None:
    """Beside watching, which must not wait for it: a text may have to be mended while another is learnt."""
    while True:
        await asyncio.to_thread(house.shelf.learn)
        await news.wait()
        news.clear()


async def _health(house: House) -> Health:
    catalogue = house.shelf.current().book.catalogue
    return Health(catalogue.edition, catalogue.day)


async def _beside(
    work: list[Coroutine[None, None, None]],
    main: Coroutine[None, None, None],
    stopping: asyncio.Event,
    polling: Coroutine[None, None, None] | None = None,
) -> None:
    """Run `main` with the other work beside it; when main ends, the rest is ended: polling by
    `stopping`, since it has updates in its hands, the others at once. A failure ends everything.
    """
    others = [asyncio.create_task(part) for part in work]
    finishing = [asyncio.create_task(polling)] if polling else []
    tasks = others + finishing
    serving = asyncio.create_task(main)
    for task in tasks:
        task.add_done_callback(lambda done: _end_on_failure(done, serving))
    try:
        await serving
    except asyncio.CancelledError:
        failed = next(
            (task for task in tasks if task.done() and not task.cancelled() and task.exception()),
            None,
        )
        if failed is None:
            raise
        await failed
    finally:
        stopping.set()
        for task in others:
            task.cancel()
        if finishing:
            await asyncio.wait(finishing, timeout=_FINISHING_SECONDS)
        for task in finishing:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _end_on_failure(done: asyncio.Task[None], serving: asyncio.Task[None]) -> None:
    if not done.cancelled() and done.exception():
        serving.cancel()


def _freeze() -> None:
    """Keep what start-up made out of the garbage collector's way. Its full pass over 170 MB of
    imported modules was measured as pauses of 200 ms, and as a second or two at the end of the
    process.
    """
    gc.collect()
    gc.freeze()
