"""The documents say what the program does: every setting, command, verb and dependency, and no other."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.cli import app
from bot.settings import Settings
from tests.house.sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
SETTINGS = {f"JOLDOSH_{name.upper()}" for name in Settings.model_fields}


def rows(document: str) -> list[list[str]]:
    """The cells of every row of every table of a document."""
    lines = re.findall(r"^\| (.+) \|$", document, re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def test_every_setting_has_its_row_in_the_readme() -> None:
    documented = [row[0].strip("`") for row in rows(README) if "JOLDOSH_" in row[0]]

    assert sorted(documented) == sorted(SETTINGS)


def test_the_readme_tells_the_defaults_there_are() -> None:
    told = {row[0].strip("`"): row[2] for row in rows(README) if "JOLDOSH_" in row[0]}

    for name, field in Settings.model_fields.items():
        default = field.default
        value = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        if value:
            assert told[f"JOLDOSH_{name.upper()}"] == f"`{value}`"


def test_every_setting_is_in_the_example_and_has_no_value_there() -> None:
    named = dict(re.findall(r"^(JOLDOSH_\w+)=(.*)$", EXAMPLE, re.MULTILINE))

    assert set(named) == SETTINGS
    assert [name for name, value in named.items() if value] == []


def commands(command: Any, path: str = "joldosh") -> dict[str, Any]:
    """Every command that does something, by how it is typed."""
    children = getattr(command, "commands", {})
    if not children:
        return {path: command}
    found: dict[str, Any] = {}
    for name, child in children.items():
        found |= commands(child, f"{path} {name}")
    return found


COMMANDS = commands(typer.main.get_command(app))
COMMAND = re.compile(r"`(joldosh(?: [a-z]+)+)")


def test_every_command_has_its_row_in_the_readme() -> None:
    documented = [COMMAND.findall(row[0])[0] for row in rows(README) if COMMAND.match(row[0])]

    assert sorted(documented) == sorted(COMMANDS)


def test_options_in_the_rows_of_commands_exist() -> None:
    for named, explained in (row for row in rows(README) if COMMAND.match(row[0])):
        command = COMMANDS[COMMAND.findall(named)[0]]
        options = {
            name
            for parameter in command.params
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        assert set(re.findall(r"`(--[a-z-]+)`", explained)) <= options, named


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_every_document_exist(document: Path) -> None:
    named = COMMAND.findall(document.read_text("utf-8"))

    assert {name for name in named if not any(name.startswith(c) for c in COMMANDS)} == set()


@cache
def verbs() -> dict[str, str]:
    """The verbs of the Makefile with what they say of themselves."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return dict(re.findall(r"^([a-z-]+):.*## (.+)$", makefile, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_verbs_in_the_documents_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    named = re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", text, re.MULTILINE)

    assert {a or b for a, b in named} <= set(verbs())


def test_every_verb_explains_itself() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())

    assert phony == set(verbs())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_project_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)", text):
        outside = target.startswith(("http", "memo:")) or "…" in target
        if not outside and not (document.parent / target).exists():
            broken.append(target)

    assert broken == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    names = {normal(re.split(r"[\[<>=; ]", requirement)[0]) for requirement in wanted}
    record = (ROOT / "docs/adr/0002-dependencies.md").read_text("utf-8")

    assert {normal(row[0]) for row in rows(record)} - {"package", "-"} == names


def normal(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
