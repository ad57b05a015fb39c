"""Bars for a page: where each stands and how high it is. It must not know what it draws; `usage/chart.html` writes the SVG.

Widths are in per cent and heights in pixels, so that a chart is as wide as its screen and its letters stay as they are.
"""

from dataclasses import dataclass

from db.small_numbers import Shown

HEIGHT = 160
ROW_HEIGHT = 44
_LONGEST_ROW = 84  # the rest is for the number behind it
_MOST_LABELS = 4  # of a day each, on a phone
_FILLED = 0.78  # of the width of a step


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each step. None is hidden and drawn as a mark on the ground."""

    label: str
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """`stacked`: the series of a step are parts of a whole, else they stand side by side. `unit` is behind the scale's
    numbers.
    """

    title: str
    steps: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Numbers beside each other, each with its name above its bar: names may be long."""

    title: str
    rows: tuple[tuple[str, Shown], ...]


Chart = Bars | Rows


@dataclass(frozen=True, slots=True)
class Bar:
    """Left and width in per cent, top and height in pixels from the top of the chart. `pattern` is its series' number."""

    left: float
    width: float
    top: float
    height: float
    pattern: int
    label: str
    value: Shown


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale."""

    top: float
    value: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The name of a step, its middle in per cent; `anchor` keeps it within the chart."""

    middle: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]


def drawn(chart: Bars) -> Drawing:
    top = _scale(chart)
    step_width = 100 / max(len(chart.steps), 1)
    bars = []
    for at, label in enumerate(chart.steps):
        ground = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[at]
            height = HEIGHT * (value or 0) / top
            side = 1 if chart.stacked else len(chart.series)
            width = step_width * _FILLED / side
            left = at * step_width + step_width * (1 - _FILLED) / 2
            if not chart.stacked:
                left += number * width
            bar_top = HEIGHT - height - (ground if chart.stacked else 0)
            said = f"{label} · {series.label}" if len(chart.series) > 1 else label
            if value is None or value:
                bars.append(_bar(left, width, bar_top, height, number, said, value))
            ground += height
    lines = tuple(Line(HEIGHT - HEIGHT * part / 2, round(top * part / 2)) for part in (0, 1, 2))
    return Drawing(tuple(bars), lines, _ticks(chart.steps))


@dataclass(frozen=True, slots=True)
class Row:
    """`width` in per cent of the chart, `top` in pixels."""

    label: str
    value: Shown
    top: int
    width: float


def laid(chart: Rows) -> tuple[Row, ...]:
    longest = max((value or 0 for _, value in chart.rows), default=0) or 1
    return tuple(
        Row(label, value, at * ROW_HEIGHT, round(_LONGEST_ROW * (value or 0) / longest, 2))
        for at, (label, value) in enumerate(chart.rows)
    )


def _bar(
    left: float, width: float, top: float, height: float, pattern: int, label: str, value: Shown
) -> Bar:
    return Bar(
        round(left, 3), round(width, 3), round(top, 1), round(height, 1), pattern, label, value
    )


def _scale(chart: Bars) -> int:
    """The number at the top: even, so that its half is a number too, and one that is easy to read."""
    columns = list(zip(*(series.values for series in chart.series), strict=True))
    heights = [
        sum(value or 0 for value in column)
        if chart.stacked
        else max((value or 0 for value in column), default=0)
        for column in columns
    ]
    highest = max([*heights, 4])
    ten: int = 10 ** (len(str(highest)) - 1)
    return next(ten * times for times in (1, 2, 4, 6, 8, 10) if ten * times >= highest)


def _ticks(steps: tuple[str, ...]) -> tuple[Tick, ...]:
    if not steps:
        return ()
    number = min(len(steps), _MOST_LABELS)
    places = {round(at * (len(steps) - 1) / max(number - 1, 1)) for at in range(number)}
    ticks = []
    for at in sorted(places):
        anchor = "middle"
        if len(steps) > 1 and at in {0, len(steps) - 1}:
            anchor = "start" if at == 0 else "end"
        ticks.append(Tick(_middle(at, len(steps), anchor), steps[at], anchor))
    return tuple(ticks)


def _middle(at: int, steps: int, anchor: str) -> float:
    if anchor == "middle":
        return round(100 * (at + 0.5) / steps, 3)
    return 0.0 if anchor == "start" else 100.0
