"""What a module logs, as the lines that an operator sees."""

import json
from io import StringIO
from typing import Any

import pytest
import structlog

from bot.observability.logs import without_messages


class Logbook:
    """Stands in the place of a module's logger: `Logbook.of(monkeypatch, "bot.telegram.handling")`."""

    def __init__(self) -> None:
        self._lines = StringIO()
        self.logger = structlog.wrap_logger(
            structlog.PrintLogger(self._lines),
            processors=[
                structlog.processors.add_log_level,
                without_messages,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )

    @classmethod
    def of(cls, monkeypatch: pytest.MonkeyPatch, module: str) -> "Logbook":
        book = cls()
        monkeypatch.setattr(f"{module}.log", book.logger)
        return book

    @property
    def text(self) -> str:
        return self._lines.getvalue()

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def events(self) -> list[str]:
        return [entry["event"] for entry in self.entries]
