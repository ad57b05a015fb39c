"""Where a file differs from what it was: the changed lines alone, word by word. It must not know what a file means."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.editorial.changes import Op, Piece, word_changes

_LONGEST = (
    20_000  # characters; a file written anew has no words in common that would tell anything
)


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """Lines that stand together; `line` is where they begin in the new file, or where what is gone would stand."""

    line: int
    pieces: tuple[Piece, ...]


def file_changes(then: str, now: str) -> tuple[ChangedLines, ...]:
    """In the order of the file. Words are compared within changed lines only, since a whole file would take minutes."""
    return tuple(_changed(then.splitlines(), now.splitlines()))


def _changed(before: list[str], after: list[str]) -> Iterator[ChangedLines]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, first_after, last_after in matcher.get_opcodes():
        gone, come = "\n".join(before[first:last]), "\n".join(after[first_after:last_after])
        match tag:
            case "equal":
                continue
            case "insert":
                pieces: tuple[Piece, ...] = (Piece(Op.ADDED, come),)
            case "delete":
                pieces = (Piece(Op.REMOVED, gone),)
            case _ if len(gone) + len(come) > _LONGEST:
                pieces = (Piece(Op.REMOVED, gone), Piece(Op.ADDED, come))
            case _:
                pieces = word_changes(gone, come)
        yield ChangedLines(first_after + 1, pieces)
