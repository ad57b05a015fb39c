"""Has publishers started and killed at a step, by the nursery."""

import json
import os
import subprocess
import sys
from pathlib import Path

KILLED = -9
MESSAGE = "Say it better"


class Nursery:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.editorial.publishing.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def publish(
        self,
        folder: Path,
        changes: dict[str, str | None],
        step: str = "",
        *,
        after: bool = False,
        nth: int = 1,
        remote: str | None = None,
    ) -> int:
        order = {
            "folder": str(folder),
            "changes": changes,
            "remote": remote,
            "message": MESSAGE,
            "step": step,
            "after": after,
            "nth": nth,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        # What publishers log comes first.
        for line in self._process.stdout:
            if line.strip().lstrip("-").isdigit():
                return int(line)
        raise AssertionError("the nursery has ended")

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def age_locks(top: Path) -> None:
    """A minute later: what git itself would hold for moments only."""
    for lock in (top / ".git").rglob("*.lock"):
        if lock.name != "index.lock":
            os.utime(lock, (1, 1))
