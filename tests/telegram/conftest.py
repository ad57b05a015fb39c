"""What the tests of the Telegram room may ask for."""

import asyncio

import pytest

from bot.telegram import polling
from tests.telegram.local_world import World


@pytest.fixture
async def world() -> World:
    world = World()
    await world.chat.say(world.person, "Салам")
    return world


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each pause between two polls would have been: none is made."""
    taken: list[float] = []

    async def pause(seconds: float, stopping: asyncio.Event) -> None:
        taken.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(polling, "_sleep", pause)
    return taken
