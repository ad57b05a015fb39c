"""The way to Redis: one address in, one client out. It must not know any key."""

from contextlib import AbstractContextManager

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from db.errors import BadRedisAddress, answering

ANSWER_SECONDS = 5


def make_redis(url: str) -> Redis:
    """A client for `redis://`, `rediss://` or `unix://`; nothing is connected yet.

    Raises `BadRedisAddress`.
    """
    # `from None`: the parser's own words can quote the password.
    try:
        return Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            # Once more on a fresh connection, for the idle one that the server has shut.
            retry=Retry(NoBackoff(), 1),
        )
    except ValueError:
        raise BadRedisAddress(
            "The Redis address cannot be read. Use redis://name:password@host:6379/0."
        ) from None


def redis_answering() -> AbstractContextManager[None]:
    """Whatever Redis or the way to it refuses becomes `StoreUnavailable`."""
    return answering("Redis", RedisError)
