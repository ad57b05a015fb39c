"""The invariants of docs/architecture.md are held by tests that exist, and the arrows between rooms hold."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, nodes

DOCUMENT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
INVARIANTS = re.findall(r"^\| (\d+) \| \*\*(.+?)\*\*.* \|(.*)\|$", DOCUMENT, re.MULTILINE)


def test_the_document_opens_with_the_ten_invariants() -> None:
    assert [number for number, _, _ in INVARIANTS] == [str(n) for n in range(1, 11)]
    assert DOCUMENT.index("## Ten invariants") < DOCUMENT.index("## The house")


@pytest.mark.parametrize("row", INVARIANTS, ids=lambda row: f"{row[0]}")
def test_an_invariant_names_tests_that_exist(row: tuple[str, str, str]) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row[2])

    assert named, f"nothing holds invariant {row[0]}: {row[1]}"
    for file, test in named:
        tests = names_of_tests(ROOT / file)
        assert tests, f"{file} has no tests"
        assert not test or test in tests, f"{test} is not in {file}"


def names_of_tests(path: Path) -> set[str]:
    return {
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def test_every_room_is_in_the_document() -> None:
    rooms = {
        f"bot/{path.name}/"
        for path in (ROOT / "bot").iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    }

    assert rooms - set(re.findall(r"^\| `(bot/\w+/)`", DOCUMENT, re.MULTILINE)) == set()


def test_arrows_between_rooms_point_down() -> None:
    """The contracts of [tool.importlinter]; `lint-imports` prints the import that breaks one."""
    program = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [program, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_commands_do_not_pay_for_telegram_unless_they_talk_to_it() -> None:
    """Importing aiogram takes seconds, and staff run `content check` many times an hour."""
    code = "import sys, bot.cli, bot.cli_ask, bot.cli_unanswered, bot.cli_usage; sys.exit('aiogram' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert done.returncode == 0
