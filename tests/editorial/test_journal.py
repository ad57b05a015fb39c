"""A journal in the content folder is the new edition, however little of it has been laid; a torn one is none."""

import threading
from pathlib import Path

from bot.editorial.journal import (
    JOURNAL,
    Entry,
    Journal,
    TornJournal,
    digest,
    read_journal,
    remove_journal,
    write_journal,
)
from bot.editorial.snapshot import guide_files, is_guide_path, take_snapshot
from bot.editorial.writing import replace_file
from tests.support.content import ContentFolder

RU = "memos/registration-first/ru.md"
NEW = "memos/new-memo/ru.md"
GONE = "memos/passport-taken/en.md"


def journal_of(content: ContentFolder, changes: dict[str, bytes | None]) -> Journal:
    files = take_snapshot(content.root).files
    entries = {path: Entry(digest(files.get(path)), data) for path, data in changes.items()}
    return Journal(entries, "a" * 40, "b" * 40, is_publication=True)


def test_a_journal_comes_back_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(
        {"facts.yaml": Entry("1f", b"\xff\x00\n"), "a/b.md": Entry(None, None)},
        None,
        "c" * 40,
        False,
    )

    write_journal(tmp_path, journal)
    assert read_journal(tmp_path) == journal

    remove_journal(tmp_path)
    assert read_journal(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_is_the_new_edition_as_soon_as_the_journal_is_there(
    content: ContentFolder,
) -> None:
    changes = {RU: b"changed", NEW: b"new", GONE: None}
    new = take_snapshot(content.root).with_files(changes)

    write_journal(content.root, journal_of(content, changes))
    assert take_snapshot(content.root) == new

    content.write(RU, "changed")
    assert take_snapshot(content.root) == new, "one file laid, two not yet"
    content.write(NEW, "new")
    content.path(GONE).unlink()
    remove_journal(content.root)
    assert take_snapshot(content.root).fingerprint == new.fingerprint


def test_what_somebody_writes_by_hand_meanwhile_is_seen(content: ContentFolder) -> None:
    write_journal(content.root, journal_of(content, {RU: b"changed"}))

    content.write(RU, "by hand")

    assert take_snapshot(content.root).files[RU] == b"by hand"


def test_the_journal_is_no_file_of_the_guide(content: ContentFolder) -> None:
    write_journal(content.root, journal_of(content, {RU: b"changed"}))

    assert JOURNAL not in {path.name for path in guide_files(content.root)}


def test_half_a_journal_is_not_followed_and_told(content: ContentFolder) -> None:
    write_journal(content.root, journal_of(content, {RU: b"changed"}))
    whole = content.path(JOURNAL).read_bytes()
    before = content.path(RU).read_bytes()

    for length in (0, 1, 30, len(whole) // 2, len(whole) - 1):
        content.path(JOURNAL).write_bytes(whole[:length])
        assert read_journal(content.root) == TornJournal()

    snapshot = take_snapshot(content.root)
    assert snapshot.files[RU] == before
    assert [(p.file, p.code, p.is_error) for p in snapshot.problems] == [
        (JOURNAL, "torn-journal", True)
    ]


def test_readers_never_see_some_files_of_each_edition(content: ContentFolder) -> None:
    """A writer publishes without a pause; each look finds all files of one publication."""
    names = [f"memos/memo-{number}/ru.md" for number in range(12)]
    for name in names:
        content.write(name, "0")

    def publish_on_and_on() -> None:
        for number in range(40):
            old, new = str(number).encode(), str(number + 1).encode()
            entries = {name: Entry(digest(old), new) for name in names}
            write_journal(content.root, Journal(entries, None, "b" * 40, is_publication=True))
            for name in names:
                replace_file(content.path(name), new)
            remove_journal(content.root)

    writer = threading.Thread(target=publish_on_and_on)
    writer.start()
    looks = []
    while writer.is_alive():
        snapshot = take_snapshot(content.root)
        looks.append({snapshot.files[name] for name in names})
    writer.join()

    assert [look for look in looks if len(look) != 1] == []
    assert len(set().union(*looks)) > 5, "the writer published between the looks"


def test_only_paths_of_the_guide_are_paths_of_the_guide(content: ContentFolder) -> None:
    assert all(map(is_guide_path, take_snapshot(content.root).files))
    for path in (
        "",
        "../facts.yaml",
        "/etc/passwd.yaml",
        "memos/../../x.yaml",
        "memos/../facts.yaml",
        "memos//ru.md",
        "memos/a/b/ru.md",
        "memos/a/.ru.md",
        ".git/config.yaml",
        "other/facts.yaml",
        "README.md",
        "facts.yaml/",
        "memos/a/ru.md\n",
        "memos/a\0/ru.md",
        "dangers/x.md",
    ):
        assert not is_guide_path(path), path
