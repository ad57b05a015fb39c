"""`python -m tests.bench`: the bots in turn, several rounds, and a table. Needs Linux and two free cores."""

import argparse
import gc
import json
import os
import pstats
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import uvloop
from rich.console import Console
from rich.progress import Progress

from tests.bench.contenders import Contender, Cores, started
from tests.bench.driver import Driver
from tests.bench.report import Sample, medians, percentile, table

_NAMES = ("joldosh", "menu", "echo")
_ALONE = 100
# A bot in a closed loop has always something to do; below this somebody else took processor time.
_BUSY_ENOUGH = 85


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=_NAMES, default=_NAMES, metavar="BOT")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--updates", type=int, default=1200, help="for each bot in each round")
    parser.add_argument("--persons", type=int, default=8, help="so many at once")
    parser.add_argument("--json", type=Path, help="write the result into this file, too")
    parser.add_argument(
        "--profile", action="store_true", help="show where joldosh spends its time"
    )
    options = parser.parse_args()
    cores = Cores.of_this_machine()
    os.sched_setaffinity(0, cores.others)
    # What is loaded by now stays to the end; a pause of the driver must not look like one of a bot.
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="joldosh-bench-") as folder:
        if options.profile:
            uvloop.run(_profile(options, Path(folder), cores))
        else:
            uvloop.run(_compare(options, Path(folder), cores))


async def _compare(options: argparse.Namespace, folder: Path, cores: Cores) -> None:
    samples: dict[str, list[Sample]] = {name: [] for name in options.only}
    calls: dict[str, dict[str, float]] = {}
    with ExitStack() as stack, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)

        def told() -> None:
            progress.advance(task)

        racers = []
        for name in options.only:
            contender = stack.enter_context(started(name, folder, cores))
            racers.append((contender, Driver(contender, options.persons)))
        warm_up = options.updates // 2
        rounds = options.rounds * (options.updates + _ALONE)
        progress.update(task, total=len(racers) * (warm_up + rounds), description="warming up")
        for contender, driver in racers:
            with contender.going_on():
                await driver.play(warm_up, told=told)
                await driver.forget_calls()
        for number in range(1, options.rounds + 1):
            for contender, driver in racers:
                progress.update(task, description=f"round {number}: {contender.name}")
                with contender.going_on():
                    sample = await _round(contender, driver, options.updates, told)
                samples[contender.name].append(sample)
        for contender, driver in racers:
            calls[contender.name] = await driver.calls_per_update(rounds)
    results = {name: medians(taken) for name, taken in samples.items()}
    title = f"median of {options.rounds} rounds of {options.updates} updates, "
    Console().print(table(results, title + f"{options.persons} persons at once"))
    for name, counts in calls.items():
        said = ", ".join(f"{method} {count:.2f}" for method, count in counts.items())
        Console().print(f"{name}, calls an update: {said}", highlight=False)
    for name, result in results.items():
        if result["core_busy_percent"] < _BUSY_ENOUGH:
            Console().print(
                f"{name} had to wait: the machine was not free, so read the ratios only"
            )
    if options.json:
        options.json.write_text(json.dumps({"results": results, "calls": calls}, indent=1) + "\n")


async def _round(
    contender: Contender, driver: Driver, updates: int, told: Callable[[], None]
) -> Sample:
    before = contender.processor_seconds()
    load = await driver.play(updates, told=told)
    processor = contender.processor_seconds() - before
    alone = await driver.play(_ALONE, persons=1, told=told)
    return Sample(
        updates_per_second=updates / load.seconds,
        processor_ms=1000 * processor / updates,
        core_busy_percent=100 * processor / load.seconds,
        p50_ms=1000 * percentile(load.waits, 50),
        p99_ms=1000 * percentile(load.waits, 99),
        alone_p50_ms=1000 * percentile(alone.waits, 50),
        memory_mb=contender.memory_mb(),
    )


async def _profile(options: argparse.Namespace, folder: Path, cores: Cores) -> None:
    file = folder / "joldosh.profile"
    with started("joldosh", folder, cores, profile=file) as contender, contender.going_on():
        await Driver(contender, options.persons).play(options.updates)
    for order in (pstats.SortKey.TIME, pstats.SortKey.CUMULATIVE):
        pstats.Stats(str(file)).strip_dirs().sort_stats(order).print_stats(40)


if __name__ == "__main__":
    main()
