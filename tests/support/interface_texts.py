"""Interface texts are read once a process, as a pytest plugin. It must not change what is read.

A small house is opened by a thousand tests, and reading the texts was more than a third of what that cost.
"""

from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import pytest

from bot.i18n import interface


def pytest_sessionstart() -> None:
    read = interface._read

    @cache
    def once(path: Path, changed: int) -> GNUTranslations:
        return read(path)

    pytest.MonkeyPatch().setattr(
        interface, "_read", lambda path: once(path, path.stat().st_mtime_ns)
    )
