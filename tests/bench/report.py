"""From samples to a table and to JSON: the median of the rounds, and how it compares."""

import statistics
from dataclasses import asdict, dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Sample:
    """One round of one bot. Times in milliseconds."""

    updates_per_second: float
    processor_ms: float
    core_busy_percent: float
    p50_ms: float
    p99_ms: float
    alone_p50_ms: float
    memory_mb: float


_ROWS = {
    "updates a second": ("updates_per_second", "{:.0f}"),
    "processor, ms an update": ("processor_ms", "{:.2f}"),
    "its core was busy, %": ("core_busy_percent", "{:.0f}"),
    "wait, median, ms": ("p50_ms", "{:.1f}"),
    "wait, 99 of 100, ms": ("p99_ms", "{:.1f}"),
    "wait when alone, median, ms": ("alone_p50_ms", "{:.1f}"),
    "memory, MB": ("memory_mb", "{:.0f}"),
}


def percentile(values: list[float], hundredth: int) -> float:
    return statistics.quantiles(values, n=100)[hundredth - 1]


def medians(samples: list[Sample]) -> dict[str, float]:
    rows = [asdict(sample) for sample in samples]
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def table(results: dict[str, dict[str, float]], title: str) -> Table:
    """Absolute numbers; those of the first bot also as a multiple of each other bot's."""
    first, *others = results
    shown = Table(title=title)
    shown.add_column("")
    for name in results:
        shown.add_column(name, justify="right")
    for name in others:
        shown.add_column(f"{first} : {name}", justify="right")
    for label, (name, form) in _ROWS.items():
        numbers = [form.format(result[name]) for result in results.values()]
        ratios = [f"{results[first][name] / results[other][name]:.2f}" for other in others]
        shown.add_row(label, *numbers, *ratios)
    return shown
