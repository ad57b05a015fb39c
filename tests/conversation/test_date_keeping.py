"""A date goes into the store sealed and with its reminders, and what the person does with it later follows its zone."""

from datetime import UTC, date, datetime

from bot.conversation.date_keeping import Owner, keep_date, move_date, remind_tomorrow
from bot.conversation.replies import KeepDate
from bot.conversation.sealing import Contents, Sealing
from bot.guide.citizenship import Citizenship
from db.kept_date import KeptDate, Reminder

SEALING = Sealing("the secret key of one deployment")
ANSWERS = {"entered": "2026-11-09"}
WANTED = KeepDate(
    flow="register-by",
    name="deadline",
    day=date(2026, 12, 8),
    zone="Asia/Vladivostok",
    facts={"reg-kg-30-days": "30"},
    answers=ANSWERS,
    mends=True,
)
OWNER = Owner("a1b2", "telegram", "7310604210", "ky", Citizenship.KG)
# Already the fourth of December in Vladivostok.
NOW = datetime(2026, 12, 3, 20, tzinfo=UTC)


def kept(now: datetime = NOW) -> KeptDate:
    return keep_date(WANTED, OWNER, SEALING, now).date


def test_only_what_reminds_is_open() -> None:
    date_kept = kept()

    contents = SEALING.opened(date_kept.sealed, date_kept.id, "a1b2")
    assert contents == Contents("7310604210", ANSWERS)
    assert "7310604210" not in repr(date_kept)
    assert "a1b2" not in repr(date_kept)
    assert (date_kept.flow, date_kept.name, date_kept.day) == (
        "register-by",
        "deadline",
        WANTED.day,
    )
    assert (date_kept.created, date_kept.citizenship) == (NOW.date(), "kg")


def test_two_dates_have_nothing_in_common_that_counts() -> None:
    assert kept().id != kept().id
    assert "2026-11-09" not in repr(WANTED)


def test_reminders_that_would_be_past_are_left_out() -> None:
    keeping = keep_date(WANTED, OWNER, SEALING, NOW)

    assert keeping.reminders == (
        Reminder(3, datetime(2026, 12, 5, 0, tzinfo=UTC)),
        Reminder(1, datetime(2026, 12, 7, 0, tzinfo=UTC)),
        Reminder(0, datetime(2026, 12, 8, 0, tzinfo=UTC)),
        Reminder(-1, datetime(2026, 12, 9, 0, tzinfo=UTC)),
    )


def test_a_date_that_is_set_by_hand_rests_on_no_fact() -> None:
    date_kept = kept()
    moved = move_date(date_kept, date(2026, 12, 6), NOW)

    assert (moved.id, moved.day, moved.facts) == (date_kept.id, date(2026, 12, 6), {})
    assert [one.offset for one in moved.reminders] == [1, 0, -1]


def test_later_is_tomorrow_at_ten_there() -> None:
    again = remind_tomorrow(kept(), NOW)

    assert again.reminder == Reminder(3, datetime(2026, 12, 5, 0, tzinfo=UTC))
    assert again.day == WANTED.day
