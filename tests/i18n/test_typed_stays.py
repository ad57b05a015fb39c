"""Stays as persons type them. Today is Wednesday, 3 June 2026."""

from datetime import date

import pytest

from bot.guide.rule import Stay
from bot.i18n.typed_stays import NotAStay, NotAStayReason, read_stay

TODAY = date(2026, 6, 3)
WINTER = Stay(date(2026, 1, 2), date(2026, 3, 15))
SINCE_MAY = Stay(date(2026, 5, 14), None)


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("с 2 января по 15 марта", WINTER),
        ("со 2-го января до 15-го марта", WINTER),
        ("приехал 2 января, уехал 15 марта", WINTER),
        ("2-январда келип, 15-мартта кеттим", WINTER),
        ("02.01-15.03.2026", WINTER),
        ("02.01.2026-15.03.2026", WINTER),
        ("02.01.26 — 15.03.26", WINTER),
        ("02/01/26-15/03/26", WINTER),
        ("02.01-15.03", WINTER),
        ("2026-01-02 2026-03-15", WINTER),
        ("02.01.2026-15.03", WINTER),
        ("2-январдан 15-мартка чейин", WINTER),
        ("2-январдан 15-мартка чейин 2026-жыл", WINTER),
        ("2-январь — 15-март", WINTER),
        ("from 2 Jan to 15 March", WINTER),
        ("from January 2 until March 15", WINTER),
        ("2 yanvardan 15 martgacha", WINTER),
        ("аз 2 январ то 15 март", WINTER),
        ("с 2 по 15 марта", Stay(date(2026, 3, 2), date(2026, 3, 15))),
        ("2–15 марта", Stay(date(2026, 3, 2), date(2026, 3, 15))),
        ("2-мартан 15-мартка чейин", Stay(date(2026, 3, 2), date(2026, 3, 15))),
        ("с 20 декабря по 5 января", Stay(date(2025, 12, 20), date(2026, 1, 5))),
        ("20.12-05.01.2026", Stay(date(2025, 12, 20), date(2026, 1, 5))),
        ("20.12.2024-05.01", Stay(date(2024, 12, 20), date(2025, 1, 5))),
        ("с 2 января по 15 марта прошлого года", Stay(date(2025, 1, 2), date(2025, 3, 15))),
        ("15.05.2026 - вчера", Stay(date(2026, 5, 15), date(2026, 6, 2))),
        ("14.05.2026-14.05.2026", Stay(date(2026, 5, 14), date(2026, 5, 14))),
        ("с 14 мая", SINCE_MAY),
        ("с 14.05", SINCE_MAY),
        ("с 14 мая по сей день", SINCE_MAY),
        ("с 14 мая по сегодня", SINCE_MAY),
        ("14.05 - сейчас", SINCE_MAY),
        ("14 мая, я ещё здесь", SINCE_MAY),
        ("14-майдан бери", SINCE_MAY),
        ("14-майдан азыркыга чейин", SINCE_MAY),
        ("14-майдан бүгүнкү күнгө чейин", SINCE_MAY),
        ("since 14 May", SINCE_MAY),
        ("from 14 May till now", SINCE_MAY),
        ("14-maydan beri", SINCE_MAY),
        ("аз 14 май", SINCE_MAY),
        ("со вчера", Stay(date(2026, 6, 2), None)),
        ("с понедельника", Stay(date(2026, 6, 1), None)),
    ],
)
def test_a_stay(text: str, stay: Stay) -> None:
    assert read_stay(text, TODAY) == stay


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NotAStayReason.NO_DATE),
        ("три месяца", NotAStayReason.NO_DATE),
        ("с января по март", NotAStayReason.NO_DATE),
        ("14 мая", NotAStayReason.NO_END),
        ("с 31 февраля по 15 марта", NotAStayReason.NO_SUCH_DAY),
        ("15.01-31.02.2026", NotAStayReason.NO_SUCH_DAY),
        ("02.01.2026-15.12.2025", NotAStayReason.BACKWARDS),
        ("15.03-02.01", NotAStayReason.UNCLEAR),  # the wrong way round, or ten months
        ("с 20.05 по 10.06", NotAStayReason.UNCLEAR),  # a plan, or last year's
        ("около 2 января - 15 марта", NotAStayReason.UNCLEAR),
        ("с 14 июгя по 15 декабря", NotAStayReason.UNCLEAR),
        ("уехал 10 мая, приехал 14 мая", NotAStayReason.UNCLEAR),  # two stays
        ("10-майда кеттим, 14-майда келдим", NotAStayReason.UNCLEAR),
        ("14 мая уехал, сейчас дома", NotAStayReason.UNCLEAR),
        ("месяц назад - вчера", NotAStayReason.UNCLEAR),
        ("14.05.2026-10.06.2026", NotAStayReason.IN_FUTURE),
        ("с 10.06.2026", NotAStayReason.IN_FUTURE),
        ("14.05.2010-10.06.2010", NotAStayReason.TOO_FAR_BACK),
        ("2 января, 15 марта, 14 мая", NotAStayReason.MANY),
    ],
)
def test_what_is_no_stay_says_why(text: str, reason: NotAStayReason) -> None:
    assert read_stay(text, TODAY) == NotAStay(reason)
