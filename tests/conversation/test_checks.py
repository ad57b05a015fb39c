"""A check on its own: its written form, stays while they are told, the calendar of buttons, and the day where somebody is."""

import calendar
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.calendar_keyboard import Span, month_from_text, month_rows
from bot.conversation.check import check_from_text, check_to_text
from bot.conversation.events import ButtonPressed, TextTyped
from bot.conversation.flow_actions import (
    AnswerStep,
    AskStep,
    KeepDates,
    OpenChecks,
    OpenFlow,
    ShowMonth,
)
from bot.conversation.guidebook import Guidebook
from bot.conversation.machine import step
from bot.conversation.replies import Button, KeepDate, Page, Reply
from bot.conversation.state import State, state_from_json, state_to_json
from bot.conversation.stays_draft import (
    DONE,
    MORE,
    STILL_HERE,
    StaysDraft,
    Wanted,
    draft_from_text,
    draft_to_text,
)
from bot.guide.citizenship import Citizenship
from bot.guide.rule import Stay
from tests.conversation.test_actions import CHECKS
from tests.conversation.test_machine import guidebook

FLOW = "register-by"
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def answered(state: State, **answers: str) -> State:
    """The same person after these answers, each by a button."""
    for name, value in answers.items():
        state, _ = step(guidebook("small"), state, ButtonPressed(AnswerStep(FLOW, name, value)))
    return state


def page_of(replies: tuple[Reply, ...]) -> Page:
    [page] = [reply for reply in replies if isinstance(reply, Page)]
    return page


def labels(page: Page) -> list[str]:
    return [button.label for row in page.rows for button in row]


# The written form


@given(CHECKS)
def test_a_check_reads_back_as_itself(check: object) -> None:
    assert check_from_text(check_to_text(check)) == check  # type: ignore[arg-type]


@given(st.text() | st.text("register-by!;=~0129ab", max_size=60))
def test_any_text_reads_as_a_check_or_none(text: str) -> None:
    check = check_from_text(text)

    assert check is None or check_from_text(check_to_text(check)) == check


def test_what_was_written_in_2026_is_read() -> None:
    """A promise to persons who are in the middle of a check: these forms never change meaning."""
    check = check_from_text(
        "days-left!;=2026-01-02/2026-02-01,2026-05-14/?;entered=2026-05-14~1a2b3c4d"
    )

    assert check is not None
    assert (check.flow, check.looked) == ("days-left", True)
    assert check.answers == {"entered": "2026-05-14"}
    draft = draft_from_text(check.draft)
    assert draft.wanted is Wanted.LEFT
    assert draft.stays == (
        Stay(date(2026, 1, 2), date(2026, 2, 1)),
        Stay(date(2026, 5, 14)),
    )


# Stays


@given(
    st.lists(
        DAYS
        | st.sampled_from([STILL_HERE, MORE, DONE, "x"])
        | st.builds(lambda day, long: Stay(day, day + timedelta(long)), DAYS, st.integers(0, 90)),
        max_size=12,
    )
)
def test_stays_are_told_in_any_order_and_read_back(told: list[date | str | Stay]) -> None:
    draft = StaysDraft()
    for one in told:
        match one:
            case Stay():
                further: StaysDraft | None = draft.with_stay(one)
            case str():
                further = draft.with_word(one)
            case _:
                further = draft.with_day(one)
        draft = further or draft
        assert draft_from_text(draft_to_text(draft)) == draft
        assert draft.is_said == (draft.wanted is Wanted.ALL)
        assert all(stay.left is None or stay.entered <= stay.left for stay in draft.stays)
    assert draft.wanted is not Wanted.LEFT or draft.stays[-1].left is None


@given(st.text(max_size=60) | st.text("2026-01/,?+", max_size=40))
def test_a_spoiled_draft_is_an_empty_one_or_a_good_one(text: str) -> None:
    draft = draft_from_text(text)

    assert draft_from_text(draft_to_text(draft)) == draft
    assert draft.wanted is not Wanted.LEFT or draft.stays


def test_nobody_leaves_before_they_came() -> None:
    came = StaysDraft().with_day(date(2026, 5, 14))

    assert came is not None
    assert came.with_day(date(2026, 5, 13)) is None
    same = came.with_day(date(2026, 5, 14))
    assert same is not None
    assert same.stays == (Stay(date(2026, 5, 14), date(2026, 5, 14)),)


# The calendar


@given(DAYS, st.integers(0, 460), st.sampled_from(["ru", "ky", "en"]))
def test_every_day_of_the_span_can_be_tapped_and_no_other(
    first: date, long: int, lang: str
) -> None:
    span = Span(first, first + timedelta(long))
    opened: date | None = span.first
    tapped: list[date] = []
    while opened:
        rows = month_rows(
            opened,
            span,
            guidebook("small").words(lang),
            lambda day: AnswerStep(FLOW, "entered", day.isoformat()),
            lambda text: ShowMonth(FLOW, "entered", text),
        )
        assert max(map(len, rows)) <= 7
        assert len(rows) <= 9
        assert len(rows[0]) == 1
        for week in rows[2:]:
            days = [
                date.fromisoformat(one.action.value)
                if isinstance(one.action, AnswerStep)
                else None
                for one in week
            ]
            if not any(days):
                assert week == rows[-1], "the arrows"
                continue
            assert len(days) == 7
            assert all(day is None or day.weekday() == at for at, day in enumerate(days))
            assert all(day is None or week[day.weekday()].label == str(day.day) for day in days)
            tapped += [day for day in days if day]
        months = [
            one.action.month
            for one in rows[-1]
            if one.label.endswith("▶") and isinstance(one.action, ShowMonth)
        ]
        opened = month_from_text(months[0], span) if months else None
    assert tapped == [span.first + timedelta(days) for days in range(long + 1)]


@pytest.mark.parametrize("text", ["2026-13", "0000-00", "x", ""])
def test_a_month_that_is_none_opens_the_last_one(text: str) -> None:
    span = Span(date(2026, 1, 31), date(2026, 2, 28))

    assert month_from_text(text, span) == span.last


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
def test_a_week_begins_on_monday(lang: str) -> None:
    words = guidebook("small").words(lang)
    span = Span(date(2026, 6, 1), date(2026, 6, 30))
    rows = month_rows(span.first, span, words, lambda day: OpenFlow(str(day)), OpenFlow)

    assert calendar.weekday(2026, 6, 1) == calendar.MONDAY
    assert rows[2][0].label == "1"
    assert len({one.label for one in rows[1]}) == 7


# The machine with a check


UZ = State(lang="ky", citizenship=Citizenship.UZ)
ANSWERS = {"held": "free", "place": "moscow", "entered": "2026-11-20"}


def test_back_leads_from_every_question_to_the_one_before() -> None:
    book = guidebook("small")
    stays = answered(UZ, **ANSWERS, trips="2026-05-14")
    stays = answered(stays, trips=STILL_HERE)
    state = answered(stays, trips=DONE)
    seen = []
    for _ in range(5):
        page = page_of(step(book, state, ButtonPressed(OpenFlow(FLOW)))[1])
        seen.append(page.text.text.partition("\n")[0].rpartition("\N{NO-BREAK SPACE}")[2])
        [back] = [
            b for row in page.rows for b in row if b.label in ("◀ Артка", "✅ Менин жагдайым")
        ]
        assert isinstance(back, Button)
        state, _ = step(book, state, ButtonPressed(back.action))
    assert seen == ["5", "4", "3", "2", "1"]
    assert state.place == OpenChecks()


def test_an_answer_that_is_changed_leaves_the_others() -> None:
    state = answered(UZ, **ANSWERS)
    assert state.check is not None
    again, _ = step(guidebook("small"), state, ButtonPressed(AskStep(FLOW, "place")))
    assert again.check is not None
    assert again.check.answers == {"held": "free", "entered": "2026-11-20"}

    changed = answered(again, place="tatarstan")

    assert changed.check is not None
    assert changed.check.answers == {**ANSWERS, "place": "tatarstan"}


def test_answers_outlive_a_restart() -> None:
    state = answered(UZ, **ANSWERS, trips="2026-05-14")

    assert state_from_json(state_to_json(state)) == state
    assert set(state_to_json(state)) == {"lang", "citizenship", "place", "check"}


def in_vladivostok() -> Guidebook:
    """The small guide, in which Moscow is where Vladivostok is."""
    book = guidebook("small")
    regions = dict(book.catalogue.regions)
    regions["moscow"] = replace(regions["moscow"], zone="Asia/Vladivostok")
    return replace(book, catalogue=replace(book.catalogue, regions=regions))


@pytest.mark.parametrize(
    ("now", "today", "last_day"),
    [
        (datetime(2026, 11, 24, 13, 50, tzinfo=UTC), "2026-11-24", date(2026, 12, 23)),
        (datetime(2026, 11, 24, 14, 10, tzinfo=UTC), "2026-11-25", date(2026, 12, 24)),
    ],
    ids=["ten to midnight there", "ten past midnight there"],
)
def test_today_is_the_day_where_the_person_lives(
    now: datetime, today: str, last_day: date
) -> None:
    """It is the afternoon of 24 November in Moscow, where the guide's day is, both times."""
    book = in_vladivostok()
    state = State(lang="ky", citizenship=Citizenship.KG, now=now)
    state, _ = step(book, state, ButtonPressed(AnswerStep(FLOW, "held", "free")))
    state = replace(state, now=now)
    state, replies = step(book, state, ButtonPressed(AnswerStep(FLOW, "place", "moscow")))

    [button] = [b for row in page_of(replies).rows for b in row if b.label == "Бүгүн"]
    assert isinstance(button, Button)
    assert button.action == AnswerStep(FLOW, "entered", today)
    typed, _ = step(book, state, TextTyped("бүгүн"))
    assert typed.check is not None
    assert typed.check.answers["entered"] == today
    looked, _ = step(book, replace(typed, now=now), ButtonPressed(OpenFlow(FLOW)))
    _, kept = step(book, replace(looked, now=now), ButtonPressed(KeepDates(FLOW)))
    [keep] = [reply for reply in kept if isinstance(reply, KeepDate)]
    assert (keep.day, keep.zone) == (last_day, "Asia/Vladivostok")
