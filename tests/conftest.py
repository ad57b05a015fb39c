"""What every test may ask for."""

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is: time is measured in the benchmark.
settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")

pytest_plugins = [
    "tests.support.garbage",
    "tests.support.order",
    "tests.support.services",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite what the bot says in the transcripts"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
