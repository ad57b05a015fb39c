"""A database and a content folder of its own for each test of a job."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.migrate import upgrade
from tests.support.content import ContentFolder, make_content


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return make_content(tmp_path / "content")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'joldosh.db'}")
    await upgrade(engine)
    yield engine
    await engine.dispose()
