"""The rules of the house that a machine can see. CONTRIBUTING.md says why each exists."""

import ast
import re
import warnings
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from tests.house.sources import nodes, python_files, relative, tree_of

CODE = python_files("bot", "db")
EVERYTHING = python_files("bot", "db", "tests")

LONG, TOO_LONG = 300, 500

# These read what persons and staff write, and show none of it: their Cyrillic is what they look for.
RECOGNISING = {
    "bot/search/folding.py",
    "bot/search/given_names.py",
    "bot/search/masking.py",
    "bot/search/masking_names.py",
    "bot/search/masking_numbers.py",
    "bot/search/transliteration.py",
    "bot/search/urgency.py",
    "bot/editorial/number_search.py",
    "bot/editorial/reading_level.py",
    "bot/editorial/sentences.py",
    "bot/editorial/term_forms.py",
    "bot/editorial/checks/endangering.py",
    "bot/editorial/checks/length.py",
    "bot/editorial/checks/phones.py",
    "bot/web/staff/passwords.py",
}
CYRILLIC = re.compile(r"[\u0400-\u052f]")

# "User" has three meanings here (a person who asks, staff, an admin); the others mean nothing at all.
UNWANTED = {"user", "users", "util", "utils", "manager", "managers"}

# What reads a clock. Code that counts days is given the day, so that any day can be shown and tested.
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "fromtimestamp"}
CLOCKLESS = ("bot/guide/", "bot/render/", "bot/search/", "bot/i18n/")


# Functions of libraries that fail a test.
ASSERTING = {"raises", "expect", "run_state_machine_as_test"}


class LongFile(UserWarning):
    """A file that should be looked at before it grows on."""


def test_every_module_says_what_it_is_for() -> None:
    silent = [relative(path) for path in CODE if not ast.get_docstring(tree_of(path))]

    assert silent == [], "\n".join(silent)


@pytest.mark.filterwarnings("default::tests.house.test_house.LongFile")
def test_no_file_is_too_long_to_read() -> None:
    lengths = {relative(path): path.read_text("utf-8").count("\n") for path in EVERYTHING}
    for name, length in lengths.items():
        if LONG < length <= TOO_LONG:
            warnings.warn(f"{name} has {length} lines", LongFile, stacklevel=1)

    assert {name: length for name, length in lengths.items() if length > TOO_LONG} == {}


def test_no_text_for_persons_is_in_code() -> None:
    """Persons read Cyrillic, so Cyrillic in a literal is a text that no translator will find."""
    found = [
        f"{relative(path)}:{line}: {text!r}"
        for path in CODE
        if relative(path) not in RECOGNISING
        for line, text in literals(path)
        if CYRILLIC.search(text)
    ]

    assert found == [], "\n".join(found)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a file. A string that stands alone is a docstring and not one of them."""
    alone = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in alone:
                yield node.lineno, text


def test_names_are_those_of_the_domain() -> None:
    found = [
        f"{place}: {name}"
        for path in EVERYTHING
        for place, name in names(path)
        if UNWANTED & set(words_of(name))
    ]

    assert found == [], "\n".join(found)


def names(path: Path) -> Iterator[tuple[str, str]]:
    """Every name that a file gives: its own, and those of what it defines. Names it only uses are others'."""
    yield relative(path), path.stem
    for node in nodes(path):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield f"{relative(path)}:{node.lineno}", name
            case ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
                yield f"{relative(path)}:{node.lineno}", name
            case ast.Name(id=name, ctx=ast.Store()):
                yield f"{relative(path)}:{node.lineno}", name


def words_of(name: str) -> list[str]:
    """`from_user` and `FromUser` are both "from", "user"."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


@pytest.mark.parametrize("name", ["FromUser", "from_user", "USERS", "session_manager", "HTTPUtil"])
def test_an_unwanted_word_is_seen_in_any_spelling(name: str) -> None:
    assert UNWANTED & set(words_of(name))


def test_only_the_command_line_prints() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in CODE
        if not relative(path).startswith("bot/cli")
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "pprint"}
    ]

    assert found == [], "\n".join(found)


def test_the_day_is_given_and_never_read_from_a_clock() -> None:
    found = [
        f"{relative(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in CODE
        if relative(path).startswith(CLOCKLESS)
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    ]

    assert found == [], "\n".join(found)


def test_every_test_can_fail() -> None:
    """A test asserts, expects an error, or calls a function beside it that does."""
    found = [
        f"{relative(path)}:{test.lineno}: {test.name}"
        for path in python_files("tests")
        if path.name.startswith("test_")
        for test in functions(path)
        if test.name.startswith("test_")
        and not asserts(test, {helper.name for helper in functions(path) if asserts(helper)})
    ]

    assert found == [], "\n".join(found)


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    return (node for node in nodes(path) if isinstance(node, Function))


def asserts(function: Function, helpers: Set[str] = frozenset()) -> bool:
    for node in ast.walk(function):
        match node:
            case ast.Assert():
                return True
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                if name in ASSERTING or name in helpers:
                    return True
    return False
