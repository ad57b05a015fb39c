"""Fetching updates: none is lost, none is confirmed before it is handled, and trouble never ends it."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import Update

from bot.errors import DoorUnavailable, StoreUnavailable
from bot.telegram.local_session import LocalSession
from bot.telegram.local_telegram import LOCAL_TOKEN, LocalTelegram
from bot.telegram.polling import Handle, poll
from tests.support.bot import Clock
from tests.support.bot_api_double.wire import Json
from tests.support.logs import Logbook

AYGUL, BAKYT = 1001, 1002


class Queue:
    """The queue of a Telegram in this process, and what has become of its updates."""

    def __init__(self) -> None:
        self.telegram = LocalTelegram(Clock())
        self._delivery = self.telegram.delivery
        self.handled: list[int] = []
        self.stopping = asyncio.Event()

    @property
    def waiting(self) -> list[int]:
        return [update["update_id"] for update in self._delivery.waiting]

    def add(self, *numbers: int, person: int = AYGUL) -> None:
        for number in numbers:
            self.add_raw(
                {
                    "update_id": number,
                    "message": {
                        "message_id": number,
                        "date": 1,
                        "chat": {"id": person, "type": "private"},
                        "from": {"id": person, "is_bot": False, "first_name": "Айгүл"},
                        "text": str(number),
                    },
                }
            )

    def add_raw(self, update: Json) -> None:
        self._delivery.waiting.append(update)

    async def keep(self, update: Update) -> None:
        self.handled.append(update.update_id)

    async def run(self, handle: Handle | None = None) -> None:
        """Poll until the queue is empty, then stop."""
        bot = Bot(LOCAL_TOKEN, session=LocalSession(self.telegram))
        polls = asyncio.create_task(poll(bot, handle or self.keep, self.stopping))
        async with asyncio.timeout(5):
            while self.waiting:  # noqa: ASYNC110 (nobody is told when it is empty)
                await asyncio.sleep(0)
            self.stopping.set()
            await polls


# Offsets


async def test_what_is_handled_is_confirmed_and_handled_once() -> None:
    queue = Queue()
    queue.add(11, 12, 13)

    await queue.run()

    assert queue.handled == [11, 12, 13]
    assert queue.waiting == []


async def test_nothing_is_confirmed_while_it_is_being_handled() -> None:
    queue = Queue()
    queue.add(11, 12)
    seen: list[list[int]] = []

    async def handle(update: Update) -> None:
        await asyncio.sleep(0.01)
        seen.append(queue.waiting)

    await queue.run(handle)

    assert seen == [[11, 12], [11, 12]]


@pytest.mark.parametrize("trouble", [StoreUnavailable("x"), DoorUnavailable("x")], ids=repr)
async def test_what_could_not_be_handled_is_delivered_again(
    trouble: Exception, pauses: list[float]
) -> None:
    queue = Queue()
    queue.add(11, 12, 13)
    troubles = [trouble, trouble]

    async def handle(update: Update) -> None:
        await queue.keep(update)
        if update.update_id == 12 and troubles:
            raise troubles.pop()

    await queue.run(handle)

    assert queue.handled == [11, 12, 12, 12, 13], "13 waits for 12: both are of one person"
    assert pauses == [0.5, 1.0]


async def test_one_persons_trouble_does_not_keep_another_waiting(pauses: list[float]) -> None:
    queue = Queue()
    queue.add(11, person=AYGUL)
    queue.add(12, person=BAKYT)
    queue.add(13, person=AYGUL)
    troubles = [StoreUnavailable("x")]

    async def handle(update: Update) -> None:
        await queue.keep(update)
        if update.update_id == 11 and troubles:
            raise troubles.pop()

    await queue.run(handle)

    # The second 12 is a duplicate, which the conversation drops by its number.
    assert sorted(queue.handled[:2]) == [11, 12]
    assert sorted(queue.handled[2:]) == [11, 12, 13]
    assert len(pauses) == 1
    assert queue.waiting == []


async def test_one_persons_updates_are_handled_in_order_and_others_meanwhile() -> None:
    queue = Queue()
    for number in range(11, 31):
        queue.add(number, person=AYGUL if number % 2 else BAKYT)
    running: set[int] = set()
    together: list[set[int]] = []

    async def handle(update: Update) -> None:
        assert update.message is not None
        running.add(update.message.chat.id)
        await asyncio.sleep(0.001)
        together.append(set(running))
        running.remove(update.message.chat.id)
        await queue.keep(update)

    await queue.run(handle)

    assert [number for number in queue.handled if number % 2] == list(range(11, 31, 2))
    assert [number for number in queue.handled if not number % 2] == list(range(12, 31, 2))
    assert {AYGUL, BAKYT} in together


async def test_more_than_a_batch_is_fetched_batch_by_batch() -> None:
    queue = Queue()
    queue.add(*range(1, 251))

    await queue.run()

    assert queue.handled == list(range(1, 251))


async def test_a_mistake_of_ours_is_logged_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.polling")
    queue = Queue()
    queue.add(11, 12)

    async def handle(update: Update) -> None:
        await queue.keep(update)
        raise ValueError(f"паспорт {update.update_id}")

    await queue.run(handle)

    assert queue.handled == [11, 12]
    assert logbook.events == ["polling.failed", "polling.failed"]
    assert logbook.entries[0]["error"] == "ValueError"
    assert "паспорт" not in logbook.text


# What cannot be read


async def test_an_unreadable_update_is_passed_and_the_others_of_its_batch_are_handled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.polling")
    queue = Queue()
    queue.add(11)
    queue.add_raw({"update_id": 12, "message": {"text": "паспорт 1234", "chat": "nobody"}})
    queue.add(13)
    queue.add_raw({"update_id": 14, "message": "паспорт 1234"})
    read: list[int] = []

    async def handle(update: Update) -> None:
        await queue.keep(update)
        if update.message:
            read.append(update.update_id)

    await queue.run(handle)

    assert sorted(queue.handled) == [11, 12, 13, 14]
    assert read == [11, 13]
    assert queue.waiting == []
    assert logbook.events == ["update.unreadable", "update.unreadable"]
    assert "паспорт" not in logbook.text


# Stopping


async def test_stopping_finishes_the_updates_in_hand() -> None:
    queue = Queue()
    queue.add(11, 12)

    async def handle(update: Update) -> None:
        queue.stopping.set()
        await asyncio.sleep(0.01)
        await queue.keep(update)

    await queue.run(handle)

    assert queue.handled == [11, 12]
    assert queue.waiting == []


async def test_being_cancelled_leaves_nothing_running() -> None:
    bot = Bot(LOCAL_TOKEN, session=LocalSession(LocalTelegram(Clock())))
    before = asyncio.all_tasks()
    polls = asyncio.create_task(poll(bot, Queue().keep, asyncio.Event()))
    await asyncio.sleep(0.01)

    polls.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polls
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == before
