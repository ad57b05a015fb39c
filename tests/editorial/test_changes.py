"""What a translator has to catch up with: which words of the base text came and went, and where the old text is found."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.changes import BaseChanges, Op, base_changes, marked, shortened, word_changes
from bot.editorial.edition import edition_of
from bot.editorial.snapshot import take_snapshot
from bot.editorial.translation import TranslationState
from tests.support.content import ContentFolder

MEMO = "registration-first"
RU = f"memos/{MEMO}/ru.md"


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Staff", "-c", "user.email=staff@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "-m", "Write")


@pytest.fixture
def recorded(content: ContentFolder) -> ContentFolder:
    """The content folder as a repository of its own, with everything committed."""
    git(content.root, "init")
    commit(content.root)
    return content


def changes(content: ContentFolder, lang: str = "ky") -> BaseChanges:
    snapshot = take_snapshot(content.root)
    (found,) = base_changes(content.root, edition_of(snapshot), snapshot, [MEMO], lang)
    return found


def shown(found: BaseChanges) -> list[str]:
    return [marked(change.pieces) for change in found.changes]


def test_a_changed_word_is_marked_in_its_sentence(recorded: ContentFolder) -> None:
    recorded.replace(RU, "Сколько стоит", "Сколько это стоит")

    found = changes(recorded)

    assert found.state is TranslationState.OUTDATED
    assert shown(found) == ["Сколько {+это +}стоит"]
    assert found.words == 1


def test_a_text_that_still_had_questions_is_found_and_they_are_no_change(
    content: ContentFolder,
) -> None:
    title, with_questions = "title: Регистрация", "questions: [где]\ntitle: Регистрация"
    content.replace(RU, title, with_questions)
    git(content.root, "init")
    commit(content.root)
    content.replace(RU, with_questions, title)
    content.replace(RU, "Сколько стоит", "Сколько это стоит")

    assert shown(changes(content)) == ["Сколько {+это +}стоит"]


def test_facts_parts_and_whole_paragraphs_are_named(recorded: ContentFolder) -> None:
    recorded.replace(RU, "- Штраф: {late-fine}.\n", "")
    recorded.replace(
        RU, "Сколько стоит\n", "Сколько стоит\n\nСначала спросите {phone:rf-112}.\n\n"
    )
    recorded.replace(RU, "::: only kg", "::: only kg uz")
    recorded.replace(RU, "title: Регистрация", "title: Учёт")

    found = changes(recorded)

    assert shown(found) == [
        "[-Регистрация-]{+Учёт+} по адресу",
        "{+Сначала спросите {phone:rf-112}.+}",
        "[-Штраф: {late-fine}.-]",
    ]
    assert found.facts.removed == ("late-fine",)
    assert found.parts.added == ("only kg uz",)
    assert found.parts.removed == ("only kg",)


def test_a_form_of_a_fact_is_one_word() -> None:
    pieces = word_changes("за {days}", "до {days|gen}")

    assert marked(pieces) == "[-за-]{+до+} [-{days}-]{+{days|gen}+}"


def test_a_current_translation_has_nothing_to_catch_up_with(content: ContentFolder) -> None:
    found = changes(content)

    assert (found.state, found.changes) == (TranslationState.COMPLETE, ())


def test_without_history_the_whole_base_text_is_there(content: ContentFolder) -> None:
    content.replace(RU, "Сколько стоит", "Сколько это стоит")

    found = changes(content)

    assert found.earlier is None
    assert found.source == content.read(RU)


def test_the_newest_state_with_that_hash_is_found_among_many(recorded: ContentFolder) -> None:
    original = recorded.read(RU)
    recorded.replace(RU, "Сколько стоит", "Сколько это стоит")
    commit(recorded.root)
    recorded.write(RU, original)
    recorded.write("notes.md", "nothing of ours")
    commit(recorded.root)
    recorded.replace(RU, "Сколько стоит", "Цена")
    commit(recorded.root)
    git(recorded.root, "gc", "--aggressive", "--prune=now")  # packed objects

    found = changes(recorded)

    assert shown(found) == ["[-Сколько стоит-]{+Цена+}"]
    assert found.earlier
    assert found.earlier.commit


def test_a_folder_inside_a_larger_repository(content: ContentFolder, tmp_path: Path) -> None:
    inner = tmp_path / "project" / "deep" / "content"
    shutil.copytree(content.root, inner)
    git(tmp_path / "project", "init")
    commit(tmp_path / "project")
    folder = ContentFolder(inner)
    folder.replace(RU, "Сколько стоит", "Цена")

    assert shown(changes(folder)) == ["[-Сколько стоит-]{+Цена+}"]


def test_a_worktree(recorded: ContentFolder, tmp_path: Path) -> None:
    git(recorded.root, "worktree", "add", "../elsewhere")
    folder = ContentFolder(tmp_path / "elsewhere")
    folder.replace(RU, "Сколько стоит", "Цена")

    assert shown(changes(folder)) == ["[-Сколько стоит-]{+Цена+}"]


def test_a_text_that_was_staged_and_never_committed(recorded: ContentFolder) -> None:
    recorded.write(RU, recorded.read(RU) + "\nНовое.\n")
    recorded.accept_translations()
    git(recorded.root, "add", "--all")
    recorded.replace(RU, "Новое", "Старое")

    assert shown(changes(recorded)) == ["[-Новое-]{+Старое+}."]


@pytest.mark.parametrize("broken", ["empty", "shallow", "unborn"])
def test_a_history_that_ends_early_is_no_mistake(
    recorded: ContentFolder, tmp_path: Path, broken: str
) -> None:
    recorded.replace(RU, "Сколько стоит", "Цена")
    commit(recorded.root)
    folder = recorded
    match broken:
        case "shallow":
            git(tmp_path, "clone", "--depth", "1", f"file://{recorded.root}", "copy")
            folder = ContentFolder(tmp_path / "copy")
        case "unborn":
            shutil.rmtree(recorded.root / ".git")
            git(recorded.root, "init")
        case _:
            shutil.rmtree(recorded.root / ".git" / "objects")
            (recorded.root / ".git" / "objects").mkdir()

    assert changes(folder).earlier is None


TEXTS = st.text(st.sampled_from("аб {}x|-'. \n👋ң"), max_size=40)


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_changes(then: str, now: str) -> None:
    pieces = word_changes(then, now)

    assert "".join(p.text for p in pieces if p.op is not Op.ADDED) == then
    assert "".join(p.text for p in pieces if p.op is not Op.REMOVED) == now


def test_of_a_long_text_only_the_neighbourhood_of_a_change_is_kept() -> None:
    then = "".join(f"Строка {number}.\n" for number in range(100))
    pieces = word_changes(then, then.replace("Строка 50.", "Строчка 50."))

    short = shortened(pieces, around=20)

    assert [piece.op for piece in short] == [Op.SAME, Op.REMOVED, Op.ADDED, Op.SAME]
    assert short[0].text == "⋯\nСтрока 49.\n"
    assert short[3].text == " 50.\nСтрока 51.\n⋯\n"


def test_a_short_text_is_kept_whole() -> None:
    pieces = word_changes("Один два три.", "Один два четыре.")

    assert shortened(pieces) == pieces
