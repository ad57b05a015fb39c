"""Which day it is for the law. The rules of the guide are Russian, and their days begin at midnight in Moscow."""

from datetime import date, datetime, timedelta, timezone

MOSCOW = timezone(
    timedelta(hours=3)
)  # without summer time since 26 October 2014 (248-FZ of 21.07.2014)


def day_of(now: datetime) -> date:
    """The date in Moscow at an aware moment."""
    return now.astimezone(MOSCOW).date()
