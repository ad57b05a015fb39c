"""Publishers to be killed, and copies of one repository."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editorial.publishing.killing import Nursery
from tests.support.content import ContentFolder
from tests.support.publishing import Replicas


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def replicas(good_content: ContentFolder, tmp_path: Path) -> Replicas:
    return Replicas(tmp_path, good_content)
