"""A house of staff pages for each test, quickly: its database is migrated once a session and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import make_engine
from db.migrate import upgrade
from tests.web.staff.room import StaffHouse, open_staff_house


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("staff") / "migrated.db"

    async def migrate() -> None:
        engine = make_engine(f"sqlite:///{path}")
        await upgrade(engine)
        await engine.dispose()

    asyncio.run(migrate())
    return path


@pytest.fixture(scope="session")
def one_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncEngine:
    """Of the file that holds the database of one test after the other: what an engine knows of SQL it has to learn
    once, which was half of what a house cost.
    """
    return make_engine(f"sqlite:///{tmp_path_factory.mktemp('house')}/joldosh.db")


@pytest.fixture
async def house(
    migrated: Path, one_engine: AsyncEngine, tmp_path: Path
) -> AsyncIterator[StaffHouse]:
    file = Path(one_engine.url.database or "")
    for left in file.parent.iterdir():
        left.unlink()
    shutil.copy(migrated, file)
    async with open_staff_house(tmp_path, one_engine) as house:
        yield house
