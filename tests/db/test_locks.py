"""One turn of a person at a time; different persons do not wait for each other."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from db.errors import StoreUnavailable
from db.locks import LocalLocks, PersonLocks, RedisLocks
from db.redis_client import make_redis


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = make_redis(redis_url)
    yield client
    await client.aclose()


@pytest.fixture(params=["local", "redis"])
def addresses(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("redis_url") if request.param == "redis" else None


@pytest.fixture
async def locks(addresses: str | None) -> AsyncIterator[PersonLocks]:
    if addresses is None:
        yield LocalLocks()
        return
    client = make_redis(addresses)
    yield RedisLocks(client)
    await client.aclose()


class TestLocks:
    async def test_turns_of_one_person_do_not_overlap(self, locks: PersonLocks) -> None:
        inside = most = 0

        async def turn() -> None:
            nonlocal inside, most
            async with locks.hold("a1b2"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(turn() for _ in range(5)))

        assert most == 1

    async def test_turns_of_two_persons_do_overlap(self, locks: PersonLocks) -> None:
        both = asyncio.Barrier(2)

        async def turn(person: str) -> str:
            async with locks.hold(person), asyncio.timeout(2):
                await both.wait()
            return person

        ended = await asyncio.gather(turn("a1b2"), turn("c3d4"))

        assert set(ended) == {"a1b2", "c3d4"}

    async def test_a_turn_that_fails_lets_the_next_one_in(self, locks: PersonLocks) -> None:
        with pytest.raises(LookupError):
            async with locks.hold("a1b2"):
                raise LookupError

        async with asyncio.timeout(2), locks.hold("a1b2"):
            entered = True
        assert entered

    async def test_a_turn_that_is_cancelled_lets_the_next_one_in(self, locks: PersonLocks) -> None:
        async def turn() -> None:
            async with locks.hold("a1b2"):
                await asyncio.sleep(10)

        running, waiting = asyncio.create_task(turn()), asyncio.create_task(turn())
        await asyncio.sleep(0.02)
        for task in (waiting, running):
            task.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)

        async with asyncio.timeout(2), locks.hold("a1b2"):
            entered = True
        assert entered


class TestLocalLocks:
    async def test_who_comes_first_is_served_first(self) -> None:
        locks = LocalLocks()
        served: list[int] = []

        async def turn(number: int) -> None:
            async with locks.hold("a1b2"):
                await asyncio.sleep(0)
                served.append(number)

        await asyncio.gather(*(turn(number) for number in range(20)))

        assert served == list(range(20))

    async def test_nothing_is_left_behind(self) -> None:
        locks = LocalLocks()

        async def turn(number: int) -> None:
            async with locks.hold(f"person-{number % 7}"):
                await asyncio.sleep(0.001)

        tasks = [asyncio.create_task(turn(number)) for number in range(50)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[49].cancel()
        assert len(locks) == 7
        await asyncio.gather(*tasks, return_exceptions=True)

        assert len(locks) == 0


class TestRedisLocks:
    async def test_two_processes_keep_each_other_out(self, redis: Redis, redis_url: str) -> None:
        other = make_redis(redis_url)

        async with RedisLocks(redis).hold("a1b2"):
            with pytest.raises(StoreUnavailable, match="has not ended in time"):
                async with RedisLocks(other, patience_seconds=0.05).hold("a1b2"):
                    pytest.fail("two turns of one person at once")
        await other.aclose()

        assert await redis.keys() == []

    async def test_the_lock_of_a_process_that_died_is_free_after_a_while(
        self, redis: Redis
    ) -> None:
        dead = RedisLocks(redis, turn_seconds=0.05).hold("a1b2")
        await dead.__aenter__()

        async with asyncio.timeout(2), RedisLocks(redis).hold("a1b2"):
            assert await redis.keys() == [b"joldosh:turn:a1b2"]

    async def test_a_turn_that_outlived_its_lock_ends_well_and_leaves_the_next_ones_lock(
        self, redis: Redis
    ) -> None:
        async with RedisLocks(redis, turn_seconds=0.02).hold("a1b2"):
            await asyncio.sleep(0.05)
            next_turn = RedisLocks(redis).hold("a1b2")
            await next_turn.__aenter__()

        assert await redis.keys() == [b"joldosh:turn:a1b2"]
        await next_turn.__aexit__(None, None, None)

    async def test_without_redis_no_turn_begins(self) -> None:
        client = make_redis("unix:///nowhere")

        with pytest.raises(StoreUnavailable):
            async with RedisLocks(client).hold("a1b2"):
                pytest.fail("a turn without a lock")
        await client.aclose()
