"""`::: for …` and `::: only …` in the body of a memo → parts with those who see them.

It must not look at what stands in a part: `bot.editorial.markdown` reads the lines between.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.editorial.problem import Place, Problem, error, nearest, warning
from bot.editorial.schema import CITIZENSHIP_NAMES, Audience
from bot.editorial.template import BlockTemplate, Body, Branch, Part, PartKind
from bot.guide.citizenship import EVERYBODY, members

OTHERS = "others"
_FENCE = re.compile(r"[ \t]*:{2,}(.*)")
_KINDS = {kind.value: kind for kind in (PartKind.FOR, PartKind.ONLY)}

BlockReader = Callable[[list[str], int], tuple[BlockTemplate, ...]]


@dataclass(slots=True)
class _Opened:
    """A branch whose end has not been met; its audience is of those it names, none for `others`."""

    kind: PartKind
    heading: str
    audience: Audience
    is_others: bool
    line: int
    lines: list[str] = field(default_factory=list)


def heading_of(line: str) -> str | None:
    """What a fence says: nothing when it closes a part. None when the line is no fence."""
    fence = _FENCE.fullmatch(line)
    return " ".join(fence[1].split()) if fence else None


def read_parts(
    lines: list[str], first_line: int, file: str, read_blocks: BlockReader
) -> tuple[Body, list[Problem]]:
    """The body of a memo. `read_blocks` gets lines and the number of the first of them."""
    reader = _Reader(file, read_blocks, _Opened(PartKind.ALWAYS, "", EVERYBODY, False, first_line))
    for number, line in enumerate(lines, first_line):
        reader.take(line, number)
    return reader.finished()


class _Reader:
    def __init__(self, file: str, read_blocks: BlockReader, opened: _Opened) -> None:
        self._file = file
        self._read_blocks = read_blocks
        self._opened = opened
        self._choice: list[tuple[_Opened, Branch]] = []
        self._parts: list[Part] = []
        self._problems: list[Problem] = []

    def take(self, line: str, number: int) -> None:
        heading = heading_of(line)
        if heading is None:
            self._opened.lines.append(line)
            return
        inside = self._opened.kind is not PartKind.ALWAYS
        if heading and inside:
            self._report(number, "part-not-closed", opened=self._opened.line)
        elif not heading and not inside:
            self._report(number, "part-not-opened")
        self._close()
        if heading:
            self._opened = self._open(heading, number)
        else:
            self._opened = _Opened(PartKind.ALWAYS, "", EVERYBODY, False, number + 1)

    def finished(self) -> tuple[Body, list[Problem]]:
        if self._opened.kind is not PartKind.ALWAYS:
            self._report(self._opened.line, "part-not-closed", opened=self._opened.line)
        self._close()
        self._end_choice()
        return Body(tuple(self._parts)), self._problems

    def _open(self, heading: str, number: int) -> _Opened:
        word, *names = heading.split()
        kind = _KINDS.get(word)
        if kind is None:
            self._report(number, "unknown-part", nearest(word, _KINDS), word=word)
            kind = PartKind.ONLY
        elif not names:
            self._report(number, "part-for-nobody")
        is_others = kind is PartKind.FOR and names == [OTHERS]
        audience: Audience = frozenset()
        for name in [] if is_others else names:
            found = members(name)
            if found is None:
                suggestion = nearest(name, (*CITIZENSHIP_NAMES, OTHERS))
                self._report(number, "unknown-citizenship", suggestion, name=name)
            audience |= found or frozenset()
        return _Opened(kind, heading, audience, is_others, number)

    def _close(self) -> None:
        opened = self._opened
        # A choice is read with its neighbours; blank lines between them do not part it.
        blocks = self._read_blocks(
            opened.lines, opened.line + (opened.kind is not PartKind.ALWAYS)
        )
        branch = Branch(opened.heading, opened.audience, blocks, opened.line)
        match opened.kind:
            case PartKind.FOR:
                self._choice.append((opened, branch))
            case PartKind.ONLY:
                self._end_choice()
                self._parts.append(Part(PartKind.ONLY, (branch,)))
            case PartKind.ALWAYS:
                if blocks:
                    self._end_choice()
                    self._parts.append(Part(PartKind.ALWAYS, (branch,)))

    def _end_choice(self) -> None:
        if self._choice:
            self._parts.append(Part(PartKind.FOR, tuple(self._narrowed())))
            self._choice = []

    def _narrowed(self) -> list[Branch]:
        """The branches of the choice, each with those for whom it is the narrowest that fits."""
        named = [branch.audience for opened, branch in self._choice if not opened.is_others]
        branches: list[Branch] = []
        for opened, branch in self._choice:
            place = Place(self._file, branch.line)
            if opened.is_others:
                audience = EVERYBODY.difference(*named)
            else:
                audience = branch.audience.difference(
                    *(o for o in named if len(o) < len(branch.audience))
                )
            # Two branches of one width for the same citizenship: nobody could say which is shown.
            twice = audience & frozenset().union(*(earlier.audience for earlier in branches))
            if twice:
                self._problems.append(error(place, "part-twice", who=", ".join(sorted(twice))))
            elif not audience and (opened.is_others or branch.audience):
                self._problems.append(warning(place, "part-for-nobody-left"))
            branches.append(Branch(branch.heading, audience - twice, branch.blocks, branch.line))
        return branches

    def _report(
        self, number: int, code: str, suggestion: str | None = None, **values: str | int
    ) -> None:
        problem = error(Place(self._file, number), code, **values)
        self._problems.append(problem.suggesting(suggestion))
