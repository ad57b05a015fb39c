"""When a person is reminded of a date. It must not know who, nor what of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS_BEFORE = (7, 3, 1, 0)
# For what can still be mended, once it is missed.
DAY_AFTER = -1
# A decent hour on any shift, in the zone of the date.
HOUR = time(10)

# A reminder of the day after is of use for so many days.
_STILL_OF_USE = 7


def reminder_moments(
    day: date, zone: tzinfo, now: datetime, *, is_mendable: bool = False
) -> tuple[tuple[int, datetime], ...]:
    """Days before the date and the moment, in order. What would be past by `now` is left out."""
    offsets = (*DAYS_BEFORE, DAY_AFTER) if is_mendable else DAYS_BEFORE
    return tuple(_to_come(day, zone, now, offsets))


def _to_come(
    day: date, zone: tzinfo, now: datetime, offsets: tuple[int, ...]
) -> Iterator[tuple[int, datetime]]:
    for offset in offsets:
        at = datetime.combine(day - timedelta(days=offset), HOUR, zone).astimezone(UTC)
        if at > now:
            yield offset, at


def is_overtaken(offset: int, days_left: int) -> bool:
    """Whether a reminder that comes late says nothing any more: the next one says it, or the day is gone."""
    if offset < 0:
        return days_left < -_STILL_OF_USE
    following = next((one for one in DAYS_BEFORE if one < offset), DAY_AFTER)
    return days_left <= following
