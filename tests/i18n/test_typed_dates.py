"""Days as persons type them: what is read, what is asked back, what is refused and why.

Unless a test says otherwise, today is Wednesday, 3 June 2026, and the question allows the 400 days before it.
"""

from datetime import date, timedelta

import pytest

from bot.i18n.typed_dates import Day, NotADay, NotADayReason, Read, Unclear, Window, read_day

TODAY = date(2026, 6, 3)
PAST = Window(past_days=400)
AHEAD = Window(past_days=0, ahead_days=400)
AROUND = Window(past_days=400, ahead_days=400)


def day(year: int, month: int, number: int) -> Day:
    return Day(date(year, month, number))


def read(text: str, today: date = TODAY, within: Window = PAST) -> Read:
    return read_day(text, today, within)


@pytest.mark.parametrize(
    "text",
    [
        # in digits
        "14.05", "14.5", "14-05", "14-5", "14/05", "14/5", "14,05", "14 05", " 14 . 05 ", "14.05.26", "14.05.2026",
        "14/05/2026", "14/5/26", "14-05-2026", "14\\05\\2026", "14_05_2026", "14,05,26", "14. 05. 2026", "14..05.2026",
        "14 05 2026", "14 05 26", "14052026", "20260514", "2026-05-14", "2026.05.14", "2026/5/14", "14.05.2026г.",
        "14.05.26 г", "14.05 2026", "14.05.2026 18:40", "2026-жыл, 14.05", "05/14/2026", "05.14.26",
        # digits of other scripts, keycaps, marks that nobody sees
        "1️⃣4️⃣.0️⃣5️⃣", "1️⃣4️⃣ мая", "１４．０５．２０２６", "١٤/٠٥/٢٠٢٦", "۱۴ мая", "\u200f14.05\u200e", "\u2067١٤ мая\u2069",
        "14\u00a0мая", "📅 14 мая 📅", "14–05–2026", "14\tмая\n2026",
        # Russian
        "14 мая", "14 май", "14-май", "14 МАЯ", "мая 14", "14мая", "14мая2026", "14 мая 2026 г.", "14 мая 2026 года",
        "14 мая 26", "14 мая 26 г.", "14 мая, 26 года", "14го мая", "14-го мая", "14 го мая", "14-е мая", "14 числа мая",
        "с 14-го мая", "я въехал 14 мая утром", "Здравствуйте! Приехала 14 мая, с 2 детьми", "14 мая в 5 утра",
        "14 мая в 10.30", "14 мая 18:40", "(14 мая)", "«14 мая»", "14.мая.2026", "14/май/2026", "четырнадцатого мая",
        "Четырнадцатое мая", "14 мaя", "14 maя", "14 мая этого года", "в четверг, 14 мая", "14 мая и ещё раз: 14.05.26",
        # Kyrgyz
        "14-майда", "14 майда келдим", "14-майдан бери", "14-майынын таңында", "14-майы", "14-май күнү", "майдын 14ү",
        "май айынын 14ү", "май айынын 14-күнү", "5-айдын 14үндө", "5-айдын 14ү", "он төртүнчү май", "он тортунчу майда",
        "2026-жылдын 14-майы", "2026-жылдын 14-майында", "2026-ж., 14-май", "быйыл 14-майда", "14-майда эртең менен",
        "өткөн айдын 14үндө",
        # English
        "14 May", "May 14", "May 14th", "14th of May", "the 14th of May, 2026", "May 14, 2026", "fourteenth of May",
        "on may 14", "I arrived on 14 May", "14MAY26",
        # Latin letters; Uzbek, Tajik
        "14 maya", "14-mayda keldim", "14 mayda", "14go maya", "14-may, 2026", "2026-yil 14-may", "o'n to'rtinchi may",
        "oʻn toʻrtinchi may", "14 may kuni", "14-уми май", "14 Майи 2026", "чордаҳуми май",
    ],
)  # fmt: skip
def test_the_fourteenth_of_may(text: str) -> None:
    assert read(text) == day(2026, 5, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 января", day(2026, 1, 2)),
        ("2-январь", day(2026, 1, 2)),
        ("2 янв", day(2026, 1, 2)),
        ("2 yanvarya", day(2026, 1, 2)),
        ("2-январда", day(2026, 1, 2)),
        ("в январе 2-го", day(2026, 1, 2)),
        ("23 февраля", day(2026, 2, 23)),
        ("23 fevralya", day(2026, 2, 23)),
        ("23-февралда", day(2026, 2, 23)),
        ("8 марта", day(2026, 3, 8)),
        ("8-март", day(2026, 3, 8)),
        ("8-мартта", day(2026, 3, 8)),
        ("8-мартка", day(2026, 3, 8)),
        ("Mar 8", day(2026, 3, 8)),
        ("30 апр.", day(2026, 4, 30)),
        ("30-апрелдин", day(2026, 4, 30)),
        ("30 aprelda", day(2026, 4, 30)),
        ("1 июня", day(2026, 6, 1)),
        ("1-июнда", day(2026, 6, 1)),
        ("1 iyun", day(2026, 6, 1)),
        ("июндун биринде", day(2026, 6, 1)),
        ("первого июня", day(2026, 6, 1)),
        ("15 июля", day(2025, 7, 15)),
        ("15-июлда", day(2025, 7, 15)),
        ("15 iyulya", day(2025, 7, 15)),
        ("15 July", day(2025, 7, 15)),
        ("двадцать пятого августа", day(2025, 8, 25)),
        ("25-августтан", day(2025, 8, 25)),
        ("1 сентября", day(2025, 9, 1)),
        ("1 sentyabrya", day(2025, 9, 1)),
        ("1-sentabrda", day(2025, 9, 1)),
        ("жыйырма бешинчи октябрь", day(2025, 10, 25)),
        ("25 окт", day(2025, 10, 25)),
        ("twenty-fifth of October", day(2025, 10, 25)),
        ("7-ноябрда", day(2025, 11, 7)),
        ("7 ноябрь 2025-жыл", day(2025, 11, 7)),
        ("25 дек", day(2025, 12, 25)),
        ("25 dekabrya", day(2025, 12, 25)),
        ("25-декабрынан", day(2025, 12, 25)),
        ("31.12", day(2025, 12, 31)),
        ("31.12.25", day(2025, 12, 31)),
        ("3/6", day(2026, 6, 3)),
        ("03/04", day(2026, 4, 3)),
        ("03/04/2026", day(2026, 4, 3)),
        ("14 мая прошлого года", day(2025, 5, 14)),
        ("былтыр 14-майда", day(2025, 5, 14)),
        ("14-may, o'tgan yili", day(2025, 5, 14)),
        ("last year, 14 May", day(2025, 5, 14)),
        ("14 мая 2025", day(2025, 5, 14)),
        ("14.05.2025", day(2025, 5, 14)),
    ],
)
def test_days_of_other_months(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "month", "number"),
    [
        ("14 янавря", 1, 14),
        ("14 февраяля", 2, 14),
        ("14 феврля", 2, 14),
        ("15 мрата", 3, 15),
        ("15 марата", 3, 15),
        ("21 апрелья", 4, 21),
        ("21 арпеля", 4, 21),
        ("14 авгутса", 8, 14),
        ("14 августо", 8, 14),
        ("14 сентебря", 9, 14),
        ("14-сентябырда", 9, 14),
        ("14 Septembr", 9, 14),
        ("14 октебря", 10, 14),
        ("14 окябрь", 10, 14),
        ("14 ноебря", 11, 14),
        ("14 декбря", 12, 14),
        ("14-декабырда", 12, 14),
    ],
)
def test_one_slip_in_the_name_of_a_month_is_forgiven(text: str, month: int, number: int) -> None:
    year = 2026 if month < 6 else 2025

    assert read(text) == day(year, month, number)


@pytest.mark.parametrize("text", ["7 карта", "5 мартин", "14 парта", "2 майка", "14 мат", "14 дн"])
def test_a_word_that_only_looks_like_a_month_is_none(text: str) -> None:
    assert read(text) == NotADay(NotADayReason.NO_DATE)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("сегодня", 0), ("Сегодня утром", 0), ("segodnya", 0), ("бүгүн", 0), ("бугун", 0), ("бүгүнкү күн", 0),
        ("бүгүн эртең менен", 0), ("today", 0), ("bugun", 0), ("имрӯз", 0),
        ("вчера", 1), ("вчера вечером", 1), ("vchera", 1), ("кечээ", 1), ("кечэ", 1), ("кече", 1), ("kechee", 1),
        ("kecheе", 1), ("кечээки күнү", 1), ("кечээки куну", 1), ("yesterday", 1), ("kecha", 1), ("дирӯз", 1),
        ("вчера в 18.30", 1), ("вчера, 2-го", 1), ("вчера, 2 июня", 1), ("вчера, во вторник", 1),
        ("позавчера", 2), ("pozavchera", 2), ("мурдагы күнү", 2), ("мурдакы күнү", 2), ("мурдагы куну", 2),
        ("murdagy kunu", 2), ("the day before yesterday", 2), ("парерӯз", 2),
        ("3 дня назад", 3), ("три дня назад", 3), ("три дня тому назад", 3), ("3 күн мурун", 3), ("үч күн мурун", 3),
        ("3 кун мурун", 3), ("3 days ago", 3), ("three days ago", 3), ("3 kun oldin", 3), ("3 рӯз пеш", 3),
        ("день назад", 1), ("неделю назад", 7), ("1 неделю назад", 7), ("бир жума мурун", 7), ("a week ago", 7),
        ("bir hafta oldin", 7), ("жети күн мурун", 7), ("10 күн мурда", 10), ("он күн мурун", 10),
        ("2 weeks ago", 14), ("two weeks ago", 14), ("две недели назад", 14), ("2 недели назад", 14),
        ("эки жума мурун", 14), ("2 жума мурун", 14), ("эки апта мурун", 14), ("ikki hafta oldin", 14),
        ("ду ҳафта пеш", 14), ("1 неделю и 3 дня назад", 10), ("двадцать один день назад", 21),
        ("въехал 2 недели назад на машине", 14), ("в мае, 2 недели назад", 14),
    ],
)  # fmt: skip
def test_days_before_today(text: str, back: int) -> None:
    assert read(text) == Day(TODAY - timedelta(days=back))


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("сегодня", 0), ("завтра", 1), ("zavtra", 1), ("эртең", 1), ("эртен", 1), ("tomorrow", 1), ("ertaga", 1),
        ("фардо", 1), ("послезавтра", 2), ("бүрсүгүнү", 2), ("the day after tomorrow", 2), ("через 3 дня", 3),
        ("через неделю", 7), ("через две недели", 14), ("in 3 days", 3), ("in a week", 7), ("3 күндөн кийин", 3),
        ("бир жумадан кийин", 7), ("3 kundan keyin", 3), ("баъди 3 рӯз", 3), ("10 июня", 7), ("10-июнда", 7),
        ("10.06", 7), ("до 10 июня", 7), ("10-июнга чейин", 7), ("в пятницу", 2), ("жума күнү", 2),
    ],
)  # fmt: skip
def test_days_after_today(text: str, ahead: int) -> None:
    assert read(text, within=AHEAD) == Day(TODAY + timedelta(days=ahead))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("в понедельник", day(2026, 6, 1)),
        ("понедельник", day(2026, 6, 1)),
        ("ponedelnik", day(2026, 6, 1)),
        ("во вторник", day(2026, 6, 2)),
        ("on monday", day(2026, 6, 1)),
        ("this monday", day(2026, 6, 1)),
        ("дүйшөмбүдө", day(2026, 6, 1)),
        ("дуйшомбу куну", day(2026, 6, 1)),
        ("ушул дүйшөмбүдө", day(2026, 6, 1)),
        ("dushanba kuni", day(2026, 6, 1)),
        ("в субботу", day(2026, 5, 30)),
        ("в прошлую субботу", day(2026, 5, 30)),
        ("last saturday", day(2026, 5, 30)),
        ("өткөн ишембиде", day(2026, 5, 30)),
        ("o'tgan shanba", day(2026, 5, 30)),
        ("прошлая среда", day(2026, 5, 27)),
        ("жума күнү", day(2026, 5, 29)),
        ("на прошлой неделе в понедельник", day(2026, 5, 25)),
        ("в понедельник на прошлой неделе", day(2026, 5, 25)),
        ("өткөн жуманын шаршембисинде", day(2026, 5, 27)),
        ("monday last week", day(2026, 5, 25)),
        # on Wednesday, Tuesday was yesterday: the last one for some, that of the week before for others
        ("прошлый вторник", Unclear((date(2026, 6, 2), date(2026, 5, 26)))),
        ("last monday", Unclear((date(2026, 6, 1), date(2026, 5, 25)))),
        ("өткөн дүйшөмбүдө", Unclear((date(2026, 6, 1), date(2026, 5, 25)))),
        # today is a Wednesday
        ("в среду", Unclear((date(2026, 5, 27), date(2026, 6, 3)))),
        # a week, or Friday
        ("өткөн жумада", Unclear((date(2026, 5, 29),))),
        # the Tajik Monday and the capital are one word
        ("прилетел из Душанбе", NotADay(NotADayReason.NO_DATE)),
        ("из Душанбе 14 мая", day(2026, 5, 14)),
        ("каждый понедельник", NotADay(NotADayReason.NO_DATE)),
        ("позапрошлый понедельник", NotADay(NotADayReason.NO_DATE)),
        ("в понедельник или в субботу", NotADay(NotADayReason.MANY)),
        ("в следующий понедельник", NotADay(NotADayReason.IN_FUTURE)),
    ],
)
def test_weekdays(text: str, expected: Read) -> None:
    assert read(text) == expected


def test_on_tuesday_the_last_saturday_is_clear_and_on_sunday_it_is_not() -> None:
    tuesday, sunday = date(2026, 6, 2), date(2026, 6, 7)

    assert read("last saturday", tuesday) == day(2026, 5, 30)
    assert read("last saturday", sunday) == Unclear((date(2026, 6, 6), date(2026, 5, 30)))


def test_a_weekday_with_days_on_both_sides_is_asked_back() -> None:
    assert read("в понедельник", within=AROUND) == Unclear((date(2026, 6, 1), date(2026, 6, 8)))


@pytest.mark.parametrize(
    ("text", "today", "within", "expected"),
    [
        # New Year
        ("28.12", date(2026, 1, 5), PAST, day(2025, 12, 28)),
        ("28 декабря", date(2026, 1, 5), PAST, day(2025, 12, 28)),
        ("28-декабрда", date(2026, 1, 5), AROUND, day(2025, 12, 28)),
        ("3 января", date(2025, 12, 30), AROUND, day(2026, 1, 3)),
        ("3 января", date(2025, 12, 30), PAST, day(2025, 1, 3)),
        ("3 января", date(2025, 12, 30), AHEAD, day(2026, 1, 3)),
        ("вчера", date(2026, 1, 1), PAST, day(2025, 12, 31)),
        ("2 недели назад", date(2026, 1, 5), PAST, day(2025, 12, 22)),
        ("31.12", date(2026, 12, 31), PAST, day(2026, 12, 31)),
        ("1 января", date(2026, 12, 31), PAST, day(2026, 1, 1)),
        ("5 числа прошлого месяца", date(2026, 1, 20), PAST, day(2025, 12, 5)),
        # Half a year away: the nearer one, and of two as near the one before
        ("14 мая", date(2026, 11, 12), AROUND, day(2026, 5, 14)),
        ("14 мая", date(2026, 11, 13), AROUND, day(2027, 5, 14)),
        ("14 мая", date(2027, 11, 13), AROUND, day(2027, 5, 14)),
        # Leap years
        ("29 февраля", date(2028, 3, 5), PAST, day(2028, 2, 29)),
        ("29.02", date(2028, 2, 29), PAST, day(2028, 2, 29)),
        ("29-февралда", date(2027, 12, 1), AHEAD, day(2028, 2, 29)),
        ("29.02", date(2027, 3, 5), PAST, NotADay(NotADayReason.NO_SUCH_DAY)),
        ("29.02.2027", date(2027, 3, 5), PAST, NotADay(NotADayReason.NO_SUCH_DAY)),
        ("29.02.2024", date(2024, 3, 1), PAST, day(2024, 2, 29)),
        ("29.02.2100", date(2100, 3, 1), PAST, NotADay(NotADayReason.NO_SUCH_DAY)),
        ("вчера", date(2028, 3, 1), PAST, day(2028, 2, 29)),
        # A month back from the 31st ends where its month does
        ("месяц назад", date(2026, 3, 31), PAST, Unclear((date(2026, 2, 28),))),
        # Short windows
        ("14 мая", date(2026, 6, 3), Window(7), NotADay(NotADayReason.TOO_FAR_BACK)),
        ("10 июня", date(2026, 6, 3), Window(7), NotADay(NotADayReason.IN_FUTURE)),
        ("3 июня", date(2026, 6, 3), Window(0), day(2026, 6, 3)),
        ("вчера", date(2026, 6, 3), Window(0), NotADay(NotADayReason.TOO_FAR_BACK)),
    ],
)
def test_the_year_that_is_not_written(
    text: str, today: date, within: Window, expected: Read
) -> None:
    assert read_day(text, today, within) == expected


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("05/14", [date(2026, 5, 14)]),
        ("около 14 мая", [date(2026, 5, 14)]),
        ("примерно 14.05", [date(2026, 5, 14)]),
        ("14-май окшойт", [date(2026, 5, 14)]),
        ("maybe 14 May", [date(2026, 5, 14)]),
        ("14 майдан кийин", [date(2026, 5, 14)]),
        ("14 мая?", [date(2026, 5, 14)]),
        ("~14.05", [date(2026, 5, 14)]),
        ("14 мая, если не ошибаюсь", [date(2026, 5, 14)]),
        ("14 мая или позже", [date(2026, 5, 14)]),
        ("в ночь на 14 мая", [date(2026, 5, 14)]),
        ("понедельник, 14 мая", [date(2026, 5, 14)]),
        ("14 июгя", [date(2025, 6, 14), date(2025, 7, 14)]),
        ("14", [date(2026, 5, 14)]),
        ("14-го", [date(2026, 5, 14)]),
        ("2 числа", [date(2026, 6, 2)]),
        ("первого", [date(2026, 6, 1)]),
        ("месяц назад", [date(2026, 5, 3)]),
        ("эки ай мурун", [date(2026, 4, 3)]),
        ("год назад", [date(2025, 6, 3)]),
        ("келгениме 10 күн болду", [date(2026, 5, 24)]),
        ("он май", [date(2026, 5, 10)]),
        ("приехал 14-го, а сегодня 3", [TODAY]),
    ],
)
def test_what_has_a_second_reading_is_asked_back(text: str, candidates: list[date]) -> None:
    assert read(text) == Unclear(tuple(candidates))


NO_DATE, NO_SUCH_DAY, MANY = (
    NotADayReason.NO_DATE,
    NotADayReason.NO_SUCH_DAY,
    NotADayReason.MANY,
)
BACK, FUTURE = NotADayReason.TOO_FAR_BACK, NotADayReason.IN_FUTURE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NO_DATE), ("   ", NO_DATE), ("не помню", NO_DATE), ("билбейм", NO_DATE), ("май", NO_DATE),
        ("в начале мая", NO_DATE), ("май 2026", NO_DATE), ("2026", NO_DATE), ("2 недели", NO_DATE),
        ("несколько дней назад", NO_DATE), ("пару недель назад", NO_DATE), ("бир нече күн мурун", NO_DATE),
        ("3-4 дня назад", NO_DATE), ("полтора месяца назад", NO_DATE), ("на прошлой неделе", NO_DATE),
        ("дней назад", NO_DATE), ("+996 555 14 05 26", NO_DATE), ("12-05-1234567", NO_DATE), ("1.2.3", NO_DATE),
        ("14:05", NO_DATE), ("½ мая", NO_DATE), ("эртең менен", NO_DATE), ("🤷", NO_DATE), ("99", NO_DATE),
        ("31 февраля", NO_SUCH_DAY), ("31.02", NO_SUCH_DAY), ("30.02.2026", NO_SUCH_DAY), ("31-июнь", NO_SUCH_DAY),
        ("31 сентября", NO_SUCH_DAY), ("32 мая", NO_SUCH_DAY), ("0 мая", NO_SUCH_DAY), ("00.05", NO_SUCH_DAY),
        ("13.13.2026", NO_SUCH_DAY), ("2026-13-01", NO_SUCH_DAY), ("32.05", NO_SUCH_DAY), ("April 31", NO_SUCH_DAY),
        ("14 мая 2024", BACK), ("14.05.2020", BACK), ("14.05.87", BACK), ("2 years, 3 weeks ago", BACK),
        ("99999999 дней назад", BACK), ("1000 недель назад", BACK), ("14 мая позапрошлого года", BACK),
        ("завтра", FUTURE), ("эртең", FUTURE), ("через 3 дня", FUTURE), ("14.05.2027", FUTURE), ("10.06.2026", FUTURE),
        ("через 99999999999 лет", FUTURE), ("14 мая 2062", FUTURE),
        ("14 мая или 15 мая", MANY), ("14 или 15 мая", MANY), ("14-15 мая", MANY), ("14–15-майда", MANY),
        ("May 14-16", MANY),
        ("прилетел ночью с 13 на 14 мая", MANY), ("с 2 января по 15 марта", MANY), ("14.05 - 20.05", MANY), ("вчера, 14 мая", MANY),
        ("сегодня или вчера", MANY), ("01.01.2020, а потом 14.05.2026", MANY),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(text: str, reason: NotADayReason) -> None:
    assert read(text) == NotADay(reason)
