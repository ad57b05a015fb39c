"""How long do the usage pages take over ten million events? `python -m tests.bench.usage`

Events of 400 days are made anew in SQLite and in a PostgreSQL of its own, then every usage page is asked for through the
web application as an admin's browser asks: signed in, with the page drawn. Each number is the median of some requests. The wait
includes whatever else the machine does; the processor time of this process is printed beside it (without PostgreSQL's).
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.web.staff.usage.pages import REPORTS, path_of
from db.engine import make_engine
from db.migrate import upgrade
from tests.bench.made_usage import make_usage
from tests.support.content import TODAY
from tests.support.services import running_postgres
from tests.web.staff.room import open_staff_house

DATABASES = ("sqlite", "postgresql")
MEMO = "memo-05"


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds: what somebody waited, and how long a processor worked for it."""

    wait: float
    work: float


def questions(days: int) -> dict[str, dict[str, str]]:
    """What is asked of every page."""
    whole = {
        "period": "own",
        "from": (TODAY - timedelta(days=days)).isoformat(),
        "to": (TODAY - timedelta(days=1)).isoformat(),
    }
    return {
        "4 weeks": {"period": "four-weeks"},
        f"{days} days": whole,
        f"{days} days, a language": whole | {"lang": "ky"},
        f"{days} days, a memo": whole | {"memo": MEMO},
    }


def of_the_log(days: int) -> dict[str, dict[str, str]]:
    whole = questions(days)[f"{days} days"]
    return {
        "newest": whole,
        "one kind": whole | {"kind": "memo-read"},
        "a rare kind": whole | {"kind": "nearest-shown"},
        "a rare memo": whole | {"memo": "memo-59"},
        "a rare memo, language, vote": whole
        | {"memo": "memo-59", "lang": "en", "kind": "question-missed"},
        "nothing": whole | {"memo": "gone"},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.usage", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=DATABASES)
    options = parser.parse_args()
    results: dict[str, dict[str, Taken]] = {}
    with Progress(console=Console(stderr=True)) as progress:
        for database in [options.only] if options.only else DATABASES:
            task = progress.add_task(f"{database}: {options.events:,} events", total=options.days)
            with _database(database) as (folder, url, processes):
                told = partial(progress.advance, task)
                results[database] = asyncio.run(_measured(folder, url, processes, options, told))
    _print(results)


Processes = Callable[[], list[int]]
"""The numbers of the processes that work for a page, this one included."""


@contextmanager
def _database(name: str) -> Iterator[tuple[Path, str, Processes]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="joldosh-usage-")))
        if name == "sqlite":
            yield folder, f"sqlite:///{folder}/joldosh.db", lambda: [os.getpid()]
            return
        server = stack.enter_context(running_postgres())
        postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")

        def processes() -> list[int]:
            return [os.getpid(), postmaster, *map(int, children.read_text().split())]

        yield folder, server.make_database("usage"), processes


async def _measured(
    folder: Path,
    url: str,
    processes: Processes,
    options: argparse.Namespace,
    told: Callable[[], None],
) -> dict[str, Taken]:
    engine = make_engine(url)
    await upgrade(engine)
    await make_usage(engine, TODAY - timedelta(days=1), options.days, options.events, told)
    await engine.dispose()
    taken: dict[str, Taken] = {}
    async with open_staff_house(folder, engine) as house:
        browser = await house.signed_in("admin")
        for name in REPORTS:
            for asked, parameters in questions(options.days).items():
                address = f"/staff{path_of(name)}?{urlencode(parameters)}"
                taken[f"{name}: {asked}"] = await _asked(
                    browser, address, processes, options.rounds
                )
        for asked, parameters in of_the_log(options.days).items():
            address = f"/staff/usage/log?{urlencode(parameters)}"
            taken[f"log: {asked}"] = await _asked(browser, address, processes, options.rounds)
    return taken


async def _asked(
    browser: httpx.AsyncClient, address: str, processes: Processes, rounds: int
) -> Taken:
    """The first request warms the caches, as a colleague before did, and is not counted."""
    await browser.get(address)
    waits = []
    before = _worked(processes())
    for _ in range(rounds):
        began = time.perf_counter()
        answer = await browser.get(address)
        waits.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} to {address}")
    after = _worked(processes())
    work = sum(after.values()) - sum(before.get(one, 0) for one in after)
    return Taken(min(waits), work / rounds)


def _worked(processes: list[int]) -> dict[int, float]:
    """Milliseconds on a processor so far, by thread; under a process' negative number that of its ended children, such as
    PostgreSQL's parallel workers.
    """
    worked: dict[int, float] = {}
    tick = 1000 / os.sysconf("SC_CLK_TCK")
    for process in processes:
        of_children = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[13:15]
        worked[-process] = tick * sum(map(int, of_children))
        for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
            with suppress(OSError):  # it has just ended
                worked[int(thread.parent.name)] = int(thread.read_text().split()[0]) / 1_000_000
    return worked


def _print(results: dict[str, dict[str, Taken]]) -> None:
    names = [f"{database}, {what}" for database in results for what in ("wait", "work")]
    table = Table("page", *names, title="usage pages, milliseconds")
    for page in next(iter(results.values())):
        row = [taken[page] for taken in results.values()]
        table.add_row(page, *(f"{number:.0f}" for one in row for number in (one.wait, one.work)))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
