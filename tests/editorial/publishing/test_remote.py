"""Several copies of one repository: what one publishes the others have; who was slower joins, and nobody is overwritten."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.editorial.journal import read_journal
from bot.editorial.publishing.outcomes import (
    Followed,
    NothingToDo,
    Published,
    Pushed,
    Reason,
    Refused,
    RemoteTrouble,
)
from bot.editorial.publishing.remote import Overtaken, Remote
from bot.editorial.snapshot import take_snapshot
from tests.support.content import ContentFolder
from tests.support.publishing import (
    EN,
    FACTS,
    KY,
    NEW_WORD,
    NOW,
    RU,
    WORD,
    Replicas,
    commit_all,
    desk,
    files_of,
    git,
    status,
    subjects,
)

pytestmark = pytest.mark.slow  # servers and processes of their own

KY_WORD, KY_NEW = "Паспортуңузду", "Паспортту"


def test_what_one_publishes_the_other_follows(replicas: Replicas) -> None:
    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Published)
    assert git(replicas.hub, "rev-parse", "main") == outcome.commit
    assert replicas.second.repository.follow(NOW) == Followed(outcome.commit)
    assert NEW_WORD in replicas.second.content.read(RU)
    assert status(replicas.second.root) == []
    assert replicas.second.repository.follow(NOW) == NothingToDo()


def test_who_was_slower_takes_in_what_was_faster_and_pushes_on_top(replicas: Replicas) -> None:
    replicas.first.publish_word(RU, WORD, NEW_WORD, "First")

    outcome = replicas.second.publish_word(KY, KY_WORD, KY_NEW, "Second")

    assert isinstance(outcome, Published)
    assert subjects(replicas.hub) == ["Second", "First", "Write"]
    assert NEW_WORD in replicas.second.content.read(RU)


def test_who_is_overtaken_while_publishing_joins_and_pushes_again(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    push = Remote.push
    raced: list[bool] = []

    def push_slowly(self: Remote, tip: object) -> object:
        if not raced:
            raced.append(True)
            replicas.first.publish_word(RU, WORD, NEW_WORD, "Faster")
        return push(self, tip)  # type: ignore[arg-type]

    monkeypatch.setattr(Remote, "push", push_slowly)

    outcome = replicas.second.publish_word(KY, KY_WORD, KY_NEW, "Slower")

    assert isinstance(outcome, Published)
    assert set(subjects(replicas.hub)) == {
        "Join what was published here and elsewhere",
        "Faster",
        "Slower",
        "Write",
    }
    assert git(replicas.hub, "show", f"main:{RU}").count(NEW_WORD) == 1
    assert git(replicas.hub, "show", f"main:{KY}").count(KY_NEW)
    assert status(replicas.second.root) == []
    assert isinstance(replicas.first.repository.follow(NOW), Followed)
    assert take_snapshot(replicas.first.root) == take_snapshot(replicas.second.root)


def test_a_remote_that_is_gone_keeps_nothing_back(replicas: Replicas) -> None:
    replicas.lose()

    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, RemoteTrouble)
    assert outcome.reason is Reason.UNREACHABLE
    assert outcome.commit == git(replicas.first.root, "rev-parse", "HEAD")
    assert NEW_WORD in replicas.first.content.read(RU)

    replicas.find()
    assert replicas.first.repository.push_what_is_waiting(NOW) == Pushed(outcome.commit)
    assert git(replicas.hub, "rev-parse", "main") == outcome.commit
    assert replicas.first.repository.push_what_is_waiting(NOW) == NothingToDo()


def test_what_was_waiting_goes_along_with_the_next_publication(replicas: Replicas) -> None:
    replicas.lose()
    replicas.first.publish_word(RU, WORD, NEW_WORD, "Waiting")
    replicas.find()
    replicas.second.publish_word(FACTS, "value: 30}", "value: 31}", "Elsewhere")

    assert isinstance(replicas.first.publish_word(KY, KY_WORD, KY_NEW, "Next"), Published)

    assert subjects(replicas.hub)[:2] == ["Next", "Join what was published here and elsewhere"]
    assert "value: 31}" in replicas.first.content.read(FACTS)
    assert git(replicas.hub, "log", "-1", "--format=%an", "main^") == "Айгуль"


def test_lines_changed_here_and_there_are_shown_and_never_forced(replicas: Replicas) -> None:
    replicas.lose()
    replicas.first.publish_word(RU, WORD, NEW_WORD, "Here")
    replicas.find()
    replicas.second.publish_word(RU, WORD, "Прячьте паспорт", "There")
    there = git(replicas.hub, "rev-parse", "main")

    for outcome in (
        replicas.first.publish_word(KY, KY_WORD, KY_NEW, "Next"),
        replicas.first.repository.push_what_is_waiting(NOW),
    ):
        assert isinstance(outcome, RemoteTrouble)
        assert outcome.reason is Reason.APART
        [clash] = outcome.clashes
        assert clash.path == RU
        assert clash.ours is not None
        assert clash.published is not None
        assert NEW_WORD in clash.ours.decode()
        assert "Прячьте паспорт" in clash.published.decode()

    assert git(replicas.hub, "rev-parse", "main") == there
    assert subjects(replicas.first.root) == ["Next", "Here", "Write"]
    assert KY_NEW in replicas.first.content.read(KY), "live here all the same"
    follower = replicas.first.repository.follow(NOW)
    assert isinstance(follower, RemoteTrouble)
    assert follower.reason is Reason.APART


def test_the_operator_joins_by_hand_what_is_apart(replicas: Replicas) -> None:
    replicas.lose()
    replicas.first.publish_word(RU, WORD, NEW_WORD, "Here")
    replicas.find()
    replicas.second.publish_word(RU, WORD, "Прячьте паспорт", "There")
    replicas.first.publish_word(KY, KY_WORD, KY_NEW, "Next")

    root = replicas.first.root
    git(root, "fetch", "origin")
    git(root, "merge", "--strategy-option=ours", "-m", "By hand", "origin/main")

    assert status(root) == []
    assert isinstance(replicas.first.repository.push_what_is_waiting(NOW), Pushed)
    assert subjects(replicas.hub)[0] == "By hand"


def test_a_broken_edition_from_elsewhere_stays_out(replicas: Replicas) -> None:
    replicas.second.content.replace(RU, WORD, "{no-such-fact}")
    commit_all(replicas.second.root, "Broken")
    git(replicas.second.root, "push")
    before = take_snapshot(replicas.first.root)

    followed = replicas.first.repository.follow(NOW)

    assert isinstance(followed, RemoteTrouble)
    assert followed.reason is Reason.BROKEN
    assert [problem.file for problem in followed.problems if problem.is_error] == [RU]
    assert take_snapshot(replicas.first.root) == before
    published = replicas.first.publish_word(KY, KY_WORD, KY_NEW)
    assert isinstance(published, RemoteTrouble)
    assert (published.reason, published.commit is None) == (Reason.BROKEN, False)

    replicas.second.content.replace(RU, "{no-such-fact}", WORD)
    commit_all(replicas.second.root, "Mended")
    git(replicas.second.root, "push")
    assert isinstance(replicas.first.repository.push_what_is_waiting(NOW), Pushed)


def test_files_changed_by_hand_are_in_the_way_and_stay(replicas: Replicas) -> None:
    replicas.second.publish_word(RU, WORD, NEW_WORD)
    replicas.first.content.replace(RU, WORD, "Мой паспорт")

    followed = replicas.first.repository.follow(NOW)

    assert followed == RemoteTrouble(Reason.IN_THE_WAY, paths=(RU,))
    assert "Мой паспорт" in replicas.first.content.read(RU)
    assert subjects(replicas.first.root) == ["Write"]


def test_what_is_refused_is_not_pushed(replicas: Replicas) -> None:
    assert isinstance(replicas.first.publish_word(RU, WORD, "{no-such-fact}"), Refused)
    assert subjects(replicas.hub) == ["Write"]


def test_a_larger_repository_moves_as_a_whole(good_content: ContentFolder, tmp_path: Path) -> None:
    hub = tmp_path / "hub.git"
    git(tmp_path, "init", "--bare", "--initial-branch=main", str(hub))
    git(tmp_path, "clone", "--quiet", str(hub), "one")
    one, two = tmp_path / "one", tmp_path / "two"
    git(one, "checkout", "-b", "main")
    for name, data in take_snapshot(good_content.root).files.items():
        ContentFolder(one / "content").write(name, data.decode())
    (one / "run.sh").write_text("echo 1\n")
    (one / "old.py").write_text("1\n")
    commit_all(one)
    git(one, "push", "origin", "main")
    git(tmp_path, "clone", "--quiet", str(hub), "two")
    (one / "run.sh").chmod(0o755)
    (one / "run.sh").write_text("echo 2\n")
    (one / "old.py").unlink()
    (one / "lib").mkdir()
    (one / "lib" / "new.py").write_text("2\n")
    (one / "link").symlink_to("lib/new.py")
    commit_all(one, "Code")
    git(one, "push", "origin", "main")
    (two / "untracked.txt").write_text("mine\n")

    outcome = desk(two / "content", "origin").publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Published)
    assert subjects(hub) == ["Say it better", "Code", "Write"]
    assert files_of(hub, "main") == [f"content/{RU}"]
    assert status(two) == ["?? untracked.txt"]
    assert (two / "link").readlink() == Path("lib/new.py")
    assert not (two / "old.py").exists()


def test_code_changed_by_hand_is_in_the_way_of_code_from_elsewhere(
    good_content: ContentFolder, tmp_path: Path
) -> None:
    replicas = Replicas(tmp_path, good_content)
    for side in (replicas.first, replicas.second):
        (side.root / "code.py").write_text(f"{side.root.name}\n")
    commit_all(replicas.second.root, "Code")
    git(replicas.second.root, "push")

    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, RemoteTrouble)
    assert (outcome.reason, outcome.paths) == (Reason.IN_THE_WAY, ("code.py",))
    assert (replicas.first.root / "code.py").read_text() == "first\n"


def test_a_detached_head_has_no_branch_to_push(replicas: Replicas) -> None:
    git(replicas.first.root, "checkout", "--detach")

    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, RemoteTrouble)
    assert outcome.reason is Reason.NO_BRANCH


def test_a_remote_that_the_repository_does_not_have(content: ContentFolder) -> None:
    outcome = desk(content.root, "origin").publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, RemoteTrouble)
    assert (outcome.reason, outcome.commit is None) == (Reason.NO_REMOTE, False)


def test_a_remote_without_the_branch_gets_it(content: ContentFolder, tmp_path: Path) -> None:
    hub = tmp_path / "hub.git"
    git(tmp_path, "init", "--bare", str(hub))
    git(content.root, "init", "--initial-branch=guidance")
    commit_all(content.root)
    git(content.root, "remote", "add", "origin", str(hub))

    assert isinstance(desk(content.root, "origin").publish_word(RU, WORD, NEW_WORD), Published)

    assert git(hub, "log", "--format=%s", "guidance").splitlines() == ["Say it better", "Write"]


def test_a_rule_of_the_remote_that_takes_nothing_is_told(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Remote, tip: object) -> None:
        raise Overtaken

    monkeypatch.setattr(Remote, "push", refuse)

    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, RemoteTrouble)
    assert outcome.reason is Reason.NOT_ALLOWED


def test_a_password_in_the_address_is_in_no_outcome_and_no_log(
    replicas: Replicas, capfd: pytest.CaptureFixture[str]
) -> None:
    address = "http://staff:hunter2@127.0.0.1:9/guidance.git"
    git(replicas.first.root, "remote", "set-url", "origin", address)

    outcome = replicas.first.publish_word(RU, WORD, NEW_WORD)

    printed = capfd.readouterr()
    assert isinstance(outcome, RemoteTrouble)
    assert outcome.reason is Reason.UNREACHABLE
    assert "remote_trouble" in printed.out + printed.err
    assert "hunter2" not in printed.out + printed.err + repr(outcome)


@pytest.mark.slow
def test_over_the_git_protocol_as_on_a_disk(replicas: Replicas, tmp_path: Path) -> None:
    """The hub behind ssh: git's own programs answer, and a command stands in for the way there."""
    way = tmp_path / "ssh"
    way.write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
    way.chmod(0o755)
    for side in (replicas.first, replicas.second):
        git(side.root, "remote", "set-url", "origin", f"ssh://hub.example{replicas.hub}")
        git(side.root, "config", "core.sshCommand", str(way))

    replicas.first.publish_word(RU, WORD, NEW_WORD, "First")
    outcome = replicas.second.publish_word(KY, KY_WORD, KY_NEW, "Second")

    assert isinstance(outcome, Published)
    assert subjects(replicas.hub) == ["Second", "First", "Write"]
    assert git(replicas.hub, "fsck", "--strict") == ""
    hook = replicas.hub / "hooks" / "update"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    refused = replicas.second.publish_word(EN, "Carry", "Keep", "Third")
    assert isinstance(refused, RemoteTrouble)
    assert refused.reason is Reason.NOT_ALLOWED


@pytest.mark.slow
def test_four_processes_that_publish_at_once(replicas: Replicas) -> None:
    """In two copies and, at the same time, two in one copy."""
    words = {
        "first": [(RU, WORD, NEW_WORD), (FACTS, "value: 27093", "value: 27094")],
        "second": [(KY, KY_WORD, KY_NEW), (FACTS, "value: 30}", "value: 31}")],
    }
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys, pathlib\n"
                "from tests.support.publishing import desk\n"
                "from bot.editorial.publishing.outcomes import Published\n"
                "outcome = desk(pathlib.Path(sys.argv[1]), 'origin')"
                ".publish_word(*sys.argv[2:5], sys.argv[4])\n"
                "sys.exit(not isinstance(outcome, Published))",
                str(getattr(replicas, name).root),
                *word,
            ]
        )
        for name, pair in words.items()
        for word in pair
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]

    replicas.first.repository.push_what_is_waiting(NOW)
    replicas.second.repository.push_what_is_waiting(NOW)
    for side in (replicas.first, replicas.second):
        side.repository.follow(NOW)
        assert status(side.root) == []
        assert read_journal(side.root) is None
        for name, _, new in (word for pair in words.values() for word in pair):
            assert new in side.content.read(name)
            assert subjects(side.root).count(new) == 1
