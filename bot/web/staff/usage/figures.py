"""How numbers of two periods compare, and what a histogram says. It must not tell a number that is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.small_numbers import Shown, shown


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the period beside that of the period before. None is hidden."""

    now: Shown
    before: Shown

    @property
    def change(self) -> int | None:
        """In per cent; None when either is hidden or there was nothing before."""
        if self.now is None or not self.before:
            return None
        return round(100 * (self.now - self.before) / self.before)


def figure(now: int, before: int) -> Figure:
    return Figure(shown(now), shown(before))


def share(part: Shown, whole: Shown) -> int | None:
    """In per cent; None when it would tell a hidden number, or of nothing."""
    return round(100 * part / whole) if part is not None and whole else None


def percentile(times: Mapping[int, int], per_cent: int) -> int | None:
    """Of a histogram by upper bound: the bound that so many per cent are within. None of nothing."""
    wanted = sum(times.values()) * per_cent / 100
    seen = 0
    for bound in sorted(times):
        seen += times[bound]
        if seen >= wanted and seen:
            return bound
    return None
