"""An operator stops the bot: what it has in its hands it finishes, and then it does not linger."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.crash.deployment import Deployment, Nursery
from tests.crash.persons import settled_person, shown
from tests.support.bot_api_double import BotApiDouble, Hold, Reset

pytestmark = pytest.mark.slow

SOON = 3  # seconds; measured on an idle machine: 0.2 to 0.5


async def stopped_within(deployment: Deployment, seconds: float) -> None:
    started = time.monotonic()
    assert await deployment.stop() == 0, deployment.output
    assert time.monotonic() - started < seconds


async def test_with_nothing_to_do(api: BotApiDouble, deployment: Deployment) -> None:
    await settled_person(api, 1001)
    await stopped_within(deployment, SOON)
    assert "rror" not in deployment.output


async def test_by_the_keyboard(by_polling: Deployment) -> None:
    by_polling.signal(signal.SIGINT)
    assert await by_polling.ended() == 0
    assert "Traceback" not in by_polling.output


async def test_in_the_middle_of_an_update(api: BotApiDouble, deployment: Deployment) -> None:
    person = await settled_person(api, 1001)
    before = shown(api, person)
    hold = Hold()
    api.faults.add(hold, "sendMessage")
    calls = len(api.calls(chat_id=person.id))
    person.types("/hotlines")
    await api.wait_for_calls(calls + 1, chat_id=person.id)

    deployment.signal(signal.SIGTERM)
    ending = asyncio.create_task(deployment.ended())
    await asyncio.sleep(0.5)
    assert not ending.done(), "it left in the middle"
    hold.until.set()
    async with asyncio.timeout(SOON):
        assert await ending == 0

    assert len(shown(api, person)) == len(before) + 1
    assert deployment.unsent() == 0
    assert len(api.updates) == 0, "Telegram knows that it was handled"


async def test_while_telegram_is_out_of_reach(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path
) -> None:
    api.faults.add(Reset(), times=None)
    deployment = await Deployment(nursery, api, tmp_path, webhook=False).start()
    await api.wait_for_calls(1, "deleteWebhook")
    await stopped_within(deployment, SOON)


async def test_the_demo_with_its_page_open(
    nursery: Nursery, api: BotApiDouble, tmp_path: Path
) -> None:
    demo = await Deployment(nursery, api, tmp_path, webhook=False).start("demo")
    async with ClientSession(demo.url) as browser, browser.get("/chat/events") as events:
        assert (await events.content.readline()).startswith(b"retry:")
        await stopped_within(demo, SOON)
    assert api.calls() == [], "the demo talks to nobody"


async def test_the_command_itself(nursery: Nursery, api: BotApiDouble, tmp_path: Path) -> None:
    """All other tests fork a bot that is imported already; this one starts as an operator starts it."""
    deployment = Deployment(nursery, api, tmp_path, webhook=True)
    joldosh = Path(sys.executable).with_name("joldosh")
    environment = deployment.environment
    with subprocess.Popen([joldosh, "serve"], cwd=tmp_path, env=environment) as process:
        try:
            await deployment.listening()
            person = await settled_person(api, 1001)
            assert person.screen
            started = time.monotonic()
            process.terminate()
            assert await asyncio.to_thread(process.wait, 10) == 0
            assert time.monotonic() - started < SOON
        finally:
            process.kill()
