"""A table that came back → translations. A memo, or an entry of a YAML file, is taken whole or not at all; what is wrong
with one keeps no other back.

Nothing is proposed, and nothing written, before the guide has been checked with the new texts in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

from bot.editorial.edition import Edition, edition_of
from bot.editorial.exchange.admitting import Candidate, admit, with_edits
from bot.editorial.exchange.returning import Target, proposal
from bot.editorial.exchange.short_returning import EntryProposal, entry_proposals
from bot.editorial.exchange.short_texts import FILES
from bot.editorial.exchange.table import Remark, Returned, ReturnedRow, refused
from bot.editorial.exchange.xliff import read_xliff
from bot.editorial.exchange.xlsx import read_xlsx
from bot.editorial.files.memos import TEXT_SUFFIX
from bot.editorial.history import earlier_texts
from bot.editorial.problem import Problem
from bot.editorial.snapshot import MEMOS, Snapshot, take_snapshot
from bot.editorial.writing import as_bytes, replace_file
from bot.errors import ContentError

READERS: Mapping[str, Callable[[bytes, str], Returned]] = {
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xlf": read_xliff,
    ".xliff": read_xliff,
    ".xml": read_xliff,
}


class Outcome(StrEnum):
    TAKEN = "taken"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class UnitImport:
    """What is taken whole or not at all: a memo, or an entry of a file ("contacts.yaml:rf-112").

    `said` are its rows, `changed` those that say something new (none when they could not be read); `is_outdated`: the
    base text has moved since the export.
    """

    name: str
    outcome: Outcome
    said: tuple[ReturnedRow, ...]
    changed: tuple[ReturnedRow, ...]
    is_outdated: bool

    @property
    def rows(self) -> int:
        """How many rows said something new."""
        return len(self.changed)

    @property
    def is_entry(self) -> bool:
        return ":" in self.name or self.name in FILES


@dataclass(frozen=True, slots=True)
class Import:
    lang: str
    memos: tuple[UnitImport, ...]
    entries: tuple[UnitImport, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was refused."""
        return not any(remark.problem.is_error for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What would be taken, and the files as they would be then."""

    result: Import
    files: Mapping[str, bytes]


def read_table(path: Path) -> Returned:
    """The rows of a table by the ending of its name. Raises `ContentError` when there is no such file or format."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ContentError(f"{path.name}: a table ends in .xlsx, .xlf or .xliff")
    try:
        return reader(path.read_bytes(), path.name)
    except OSError as unreadable:
        raise ContentError(f"{path}: {unreadable.strerror}") from unreadable


def import_table(
    content_dir: Path, table: Returned, file: str, today: date, *, is_trial: bool = False
) -> Import:
    """Take the rows into the translations; a trial only says what would happen."""
    snapshot = take_snapshot(content_dir)
    importing = _Importing(content_dir, snapshot, edition_of(snapshot), table, file, today)
    return importing.result(writes=not is_trial)


def propose_table(
    content_dir: Path,
    snapshot: Snapshot,
    edition: Edition,
    table: Returned,
    file: str,
    today: date,
) -> Proposed:
    """What the rows make of the files of a snapshot; nothing is written.

    `edition` is that of the snapshot; `content_dir` is only asked for its history.
    """
    return _Importing(content_dir, snapshot, edition, table, file, today).proposed()


class _Importing:
    def __init__(
        self,
        content_dir: Path,
        snapshot: Snapshot,
        edition: Edition,
        table: Returned,
        file: str,
        today: date,
    ) -> None:
        self._content_dir = content_dir
        self._table = table
        self._file = file
        self._today = today
        self._snapshot = snapshot
        self._edition = edition
        self._remarks: list[Remark] = list(table.remarks)
        self._units: dict[str, UnitImport] = {}

    def result(self, *, writes: bool) -> Import:
        candidates = self._candidates()
        accepted = self._admitted(candidates)
        return self._said(candidates, self._write(accepted) if writes else accepted)

    def proposed(self) -> Proposed:
        candidates = self._candidates()
        accepted = self._admitted(candidates)
        new = with_edits(self._snapshot, accepted)
        files = {one.file: new.files[one.file] for one in accepted}
        return Proposed(self._said(candidates, accepted), files)

    def _candidates(self) -> list[Candidate]:
        candidates: list[Candidate] = []
        if self._table.rows and self._is_language():
            by_unit: dict[str, list[ReturnedRow]] = {}
            for row in self._table.rows:
                by_unit.setdefault(row.unit, []).append(row)
            for unit, rows in by_unit.items():
                if unit in FILES:
                    candidates += self._short_candidates(rows)
                elif candidate := self._candidate(unit, rows):
                    candidates.append(candidate)
        elif not self._table.rows and not self._remarks:
            self._remarks.append(refused(self._file, "table-empty"))
        return candidates

    def _admitted(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        admission = admit(self._snapshot, self._edition, candidates, self._today)
        self._remarks += [Remark(p.file, p, is_guide=True) for p in admission.elsewhere]
        for one in candidates:
            self._remarks += [self._of_guide(one, *found) for found in admission.found[one]]
        return admission.accepted

    def _said(self, candidates: Sequence[Candidate], taken: Sequence[Candidate]) -> Import:
        for one in candidates:
            if one not in taken:
                self._units[one.name] = replace(self._units[one.name], outcome=Outcome.REFUSED)
        remarks = sorted(self._remarks, key=lambda remark: remark.problem.line)
        return Import(
            self._table.lang,
            tuple(one for one in self._units.values() if not one.is_entry),
            tuple(one for one in self._units.values() if one.is_entry),
            tuple(remarks),
        )

    def _is_language(self) -> bool:
        lang, known = self._table.lang, self._edition.languages[1:]
        if lang not in known:
            self._remarks.append(
                refused(self._file, "table-language", lang=lang, known=", ".join(known))
            )
        return lang in known

    def _candidate(self, memo: str, rows: Sequence[ReturnedRow]) -> Candidate | None:
        target = None if self._has_errors(rows) else self._target(memo, rows[0])
        if target is None:
            self._note(memo, Outcome.REFUSED, rows)
            return None
        asked = proposal(target, rows, self._file)
        self._remarks += asked.remarks
        if asked.text is None:
            is_refused = any(remark.problem.is_error for remark in asked.remarks)
            outcome = Outcome.REFUSED if is_refused else Outcome.UNCHANGED
            self._note(memo, outcome, rows, asked.rows)
            return None
        file = _translation(memo, self._table.lang)
        before = self._snapshot.files.get(file, b"")
        if before and as_bytes(target.text or "", before) != before:
            self._remarks.append(
                refused(self._file, "line-ends-mixed", rows[0].line, rows[0].cells.id, name=file)
            )
            self._note(memo, Outcome.REFUSED, rows, asked.rows)
            return None
        base = self._edition.text(memo, self._edition.languages[0])
        is_outdated = base is None or f'base: "{base.hash}"' not in asked.text
        self._note(memo, Outcome.TAKEN, rows, asked.rows, is_outdated=is_outdated)
        edits = {(0, len(target.text or "")): asked.text}
        return Candidate(memo, file, edits, asked.rows, lambda line, _: asked.row_at(line))

    def _short_candidates(self, rows: Sequence[ReturnedRow]) -> Iterator[Candidate]:
        base_language, lang = self._edition.languages[0], self._table.lang
        for asked in entry_proposals(self._snapshot, base_language, lang, rows, self._file):
            self._remarks += asked.remarks
            changed = tuple(row for row, _, _ in asked.changes)
            if asked.is_refused or self._has_errors(asked.rows):
                self._note(asked.name, Outcome.REFUSED, asked.rows, changed)
            elif not asked.edits:
                self._note(asked.name, Outcome.UNCHANGED, asked.rows)
            else:
                self._note(asked.name, Outcome.TAKEN, asked.rows, changed)
                row_at = partial(_row_before, asked)
                yield Candidate(asked.name, asked.file, asked.edits, changed, row_at, asked.lines)

    def _has_errors(self, rows: Sequence[ReturnedRow]) -> bool:
        """Whether a cell of these rows could not be read."""
        lines = {row.line for row in rows}
        return any(r.problem.is_error and r.problem.line in lines for r in self._table.remarks)

    def _target(self, memo: str, row: ReturnedRow) -> Target | None:
        base_language, lang = self._edition.languages[0], self._table.lang
        base, text = self._edition.text(memo, base_language), self._edition.text(memo, lang)
        if memo not in self._edition.memos:
            self._remarks.append(
                refused(self._file, "unknown-memo", row.line, row.cells.id, memo=memo)
            )
            return None
        if base is None or self._edition.memos[memo].spoiled & {base_language, lang}:
            self._remarks.append(
                refused(self._file, "memo-spoiled", row.line, row.cells.id, memo=memo)
            )
            return None

        @cache
        def older_base(wanted: str) -> str | None:
            found = earlier_texts(self._content_dir, base_language, {memo: wanted})
            return found[memo].source if memo in found else None

        return Target(
            memo=memo,
            lang=lang,
            base=base.hash,
            base_text=self._snapshot.text(base.file) or "",
            text=self._snapshot.text(_translation(memo, lang)),
            made_from=text.front.value.base if text else None,
            older_base=older_base,
        )

    def _of_guide(self, one: Candidate, row: ReturnedRow | None, problem: Problem) -> Remark:
        """A problem of the new text, said of the row that the line came from."""
        place = row or one.rows[0]
        where = place.cells.target if row else place.cells.id
        at_row = Problem(
            self._file,
            place.line,
            problem.severity,
            problem.code,
            problem.values,
            problem.suggestion,
        )
        return Remark(where, at_row, is_guide=True)

    def _write(self, accepted: Sequence[Candidate]) -> list[Candidate]:
        """Those that could be written: a file that somebody changed meanwhile stays as it is."""
        new = with_edits(self._snapshot, accepted)
        taken = []
        for file in dict.fromkeys(one.file for one in accepted):
            in_file = [one for one in accepted if one.file == file]
            path = self._content_dir / file
            now = path.read_bytes() if path.exists() else None
            if now == self._snapshot.files.get(file):
                replace_file(path, new.files[file])
                taken += in_file
                continue
            for one in in_file:
                row = one.rows[0]
                self._remarks.append(
                    refused(self._file, "changed-meanwhile", row.line, row.cells.id)
                )
        return taken

    def _note(
        self,
        name: str,
        outcome: Outcome,
        said: Sequence[ReturnedRow],
        changed: Sequence[ReturnedRow] = (),
        *,
        is_outdated: bool = False,
    ) -> None:
        self._units[name] = UnitImport(name, outcome, tuple(said), tuple(changed), is_outdated)


def _translation(memo: str, lang: str) -> str:
    return f"{MEMOS}/{memo}/{lang}{TEXT_SUFFIX}"


def _row_before(asked: EntryProposal, _line: int, line_before: int) -> ReturnedRow:
    return asked.row_at(line_before)
