"""What can go wrong on the way to Telegram and back, and when it does.

`after_doing` means that the call took effect and only its answer is spoiled: the caller cannot tell.
"""

import asyncio
from dataclasses import dataclass, field

from tests.support.bot_api_double.account import NOT_MODIFIED
from tests.support.bot_api_double.wire import Answer, Refusal, refused


class ConnectionLost:
    """In the place of an answer: the connection is reset."""


@dataclass(frozen=True, slots=True)
class Refuse:
    answer: Answer
    after_doing: bool = False

    async def strike(self) -> Answer | ConnectionLost | None:
        return self.answer


@dataclass(frozen=True, slots=True)
class Reset:
    after_doing: bool = False

    async def strike(self) -> Answer | ConnectionLost | None:
        return ConnectionLost()


@dataclass(frozen=True, slots=True)
class Slow:
    seconds: float
    after_doing: bool = False

    async def strike(self) -> Answer | ConnectionLost | None:
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, slots=True)
class Hold:
    """The call waits until the test sets `until`: the place to kill a bot in the middle of an update."""

    until: asyncio.Event = field(default_factory=asyncio.Event)
    after_doing: bool = False

    async def strike(self) -> Answer | ConnectionLost | None:
        await self.until.wait()
        return None


Fault = Refuse | Reset | Slow | Hold


def too_many_requests(retry_after: int) -> Refuse:
    text = f"Too Many Requests: retry after {retry_after}"
    return Refuse(refused(Refusal(429, text, retry_after)))


def blocked() -> Refuse:
    return Refuse(refused(Refusal(403, "Forbidden: bot was blocked by the user")))


def not_modified() -> Refuse:
    return Refuse(refused(Refusal(400, NOT_MODIFIED)))


def cannot_be_edited() -> Refuse:
    return Refuse(refused(Refusal(400, "Bad Request: message can't be edited")))


def not_found() -> Refuse:
    return Refuse(refused(Refusal(400, "Bad Request: message to edit not found")))


def server_error(*, after_doing: bool = False) -> Refuse:
    return Refuse(refused(Refusal(500, "Internal Server Error: restart")), after_doing)


def bad_gateway(*, after_doing: bool = False) -> Refuse:
    """As the proxy before the server says it: a page of HTML, no JSON."""
    page = b"<html><head><title>502 Bad Gateway</title></head></html>"
    return Refuse(Answer(502, page, "text/html"), after_doing)


@dataclass(slots=True)
class _Planned:
    fault: Fault
    method: str | None
    chat_id: int | None
    left: int | None


class FaultPlan:
    """Faults to come. The first that fits a call strikes it."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(
        self,
        fault: Fault,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> None:
        """For the next `times` calls that fit (`None`: always). No method or chat fits all of them."""
        self._planned.append(_Planned(fault, method.lower() if method else None, chat_id, times))

    def clear(self) -> None:
        self._planned.clear()

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The fault that strikes this call. `method` is in lower case."""
        for planned in self._planned:
            if planned.method not in (None, method) or planned.chat_id not in (None, chat_id):
                continue
            if planned.left is not None:
                planned.left -= 1
                if planned.left == 0:
                    self._planned.remove(planned)
            return planned.fault
        return None
