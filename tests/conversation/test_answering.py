"""What comes after a question, over the small guidance: an answer, a question back, or an honest "not sure"."""

import pytest

from bot.conversation.actions import (
    NoneOfThese,
    OpenDanger,
    OpenHotlines,
    OpenMemo,
    OpenMenu,
    OpenSection,
    OpenSos,
    SetLanguage,
    ShowCard,
    ShowContact,
    Vote,
)
from bot.conversation.events import ButtonPressed, TextTyped
from bot.conversation.machine import step
from bot.conversation.replies import KeptQuestion, Note, NoteKind, Page, Reply, Toast, WhyKept
from bot.conversation.state import State
from bot.guide.citizenship import Citizenship
from bot.render.rich_text import MarkKind
from bot.search.findings import Finding, Findings, Line, Verdict
from tests.conversation.test_machine import buttons, guidebook, in_each_guide, labelled, pages

ASKED = "когда вставать на учёт"
READER = State(lang="ru", citizenship=Citizenship.KG)
BOOK = guidebook("small")
SECTIONS = {OpenSection(section.id) for section in BOOK.catalogue.sections}


def found(*memos: str, verdict: Verdict = Verdict.SURE, **more: object) -> Findings:
    ranked = tuple(Finding(memo, 1.0) for memo in memos)
    return Findings(ranked, verdict, **more)  # type: ignore[arg-type]


def asked(findings: Findings, state: State = READER, text: str = ASKED) -> tuple[Reply, ...]:
    return step(BOOK, state, TextTyped(text, findings))[1]


def actions(page: Page) -> list[object]:
    return [button.action for button in buttons(page)]


def notes(replies: tuple[Reply, ...]) -> list[tuple[NoteKind, str | None]]:
    return [(reply.kind, reply.subject) for reply in replies if isinstance(reply, Note)]


def kept(replies: tuple[Reply, ...]) -> list[KeptQuestion]:
    return [reply for reply in replies if isinstance(reply, KeptQuestion)]


# The answer


def test_the_lines_that_answer_stand_first_and_are_marked() -> None:
    lines = (Line(0), Line(2, 1))

    [page] = pages(asked(found("registration-first", lines=lines)))

    beginning = (
        "Регистрация в первый раз\n\n"
        "Коротко:\nВстаньте на учёт за 30 дней со дня въезда.\n\nЗаберите отрывную часть.\n\n"
        "За сколько дней встать на учёт"
    )
    assert page.text.text.replace("\u00a0", " ").startswith(beginning)
    quote = next(mark for mark in page.text.marks if mark.kind is MarkKind.QUOTE)
    marked = page.text.text[quote.offset : quote.offset + quote.length]
    assert marked.startswith("Встаньте")
    assert marked.endswith("отрывную часть.")
    assert page.text.text.count("Заберите отрывную часть.") == 2, "the memo stands below as it is"


def test_without_lines_the_summary_stands_first() -> None:
    [page] = pages(asked(found("registration-first")))

    assert page.text.text.startswith("Похоже, вы спрашиваете об этом:\n\nРегистрация")
    assert "Коротко" not in page.text.text


def test_the_next_candidates_and_the_vote_are_the_first_buttons() -> None:
    memos = ("registration-first", "work-patent", "passport-taken", "hotlines")

    [page] = pages(asked(found(*memos)))

    assert actions(page)[:4] == [
        OpenMemo("work-patent"),
        OpenMemo("passport-taken"),
        Vote("registration-first", helped=True),
        Vote("registration-first", helped=False),
    ]
    assert page.is_reply, "the vote gives the question back only when the page is tied to it"


def test_the_lines_are_those_of_the_best_memo_only() -> None:
    [page] = pages(asked(found("gone", "registration-first", lines=(Line(0),))))

    assert "Коротко" not in page.text.text


@in_each_guide
@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
def test_every_answer_names_its_sources_on_one_page(lang: str, content: str) -> None:
    """Most memos have their sources pages later."""
    book = guidebook(content)
    state = State(lang=lang, citizenship=Citizenship.UZ)
    for memo in book.catalogue.memos[lang, Citizenship.UZ].values():
        _, replies = step(book, state, TextTyped("?", found(memo.id)))
        [page] = pages(replies)
        assert book.labels[lang].sources in page.text.text, memo.id


# The vote


def test_yes_is_thanked_for_and_counted() -> None:
    state, replies = step(BOOK, READER, ButtonPressed(Vote("work-patent", True), question=ASKED))

    assert [reply for reply in replies if isinstance(reply, Toast)] == [Toast("Спасибо!")]
    assert notes(replies) == [(NoteKind.QUESTION_HELPED, "work-patent")]
    assert not kept(replies)
    assert state == READER


def test_no_leads_on_and_keeps_the_question_for_the_staff() -> None:
    pressed = ButtonPressed(Vote("work-patent", False), question=ASKED)

    _, replies = step(BOOK, READER, pressed)

    [page] = pages(replies)
    assert page.text.text.startswith("Извините")
    assert {OpenMemo("work-patent"), OpenHotlines(), OpenSos(), *SECTIONS} <= set(actions(page))
    assert notes(replies) == [(NoteKind.QUESTION_MISSED, "work-patent")]
    assert kept(replies) == [KeptQuestion(ASKED, "ru", Citizenship.KG, WhyKept.NO, "work-patent")]


def test_no_without_the_question_is_only_counted() -> None:
    """Telegram gives no old messages, and persons delete theirs."""
    _, replies = step(BOOK, READER, ButtonPressed(Vote("work-patent", False)))

    assert notes(replies) == [(NoteKind.QUESTION_MISSED, "work-patent")]
    assert not kept(replies)


@pytest.mark.parametrize("helped", [True, False])
def test_a_vote_with_an_emptied_store_is_answered_in_the_language_of_its_page(
    helped: bool,
) -> None:
    pressed = ButtonPressed(Vote("work-patent", helped), "ky", Citizenship.KG)

    _, replies = step(BOOK, State(), pressed)

    said = [one.text for one in replies if isinstance(one, Toast)]
    said += [page.text.text for page in pages(replies)]
    assert said[0].startswith("Рахмат" if helped else "Кечиресиз")


# Which of two


def test_between_two_memos_one_short_question_is_asked() -> None:
    replies = asked(found("registration-first", "work-patent", "hotlines", verdict=Verdict.WHICH))

    [page] = pages(replies)
    assert page.text.text == "О чём вы спрашиваете?"
    assert actions(page) == [
        OpenMemo("registration-first"),
        OpenMemo("work-patent"),
        NoneOfThese(),
        OpenMenu(),
        OpenSos(),
    ]
    assert notes(replies) == [(NoteKind.QUESTION_UNCLEAR, None)]
    assert page.is_reply
    assert not kept(replies)


def test_neither_of_the_two_leads_to_the_sections_and_people() -> None:
    _, replies = step(BOOK, READER, ButtonPressed(NoneOfThese(), question=ASKED))

    [page] = pages(replies)
    assert {OpenHotlines(), OpenSos(), *SECTIONS} <= set(actions(page))
    assert notes(replies) == [(NoteKind.QUESTION_UNSURE, None)]
    assert kept(replies) == [KeptQuestion(ASKED, "ru", Citizenship.KG, WhyKept.NO)]


def test_which_of_one_is_no_question() -> None:
    replies = asked(found("registration-first", "gone", verdict=Verdict.WHICH))

    assert notes(replies) == [(NoteKind.QUESTION_UNSURE, None)]


# Not sure


def test_who_is_not_sure_shows_no_memo_and_offers_two_at_most() -> None:
    memos = ("registration-first", "work-patent", "hotlines")

    replies = asked(found(*memos, verdict=Verdict.UNSURE))

    [page] = pages(replies)
    assert page.text.text.startswith("Точного ответа на это у нас нет.")
    assert page.text.text.endswith("Может быть, вы об этом:")
    assert actions(page) == [
        OpenMemo("registration-first"),
        OpenMemo("work-patent"),
        OpenHotlines(),
        OpenMenu(),
        OpenSos(),
    ]
    assert notes(replies) == [(NoteKind.QUESTION_UNSURE, None)]
    assert kept(replies) == [KeptQuestion(ASKED, "ru", Citizenship.KG, WhyKept.UNSURE)]


def test_what_is_out_of_scope_is_told_what_the_bot_is_for() -> None:
    replies = asked(Findings())

    [page] = pages(replies)
    assert page.text.text.startswith(
        "Бот знает только правила для тех, кто едет работать в Россию"
    )
    assert {OpenHotlines(), OpenSos(), *SECTIONS} == set(actions(page))
    assert notes(replies) == [(NoteKind.QUESTION_REFUSED, None)]


@pytest.mark.parametrize("text", ["", "   ", "👋", "?!…", "👍🏽\u200d"])
def test_signs_alone_get_the_same_page_and_are_not_kept(text: str) -> None:
    replies = asked(Findings(), text=text)

    assert pages(replies) == pages(asked(Findings()))
    assert not kept(replies)


def test_of_who_has_not_told_a_citizenship_none_is_kept() -> None:
    [one] = kept(asked(Findings(), State(lang="ky")))

    assert (one.lang, one.citizenship) == ("ky", None)


# Another language


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_question_in_another_of_our_languages_offers_that_language(verdict: Verdict) -> None:
    memos = ("registration-first", "work-patent")

    [page] = pages(asked(found(*memos, verdict=verdict, asked_in="ky")))

    assert (buttons(page)[0].label, actions(page)[0]) == ("Кыргызча окуу", SetLanguage("ky"))


def test_the_other_language_opens_the_same_memo() -> None:
    state, _ = step(BOOK, READER, TextTyped(ASKED, found("registration-first", asked_in="ky")))

    _, replies = step(BOOK, state, ButtonPressed(SetLanguage("ky")))

    assert pages(replies)[0].text.text.startswith("Биринчи каттоо")


def test_a_language_without_texts_is_named() -> None:
    [page] = pages(asked(found("registration-first", asked_in="uz")))

    assert page.text.text.startswith("Ваш вопрос на другом языке (узбекский). Текстов на нём пока")
    assert not labelled((page,), "SetLanguage")


@pytest.mark.parametrize("asked_in", [None, "ru", "xx"])
def test_the_own_language_and_an_unknown_one_change_nothing(asked_in: str | None) -> None:
    with_it = asked(found("registration-first", asked_in=asked_in))

    assert with_it == asked(found("registration-first"))


# In danger


def test_in_danger_whom_to_call_and_what_to_hold_out_come_first_and_once() -> None:
    replies = asked(found("passport-taken", danger="passport-taken"))

    [page] = pages(replies)
    assert actions(page)[:4] == [
        ShowContact("ru-112"),
        ShowContact("kg-embassy"),
        ShowCard("give-passport-back"),
        ShowCard("need-interpreter"),
    ]
    assert notes(replies) == [(NoteKind.DANGER_SHOWN, "passport-taken")]


@pytest.mark.parametrize(
    ("memo", "lines"), [("passport-taken", (Line(0),)), ("registration-first", ())]
)
def test_what_adds_something_comes_below_it_in_short_with_the_numbers(
    memo: str, lines: tuple[Line, ...]
) -> None:
    replies = asked(found(memo, "work-patent", lines=lines, danger="passport-taken"))

    danger, answer = pages(replies)
    assert danger.text.text.startswith("Вы не виноваты")
    assert actions(answer) == [
        ShowContact("ru-112"),
        ShowContact("kg-embassy"),
        OpenMemo(memo),
        OpenMenu(),
        OpenSos(),
    ]
    assert "Попросите" not in answer.text.text, "the steps are on the memo's own page"
    assert (NoteKind.QUESTION_ANSWERED, memo) in notes(replies)


@pytest.mark.parametrize("verdict", [Verdict.WHICH, Verdict.UNSURE])
def test_nobody_in_danger_is_asked_what_they_mean(verdict: Verdict) -> None:
    memos = ("registration-first", "work-patent")

    replies = asked(found(*memos, verdict=verdict, danger="passport-taken"))

    assert len(pages(replies)) == 1
    assert not kept(replies)


def test_a_choice_of_language_or_citizenship_comes_back_to_the_danger() -> None:
    """The answer to the first question has whom to call for this citizenship."""
    findings = found("registration-first", danger="passport-taken", asked_in="ky")

    settled, _ = step(BOOK, READER, TextTyped(ASKED, findings))
    new, _ = step(BOOK, State(lang="ru"), TextTyped(ASKED, findings))

    assert settled.place == OpenDanger("passport-taken")
    assert new.pending == OpenDanger("passport-taken")
