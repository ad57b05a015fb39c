"""`kill -9` while a remote is asked: what is live stays live, and what was not pushed is pushed the next time."""

import pytest

from bot.editorial.publishing.outcomes import Followed, NothingToDo, Pushed
from bot.editorial.snapshot import take_snapshot
from tests.editorial.publishing.killing import KILLED, MESSAGE, Nursery, age_locks
from tests.support.publishing import (
    FACTS,
    KY,
    NEW_WORD,
    NOW,
    RU,
    WORD,
    Replicas,
    git,
    status,
    subjects,
)


def new_text(replicas: Replicas) -> dict[str, str | None]:
    return {RU: replicas.first.content.read(RU).replace(WORD, NEW_WORD)}


@pytest.mark.parametrize(
    ("step", "after", "is_pushed"),
    [
        ("push", False, False),
        ("remember the remote", False, True),  # it was pushed, and the next fetch tells
        ("push", True, True),
    ],
)
def test_killed_before_and_after_the_push(
    nursery: Nursery, replicas: Replicas, step: str, after: bool, is_pushed: bool
) -> None:
    # What is fetched first is remembered too: the second time is that of the push.
    nth = 2 if step == "remember the remote" else 1
    killed = nursery.publish(
        replicas.first.root, new_text(replicas), step, after=after, nth=nth, remote="origin"
    )
    assert killed == KILLED
    assert NEW_WORD.encode() in take_snapshot(replicas.first.root).files[RU]

    age_locks(replicas.first.root)
    outcome = replicas.first.repository.push_what_is_waiting(NOW)

    assert isinstance(outcome, NothingToDo if is_pushed else Pushed)
    assert subjects(replicas.hub) == [MESSAGE, "Write"]
    assert status(replicas.first.root) == []


def test_killed_while_it_fetched_nothing_is_published(
    nursery: Nursery, replicas: Replicas
) -> None:
    before = take_snapshot(replicas.first.root)

    killed = nursery.publish(
        replicas.first.root, new_text(replicas), "fetch", after=True, remote="origin"
    )

    assert killed == KILLED
    assert take_snapshot(replicas.first.root) == before
    assert subjects(replicas.first.root) == ["Write"]


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "step",
    ["write the journal", "lay a file", "move the branch", "stage", "remove the journal"],
)
def test_killed_while_it_takes_in_what_others_published(
    nursery: Nursery, replicas: Replicas, step: str, after: bool
) -> None:
    there, here = replicas.second, replicas.first
    old = take_snapshot(here.root)
    there.publish(
        {
            FACTS: there.content.read(FACTS).replace("value: 30}", "value: 31}").encode(),
            KY: there.content.read(KY).replace("Паспортуңузду", "Паспортту").encode(),
            "wording.yaml": None,
        }
    )

    killed = nursery.publish(here.root, new_text(replicas), step, after=after, remote="origin")

    assert killed == KILLED
    found = take_snapshot(here.root)
    is_taken_in = (step, after) != ("write the journal", False)
    assert found == (take_snapshot(there.root) if is_taken_in else old)
    age_locks(here.root)
    assert isinstance(here.repository.follow(NOW), Followed | NothingToDo)
    assert take_snapshot(here.root) == take_snapshot(there.root)
    assert status(here.root) == []
    assert git(here.root, "rev-parse", "HEAD") == git(replicas.hub, "rev-parse", "main")
