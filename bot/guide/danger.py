"""Present dangers: which words mean one, and whom to call first."""

from dataclasses import dataclass

from bot.guide.citizenship import Citizenship
from bot.guide.text import LocalText


@dataclass(frozen=True, slots=True)
class Danger:
    """`words` and `unless` are lines by language; `bot.search.urgency` says how a line matches."""

    id: str
    title: LocalText
    memo: str
    say: LocalText
    contacts: dict[Citizenship, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    unless: dict[str, tuple[str, ...]]
