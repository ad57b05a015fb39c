"""What lives as long as the tests is not searched for garbage, as a pytest plugin.

Python looks through everything that is alive each time the living have grown by a quarter: through all modules and
thousands of tests, half a second each time. Nothing of it is garbage before the tests have run.
"""

import gc

import pytest


def pytest_sessionstart() -> None:
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
