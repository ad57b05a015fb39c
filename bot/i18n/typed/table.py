"""The table of words, `words.toml`, as it is written. It must not know what is done with them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def words_of(part: str, name: str) -> tuple[str, ...]:
    """The words listed there."""
    return tuple(_table()[part][name])


def replacements_of(part: str, name: str) -> dict[str, str]:
    """What stands for what: pairs with a space between them, or what nothing stands for."""
    return {old: new for old, _, new in (pair.partition(" ") for pair in words_of(part, name))}


def valued(part: str) -> dict[str, int]:
    """Words of a part whose lists are named by their value: a month, a number of days."""
    return {word: int(value) for value, words in _table()[part].items() for word in words}
