"""A house of staff pages for each test, quickly: its database is migrated once a session and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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


@pytest.fixture
async def house(migrated: Path, tmp_path: Path) -> AsyncIterator[StaffHouse]:
    copied = shutil.copy(migrated, tmp_path / "joldosh.db")
    async with open_staff_house(tmp_path, f"sqlite:///{copied}") as house:
        yield house
