"""Sending what no update asked for, and what came of it. No door owns these words."""

from dataclasses import dataclass
from typing import Protocol

from bot.conversation.replies import Page


@dataclass(frozen=True, slots=True)
class Delivered:
    pass


@dataclass(frozen=True, slots=True)
class Blocked:
    """By the person, or the account is gone: nothing sent to this address will ever arrive."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The messenger asks everybody to wait so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A mistake of ours: sent again, it would be refused again."""


Sent = Delivered | Blocked | TryAgain | Refused


class Messenger(Protocol):
    async def send(self, door: str, address: str, message: Page) -> Sent:
        """Send it once. Raises `DoorUnavailable` when the messenger does not answer: it may have arrived or not."""
