"""Which words mean danger, and which only sound like it. The lines here are made up for the tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.danger import Danger
from bot.guide.text import LocalText
from bot.search.folding import LONGEST
from bot.search.urgency import DangerMatcher


def danger(
    danger_id: str, words: dict[str, tuple[str, ...]], unless: dict[str, tuple[str, ...]]
) -> Danger:
    return Danger(
        id=danger_id,
        title=LocalText(),
        memo="hotlines",
        say=LocalText(),
        contacts={},
        words=words,
        unless=unless,
    )


DANGERS = (
    danger(
        "held",
        {
            "ru": ("не выпускают", "запер* нас"),
            "ky": ("чыгарбай жат*", "камап кой*"),
            "en": ("won't let us leave",),
            "uz": ("qoʻyib yubormay*",),
        },
        {"ru": ("не выпускают из страны",)},
    ),
    danger(
        "beaten",
        {"ru": ("меня бьют", "избил*"), "ky": ("мени уруп*",), "en": ("beats me",)},
        {"ru": ("прошлом году",), "en": ("last year",)},
    ),
    danger(
        "passport",
        {
            "ru": ("забрал* паспорт*", "держат паспорт*"),
            "ky": ("паспорт* алып кой*",),
            "en": ("took my passport",),
        },
        {},
    ),
)


@pytest.fixture(scope="module")
def matcher() -> DangerMatcher:
    return DangerMatcher(DANGERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Russian: any order, other words between, any ending
        ("Нас не выпускают из цеха", "held"),
        ("хозяин запер нас на складе", "held"),
        ("паспорт у меня вчера вечером забрали", "passport"),
        ("Хозяин забрал у меня сегодня мой паспорт!", "passport"),
        ("ЗАБРАЛИ ПАСПОРТА", "passport"),
        # as it is heard, with a slip, stretched, with invisible marks
        ("ни выпускают", "held"),
        ("не выпуcкают", "held"),
        ("не выпсукают", "held"),
        ("не выпукают", "held"),
        ("меняяя бьююют", "beaten"),
        ("за\u200bбрал пас\u00adпорт", "passport"),
        # Kyrgyz, also on a Russian keyboard
        ("үйдөн чыгарбай жатышат", "held"),
        ("мени уруп салды", "beaten"),
        ("паспортумду начальник алып койду", "passport"),
        ("бизди камап койушту", "held"),
        # English
        ("they won't let us leave the house", "held"),
        ("they won’t let us leave", "held"),
        ("My boss took my passport", "passport"),
        # Latin letters for Russian, Kyrgyz and Uzbek
        ("menya byut pomogite", "beaten"),
        ("nas ne vypuskayut", "held"),
        ("zabrali pasport 4to delat", "passport"),
        ("pasportumdu alyp koydu", "passport"),
        ("meni qo'yib yubormayapti", "held"),
        ("bizni qo‘yib yubormaydi", "held"),
        # the gravest first: the order of the file
        ("забрали паспорт и не выпускают", "held"),
    ],
)
def test_words_of_danger(matcher: DangerMatcher, text: str, expected: str) -> None:
    assert matcher.danger(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "сколько дней можно без регистрации",
        "может ли начальник держать паспорт",
        "законно ли забрать паспорт",
        "какие документы нужны на паспорт",
        "бьют ли рекорды",
        "паспорт получил, а теперь хочу узнать, кто в нашем доме и когда забрал посылку",
        "каттоо үчүн паспорт керекпи",
        "how do I renew my passport",
        "do I need a passport to leave",
    ],
)
def test_calm_questions_do_not_alarm(matcher: DangerMatcher, text: str) -> None:
    assert matcher.danger(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "меня не выпускают из страны",
        "избили в прошлом году",
        "my husband beats me, it was last year",
    ],
)
def test_other_words_take_it_back(matcher: DangerMatcher, text: str) -> None:
    assert matcher.danger(text) is None


def test_taking_one_danger_back_leaves_the_others(matcher: DangerMatcher) -> None:
    assert matcher.danger("избили в прошлом году, а теперь забрали паспорт") == "passport"


def test_words_far_apart_are_not_one_thing(matcher: DangerMatcher) -> None:
    between = "и потом мы долго ещё ехали"
    assert matcher.danger(f"забрал {between} паспорт") is None
    assert matcher.danger(f"забрал {between} паспорт забрал") == "passport"


def test_short_words_are_not_forgiven_a_slip() -> None:
    matcher = DangerMatcher((danger("beaten", {"ru": ("бьют",)}, {}),))
    assert matcher.danger("вьют гнездо") is None


def test_a_line_of_no_letters_never_matches() -> None:
    matcher = DangerMatcher((danger("odd", {"ru": ("*", "…", "")}, {"ru": ("*",)}),))
    assert matcher.danger("что угодно") is None


def test_no_dangers_no_alarm() -> None:
    assert DangerMatcher(()).danger("меня бьют") is None


@given(st.text(alphabet=st.characters(), max_size=LONGEST))
def test_any_text_gets_an_answer(text: str) -> None:
    assert DangerMatcher(DANGERS).danger(text) in {None, "held", "beaten", "passport"}


@given(st.text(alphabet=st.characters(), max_size=LONGEST // 2))
def test_danger_at_the_end_of_any_story_is_heard(story: str) -> None:
    assert DangerMatcher(DANGERS[2:]).danger(f"{story} . took my passport") == "passport"
