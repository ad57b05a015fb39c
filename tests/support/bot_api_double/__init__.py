"""A double of Telegram's Bot API server: real HTTP, the server's own rules, and faults on request.

It must not import the bot: it is the other side of the wire.

    async with BotApiDouble() as api:
        person = api.person(1001, language_code="ky")
        person.types("/start")
        await api.wait_for_calls(1, "sendMessage", chat_id=1001)
        person.presses("Кыргызча")
        api.faults.add(too_many_requests(retry_after=1), "sendMessage", times=2)

As a process of its own: `python -m tests.support.bot_api_double --port 8081`.
"""

from tests.support.bot_api_double.faults import (
    Fault,
    Hold,
    Refuse,
    Reset,
    Slow,
    bad_gateway,
    blocked,
    cannot_be_edited,
    not_found,
    not_modified,
    server_error,
    too_many_requests,
)
from tests.support.bot_api_double.person import PersonDouble
from tests.support.bot_api_double.server import BotApiDouble, Call

__all__ = [
    "BotApiDouble",
    "Call",
    "Fault",
    "Hold",
    "PersonDouble",
    "Refuse",
    "Reset",
    "Slow",
    "bad_gateway",
    "blocked",
    "cannot_be_edited",
    "not_found",
    "not_modified",
    "server_error",
    "too_many_requests",
]
