"""What became of each row of a table that came back, for a list by row. It decides nothing: `importing` has."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.editorial.exchange.importing import Import, Outcome, UnitImport
from bot.editorial.exchange.table import Remark, ReturnedRow


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """`remarks` are those of this row; one without an error can be taken all the same."""

    row: ReturnedRow
    unit: str
    outcome: Outcome
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class RowOutcomes:
    """Rows in the order of the units; `of_no_row` are remarks on the file, or on the guide as a whole."""

    rows: tuple[RowOutcome, ...]
    of_no_row: tuple[Remark, ...]

    @property
    def telling(self) -> tuple[RowOutcome, ...]:
        """Without the rows that said nothing new and have no remark: a table has hundreds of them."""
        return tuple(
            one for one in self.rows if one.remarks or one.outcome is not Outcome.UNCHANGED
        )


def row_outcomes(done: Import) -> RowOutcomes:
    said: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in done.remarks:
        said[remark.problem.line, remark.where].append(remark)
    rows = tuple(one for unit in (*done.memos, *done.entries) for one in _of_unit(unit, said))
    of_rows = {remark for one in rows for remark in one.remarks}
    return RowOutcomes(rows, tuple(one for one in done.remarks if one not in of_rows))


def _of_unit(
    unit: UnitImport, said: Mapping[tuple[int, str], list[Remark]]
) -> Iterator[RowOutcome]:
    changed = set(unit.changed)
    for row in unit.said:
        cells = dict.fromkeys((row.cells.id, row.cells.source, row.cells.target))
        remarks = tuple(one for cell in cells for one in said.get((row.line, cell), ()))
        has_error = any(one.problem.is_error for one in remarks)
        # Of a unit that could not be read nobody knows which rows were changed.
        counts = row in changed or (unit.outcome is Outcome.REFUSED and not changed)
        outcome = Outcome.REFUSED if has_error else unit.outcome if counts else Outcome.UNCHANGED
        yield RowOutcome(row, unit.name, outcome, remarks)
