"""Who changed what when, an edition as it was, and the way back to it."""

import time
from datetime import timedelta

import pytest
from dulwich.objects import ObjectID
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from bot.editorial.publishing.outcomes import Author, NothingToDo, Published
from bot.editorial.publishing.repository import Repository
from bot.editorial.publishing.trees import PLAIN, add_commit, edited, tree_of
from bot.editorial.snapshot import take_snapshot
from tests.support.content import ContentFolder
from tests.support.publishing import (
    FACTS,
    KY,
    NEW_WORD,
    NOW,
    RU,
    WORD,
    Desk,
    commit_all,
    desk,
    git,
    subjects,
)

MEMO = "memos/passport-taken"


@pytest.fixture
def own(content: ContentFolder) -> Desk:
    git(content.root, "init", "--initial-branch=main")
    commit_all(content.root)
    return desk(content.root)


def test_the_history_of_a_memo_has_its_changes_alone(own: Desk) -> None:
    own.publish_word(RU, WORD, NEW_WORD, "Keep it")
    own.publish_word(FACTS, "value: 30}", "value: 31}", "A day more")
    own.publish_word(KY, "Паспортуңузду", "Паспортту", "In Kyrgyz too")

    memo = own.repository.history([MEMO])
    everything = own.repository.history()

    assert [version.message for version in memo] == ["In Kyrgyz too", "Keep it", "Write"]
    assert [version.message for version in everything] == [
        "In Kyrgyz too",
        "A day more",
        "Keep it",
        "Write",
    ]
    assert (memo[1].author, memo[1].when, memo[1].paths) == ("Айгуль", NOW, (RU,))
    assert memo[1].commit == git(own.root, "rev-parse", "HEAD~2")
    assert [version.message for version in own.repository.history([RU])] == ["Keep it", "Write"]
    assert own.repository.history(["memos/passport"]) == (), "half a name is no folder"


def test_the_history_knows_what_is_published_since_it_was_read(own: Desk) -> None:
    assert len(own.repository.history()) == 1
    own.publish_word(RU, WORD, NEW_WORD)
    assert len(own.repository.history()) == 2


def test_in_a_larger_repository_other_commits_are_no_part_of_the_history(own: Desk) -> None:
    top = own.root.parent
    own.root.joinpath(".git").rename(top / ".git")
    git(top, "add", "--all")
    git(top, "commit", "-m", "Move the guidance into a folder")
    (top / "code.py").write_text("1\n")
    commit_all(top, "Code")
    own.publish_word(RU, WORD, NEW_WORD)

    assert [version.message for version in own.repository.history([RU])] == [
        "Say it better",
        "Move the guidance into a folder",
    ]


def test_joining_two_histories_is_no_change_of_its_own(own: Desk) -> None:
    git(own.root, "checkout", "-b", "other")
    own.publish_word(RU, WORD, NEW_WORD, "Other")
    git(own.root, "checkout", "main")
    own.publish_word(KY, "Паспортуңузду", "Паспортту", "Main")
    git(own.root, "merge", "-m", "Join", "other")

    messages = {version.message for version in own.repository.history()}

    assert messages == {"Other", "Main", "Write"}
    assert "Join" in subjects(own.root)


def test_an_edition_as_it_was(own: Desk) -> None:
    before = take_snapshot(own.root)
    first = git(own.root, "rev-parse", "HEAD")
    own.publish({"wording.yaml": None})

    assert own.repository.at(first) == before
    assert own.repository.at(git(own.root, "rev-parse", "HEAD")) == take_snapshot(own.root)
    for strange in (
        "f" * 40,
        "HEAD",
        "",
        "../x",
        "ё" * 40,
        git(own.root, "rev-parse", "HEAD^{tree}"),
    ):
        assert own.repository.at(strange) is None


def test_one_memo_goes_back_and_the_rest_stays(own: Desk) -> None:
    first = git(own.root, "rev-parse", "HEAD")
    before = own.held(RU)
    own.publish_word(RU, WORD, NEW_WORD)
    own.publish_word(FACTS, "value: 30}", "value: 31}")

    back = own.repository.back_to(first, MEMO)

    assert back is not None
    assert (back.changes, back.bases) == ({RU: before}, {RU: own.held(RU)})
    assert isinstance(own.publish(back.changes, back.bases, "Go back"), Published)
    assert own.held(RU) == before
    assert "value: 31}" in own.content.read(FACTS)


def test_everything_goes_back_with_files_that_came_and_went(own: Desk) -> None:
    before = take_snapshot(own.root)
    first = git(own.root, "rev-parse", "HEAD")
    own.publish({"wording.yaml": None})
    own.publish_word(RU, WORD, NEW_WORD)

    back = own.repository.back_to(first)
    assert back is not None
    own.publish(back.changes, back.bases, "Go back")

    assert take_snapshot(own.root) == before
    assert own.repository.back_to(first) is not None
    assert own.publish({}, {}) == NothingToDo()
    assert own.repository.back_to("f" * 40) is None


def test_a_folder_without_a_repository_has_no_history(content: ContentFolder) -> None:
    assert Repository(content.root).history() == ()
    assert Repository(content.root).at("a" * 40) is None


@pytest.mark.slow
def test_two_thousand_commits_are_fast_enough_for_a_page(own: Desk) -> None:
    with Repo(str(own.root)) as repo:
        head = ObjectID(repo.head())
        for number in range(2000):
            text = f"{own.content.read(RU)}\n{number}\n".encode()
            path = (RU if number % 10 else KY).encode()
            tree = edited(repo, tree_of(repo, head), {path: (PLAIN, text)})
            when = NOW + timedelta(minutes=number)
            head = add_commit(repo, tree, [head], Author("A", "a@example.org"), "Change", when)
        repo.refs[HEADREF] = head
    assert len(own.repository.history()) == 2001  # as the process does when it starts

    begin = time.process_time()
    versions = own.repository.history([KY])
    took = time.process_time() - begin

    assert len(versions) == 201
    assert took < 0.2
