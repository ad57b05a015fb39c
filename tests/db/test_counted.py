"""Where days are cut, which times are told apart, and which groups are too small to be told."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.day import day_of
from db.counted import (
    FEW,
    RESPONSE_BOUNDS,
    SLOWER,
    SMALLEST_GROUP,
    Group,
    counted_day,
    folded,
    pseudonym,
    response_bound,
)

MOMENTS = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1 < moment.year < 9999)
GROUPS = st.dictionaries(
    st.tuples(st.sampled_from(["", "ru", "ky", "en"]), st.sampled_from(["", "kg", "uz", "tj"])),
    st.one_of(st.integers(0, 7), st.integers(0, 100)),
)


@given(MOMENTS)
def test_a_day_is_that_of_the_guide(moment: datetime) -> None:
    assert counted_day(moment) == day_of(moment)


@given(st.floats(0, 100))
def test_a_time_is_within_its_bound_and_beyond_the_one_before(seconds: float) -> None:
    bound = response_bound(seconds)

    assert bound in {*RESPONSE_BOUNDS, SLOWER}
    assert seconds * 1000 <= bound
    assert not [other for other in RESPONSE_BOUNDS if seconds * 1000 <= other < bound]


@given(st.text(), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_two_days_have_nothing_to_tie_a_person_by(person: str, one: bytes, other: bytes) -> None:
    assert pseudonym(person, one) == pseudonym(person, one)
    assert (pseudonym(person, one) == pseudonym(person, other)) == (one == other)


@given(GROUPS)
def test_what_is_told_is_large_enough_or_everybody(persons: dict[Group, int]) -> None:
    sizes: Counter[Group] = Counter()
    told = folded(persons)
    for group, as_group in told.items():
        sizes[as_group] += persons[group]
        assert as_group in {group, (group[0], FEW), (FEW, FEW)}

    assert told.keys() == persons.keys()
    assert len(sizes) <= 1 or min(sizes.values()) >= SMALLEST_GROUP


@pytest.mark.parametrize(
    ("persons", "told"),
    [
        pytest.param(
            {("ky", "kg"): 40, ("ru", "uz"): 5},
            {("ky", "kg"): ("ky", "kg"), ("ru", "uz"): ("ru", "uz")},
            id="all are large",
        ),
        pytest.param(
            {("ky", "kg"): 40, ("ru", "uz"): 2, ("ru", "tj"): 3},
            {("ky", "kg"): ("ky", "kg"), ("ru", "uz"): ("ru", FEW), ("ru", "tj"): ("ru", FEW)},
            id="their language is still told",
        ),
        pytest.param(
            {("ky", "kg"): 40, ("ky", "uz"): 20, ("ru", "uz"): 1},
            {("ky", "kg"): ("ky", "kg"), ("ky", "uz"): (FEW, FEW), ("ru", "uz"): (FEW, FEW)},
            id="one alone would be the whole less the others, so another joins",
        ),
        pytest.param(
            {("ky", "kg"): 40, ("ky", "uz"): 0},
            {("ky", "kg"): (FEW, FEW), ("ky", "uz"): (FEW, FEW)},
            id="somebody who chose anew is alone in what they chose",
        ),
        pytest.param({("ky", "kg"): 4}, {("ky", "kg"): (FEW, FEW)}, id="a day of four"),
        pytest.param({}, {}, id="nobody"),
    ],
)
def test_small_groups_are_told_with_others(
    persons: dict[Group, int], told: dict[Group, Group]
) -> None:
    assert folded(persons) == told


def test_midnight_is_in_moscow() -> None:
    midnight = datetime(2026, 11, 24, 21, tzinfo=UTC)

    assert counted_day(midnight) - counted_day(midnight - timedelta(seconds=1)) == timedelta(1)
