"""`joldosh demo` as a process of its own, on a free port."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Demo:
    """`staff_link` lets an admin in, once."""

    address: str
    staff_link: str


@asynccontextmanager
async def running_demo(
    folder: Path, content: Path, patience: float = _START_SECONDS
) -> AsyncIterator[Demo]:
    """A demo that keeps its store in `folder`; it must end well by itself at the end.

    `patience` is how many seconds it has to start.
    """
    environment = {name: value for name, value in os.environ.items() if "JOLDOSH_" not in name}
    environment |= {
        "JOLDOSH_LISTEN": "127.0.0.1:0",
        "JOLDOSH_CONTENT_DIR": str(content.resolve()),
        "JOLDOSH_SEARCH_BY_MEANING": "false",
    }
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("joldosh")),
        "demo",
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield await asyncio.wait_for(_told(process.stdout), patience)
    finally:
        process.terminate()
        assert await process.wait() == 0


async def _told(output: asyncio.StreamReader) -> Demo:
    found: list[str] = []
    async for line in output:
        found += (address.decode() for address in re.findall(rb"http://\S+", line))
        if len(found) == 2:
            return Demo(*found)
    raise AssertionError("the demo ended before it listened")
