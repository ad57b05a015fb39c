"""`kill -9` between any two steps: persons read the old edition or the new one, and the next publisher finishes."""

import shutil
from pathlib import Path

import pytest

from bot.editorial.journal import read_journal
from bot.editorial.publishing.outcomes import Published
from bot.editorial.snapshot import take_snapshot
from tests.editorial.publishing.killing import KILLED, MESSAGE, Nursery, age_locks
from tests.editorial.publishing.nursery import STEPS
from tests.support.content import ContentFolder
from tests.support.publishing import (
    FACTS,
    KY,
    NEW_WORD,
    NOW,
    RU,
    WORD,
    commit_all,
    desk,
    git,
    status,
    subjects,
)

pytestmark = pytest.mark.slow  # a process that is killed at every step

GONE, NEW = "wording.yaml", "dangers/passport-taken.yaml"
THEIRS = [" M code.py", "M  staged.py", "?? untracked.py"]
LOCAL_STEPS = [step for step in STEPS if step not in ("fetch", "push", "remember the remote")]
# Before this step nothing is published, after it everything.
ATOMIC = "write the journal"


def make_project(good: ContentFolder, top: Path) -> ContentFolder:
    """A larger repository, where others have dirty, staged and untracked files."""
    shutil.copytree(good.root, top / "content")
    shutil.rmtree(top / "content" / "dangers")
    for name in ("code.py", "staged.py"):
        (top / name).write_text("print(1)\n")
    git(top, "init", "--initial-branch=main")
    commit_all(top)
    for name in ("code.py", "staged.py", "untracked.py"):
        (top / name).write_text("print(2)\n")
    git(top, "add", "staged.py")
    return ContentFolder(top / "content")


def changes_of(content: ContentFolder) -> dict[str, str | None]:
    """Two files change, one comes into a folder of its own and one goes."""
    return {
        RU: content.read(RU).replace(WORD, NEW_WORD),
        FACTS: content.read(FACTS).replace("value: 30}", "value: 31}"),
        NEW: "cries:\n  ru: [отдайте паспорт]\n",
        GONE: None,
    }


def as_published(changes: dict[str, str | None]) -> dict[str, bytes | None]:
    return {path: None if text is None else text.encode() for path, text in changes.items()}


def finish_and_look(
    content: ContentFolder, changes: dict[str, str | None], *, was_new: bool
) -> None:
    """The next publisher comes; after it all is as if nobody had ever been killed."""
    top = content.root.parent
    age_locks(top)
    after = desk(content.root)
    if not was_new:
        assert isinstance(after.publish(as_published(changes), message=MESSAGE), Published)
    assert isinstance(after.publish_word(KY, "Паспортуңузду", "Паспортту", "Next"), Published)

    assert subjects(top) == ["Next", MESSAGE, "Write"]
    assert status(top) == THEIRS
    assert git(top, "show", ":staged.py") == "print(2)"
    assert git(top, "fsck", "--strict", "--no-dangling") == ""
    assert read_journal(content.root) is None
    assert {path.name for path in content.root.rglob(".publishing*")} <= {
        ".publishing-lock",
        ".publishing-journal.new",
    }


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", LOCAL_STEPS)
def test_killed_at_a_step(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path, step: str, after: bool
) -> None:
    content = make_project(good_content, tmp_path / "project")
    changes = changes_of(content)
    old = take_snapshot(content.root)
    new = old.with_files(as_published(changes))

    assert nursery.publish(content.root, changes, step, after=after) == KILLED

    is_published = (step, after) != (ATOMIC, False)
    assert take_snapshot(content.root) == (new if is_published else old)
    finish_and_look(content, changes, was_new=is_published)


@pytest.mark.parametrize("nth", [2, 3, 4])
def test_killed_between_two_files(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path, nth: int
) -> None:
    content = make_project(good_content, tmp_path / "project")
    changes = changes_of(content)
    old = take_snapshot(content.root)

    assert nursery.publish(content.root, changes, "lay a file", nth=nth) == KILLED

    new = old.with_files(as_published(changes))
    assert take_snapshot(content.root) == new
    finish_and_look(content, changes, was_new=True)


def test_who_was_killed_is_finished_without_a_publication_too(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path
) -> None:
    content = make_project(good_content, tmp_path / "project")
    assert nursery.publish(content.root, changes_of(content), "lay a file", nth=3) == KILLED

    desk(content.root).repository.finish(NOW)

    assert subjects(content.root) == [MESSAGE, "Write"]
    assert status(content.root.parent) == THEIRS
    assert NEW_WORD in content.read(RU)


def test_somebody_commits_by_hand_before_the_killed_one_is_finished(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path
) -> None:
    content = make_project(good_content, tmp_path / "project")
    top = content.root.parent
    assert nursery.publish(content.root, changes_of(content), "move the branch") == KILLED
    git(top, "commit", "-m", "By hand", "code.py")

    desk(content.root).repository.finish(NOW)

    assert subjects(top) == [MESSAGE, "By hand", "Write"]
    assert git(top, "log", "-1", "--format=%an") == "Айгуль"
    assert status(top) == THEIRS[1:]


@pytest.mark.slow
def test_killed_at_every_call_that_changes_the_disk(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path
) -> None:
    nth, published = 0, False
    seen = set()
    while True:
        nth += 1
        content = make_project(good_content, tmp_path / str(nth))
        changes = changes_of(content)
        old = take_snapshot(content.root)
        new = old.with_files(as_published(changes))

        if nursery.publish(content.root, changes, "disk", nth=nth) == 0:
            break
        is_new = take_snapshot(content.root) == new
        assert is_new or take_snapshot(content.root) == old, nth
        assert is_new or not published, f"{nth}: what a later call would have undone is undone"
        published = is_new
        seen.add(is_new)
        finish_and_look(content, changes, was_new=is_new)

    assert nth > 30
    assert seen == {False, True}


@pytest.mark.slow
def test_a_folder_without_a_repository_killed_at_every_call(
    nursery: Nursery, good_content: ContentFolder, tmp_path: Path
) -> None:
    nth = 0
    while True:
        nth += 3  # most calls are those of one object after the other
        content = ContentFolder(tmp_path / str(nth))
        shutil.copytree(good_content.root, content.root)
        old = take_snapshot(content.root)
        changes: dict[str, str | None] = {RU: content.read(RU).replace(WORD, NEW_WORD)}
        new = old.with_files(as_published(changes))

        if nursery.publish(content.root, changes, "disk", nth=nth) == 0:
            break
        found = take_snapshot(content.root)
        assert found in (old, new)
        age_locks(content.root)
        after = desk(content.root)
        if found == old:
            assert isinstance(after.publish_word(RU, WORD, NEW_WORD, MESSAGE), Published)
        assert isinstance(after.publish_word(KY, "Паспортуңузду", "Паспортту", "Next"), Published)
        assert subjects(content.root) == ["Next", MESSAGE, "Keep the guidance as it stood"]
        assert status(content.root) == []

    assert nth > 50
