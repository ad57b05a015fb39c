"""What a usage page shows, before it is drawn: numbers and tables, some with a chart. Values only, in words of a reader."""

from dataclasses import dataclass

from bot.web.staff.usage.charts import Chart
from bot.web.staff.usage.figures import Figure
from db.small_numbers import Shown


@dataclass(frozen=True, slots=True)
class Number:
    """`is_better` says whether more is better, None when that depends. A time is an upper bound in milliseconds, and is
    None when there is none.
    """

    label: str
    figure: Figure
    is_better: bool | None = None
    is_time: bool = False


Cell = str | Shown
"""None is a number that is hidden."""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is its name in addresses and files. The first column is words, the others are numbers."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Chart | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    numbers: tuple[Number, ...]
    tables: tuple[Table, ...]
