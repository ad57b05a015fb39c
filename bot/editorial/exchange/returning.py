"""The rows of one memo that came back, and the text they make. Whether that text may be published is not asked here.

A changed row changes its place and nothing else. When rows bring pieces that the translation does not have yet, the
text is built anew on the base text that was exported: its parts, contacts and order, with the words of the rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.editorial.exchange.exporting import ONLY_HERE
from bot.editorial.exchange.front_matter import new_front, scalar
from bot.editorial.exchange.pairing import pair_states
from bot.editorial.exchange.rebuilding import NewPiece, rebuilt
from bot.editorial.exchange.row_checks import row_remarks
from bot.editorial.exchange.segments import (
    FRONT,
    Kind,
    Segment,
    closing_fence,
    replaced,
    segments_of,
    whole_lines,
)
from bot.editorial.exchange.table import (
    Mark,
    Remark,
    ReturnedRow,
    doubted,
    fingerprint,
    normal,
    read_mark,
    refused,
)
from bot.editorial.translation import with_base


@dataclass(frozen=True, slots=True)
class Target:
    """What a memo is today. `base` is the hash of its base text, `made_from` the one its translation carries.

    `older_base` finds an earlier base text by its hash.
    """

    memo: str
    lang: str
    base: str
    base_text: str
    text: str | None
    made_from: str | None
    older_base: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` is the new translation, None when nothing changes or a remark forbids it. `rows` are those that say
    something new; `lines` tells for lines of the new text which row they come from.
    """

    memo: str
    text: str | None
    rows: tuple[ReturnedRow, ...] = ()
    lines: tuple[tuple[range, ReturnedRow], ...] = ()
    remarks: tuple[Remark, ...] = ()

    def row_at(self, line: int) -> ReturnedRow | None:
        return next((row for lines, row in self.lines if line in lines), None)


@dataclass(frozen=True, slots=True)
class _Read:
    """A row whose mark could be read. `place` is its piece in the translation, `text` what it says, in normal form."""

    row: ReturnedRow
    mark: Mark
    kind: Kind
    text: str
    place: Segment | None

    @property
    def piece(self) -> NewPiece:
        name = None if self.is_extra else self.name
        return NewPiece(name, self.kind, self.place.part if self.place else "", self.text)

    @property
    def is_changed(self) -> bool:
        return fingerprint(self.row.target) != self.mark.target

    @property
    def name(self) -> str:
        return self.row.id.partition(":")[2]

    @property
    def is_extra(self) -> bool:
        return self.name.startswith(ONLY_HERE)


def proposal(target: Target, rows: Sequence[ReturnedRow], file: str) -> Proposal:
    """What these rows of one memo ask for."""
    return _Memo(target, file).proposal(rows)


class _Memo:
    def __init__(self, target: Target, file: str) -> None:
        self._target = target
        self._file = file
        self._remarks: list[Remark] = []
        self._pieces = segments_of(target.text) if target.text is not None else ()
        self._base: dict[str, Segment] = {}

    def proposal(self, rows: Sequence[ReturnedRow]) -> Proposal:
        marks = [mark for row in rows if (mark := read_mark(row.mark))]
        exported = self._exported_base(marks[0]) if marks else None
        self._base = {one.name: one for one in segments_of(exported)} if exported else {}
        read = sorted(
            (one for row in rows if (one := self._read(row))), key=lambda one: one.mark.number
        )
        self._whole(rows, read)
        changed = tuple(one.row for one in read if one.is_changed)
        if self._is_spoiled or not changed:
            return self._answer(None, changed)
        if read[0].mark.base != self._target.base:
            first = read[0].row
            self._remarks.append(doubted(self._file, "base-moved", first.line, first.cells.id))
        is_anew = any(one.mark.place is None and one.text for one in read)
        self._rows(read, is_anew)
        if self._is_spoiled:
            return self._answer(None, changed)
        if not is_anew:
            text = self._in_place(read)
        elif exported is None:
            self._refuse(read[0].row, "base-gone")
            return self._answer(None, changed)
        else:
            text = rebuilt(exported, self._front(read), [one.piece for one in read])
        text = with_base(text.encode(), read[0].mark.base).decode()
        self._doubt_untouched(read)
        if text == self._target.text:  # the same table once more
            return self._answer(None, changed)
        if is_anew and self._is_other_text(read):
            self._refuse(read[0].row, "changed-meanwhile")
            return self._answer(None, changed)
        return self._checked(text, read, changed)

    @property
    def _is_spoiled(self) -> bool:
        return any(remark.problem.is_error for remark in self._remarks)

    def _answer(self, text: str | None, rows: tuple[ReturnedRow, ...]) -> Proposal:
        return Proposal(self._target.memo, text, rows, (), tuple(self._remarks))

    def _refuse(self, row: ReturnedRow, code: str, where: str = "", **values: object) -> None:
        self._remarks.append(refused(self._file, code, row.line, where or row.cells.id, **values))

    def _read(self, row: ReturnedRow) -> _Read | None:
        mark = read_mark(row.mark)
        name = row.id.partition(":")[2].removeprefix(ONLY_HERE)
        if mark is None:
            self._refuse(row, "mark-broken")
            return None
        if fingerprint(row.source) != mark.source:
            self._refuse(row, "source-edited", row.cells.source)
            return None
        text = " ".join(line for line in normal(row.target).split("\n") if line)
        place = self._place(mark, text)
        piece = place or self._base.get(name)
        kind = Kind(name) if name in FRONT else (piece.kind if piece else Kind.PARAGRAPH)
        return _Read(row, mark, kind, text, place)

    def _place(self, mark: Mark, text: str) -> Segment | None:
        """The piece that was exported, also when others now stand before it, or when it says already what comes."""
        if mark.place is None:
            return None
        fitting = [one for one in self._pieces if fingerprint(one.text) == mark.target]
        fitting = fitting or [one for one in self._pieces if text and one.text == text]
        named = next((one for one in self._pieces if one.name == mark.place), None)
        return named if named in fitting or len(fitting) != 1 else fitting[0]

    def _whole(self, rows: Sequence[ReturnedRow], read: Sequence[_Read]) -> None:
        """All rows of the memo are there, each once, and from one export."""
        seen: dict[int, ReturnedRow] = {}
        for one in read:
            if one.mark.number in seen:
                self._refuse(one.row, "row-twice", first=seen[one.mark.number].line)
            seen.setdefault(one.mark.number, one.row)
        if len({(one.mark.base, one.mark.total) for one in read}) > 1:
            self._refuse(read[0].row, "exports-mixed", memo=self._target.memo)
        elif read and len(rows) == len(read) and len(seen) < read[0].mark.total:
            self._refuse(read[0].row, "rows-missing", names=self._missing(read, seen))
        for one in read:
            if self._base and not one.is_extra and one.name not in self._base:
                self._refuse(one.row, "unknown-id", id=one.row.id)

    def _missing(self, read: Sequence[_Read], seen: dict[int, ReturnedRow]) -> str:
        """Names of the pieces that did not come back, with whom they are for; their numbers where names are not known."""
        names = {one.name for one in read}
        lost = [one for one in self._base.values() if one.name not in names]
        if lost:
            return ", ".join(f"{one.name} ({one.part})" if one.part else one.name for one in lost)
        return ", ".join(f"no. {n}" for n in range(1, read[0].mark.total + 1) if n not in seen)

    def _exported_base(self, mark: Mark) -> str | None:
        if mark.base == self._target.base:
            return self._target.base_text
        return self._target.older_base(mark.base)

    def _doubt_untouched(self, read: Sequence[_Read]) -> None:
        """In an outdated translation: rows whose source has changed, and whose translation has not."""
        made_from = self._target.made_from
        if made_from is None or made_from == read[0].mark.base:
            return
        older = self._target.older_base(made_from)
        then = segments_of(older) if older else ()
        before = pair_states(tuple(self._base.values()), then)
        texts = {piece.name: piece.text for piece in then}
        for one in read:
            was = texts.get(before.get(one.name, ""))
            is_same = one.is_extra or was == normal(one.row.source)
            if was is not None and not is_same and not one.is_changed:
                where = one.row.cells.target
                self._remarks.append(doubted(self._file, "untouched", one.row.line, where))

    def _front(self, read: Sequence[_Read]) -> str:
        """The front matter of the new text, with its fences."""
        if not any(one.place for one in read):
            return new_front({one.kind: one.text for one in read if one.kind in FRONT})
        lines = self._in_place(read).split("\n")
        return "\n".join(lines[: closing_fence(lines) + 1]) + "\n"

    def _rows(self, read: Sequence[_Read], is_anew: bool) -> None:
        is_current = bool(read) and self._target.made_from == read[0].mark.base
        for one in read:
            is_gap = one.place is None and not one.text
            if one.is_changed and one.mark.place and self._is_other(one):
                self._refuse(one.row, "changed-meanwhile", one.row.cells.target)
            elif is_gap and (is_anew or not is_current):
                self._refuse(one.row, "target-empty", one.row.cells.target)
            elif one.is_changed and not (one.is_extra and not one.text):
                before = one.place.text if one.place else ""
                self._remarks += row_remarks(
                    one.row, one.kind, one.text, before, self._target.lang, self._file
                )

    def _is_other(self, one: _Read) -> bool:
        """The place is gone, or says neither what was exported nor what comes back."""
        return one.place is None or (
            fingerprint(one.place.text) != one.mark.target and one.place.text != one.text
        )

    def _is_other_text(self, read: Sequence[_Read]) -> bool:
        """Whether somebody worked on the translation since the export: made anew, it would lose that."""
        placed = [one.place for one in read if one.place]
        return len(placed) != len(self._pieces) or any(
            one.place and fingerprint(one.place.text) != one.mark.target for one in read
        )

    def _in_place(self, read: Sequence[_Read]) -> str:
        whole = self._target.text or ""
        edits: dict[tuple[int, int], str] = {}
        for one in read:
            if not one.is_changed or one.place is None or one.text == one.place.text:
                continue
            if not one.text:
                edits[whole_lines(whole, one.place)] = ""
            elif one.kind in FRONT:
                edits[one.place.start, one.place.end] = scalar(one.text)
            else:
                edits[one.place.start, one.place.end] = one.text
        return replaced(whole, edits)

    def _checked(
        self, text: str, read: Sequence[_Read], changed: tuple[ReturnedRow, ...]
    ) -> Proposal:
        """The proposal, if the text read again is made of just what the rows say."""
        pieces = segments_of(text)
        by_text: dict[str, list[_Read]] = {}
        for one in read:
            by_text.setdefault(one.text, []).append(one)
        lines = []
        for piece in pieces:
            found = by_text.get(piece.text)
            if found:
                one = found.pop(0) if len(found) > 1 else found[0]
                lines.append((range(piece.lines[0], piece.lines[1] + 1), one.row))
        written = [piece.text for piece in pieces]
        for one in read:
            if one.is_changed and one.text and one.text not in written:
                self._refuse(one.row, "broken-markdown", one.row.cells.target, kind=one.kind)
        answer = self._answer(None if self._is_spoiled else text, changed)
        return replace(answer, lines=tuple(lines))
