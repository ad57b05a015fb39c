"""Bots to kill, and the Telegram that they talk to."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.crash.deployment import Deployment, Nursery
from tests.support.bot_api_double import BotApiDouble


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
async def api() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as double:
        yield double


@pytest.fixture
async def by_webhook(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path
) -> AsyncIterator[Deployment]:
    """A bot that listens and that Telegram delivers to."""
    deployment = await Deployment(nursery, api, tmp_path, webhook=True).start()
    await api.wait_for_calls(1, "setWebhook")
    yield deployment
    await deployment.close()


@pytest.fixture
async def keeping_no_question(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path
) -> AsyncIterator[Deployment]:
    """A bot like that, told to keep no question."""
    deployment = Deployment(nursery, api, tmp_path, webhook=True, keep_unanswered=False)
    await deployment.start()
    await api.wait_for_calls(1, "setWebhook")
    yield deployment
    await deployment.close()


@pytest.fixture
async def by_polling(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path
) -> AsyncIterator[Deployment]:
    """A bot that asks Telegram for updates."""
    deployment = await Deployment(nursery, api, tmp_path, webhook=False).start()
    await api.wait_for_calls(1, "getUpdates")
    yield deployment
    await deployment.close()


@pytest.fixture(params=["by_webhook", "by_polling"])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """Both, one after the other."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Deployment)
    return found
