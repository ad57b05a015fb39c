"""The rows of short texts that came back, and what they change in the YAML files: an entry is taken whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.editorial.exchange.row_checks import row_remarks
from bot.editorial.exchange.segments import Kind, replaced
from bot.editorial.exchange.short_exporting import mark_of, row_id
from bot.editorial.exchange.short_texts import (
    ShortText,
    edit_of,
    one_line,
    says_just,
    short_texts,
)
from bot.editorial.exchange.table import (
    Remark,
    ReturnedRow,
    fingerprint,
    normal,
    read_mark,
    refused,
)
from bot.editorial.snapshot import Snapshot
from bot.editorial.writing import as_bytes
from bot.errors import ContentError


@dataclass(slots=True)
class EntryProposal:
    """What rows ask of one entry of a file. `changes` are those that say something new, each with its place and
    what it says; `edits` are empty when nothing changes or a remark forbids it.
    """

    file: str
    name: str
    lines: range = range(0)
    rows: list[ReturnedRow] = field(default_factory=list)
    changes: list[tuple[ReturnedRow, ShortText, str]] = field(default_factory=list)
    edits: dict[tuple[int, int], str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(remark.problem.is_error for remark in self.remarks)

    def row_at(self, line: int) -> ReturnedRow:
        """The row whose text stands on this line of the file as it was; else the first."""
        for row, one, _ in self.changes:
            if any(line in said.lines for said in (*one.said.values(), one.base)):
                return row
        return self.changes[0][0]


def entry_proposals(
    snapshot: Snapshot, base_language: str, lang: str, rows: Sequence[ReturnedRow], table: str
) -> list[EntryProposal]:
    """What these rows of one file ask for, entry by entry. `table` is the file they came in."""
    file = rows[0].unit
    text = snapshot.text(file)
    try:
        known = {row_id(file, one): one for one in short_texts(text or "", file, base_language)}
    except ContentError:
        first = rows[0]
        remark = refused(table, "file-spoiled", first.line, first.cells.id, name=file)
        return [EntryProposal(file, file, rows=list(rows), remarks=[remark])]
    assert text is not None
    data = snapshot.files[file]
    return list(_File(file, text, data, lang, known, table).proposals(rows))


class _File:
    def __init__(
        self,
        file: str,
        text: str,
        data: bytes,
        lang: str,
        known: Mapping[str, ShortText],
        table: str,
    ) -> None:
        self._file = file
        self._text = text
        self._data = data
        self._lang = lang
        self._known = known
        self._table = table

    def proposals(self, rows: Sequence[ReturnedRow]) -> Iterator[EntryProposal]:
        entries: dict[str, EntryProposal] = {}
        seen: dict[str, int] = {}
        for row in rows:
            one = self._known.get(row.id)
            name = f"{self._file}:{one.entry}" if one else row.id
            lines = one.entry_lines if one else range(0)
            entry = entries.setdefault(name, EntryProposal(self._file, name, lines))
            entry.rows.append(row)
            if row.id in seen:
                entry.remarks.append(self._refused(row, "row-twice", first=seen[row.id]))
            elif one is None:
                entry.remarks.append(self._refused(row, "unknown-short", id=row.id))
            else:
                self._take(entry, row, one)
            seen.setdefault(row.id, row.line)
        for entry in entries.values():
            if entry.is_refused:
                entry.edits.clear()
        self._refuse_unwritable([entry for entry in entries.values() if entry.edits])
        yield from entries.values()

    def _take(self, entry: EntryProposal, row: ReturnedRow, one: ShortText) -> None:
        mark = read_mark(row.mark)
        if mark is None or mark.base != mark_of(row.id, self._lang, "", "").base:
            entry.remarks.append(self._refused(row, "mark-broken"))
            return
        if fingerprint(row.source) != mark.source:
            entry.remarks.append(self._refused(row, "source-edited", row.cells.source))
            return
        if fingerprint(row.target) == mark.target:
            return
        new = one_line(normal(row.target))
        said = one.said.get(self._lang)
        now = said.text if said else ""
        if new == now:  # the same table once more
            return
        entry.changes.append((row, one, new))
        if fingerprint(now) != mark.target:
            entry.remarks.append(self._refused(row, "changed-meanwhile", row.cells.target))
        elif fingerprint(one.base.text) != mark.source:
            # Nothing would tell later that this is a translation of something else.
            where = row.cells.source
            entry.remarks.append(
                self._refused(row, "short-source-moved", where, now=one.base.text)
            )
        else:
            remarks = row_remarks(row, Kind.TITLE, new, now, self._lang, self._table)
            entry.remarks += remarks
            span, value = edit_of(self._text, one, self._lang, new)
            entry.edits[span] = value

    def _refuse_unwritable(self, entries: Sequence[EntryProposal]) -> None:
        """Refuse what cannot be written without changing more of the file than was asked for."""
        if self._is_just(entries):
            return
        for entry in entries:
            if not self._is_just([entry]):
                row = entry.changes[0][0]
                entry.edits.clear()
                entry.remarks.append(self._refused(row, "short-unwritable", name=self._file))

    def _is_just(self, entries: Sequence[EntryProposal]) -> bool:
        if entries and as_bytes(self._text, self._data) != self._data:  # line ends of two kinds
            return False
        edits = dict(edit for entry in entries for edit in entry.edits.items())
        changes = [(one, self._lang, new) for entry in entries for _, one, new in entry.changes]
        return says_just(self._text, replaced(self._text, edits), changes)

    def _refused(self, row: ReturnedRow, code: str, where: str = "", **values: object) -> Remark:
        return refused(self._table, code, row.line, where or row.cells.id, **values)
