"""Which numbers a usage page shows, which days it asks for, and where the bars of a chart stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.staff.usage.charts import HEIGHT, Bars, Rows, Series, drawn, laid
from bot.web.staff.usage.figures import Figure, figure, percentile, share
from bot.web.staff.usage.period import FIRST_DAY, Preset, read_question
from bot.web.staff.usage.steps import added_up, steps_of
from db.counted import SMALLEST_GROUP
from db.small_numbers import parts_shown, shown
from db.usage_days import Asked, Span

TODAY = date(2026, 11, 24)
PARTS = st.dictionaries(st.integers(0, 9), st.one_of(st.integers(0, 6), st.integers(0, 200)))


class TestSmallNumbers:
    @given(PARTS)
    def test_no_hidden_number_comes_out_by_taking_the_others_from_the_whole(
        self, parts: dict[int, int]
    ) -> None:
        told = parts_shown(parts)
        hidden = [parts[key] for key, count in told.items() if count is None]
        whole = shown(sum(parts.values()))

        assert all(count is None or count == parts[key] for key, count in told.items())
        assert not [count for count in told.values() if count and count < SMALLEST_GROUP]
        if hidden and whole is not None:
            assert len(hidden) > 1
            assert sum(hidden) >= SMALLEST_GROUP

    @given(PARTS)
    def test_nothing_is_hidden_where_nothing_is_small(self, parts: dict[int, int]) -> None:
        large = {key: count + SMALLEST_GROUP for key, count in parts.items()}

        assert parts_shown(large) == large

    @pytest.mark.parametrize(
        ("parts", "told"),
        [
            pytest.param({"a": 90, "b": 20, "c": 3}, {"a": 90, "b": None, "c": None}, id="one"),
            pytest.param({"a": 90, "b": 3, "c": 4}, {"a": 90, "b": None, "c": None}, id="two"),
            pytest.param(
                {"a": 90, "b": 1, "c": 2, "d": 8},
                {"a": 90, "b": None, "c": None, "d": None},
                id="two that are three together",
            ),
            pytest.param({"a": 90, "b": 0}, {"a": 90, "b": 0}, id="nothing is no group"),
            pytest.param({"a": 3}, {"a": None}, id="alone"),
        ],
    )
    def test_another_number_goes_with_a_small_one(
        self, parts: dict[str, int], told: dict[str, int | None]
    ) -> None:
        assert parts_shown(parts) == told

    def test_a_change_tells_no_hidden_number(self) -> None:
        assert figure(150, 100).change == 50
        assert figure(75, 100).change == -25
        assert figure(3, 100).change is None
        assert figure(100, 3).change is None
        assert Figure(5, 0).change is None

    def test_a_share_of_nothing_is_nothing(self) -> None:
        assert share(5, 20) == 25
        assert share(None, 20) is None
        assert share(0, 0) is None

    @given(st.dictionaries(st.sampled_from([10, 20, 50, 100]), st.integers(0, 20)))
    def test_so_many_per_cent_of_the_answers_are_within_a_percentile(
        self, times: dict[int, int]
    ) -> None:
        every = [bound for bound, count in times.items() for _ in range(count)]
        for part in (50, 95):
            found = percentile(times, part)
            if not every:
                assert found is None
                continue
            assert found in every
            assert 100 * sum(bound <= found for bound in every) >= part * len(every)
            assert 100 * sum(bound < found for bound in every) < part * len(every)


class TestPeriods:
    @pytest.mark.parametrize(
        ("preset", "first", "last"),
        [
            (Preset.TODAY, date(2026, 11, 24), date(2026, 11, 24)),
            (Preset.YESTERDAY, date(2026, 11, 23), date(2026, 11, 23)),
            (Preset.WEEK, date(2026, 11, 17), date(2026, 11, 23)),
            (Preset.FOUR_WEEKS, date(2026, 10, 27), date(2026, 11, 23)),
            (Preset.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 24)),
            (Preset.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        ],
    )
    def test_a_preset_is_days(self, preset: Preset, first: date, last: date) -> None:
        assert read_question({"period": str(preset)}, TODAY).span == Span(first, last)

    def test_the_period_before_is_as_long_and_ends_the_day_before(self) -> None:
        for preset in Preset:
            span = read_question({"period": str(preset)}, TODAY).span
            assert span.before.days == span.days
            assert span.before.last + timedelta(days=1) == span.first

    @given(st.dates(FIRST_DAY, TODAY), st.dates(FIRST_DAY, TODAY))
    def test_any_days_can_be_asked_for(self, one: date, other: date) -> None:
        first, last = sorted((one, other))
        parameters = {"period": "own", "from": first.isoformat(), "to": last.isoformat()}

        question = read_question(parameters, TODAY)

        assert (question.span, question.problem) == (Span(first, last), None)

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("2026-11-24", "2026-11-23"),
            ("2026-11-01", "2026-11-25"),
            ("1999-01-01", "2026-11-01"),
            ("", "2026-11-01"),
            ("yesterday", "<script>"),
        ],
    )
    def test_dates_that_make_no_sense_are_told(self, first: str, last: str) -> None:
        question = read_question({"period": "own", "from": first, "to": last}, TODAY)

        assert question.problem == "usage-dates-wrong"
        assert question.span.days == 28

    def test_an_address_says_what_was_asked(self) -> None:
        parameters = {
            "period": "own", "from": "2026-11-01", "to": "2026-11-02",
            "lang": "none", "citizenship": "kg", "memo": "work-patent",
        }  # fmt: skip
        question = read_question(parameters, TODAY)

        assert question.asked == Asked("", "kg", "work-patent")
        assert question.query() == "&".join(
            f"{name}={value}" for name, value in parameters.items()
        )


class TestSteps:
    @given(st.dates(FIRST_DAY, TODAY), st.integers(1, 1500))
    def test_they_are_the_whole_period_and_no_day_twice(self, first: date, days: int) -> None:
        span = Span(first, first + timedelta(days=days - 1))

        steps = steps_of(span)

        assert [day for step in steps for day in step.span] == list(span)
        assert len(steps) <= 62
        assert sum(added_up(steps, dict.fromkeys(span, 1))) == days


class TestCharts:
    @given(
        st.lists(
            st.tuples(*[st.one_of(st.none(), st.integers(0, 10_000))] * 2), min_size=1, max_size=70
        ),
        st.booleans(),
    )
    def test_every_bar_is_in_the_chart_and_as_high_as_its_number(
        self, columns: list[tuple[int | None, int | None]], stacked: bool
    ) -> None:
        one, other = zip(*columns, strict=True)
        names = tuple(str(at) for at in range(len(columns)))
        chart = Bars("t", names, (Series("a", one), Series("b", other)), stacked)

        drawing = drawn(chart)

        top = max(line.value for line in drawing.lines)
        assert len({line.value for line in drawing.lines}) == 3
        for bar in drawing.bars:
            assert bar.left >= 0
            assert bar.left + bar.width <= 100.01
            assert bar.top >= -0.1
            assert bar.top + bar.height <= HEIGHT + 0.1
            assert abs(bar.height - HEIGHT * (bar.value or 0) / top) < 0.1
        numbers = [value for column in columns for value in column]
        assert sorted(bar.value or 0 for bar in drawing.bars) == sorted(
            value or 0 for value in numbers if value is None or value
        )

    def test_the_longest_row_is_the_largest_number(self) -> None:
        rows = laid(Rows("t", (("a", 10), ("b", 5), ("c", None))))

        assert [row.width for row in rows] == [84, 42, 0]
        assert [row.value for row in rows] == [10, 5, None]
