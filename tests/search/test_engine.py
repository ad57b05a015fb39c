"""From a question to findings, over a small catalogue of two languages."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.danger import Danger
from bot.guide.memo import Memo
from bot.guide.text import LocalText
from bot.search.engine import NgramSearch, Search
from bot.search.findings import Findings, Question
from bot.search.folding import LONGEST

DAY = date(2026, 11, 24)


def memo(memo_id: str, lang: str, title: str, summary: str) -> Memo:
    return Memo(
        id=memo_id,
        section="work",
        lang=lang,
        wanted=lang,
        title=title,
        summary=summary,
        blocks=(),
        citations=(),
        checked=DAY,
        contacts=(),
        related=(),
    )


RUSSIAN = (
    memo(
        "registration-first",
        "ru",
        "Регистрация по адресу",
        "Как встать на миграционный учёт там, где вы живёте.",
    ),
    memo(
        "work-patent",
        "ru",
        "Патент на работу",
        "Как получить и оплачивать патент.",
    ),
    memo(
        "unpaid-wages",
        "ru",
        "Не платят зарплату",
        "Как вернуть свои деньги и куда жаловаться.",
    ),
)
KYRGYZ = (
    memo(
        "registration-first",
        "ky",
        "Каттоо",
        "Каттоого кантип туруу керек.",
    ),
    memo("work-patent", "ky", "Иштөө үчүн патент", "Патент алуу жана төлөө."),
    memo(
        "unpaid-wages",
        "ky",
        "Айлык төлөнбөсө",
        "Акчаны кантип алса болот.",
    ),
)
QUESTIONS = {
    "registration-first": {
        "ru": (
            "сколько дней можно без регистрации",
            "хозяин квартиры не хочет меня прописывать",
        ),
        "ky": ("каттоого канча күн берилет",),
        "uz": ("ro'yxatdan o'tishga necha kun beriladi",),
    },
    "work-patent": {
        "ru": ("сколько стоит патент", "что будет, если не оплатить патент вовремя"),
        "ky": ("патент канча турат",),
        "tg": (),
    },
    "unpaid-wages": {
        "ru": ("работодатель не заплатил за месяц", "прораб обманул и не отдаёт деньги"),
        "ky": ("айлыгымды бербей жатышат",),
    },
}
BEATEN = Danger(
    id="violence",
    title=LocalText(),
    memo="hotlines",
    say=LocalText(),
    contacts={},
    words={"ru": ("меня бьют",)},
    unless={"ru": ("прошлом году",)},
)


def catalogue(
    russian: Sequence[Memo] = RUSSIAN,
    kyrgyz: Sequence[Memo] = KYRGYZ,
    questions: Mapping[str, Mapping[str, tuple[str, ...]]] = QUESTIONS,
) -> Catalogue:
    by_language = {"ru": russian, "ky": kyrgyz}
    return Catalogue(
        edition="test",
        day=DAY,
        languages=("ru", "ky"),
        base_language="ru",
        sections=(),
        memos={
            (lang, citizenship): {memo.id: memo for memo in memos}
            for lang, memos in by_language.items()
            for citizenship in Citizenship
        },
        contacts={},
        facts={},
        sources={},
        cards={},
        dangers=(BEATEN,),
        questions=questions,
    )


@pytest.fixture(scope="module")
def search() -> Search:
    return NgramSearch.from_catalogue(catalogue())


def asked(text: str, lang: str = "ru") -> Question:
    return Question(text, lang, Citizenship.KG)


@pytest.mark.parametrize(
    ("text", "lang", "memo_id"),
    [
        ("Сколько дней можно жить без регистрации?", "ru", "registration-first"),
        ("скока дней без ригистрацыи", "ru", "registration-first"),
        ("ne platyat zarplatu", "ru", "unpaid-wages"),
        ("skolko stoit patent", "ru", "work-patent"),
        ("айлыгымды бербей жатат", "ky", "unpaid-wages"),
        ("каттоого канча кун", "ky", "registration-first"),
        ("патент канча турат", "ru", "work-patent"),
        ("katoogo kancha kun", "ky", "registration-first"),
        ("royxatdan otishga necha kun", "uz", "registration-first"),  # no text is in Uzbek yet
    ],
)
async def test_the_memo_that_answers(search: Search, text: str, lang: str, memo_id: str) -> None:
    findings = await search.ask(asked(text, lang))
    assert findings.is_answered
    assert findings.ranked[0].memo == memo_id


@pytest.mark.parametrize(
    "text", ["", "  \n", "😀😀😀", "???", "\u202e", "12345", "ааааа", "йцукен фывапр", "zxcv"]
)
async def test_no_question_no_certainty(search: Search, text: str) -> None:
    assert not (await search.ask(asked(text))).is_answered


@pytest.mark.parametrize(
    "text",
    [
        "какая завтра погода",
        "кто выиграл матч",
        "рецепт плова",
        "привет как дела",
    ],
)
async def test_what_the_guide_does_not_know_is_not_answered(search: Search, text: str) -> None:
    assert not (await search.ask(asked(text))).is_answered


async def test_between_two_memos_it_is_not_sure_but_names_both(search: Search) -> None:
    findings = await search.ask(asked("регистрация и оплата патента вовремя"))
    assert not findings.is_answered
    assert {finding.memo for finding in findings.ranked[:2]} == {
        "registration-first",
        "work-patent",
    }


async def test_findings_are_ranked_and_named_once(search: Search) -> None:
    findings = await search.ask(asked("не платят деньги за работу без патента"))
    scores = [finding.score for finding in findings.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len({finding.memo for finding in findings.ranked}) == len(findings.ranked)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("меня бьют и не платят зарплату", "violence"),
        ("меня били в прошлом году", None),
        ("патент", None),
    ],
)
async def test_danger_is_reported_beside_what_was_found(
    search: Search, text: str, danger: str | None
) -> None:
    assert (await search.ask(asked(text))).danger == danger


async def test_a_missing_translation_is_found_by_its_base_text() -> None:
    search = NgramSearch.from_catalogue(catalogue(kyrgyz=(KYRGYZ[0], RUSSIAN[1], RUSSIAN[2])))
    findings = await search.ask(asked("работодатель не заплатил", "ky"))
    assert findings.ranked[0].memo == "unpaid-wages"


async def test_an_empty_catalogue_knows_nothing() -> None:
    search = NgramSearch.from_catalogue(catalogue(russian=(), kyrgyz=(), questions={}))
    assert await search.ask(asked("патент")) == Findings()


@settings(deadline=None)
@given(
    text=st.text(alphabet=st.characters(), max_size=LONGEST),
    lang=st.sampled_from(["ru", "ky", "en", "xx", ""]),
    citizenship=st.sampled_from([None, *Citizenship]),
)
async def test_any_text_is_answered(text: str, lang: str, citizenship: Citizenship | None) -> None:
    findings = await NgramSearch.from_catalogue(catalogue()).ask(Question(text, lang, citizenship))
    assert all(finding.score > 0 for finding in findings.ranked)
