"""Sends what no update asked for: each message once, with what came of it. When to send, and how fast, others decide."""

from typing import assert_never

from bot.conversation.messenger import Blocked, Delivered, Refused, Sent, TryAgain
from bot.conversation.replies import Page
from bot.telegram.outcomes import Calls, Outcome, ToldToWait
from bot.telegram.sender import new_message


class TelegramMessenger:
    """For the chats of one door; `name` is the door's. A date that was kept through another door cannot be told here."""

    def __init__(self, name: str, calls: Calls) -> None:
        self._name = name
        self._calls = calls

    async def send(self, door: str, address: str, message: Page) -> Sent:
        if door != self._name:
            return Refused()
        outcome = await self._calls.once(new_message(int(address), message))
        match outcome:
            case Outcome.DELIVERED:
                return Delivered()
            case Outcome.BLOCKED:
                return Blocked()
            case ToldToWait(seconds):
                return TryAgain(seconds)
            case Outcome.REFUSED | Outcome.GONE | Outcome.LATE | Outcome.NOT_MODIFIED:
                return Refused()
            case _:
                assert_never(outcome)
