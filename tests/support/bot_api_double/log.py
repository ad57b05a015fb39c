"""What happened, in order, and a way to wait for more of it. It knows not what it holds."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Log(Generic[Item]):
    def __init__(self) -> None:
        self.items: list[Item] = []
        self._changed = asyncio.Condition()

    async def add(self, item: Item) -> None:
        self.items.append(item)
        async with self._changed:
            self._changed.notify_all()

    async def wait_until(self, enough: Callable[[], bool], within: float) -> None:
        """Wait until `enough` after something was added. Raises `TimeoutError` after so many seconds."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(enough)
