"""How files differ, and problems, in the form that pages show. It decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.editorial.changes import Piece
from bot.editorial.file_changes import file_changes
from bot.editorial.file_places import place_in
from bot.editorial.problem import Problem
from bot.i18n.interface import load_interface
from bot.web.staff.links import editor_of

_EDITORIAL = load_interface(domain="editorial", fallback="ru")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """Changed lines from `line` on; `within` is the part or the entry that holds them, empty where there is none."""

    line: int
    within: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownFile:
    path: str
    is_new: bool
    is_gone: bool
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in the words of the member; `editor` is the address that mends the file, None where no page does."""

    file: str
    line: int
    is_error: bool
    words: str
    editor: str | None


def shown_file(path: str, then: str | None, now: str | None) -> ShownFile:
    """None stands for a file that is not there."""
    lines = (now if now is not None else then or "").split("\n")
    changes = tuple(
        ShownChange(one.line, place_in(path, lines, one.line), one.pieces)
        for one in file_changes(then or "", now or "")
    )
    return ShownFile(path, then is None, now is None, changes)


def shown_files(
    then: Mapping[str, str | None], now: Mapping[str, str | None]
) -> tuple[ShownFile, ...]:
    """Those that differ, by path."""
    return tuple(
        shown_file(path, then.get(path), now.get(path))
        for path in sorted(then.keys() | now.keys())
        if then.get(path) != now.get(path)
    )


def shown_problems(problems: Iterable[Problem], lang: str) -> tuple[ShownProblem, ...]:
    words = _EDITORIAL.words(lang)
    return tuple(
        ShownProblem(one.file, one.line, one.is_error, one.message(words), editor_of(one.file))
        for one in problems
    )
