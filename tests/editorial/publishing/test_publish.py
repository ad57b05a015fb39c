"""What a publication does to a folder and its repository, as git itself sees it afterwards."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from bot.editorial.journal import JOURNAL
from bot.editorial.publishing.outcomes import Clash, NothingToDo, Published, Refused
from bot.editorial.publishing.repository import Repository
from bot.editorial.publishing.staging import _OURS
from bot.editorial.snapshot import take_snapshot
from bot.errors import PublishingUnavailable
from tests.support.content import ContentFolder
from tests.support.publishing import (
    AIGUL,
    EN,
    FACTS,
    KY,
    NEW_WORD,
    NOW,
    RU,
    WORD,
    Desk,
    commit_all,
    desk,
    files_of,
    git,
    status,
    subjects,
)


@pytest.fixture
def own(content: ContentFolder) -> Desk:
    """The content folder is a repository of its own."""
    git(content.root, "init", "--initial-branch=main")
    commit_all(content.root)
    return desk(content.root)


@pytest.fixture
def larger(good_content: ContentFolder, tmp_path: Path) -> Desk:
    """The content folder stands in a repository where others have work of all kinds."""
    top = tmp_path / "project"
    copytree(good_content.root, top / "content")
    (top / "code.py").write_text("print(1)\n")
    (top / "staged.py").write_text("print(1)\n")
    git(top, "init", "--initial-branch=main")
    commit_all(top)
    (top / "code.py").write_text("print(2)\n")
    (top / "staged.py").write_text("print(2)\n")
    (top / "new.py").write_text("print(3)\n")
    git(top, "add", "staged.py", "new.py")
    (top / "content" / KY).write_text("by hand, not finished\n")
    (top / "untracked.py").write_text("print(4)\n")
    return desk(top / "content")


THEIRS = [" M code.py", f" M content/{KY}", "A  new.py", "M  staged.py", "?? untracked.py"]


def test_a_publication_is_a_commit_in_the_name_of_its_author(own: Desk) -> None:
    outcome = own.publish_word(RU, WORD, NEW_WORD, "Say to keep the passport")

    assert outcome == Published(git(own.root, "rev-parse", "HEAD"))
    shown = git(own.root, "show", "--no-patch", "--format=%an|%ae|%cn|%ce|%s|%aI|%(trailers)")
    assert shown == (
        "Айгуль|aigul@example.org|Айгуль|aigul@example.org"
        "|Say to keep the passport|2026-11-24T09:00:00+00:00|"
    )
    assert files_of(own.root) == [RU]
    assert NEW_WORD in own.content.read(RU)
    assert status(own.root) == []
    assert git(own.root, "fsck", "--strict") == ""


def test_files_come_change_and_go_in_one_commit(own: Desk) -> None:
    facts = own.content.read(FACTS)
    questions = "memos/passport-taken/questions.yaml"
    extra = "dangers/other.yaml"

    outcome = own.publish(
        {
            FACTS: facts.replace("value: 8900", "value: 8901").encode(),
            "wording.yaml": None,
            extra: own.held("dangers/passport-taken.yaml"),
            questions: own.held(questions),
        }
    )

    assert isinstance(outcome, Refused), "a danger without an entry"
    assert status(own.root) == []
    outcome = own.publish(
        {FACTS: facts.replace("value: 8900", "value: 8901").encode(), "wording.yaml": None}
    )
    assert isinstance(outcome, Published)
    assert files_of(own.root) == [FACTS, "wording.yaml"]
    assert not own.content.path("wording.yaml").exists()
    assert status(own.root) == []


def test_what_has_errors_is_refused_by_file_and_line(own: Desk) -> None:
    before = take_snapshot(own.root).fingerprint

    outcome = own.publish_word(RU, WORD, "{no-such-fact} паспорт")

    assert isinstance(outcome, Refused)
    [problem] = [problem for problem in outcome.problems if problem.is_error]
    assert (problem.file, problem.line) == (RU, own.content.line_of(RU, WORD))
    assert take_snapshot(own.root).fingerprint == before
    assert subjects(own.root) == ["Write"]
    assert status(own.root) == []


def test_what_was_published_since_the_draft_began_is_kept(own: Desk) -> None:
    base = own.held(FACTS)
    assert base is not None
    own.publish({FACTS: base.replace(b"value: 30}", b"value: 31}")})

    outcome = own.publish({FACTS: base.replace(b"value: 27093", b"value: 27094")}, {FACTS: base})

    assert isinstance(outcome, Published)
    assert "value: 31}" in own.content.read(FACTS)
    assert "value: 27094" in own.content.read(FACTS)


def test_lines_that_both_changed_are_shown_and_nothing_is_changed(own: Desk) -> None:
    base = own.held(RU)
    assert base is not None
    theirs = base.replace(WORD.encode(), NEW_WORD.encode())
    ours = base.replace(WORD.encode(), "Прячьте паспорт".encode())
    own.publish({RU: theirs})

    outcome = own.publish({RU: ours, FACTS: own.held(FACTS)}, {RU: base, FACTS: own.held(FACTS)})

    assert isinstance(outcome, Clash)
    [clash] = outcome.files
    assert (clash.path, clash.base, clash.published, clash.ours) == (RU, base, theirs, ours)
    assert own.held(RU) == theirs
    assert subjects(own.root) == ["Say it better", "Write"]


def test_what_is_published_already_is_nothing_to_do(own: Desk) -> None:
    assert own.publish({RU: own.held(RU), "no-such.yaml": None}) == NothingToDo()
    assert subjects(own.root) == ["Write"]


def test_an_edit_by_hand_that_was_never_committed_is_recorded_with_the_draft(own: Desk) -> None:
    base = own.held(FACTS)
    assert base is not None
    own.content.replace(FACTS, "value: 30}", "value: 31}")

    outcome = own.publish({FACTS: base.replace(b"value: 27093", b"value: 27094")}, {FACTS: base})

    assert isinstance(outcome, Published)
    assert "value: 31}" in git(own.root, "show", f"HEAD:{FACTS}")
    assert status(own.root) == []


def test_in_a_larger_repository_only_the_files_of_the_change_are_committed(larger: Desk) -> None:
    top = larger.root.parent
    assert status(top) == THEIRS
    larger.content.write(KY, "---\ntitle: а\nsummary: б\n---\n\nв\n")  # by hand, and it checks

    outcome = larger.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Published)
    assert files_of(top) == [f"content/{RU}"]
    assert status(top) == THEIRS
    assert git(top, "show", ":staged.py") == "print(2)"
    assert git(top, "show", "HEAD:staged.py") == "print(1)"


def test_what_is_staged_of_the_same_file_gives_way(own: Desk) -> None:
    own.content.replace(RU, WORD, "Потеряйте паспорт")
    git(own.root, "add", RU)
    git(own.root, "show", f"HEAD:{RU}")
    own.content.path(RU).write_bytes(git(own.root, "show", f"HEAD:{RU}").encode() + b"\n")

    assert isinstance(own.publish_word(RU, WORD, NEW_WORD), Published)

    assert status(own.root) == []


def test_a_folder_without_a_repository_gets_one_with_what_was_there(
    content: ContentFolder,
) -> None:
    content.write("LICENSE", "CC BY 4.0\n")
    before = {name: data for name, data in take_snapshot(content.root).files.items()}

    outcome = desk(content.root).publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Published)
    assert subjects(content.root) == ["Say it better", "Keep the guidance as it stood"]
    first = Repository(content.root).at(git(content.root, "rev-parse", "HEAD~1"))
    assert first is not None
    assert first.files == before
    assert git(content.root, "show", "HEAD:LICENSE") == "CC BY 4.0"
    assert status(content.root) == []


def test_a_repository_that_ignores_the_folder_is_not_its_repository(
    good_content: ContentFolder, tmp_path: Path
) -> None:
    top = tmp_path / "project"
    copytree(good_content.root, top / "var" / "content")
    (top / ".gitignore").write_text("var/\n")
    git(top, "init", "--initial-branch=main")
    commit_all(top)

    assert isinstance(desk(top / "var" / "content").publish_word(RU, WORD, NEW_WORD), Published)

    assert subjects(top) == ["Write"]
    assert subjects(top / "var" / "content")[0] == "Say it better"


def test_a_repository_without_commits_begins_with_the_guidance(
    good_content: ContentFolder, tmp_path: Path
) -> None:
    top = tmp_path / "project"
    copytree(good_content.root, top / "content")
    (top / "code.py").write_text("print(1)\n")
    git(top, "init", "--initial-branch=main")
    git(top, "add", "code.py")

    assert isinstance(desk(top / "content").publish_word(RU, WORD, NEW_WORD), Published)

    assert subjects(top) == ["Say it better", "Keep the guidance as it stood"]
    assert status(top) == ["A  code.py"]
    assert all(name.startswith("content/") for name in files_of(top, "HEAD~1"))


def test_a_detached_head_moves_along(own: Desk) -> None:
    git(own.root, "checkout", "--detach")

    assert isinstance(own.publish_word(RU, WORD, NEW_WORD), Published)

    assert subjects(own.root) == ["Say it better", "Write"]
    assert git(own.root, "log", "--format=%s", "main") == "Write"
    assert status(own.root) == []


def test_a_worktree_publishes_to_its_own_branch(own: Desk, tmp_path: Path) -> None:
    git(own.root, "worktree", "add", "-b", "desk", str(tmp_path / "second"))

    second = desk(tmp_path / "second")
    assert isinstance(second.publish_word(RU, WORD, NEW_WORD), Published)

    assert git(own.root, "log", "--format=%s", "desk").splitlines() == ["Say it better", "Write"]
    assert subjects(own.root) == ["Write"]
    assert (status(own.root), status(second.root)) == ([], [])


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "memos/../../outside.yaml",
        "/etc/outside.yaml",
        "memos/../facts.yaml",
        ".git/config",
        ".git/hooks.yaml",
        "memos/passport-taken/.git/x.md",
        "memos/passport-taken/../../../x.md",
        ".publishing-journal",
        "README.md",
        "memos//ru.md",
        "memos/passport-taken/ru.md\n",
        "",
    ],
)
def test_a_path_that_no_file_of_the_guide_has_is_refused(own: Desk, path: str) -> None:
    outcome = own.repository.publish({path: b"x: 1\n"}, {}, AIGUL, "Try", NOW)

    assert isinstance(outcome, Refused)
    assert [problem.code for problem in outcome.problems] == ["not-a-guide-path"]
    assert subjects(own.root) == ["Write"]


def test_links_are_not_followed(own: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    copytree(own.content.path("memos/passport-taken"), outside)
    own.content.path("memos/linked").symlink_to(outside)
    own.content.path(EN).unlink()
    own.content.path(EN).symlink_to(outside / "en.md")

    for path in ("memos/linked/ru.md", EN):
        outcome = own.repository.publish({path: b"x\n"}, {}, AIGUL, "Try", NOW)
        assert isinstance(outcome, Refused)
        assert [problem.code for problem in outcome.problems] == ["not-a-guide-path"]

    assert (outside / "ru.md").read_text() == own.content.read(RU)


def test_a_name_that_git_could_misread_is_made_harmless(own: Desk) -> None:
    author = type(AIGUL)("Eve <root@x>\nparent 0000", "a@b>\n\nfake")
    text = own.content.read(RU).replace(WORD, NEW_WORD)

    own.repository.publish({RU: text.encode()}, {RU: own.held(RU)}, author, "Try", NOW)

    assert git(own.root, "log", "-1", "--format=%an|%ae") == "Eve root@x parent 0000|a@b fake"
    assert git(own.root, "fsck", "--strict") == ""


def test_a_folder_that_cannot_be_written_says_so(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)

    with pytest.raises(PublishingUnavailable, match="Permission denied"):
        own.publish({RU: b""}, {})


def test_a_git_command_that_holds_the_index_delays_the_record_and_not_the_edition(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.editorial.publishing.staging._WAIT_SECONDS", 0.1)
    lock = own.root / ".git" / "index.lock"
    lock.touch()

    outcome = own.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Published)
    assert NEW_WORD.encode() in take_snapshot(own.root).files[RU]
    assert lock.exists(), "it is somebody else's"
    with pytest.raises(PublishingUnavailable, match=r"index\.lock"):
        own.publish_word(KY, "Паспортуңузду", "Паспортту")

    lock.unlink()
    own.repository.finish(NOW)
    assert status(own.root) == []
    assert subjects(own.root) == ["Say it better", "Write"]
    assert not (own.root / ".git" / _OURS).exists()


def test_a_damaged_journal_is_told_and_keeps_the_folder_as_it_is(own: Desk) -> None:
    own.content.write(JOURNAL, "joldosh-journal-1 half")
    before = own.held(RU)

    outcome = own.publish_word(RU, WORD, NEW_WORD)

    assert isinstance(outcome, Refused)
    assert [problem.code for problem in outcome.problems if problem.is_error] == ["torn-journal"]
    assert own.held(RU) == before
    own.content.path(JOURNAL).unlink()
    assert isinstance(own.publish_word(RU, WORD, NEW_WORD), Published)
