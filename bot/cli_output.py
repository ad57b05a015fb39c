"""Where commands find the content, and how they print."""

import json
from pathlib import Path

import typer
from rich.console import Console

from bot.editorial.problem import Problem
from bot.i18n.interface import Words
from bot.observability.logs import configure_logs
from bot.settings import read_settings

out = Console(highlight=False, soft_wrap=True, emoji=False)


def content_dir() -> Path:
    """The folder of the settings. Also sets up logs, as every command must before it works."""
    configure_logs(as_json=False)
    return read_settings().content_dir


def print_json(data: object) -> None:
    # Not by rich: data goes out as it is.
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def problem_json(folder: Path, problem: Problem, words: Words) -> dict[str, object]:
    return {
        "file": str(folder / problem.file),
        "line": problem.line,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message(words),
    }
