"""A replica with a folder of its own serves what others publish, without being told."""

import asyncio

from structlog.testing import capture_logs

from bot.editorial.published import PublishedContent
from bot.editorial.publishing.following import keep_following
from bot.editorial.watching import watch
from bot.guide.catalogue import Catalogue
from tests.support.publishing import FACTS, NOW, Replicas

PATIENCE = 60  # seconds of a busy machine; how long it takes is measured by the benchmark


async def test_what_is_published_here_is_served_there(replicas: Replicas) -> None:
    served: list[Catalogue] = []
    there = replicas.second
    work = [
        asyncio.create_task(keep_following(there.repository, lambda: NOW)),
        asyncio.create_task(
            watch(
                PublishedContent(there.root),
                lambda: NOW,
                publish=served.append,
                refuse=lambda problems: None,
            )
        ),
    ]
    try:
        async with asyncio.timeout(PATIENCE):
            while not served:  # noqa: ASYNC110 (a thread serves)
                await asyncio.sleep(0.02)
        await asyncio.to_thread(
            replicas.first.publish_word, FACTS, "value: 30}", "value: 31}", "A day more"
        )
        async with asyncio.timeout(PATIENCE):
            while len(served) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)

    assert served[1].facts["reg-kg-days"].value_on(NOW.date()) == 31


async def test_a_remote_that_is_gone_is_told_once(replicas: Replicas) -> None:
    replicas.lose()
    with capture_logs() as logs:
        task = asyncio.create_task(
            keep_following(replicas.second.repository, lambda: NOW, every=0.01)
        )
        async with asyncio.timeout(PATIENCE):
            while sum(log["event"] == "content.remote_trouble" for log in logs) < 3:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        replicas.find()
        async with asyncio.timeout(PATIENCE):
            while logs[-1]["event"] != "content.followed_again":  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    told = [log for log in logs if log["event"] == "content.not_followed"]
    assert [log["reason"] for log in told] == ["unreachable"]
