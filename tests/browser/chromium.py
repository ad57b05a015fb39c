"""Finds a Chromium for the browser tests. Nothing is downloaded: the machine has one or not."""

import os
import shutil

import pytest

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Its path. Without one the test is skipped, except in CI, where it fails."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("JOLDOSH_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    if found:
        return found
    reason = "no Chromium: install the package chromium, or set JOLDOSH_CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
