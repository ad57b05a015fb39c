"""A table that came back → translations. A memo is taken whole or not at all; what is wrong with one keeps no other back.

Nothing is written before the guide has been checked with the new texts in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.exchange.exporting import guide_text
from bot.editorial.exchange.returning import Proposal, Target, proposal
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
class MemoImport:
    """`rows` is how many rows said something new; `is_outdated`: the base text has moved since the export."""

    memo: str
    outcome: Outcome
    rows: int
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Import:
    lang: str
    memos: tuple[MemoImport, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was refused."""
        return not any(remark.problem.is_error for remark in self.remarks)


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
    return _Importing(content_dir, table, file, today).result(is_trial=is_trial)


@dataclass(slots=True)
class _Candidate:
    proposal: Proposal
    file: str
    data: bytes
    is_outdated: bool
    is_refused: bool = False
    doubts: list[Remark] = field(default_factory=list)


class _Importing:
    def __init__(self, content_dir: Path, table: Returned, file: str, today: date) -> None:
        self._content_dir = content_dir
        self._table = table
        self._file = file
        self._today = today
        self._snapshot = take_snapshot(content_dir)
        self._edition = edition_of(self._snapshot)
        self._remarks: list[Remark] = list(table.remarks)
        self._memos: dict[str, MemoImport] = {}

    def result(self, *, is_trial: bool) -> Import:
        candidates: list[_Candidate] = []
        if self._table.rows and self._is_language():
            by_memo: dict[str, list[ReturnedRow]] = {}
            for row in self._table.rows:
                by_memo.setdefault(row.memo, []).append(row)
            for memo, rows in by_memo.items():
                if candidate := self._candidate(memo, rows):
                    candidates.append(candidate)
        elif not self._table.rows and not self._remarks:
            self._remarks.append(refused(self._file, "table-empty"))
        self._check(candidates)
        for one in candidates:
            self._remarks += one.doubts
            is_taken = not one.is_refused and (is_trial or self._write(one))
            self._note(
                one.proposal, Outcome.TAKEN if is_taken else Outcome.REFUSED, one.is_outdated
            )
        remarks = sorted(self._remarks, key=lambda remark: remark.problem.line)
        in_order = dict.fromkeys(row.memo for row in self._table.rows)
        memos = tuple(self._memos[memo] for memo in in_order if memo in self._memos)
        return Import(self._table.lang, memos, tuple(remarks))

    def _is_language(self) -> bool:
        lang, known = self._table.lang, self._edition.languages[1:]
        if lang not in known:
            self._remarks.append(
                refused(self._file, "table-language", lang=lang, known=", ".join(known))
            )
        return lang in known

    def _candidate(self, memo: str, rows: Sequence[ReturnedRow]) -> _Candidate | None:
        lines = {row.line for row in rows}
        if any(r.problem.is_error and r.problem.line in lines for r in self._table.remarks):
            self._note(Proposal(memo, None), Outcome.REFUSED)
            return None
        target = self._target(memo, rows[0])
        if target is None:
            self._note(Proposal(memo, None), Outcome.REFUSED)
            return None
        asked = proposal(target, rows, self._file)
        self._remarks += asked.remarks
        if asked.text is None:
            is_refused = any(remark.problem.is_error for remark in asked.remarks)
            self._note(asked, Outcome.REFUSED if is_refused else Outcome.UNCHANGED)
            return None
        file = _translation(memo, self._table.lang)
        before = self._snapshot.files.get(file, b"")
        if before and as_bytes(target.text or "", before) != before:
            self._remarks.append(
                refused(self._file, "line-ends-mixed", rows[0].line, rows[0].cells.id, name=file)
            )
            self._note(asked, Outcome.REFUSED)
            return None
        base = self._edition.text(memo, self._edition.languages[0])
        is_outdated = base is None or f'base: "{base.hash}"' not in asked.text
        return _Candidate(asked, file, as_bytes(asked.text, before), is_outdated)

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
            base_text=guide_text(self._snapshot, base.file) or "",
            text=guide_text(self._snapshot, _translation(memo, lang)),
            made_from=text.front.value.base if text else None,
            older_base=older_base,
        )

    def _check(self, candidates: Sequence[_Candidate]) -> None:
        """Refuse every new text that brings an error into the guide, until the rest brings none."""
        before = _known(check(self._edition, self._today)) if candidates else set()
        while accepted := [one for one in candidates if not one.is_refused]:
            new = [
                problem
                for problem in check(self._with(accepted), self._today)
                if _key(problem) not in before
            ]
            by_file = {one.file: one for one in accepted}
            for one in accepted:
                found = [problem for problem in new if problem.file == one.file]
                one.is_refused = any(problem.is_error for problem in found)
                one.doubts = [
                    self._of_guide(one, problem)
                    for problem in found
                    if problem.code != "translation-outdated"  # said already, as "base-moved"
                ]
            elsewhere = [p for p in new if p.is_error and p.file not in by_file]
            if elsewhere and not any(one.is_refused for one in accepted):
                self._remarks += [Remark(p.file, p, is_guide=True) for p in elsewhere]
                for one in accepted:
                    one.is_refused = True
            if not any(one.is_refused for one in accepted):
                return

    def _with(self, candidates: Sequence[_Candidate]) -> Edition:
        snapshot: Snapshot = self._snapshot
        for one in candidates:
            snapshot = snapshot.with_file(one.file, one.data)
        return edition_of(snapshot)

    def _of_guide(self, one: _Candidate, problem: Problem) -> Remark:
        """A problem of the new text, said of the row that the line came from."""
        row = one.proposal.row_at(problem.line)
        place = row or one.proposal.rows[0]
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

    def _write(self, one: _Candidate) -> bool:
        path = self._content_dir / one.file
        now = path.read_bytes() if path.exists() else None
        if now != self._snapshot.files.get(one.file):
            row = one.proposal.rows[0]
            self._remarks.append(refused(self._file, "changed-meanwhile", row.line, row.cells.id))
            return False
        replace_file(path, one.data)
        return True

    def _note(self, asked: Proposal, outcome: Outcome, is_outdated: bool = False) -> None:
        self._memos[asked.memo] = MemoImport(asked.memo, outcome, len(asked.rows), is_outdated)


def _translation(memo: str, lang: str) -> str:
    return f"{MEMOS}/{memo}/{lang}{TEXT_SUFFIX}"


Key = tuple[str, str, tuple[tuple[str, str], ...]]


def _key(problem: Problem) -> Key:
    """A problem wherever it stands: lines move when a text changes."""
    return problem.file, problem.code, problem.values


def _known(problems: Sequence[Problem]) -> set[Key]:
    return {_key(problem) for problem in problems}
