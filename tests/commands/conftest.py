"""What every test of a command leaves behind is put right."""

import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def usual_logs() -> Iterator[None]:
    """A command sets logs up for its process; the next test has its own."""
    yield
    structlog.reset_defaults()
    logging.basicConfig(force=True)
