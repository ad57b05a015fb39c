"""What the tests of the Telegram room may ask for."""

import pytest

from tests.telegram.local_world import World


@pytest.fixture
async def world() -> World:
    world = World()
    await world.chat.say(world.person, "Салам")
    return world
