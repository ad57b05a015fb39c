"""Starts bots in a moment: importing one takes seconds, so it is imported once here and forked.

`python -m tests.crash.nursery` takes a JSON object a line and answers each with a number:

    {"start": [arguments of joldosh], "environment": {…},
     "folder": path, "output": path, "broken": bool,
     "killed_at": step or "", "after": bool}                the pid
    {"wait": pid}                                           the exit code, once it has ended

A broken one raises exceptions that quote what it is asked. One that is killed at a step of publishing (those of
`tests.editorial.publishing.nursery`, and "note it" in the database) kills itself before or after it. The nursery ends with its standard input and takes its bots along, so that none outlives the tests.
"""

import gc
import json
import os
import signal
import sys
from typing import Any

import bot.serving  # noqa: F401  (what the fork is for)
from bot.app import first_catalogue, utc_now
from bot.cli import main as joldosh
from bot.conversation import directory
from bot.guide.place import Point
from bot.search.engine import MemoSearch
from bot.search.findings import Findings, Question
from bot.settings import Settings
from db.publications import Publications
from tests.crash.deployment import SMALL_CONTENT
from tests.editorial.publishing.nursery import STEPS, arm

STEPS["note it"] = (Publications, "published")


def main() -> None:
    _warm_up()
    alive: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            answer = os.fork()
            if not answer:
                _become(order)
                if order["broken"]:
                    MemoSearch.ask = _quote  # type: ignore[assignment, method-assign]
                    directory.nearest_offices = _quote_place  # type: ignore[assignment, attr-defined]
                if order["killed_at"]:
                    arm(order["killed_at"], after=order["after"])
                return joldosh()
            alive.add(answer)
        else:
            _, status = os.waitpid(order["wait"], 0)
            alive.discard(order["wait"])
            answer = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return None


def _warm_up() -> None:
    """Do once what every bot would do anew: load the data of languages, look through what was imported."""
    first_catalogue(Settings(_env_file=None, content_dir=SMALL_CONTENT), utc_now)
    gc.collect()
    gc.freeze()


async def _quote(_search: MemoSearch, question: Question) -> Findings:
    """As libraries do that put their input into the message of an exception."""
    raise ValueError(f"cannot read {question.text!r}")


def _quote_place(_contacts: object, _cities: object, here: Point) -> None:
    raise ValueError(f"there is no office near {here}")


def _become(order: dict[str, Any]) -> None:
    """Take on what a process is started with."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.argv = ["joldosh", *order["start"]]


if __name__ == "__main__":
    main()
