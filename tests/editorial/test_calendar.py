"""What staff are told about years whose days off nobody has entered, and when. The test content has 2026 and 2027."""

from datetime import date

import pytest

from bot.editorial.checks.calendar import check_calendar
from bot.editorial.compiling import build_catalogue
from bot.editorial.problem import Severity
from tests.support.content import TODAY, ContentFolder

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-12-31", []),
        ("2027-09-30", []),
        ("2027-10-01", [(WARNING, "2028")]),  # the resolution may not be out yet
        ("2027-11-30", [(WARNING, "2028")]),
        ("2027-12-01", [(ERROR, "2028")]),
        ("2028-01-01", [(ERROR, "2028")]),
        ("2028-10-01", [(ERROR, "2028"), (WARNING, "2029")]),
        ("2025-11-01", [(ERROR, "2025")]),
    ],
)
def test_staff_are_told_of_a_missing_year_in_time(
    content: ContentFolder, day: str, told: list[tuple[Severity, str]]
) -> None:
    found = list(check_calendar(content.edition(), date.fromisoformat(day)))

    assert [(one.severity, dict(one.values)["year"]) for one in found] == told
    assert {(one.file, one.line) for one in found} <= {("calendar.yaml", 1)}


def test_a_year_that_is_spoilt_is_not_reported_as_missing_too(content: ContentFolder) -> None:
    content.replace("calendar.yaml", "2026-11-04", "2026-11-07")

    assert list(check_calendar(content.edition(), TODAY)) == []
    assert [one.code for one in content.edition().problems] == ["calendar-weekend-off"]


def test_the_catalogue_knows_the_days_off(content: ContentFolder) -> None:
    calendar = build_catalogue(content.edition(), TODAY).calendar

    assert calendar.is_off(date(2026, 11, 4))
    assert not calendar.is_off(date(2027, 2, 20))
    assert calendar.is_off(date(2027, 2, 22))
    assert not calendar.is_known(date(2028, 1, 1))
