"""Where commands find the content, and how they print."""

import json
from pathlib import Path

import typer
from rich.console import Console

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
