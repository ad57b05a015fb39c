"""Present dangers: which words mean one, and whom to call first."""

from dataclasses import dataclass, field

from bot.guide.citizenship import Citizenship
from bot.guide.text import LocalText


@dataclass(frozen=True, slots=True)
class Danger:
    """`words` and `unless` are lines by language; `bot.search.urgency` says how a line matches.

    `cries` are whole messages by language that people type when this danger is present, `calm` are
    whole messages with the same words of people who are in none.
    """

    id: str
    title: LocalText
    memo: str
    say: LocalText
    contacts: dict[Citizenship, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    unless: dict[str, tuple[str, ...]]
    cries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calm: dict[str, tuple[str, ...]] = field(default_factory=dict)
