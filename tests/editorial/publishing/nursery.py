"""Publishers to be killed. Importing takes a second, so it is done once here; each publisher is forked and dies alone.

`python -m tests.editorial.publishing.nursery` takes a JSON object a line and answers each with a number:

    {"folder": path, "changes": {path: text or null}, "remote": name or null,
     "step": name of a step or "", "after": bool, "nth": which call, from 1}

The publisher kills itself with SIGKILL before or after the nth call of the step. The number is what it ended with, as the
shell has it: 0 when it published without meeting the step that often, -9 when it was killed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.editorial.publishing import finishing, remote, repository, staging
from bot.editorial.publishing.outcomes import Author, Published
from tests.support.publishing import NOW

# Where each step of a publication is looked up when it is called.
STEPS: dict[str, tuple[Any, str]] = {
    "write the journal": (repository, "write_journal"),
    "lay a file": (finishing, "lay_file"),
    "move the branch": (finishing, "_point"),
    "claim the index": (staging, "_claim"),
    "stage": (finishing, "stage"),
    "remove the journal": (finishing, "remove_journal"),
    "fetch": (remote.Remote, "fetch"),
    "push": (remote.Remote, "push"),
    "remember the remote": (remote.Remote, "_remember"),
}
# Every call that changes a disk, by anybody: our code, dulwich, the standard library.
DISK = ("replace", "rename", "unlink", "remove", "link", "mkdir", "rmdir", "fsync", "chmod")


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(_publish(order))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _publish(order: dict[str, Any]) -> int:
    if order["step"]:
        arm(order["step"], order["nth"], after=order["after"])
    folder = Path(order["folder"])
    changes = {
        path: None if text is None else text.encode() for path, text in order["changes"].items()
    }
    bases = {
        path: (folder / path).read_bytes() if (folder / path).exists() else None
        for path in changes
    }
    author = Author("Айгуль", "aigul@example.org")
    outcome = repository.Repository(folder, order["remote"]).publish(
        changes, bases, author, order["message"], NOW
    )
    return 0 if isinstance(outcome, Published) else 1


def arm(step: str, nth: int = 1, *, after: bool) -> None:
    """From now on this process kills itself before or after the nth call of a step; "disk" is any that changes a disk."""
    calls = _Calls(nth, after=after)
    if step == "disk":
        for name in DISK:
            setattr(os, name, calls.counted(getattr(os, name)))
    else:
        place, name = STEPS[step]
        setattr(place, name, calls.counted(getattr(place, name)))


class _Calls:
    def __init__(self, nth: int, *, after: bool) -> None:
        self._left = nth
        self._after = after

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:
            self._left -= 1
            is_last = self._left == 0
            if is_last and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*arguments, **named)
            if is_last:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counting


if __name__ == "__main__":
    main()
