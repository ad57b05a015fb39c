"""What the database room raises on purpose. It must not carry an address, a credential or a row."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

SQL_SILENCE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
"""What SQLAlchemy raises when a database does not answer."""


class StoreError(Exception):
    """Its message says what to do next, for operators."""


class BadDatabaseAddress(StoreError):
    """The address names no database that could be opened."""


class BadRedisAddress(StoreError):
    """The address names no Redis that could be asked."""


class StoreUnavailable(StoreError):
    """The store does not answer now; the same update may succeed when it is delivered again."""


@contextmanager
def answering(store: str, *silence: type[Exception]) -> Iterator[None]:
    """Turn what a driver raises when nobody answers into the one error that callers know.

    A timeout and a failing socket are always silence; `silence` adds the driver's own classes.
    """
    expected: tuple[type[Exception], ...] = (*silence, OSError)  # TimeoutError is one of them
    try:
        yield
    except expected as error:
        raise StoreUnavailable(
            f"{store} does not answer as it should ({type(error).__name__}). "
            "See that it runs, that its address is right, and that `joldosh migrate` has been run."
        ) from error
