"""Updates that wait to be fetched or delivered, with the server's rules of forgetting them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.support.bot_api_double.wire import Json, Refusal

# Sent only to a bot that names them in `allowed_updates`.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Pending:
    """`queue` is the line in which a webhook delivers it: one update of a line at a time."""

    update: Json
    queue: str

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class UpdateQueue:
    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._pending: dict[int, Pending] = {}
        self._made: dict[int, Pending] = {}
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self.on_added: Callable[[Pending], None] | None = None
        self.emptied = asyncio.Event()
        self.emptied.set()

    def __len__(self) -> int:
        return len(self._pending)

    def pending(self) -> list[Pending]:
        return [self._pending[number] for number in sorted(self._pending)]

    def allow(self, kinds: Iterable[str] | None) -> None:
        """As `allowed_updates`: nothing leaves it as it was, an empty list is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def add(self, kind: str, content: Json, queue: str) -> int:
        """The id of the new update. An update of a kind that the bot does not take is lost, as it is there."""
        number = self._next_id
        self._next_id += 1
        pending = Pending({"update_id": number, kind: content}, queue)
        taken = kind in self._allowed if self._allowed is not None else kind not in _ON_REQUEST
        if taken:
            self._made[number] = pending
            self._put(pending)
        return number

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more by webhook, as after an answer that was lost on its way."""
        self._put(self._made[update_id])

    def forget(self, update_id: int) -> None:
        self._pending.pop(update_id, None)
        if not self._pending:
            self.emptied.set()

    def forget_all(self) -> None:
        self._pending.clear()
        self.emptied.set()

    def abort_poll(self, reason: str) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(Refusal(409, f"Conflict: terminated by {reason}"))

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """`getUpdates`. Asking for an offset forgets what is before it, and nothing else does."""
        self.abort_poll(
            "other getUpdates request; make sure that only one bot instance is running"
        )
        if offset < 0:
            offset = min(sorted(self._pending)[offset:], default=0)
        for number in [number for number in self._pending if number < offset]:
            self.forget(number)
        if not self._pending and seconds > 0:
            poller = self._poller = asyncio.get_running_loop().create_future()
            await asyncio.wait({poller}, timeout=seconds)
            if poller.done():
                poller.result()
        return [pending.update for pending in self.pending()[:limit]]

    def _put(self, pending: Pending) -> None:
        self._pending[pending.id] = pending
        self.emptied.clear()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        if self.on_added is not None:
            self.on_added(pending)
