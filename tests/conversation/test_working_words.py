"""How an outcome says that its days were counted: every step of a working has a sentence, and the sentences read as a clerk
counts on the fingers.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.conversation.check import Check
from bot.conversation.flow_reader import FlowReader
from bot.conversation.screens import Reader
from bot.conversation.working_words import working_lines
from bot.guide.citizenship import Citizenship
from bot.guide.flow import Flow
from bot.guide.rule import Answer, InputKind, Rule, Stay, WorkingKind, WorkingLine
from bot.guide.rules import RULES
from bot.guide.text import LocalText
from bot.guide.walk import Regions, Walked
from bot.guide.work_calendar import NoCalendar
from bot.i18n.interface import LOCALES
from tests.conversation.test_machine import guidebook
from tests.guide.rules.ledger import on

TODAY = date(2026, 11, 30)
# The rule is said by its source, which the guidance has and the ledger of the tests has not.
KINDS = [kind for kind in WorkingKind if kind is not WorkingKind.RULE]
LANGUAGES = ["ru", "ky", "en"]
# Days back from today: around the terms of the law, with each day of a week.
BACK = (-60, *range(12), 29, 30, 40, *range(88, 100), 120, 300, 800, 1200)


def texts(lang: str, kind: WorkingKind) -> list[str]:
    """The sentence of a kind, in all its plural forms."""
    with (LOCALES / lang / "LC_MESSAGES" / "interface.po").open("rb") as file:
        found = read_po(file, locale=lang).get(f"working-{kind}")
    assert found is not None, f"no working-{kind} in {lang}"
    return [found.string] if isinstance(found.string, str) else list(found.string or ())


@cache
def filled() -> dict[WorkingKind, set[frozenset[str]]]:
    """What each rule fills in with a kind, for answers around today and every citizenship."""
    found: dict[WorkingKind, set[frozenset[str]]] = {}
    for rule, who, back in product(RULES.values(), Citizenship, BACK):
        for answers in answered(rule, TODAY - timedelta(back)):
            try:
                worked = rule.work(answers, on(TODAY, who))
            except NoCalendar:
                continue
            for line in worked.working:
                found.setdefault(line.kind, set()).add(fields(line))
    return found


def fields(line: WorkingLine) -> frozenset[str]:
    given = {"day": line.day, "until": line.until, "number": line.days}
    return frozenset(name for name, value in given.items() if value is not None)


def answered(rule: Rule, day: date) -> Iterator[dict[str, Answer]]:
    """The day as the answer to every date and the entry of every stay, with each choice or none."""
    options: list[list[Answer | None]] = []
    for name, kind in rule.inputs.items():
        given: list[Answer | None]
        match kind:
            case InputKind.DATE:
                given = [day]
            case InputKind.STAYS:
                given = [(Stay(day),), (Stay(day, day + timedelta(9)),)]
            case InputKind.CHOICE:
                given = list(rule.choices[name])
            case _:
                given = ["moscow"]
        options.append([*given, None] if name in rule.optional else given)
    for values in product(*options):
        pairs = zip(rule.inputs, values, strict=True)
        yield {name: value for name, value in pairs if value is not None}


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_has_a_sentence_that_shows_what_the_rules_fill_in(kind: WorkingKind) -> None:
    (given,) = filled()[kind]  # some rule takes this step, and always with the same fields

    for lang in LANGUAGES:
        for text in texts(lang, kind):
            shown = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            assert shown == given, f"{lang}: {text}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_steps_are_said_alike(lang: str) -> None:
    said = [texts(lang, kind)[0] for kind in KINDS]

    assert len(set(said)) == len(said)


A_FLOW = Flow("any", LocalText(anywhere="any"), LocalText(anywhere="any"), "none", {}, {})
THIRTY_DAYS = {
    "ru": """\
Вы въехали 14 мая 2026 года.
Первый день — этот же, 14 мая 2026 года: так безопаснее.
30 календарных дней кончаются 12 июня 2026 года.
12 июня 2026 года — выходной. Срок из-за него не переносим: лучше успеть раньше.""",
    "ky": """\
Кирген күнүңүз: 2026-жылдын 14-майы.
Биринчи күн — ушул эле күн, 2026-жылдын 14-майы: ушундай эсеп коопсуз.
30 календардык күндүн акыркысы: 2026-жылдын 12-июну.
2026-жылдын 12-июну — дем алыш күн. Ага карап мөөнөттү жылдырбайбыз: эртерээк бүтүргөн жакшы.""",
    "en": """\
You entered on 14 May 2026.
The first day is that same day, 14 May 2026: this is safer.
30 calendar days end on 12 June 2026.
12 June 2026 is a day off. We do not move the deadline for it: better be done before.""",
}
SEVEN_WORKING_DAYS = {
    "ru": """\
Вы въехали 21 ноября 2026 года.
Это выходной. Первый день — ближайший рабочий, 23 ноября 2026 года.
С 23 ноября 2026 года по 1 декабря 2026 года есть 2 выходных: их не считаем.
7 рабочих дней кончаются 1 декабря 2026 года.""",
    "ky": """\
Кирген күнүңүз: 2026-жылдын 21-ноябры.
Ал — дем алыш күн. Биринчи күн — андан кийинки жумуш күнү, 2026-жылдын 23-ноябры.
Бул аралыкта 2 дем алыш күн бар, аларды санабайбыз: 2026-жылдын 23-ноябры — 2026-жылдын 1-декабры.
7 жумуш күнүнүн акыркысы: 2026-жылдын 1-декабры.""",
    "en": """\
You entered on 21 November 2026.
That is a day off. The first day is the next working day, 23 November 2026.
From 23 November 2026 to 1 December 2026 there are 2 days off: they are not counted.
7 working days end on 1 December 2026.""",
}
DAYS_OF_A_YEAR = {
    "ru": """\
С 20 декабря 2025 года по 15 января 2026 года: в этом году 15 дней.
С 10 октября 2026 года по сегодня, 30 ноября 2026 года: в этом году 52 дня.
Всего с 1 января 2026 года: 67 дней.
За год можно не больше 90 дней.
Подряд с 10 октября 2026 года можно не больше 90 дней. Последний — 7 января 2027 года.
Из двух пределов берём тот, что раньше: последний день — 23 декабря 2026 года.""",
    "ky": """\
2025-жылдын 20-декабры — 2026-жылдын 15-январы: быйыл 15 күн.
2026-жылдын 10-октябры — бүгүн, 2026-жылдын 30-ноябры: быйыл 52 күн.
Эсеп башталган күн — 2026-жылдын 1-январы. Баары: 67 күн.
Бир жылда 90 күндөн ашпашы керек.
Чыкпай жүрүү 90 күндөн ашпашы керек: биринчи күнү — 2026-жылдын 10-октябры, акыркысы — 2027-жылдын 7-январы.
Эки чектин эртерээгин алабыз: акыркы күн — 2026-жылдын 23-декабры.""",
    "en": """\
From 20 December 2025 to 15 January 2026: 15 days of this year.
From 10 October 2026 to today, 30 November 2026: 52 days of this year.
In all since 1 January 2026: 67 days.
At most 90 days in a year are allowed.
At most 90 days in a row since 10 October 2026. The last is 7 January 2027.
Of the two limits we take the earlier: the last day is 23 December 2026.""",
}

TRIPS = (Stay(date(2025, 12, 20), date(2026, 1, 15)), Stay(date(2026, 10, 10)))


def counted(rule: str, today: date, who: Citizenship, lang: str, **answers: Answer) -> str:
    """What the person reads, without the sources: those are of the guidance, which staff change."""
    here = on(today, who)
    working = RULES[rule].work(answers, here).working
    lines = tuple(line for line in working if line.kind is not WorkingKind.RULE)
    reader = Reader(guidebook("small"), lang, who, is_assumed=False)
    walked = Walked(path=(), working=lines)
    return "\n".join(
        working_lines(FlowReader(reader, A_FLOW, Check(A_FLOW.id), walked, here, Regions()))
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_thirty_days_that_end_on_a_holiday(lang: str) -> None:
    said = counted(
        "registration-deadline",
        date(2026, 5, 20),
        Citizenship.KG,
        lang,
        entered=date(2026, 5, 14),
    )

    assert said == THIRTY_DAYS[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_seven_working_days_from_a_saturday(lang: str) -> None:
    said = counted(
        "registration-deadline", TODAY, Citizenship.VISA, lang, entered=date(2026, 11, 21)
    )

    assert said == SEVEN_WORKING_DAYS[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_days_of_a_year_in_two_stays(lang: str) -> None:
    said = counted("stay-days", TODAY, Citizenship.UZ, lang, trips=TRIPS)

    assert said == DAYS_OF_A_YEAR[lang]


def test_a_line_that_two_rules_share_is_said_once() -> None:
    book = guidebook("small")
    entered = WorkingLine(WorkingKind.ENTERED, day=TODAY)
    reader = Reader(book, "ru", Citizenship.KG, is_assumed=False)
    walked = Walked(path=(), working=(entered, entered))

    assert working_lines(
        FlowReader(reader, A_FLOW, Check(A_FLOW.id), walked, on(TODAY, Citizenship.KG), Regions())
    ) == ["Вы въехали 30 ноября 2026 года."]
