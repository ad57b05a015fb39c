"""What came of a call: the server's words become values, its waits are kept, and silence is an error."""

from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod

from bot.errors import DoorUnavailable
from bot.observability.metrics import Metrics
from bot.telegram.outcomes import LONGEST_WAIT_SECONDS, Calls, Outcome
from tests.support.logs import Logbook
from tests.telegram.scripted_session import ScriptedSession, refusal

CHAT = 700_100_200
TEXT = "мой паспорт 1234 567890"


class Desk:
    """Makes one call after another to a server that answers by script. No second passes."""

    def __init__(self, *answers: tuple[int, str] | None) -> None:
        self.session = ScriptedSession(*answers)
        self.metrics = Metrics()
        self.waits: list[float] = []
        self.now = 5000.0
        self._calls = Calls(self.session.bot, self.metrics, self._sleep, lambda: self.now)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    async def call(self, method: TelegramMethod[Any] | None = None) -> Outcome:
        return await self._calls.make(method or SendMessage(chat_id=CHAT, text=TEXT))

    def counted(self, method: str, outcome: Outcome) -> float | None:
        labels = {"method": method, "outcome": str(outcome)}
        return self.metrics.registry.get_sample_value("joldosh_telegram_calls_total", labels)


def too_many(seconds: int) -> tuple[int, str]:
    return refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


async def test_a_call_that_arrives_is_delivered_and_counted() -> None:
    desk = Desk()

    assert await desk.call() is Outcome.DELIVERED

    assert desk.counted("sendMessage", Outcome.DELIVERED) == 1


DESCRIPTIONS = {
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message": Outcome.NOT_MODIFIED,
    "Bad Request: message to edit not found": Outcome.GONE,
    "Bad Request: message can't be edited": Outcome.GONE,
    "Bad Request: MESSAGE_ID_INVALID": Outcome.GONE,
    "Bad Request: there is no text in the message to edit": Outcome.GONE,
    "Bad Request: query is too old and response timeout expired or query ID is invalid": Outcome.LATE,
    "Bad Request: chat not found": Outcome.BLOCKED,
    "Bad Request: user not found": Outcome.BLOCKED,
    "Bad Request: PEER_ID_INVALID": Outcome.BLOCKED,
    "Bad Request: BUTTON_DATA_INVALID": Outcome.REFUSED,
    "Bad Request: message is too long": Outcome.REFUSED,
    "Bad Request: something that was thought of in 2030": Outcome.REFUSED,
    "Bad Request": Outcome.REFUSED,
}


@pytest.mark.parametrize(
    ("description", "outcome"), DESCRIPTIONS.items(), ids=[text[:45] for text in DESCRIPTIONS]
)
async def test_a_refusal_is_a_value(description: str, outcome: Outcome) -> None:
    desk = Desk(refusal(400, description))

    assert await desk.call() is outcome

    assert desk.counted("sendMessage", outcome) == 1
    assert len(desk.session.calls) == 1, "a refusal is not tried again"


@pytest.mark.parametrize(
    "description",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the group chat",
    ],
)
async def test_whoever_does_not_want_the_bot_has_blocked_it(description: str) -> None:
    assert await Desk(refusal(403, description)).call() is Outcome.BLOCKED


async def test_an_unforeseen_refusal_is_logged_without_the_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.outcomes")
    desk = Desk(refusal(400, "Bad Request: BUTTON_DATA_INVALID"))

    await desk.call(EditMessageText(chat_id=CHAT, message_id=5, text=TEXT))

    [entry] = logbook.entries
    assert entry == {
        "event": "telegram.refused",
        "level": "error",
        "method": "editMessageText",
        "description": "Bad Request: BUTTON_DATA_INVALID",
    }


async def test_a_foreseen_refusal_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    logbook = Logbook.of(monkeypatch, "bot.telegram.outcomes")

    await Desk(refusal(400, "Bad Request: message is not modified")).call()

    assert logbook.entries == []


# Waiting


async def test_the_wait_that_telegram_asks_for_is_kept() -> None:
    desk = Desk(too_many(3), too_many(5))

    assert await desk.call() is Outcome.DELIVERED

    assert desk.waits == [3, 5]
    assert len(desk.session.calls) == 3


@pytest.mark.parametrize(
    ("asked", "waited"),
    [
        ([LONGEST_WAIT_SECONDS + 1], []),
        ([12, 12], [12]),
        ([86_400], []),
        # Three tries, and no wait after the last: nothing would come of it.
        ([1, 1, 1, 1], [1, 1]),
    ],
    ids=str,
)
async def test_whoever_would_wait_too_long_is_answered_another_time(
    asked: list[int], waited: list[int]
) -> None:
    desk = Desk(*(too_many(int(seconds)) for seconds in asked))

    with pytest.raises(DoorUnavailable, match="sendMessage: asked to wait"):
        await desk.call()

    assert desk.waits == waited


async def test_a_long_wait_is_kept_over_deliveries_of_the_same_update() -> None:
    desk = Desk(too_many(60))
    for later in (0, 2, 4, 8):
        desk.now += later
        with pytest.raises(DoorUnavailable, match="sendMessage: "):
            await desk.call()
    assert len(desk.session.calls) == 1, "Telegram is asked once and then left alone"

    desk.now += 31
    assert await desk.call() is Outcome.DELIVERED
    assert desk.waits == [15], "the rest of the minute is short enough to wait for"
    assert await desk.call() is Outcome.DELIVERED
    assert desk.waits == [15]


async def test_only_the_chat_that_has_to_wait_does() -> None:
    desk = Desk(too_many(60))
    with pytest.raises(DoorUnavailable):
        await desk.call()

    assert await desk.call(SendMessage(chat_id=CHAT + 1, text=TEXT)) is Outcome.DELIVERED
    assert await desk.call(AnswerCallbackQuery(callback_query_id="1")) is Outcome.DELIVERED
    assert desk.waits == []


async def test_a_wait_may_end_in_any_outcome() -> None:
    desk = Desk(too_many(1), refusal(403, "Forbidden: bot was blocked by the user"))

    assert await desk.call() is Outcome.BLOCKED


# Out of reach

UNREACHABLE = {
    "connection lost": None,
    "server error": refusal(500, "Internal Server Error: sendMessage"),
    "restarting": refusal(500, "Internal Server Error: restart"),
    "bad gateway as JSON": refusal(502, "Bad Gateway"),
    "bad gateway as a page": (502, "<html>502</html>"),
    "a page instead of an answer": (200, "<html>Welcome to the network</html>"),
    "an answer of another kind": (200, '{"ok": true, "result": {"id": "x"}}'),
    "token taken back": refusal(401, "Unauthorized"),
    "wrong address": refusal(404, "Not Found"),
    "another bot polls": refusal(409, "Conflict: terminated by other getUpdates request"),
    "no status of the Bot API": refusal(418, "I'm a teapot"),
    "too many, but no word how long": refusal(429, "Too Many Requests"),
}


@pytest.mark.parametrize("answer", UNREACHABLE.values(), ids=UNREACHABLE)
async def test_out_of_reach_is_one_error_that_tells_nothing_of_the_person(
    answer: tuple[int, str] | None,
) -> None:
    desk = Desk(answer)

    with pytest.raises(DoorUnavailable) as caught:
        await desk.call()

    assert str(caught.value).startswith("sendMessage: ")
    assert str(CHAT) not in str(caught.value)
    assert TEXT not in str(caught.value)
    assert len(desk.session.calls) == 1, "the update is delivered again, not the call"
