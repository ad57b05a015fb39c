"""What a turn leaves for staff: questions without an answer, masked, and of nobody."""

from dataclasses import replace

import pytest

from bot.conversation.events import ButtonPressed, CommandGiven, TextTyped
from bot.conversation.keeping import unanswered_rows, usage_rows
from bot.conversation.machine import step
from bot.conversation.replies import KeptQuestion, Note, NoteKind, Page, WhyKept
from bot.conversation.state import State
from bot.guide.citizenship import Citizenship
from bot.search.findings import Finding, Findings, Verdict
from db.unanswered import UnansweredRow
from db.usage import UsageRow
from tests.conversation.test_machine import guidebook

SETTLED = State(lang="ky", citizenship=Citizenship.KG)


def question(text: str, why: WhyKept = WhyKept.UNSURE, memo: str | None = None) -> KeptQuestion:
    return KeptQuestion(text, "ky", Citizenship.KG, why, memo)


def kept_by(text: str, findings: Findings, state: State = SETTLED) -> list[KeptQuestion]:
    _, replies = step(guidebook("small"), state, TextTyped(text, findings))
    return [reply for reply in replies if isinstance(reply, KeptQuestion)]


def test_a_question_that_finds_nothing_is_kept_with_language_and_citizenship() -> None:
    assert kept_by("кайда барам", Findings()) == [question("кайда барам")]


def test_a_citizenship_that_nobody_told_is_not_kept() -> None:
    (kept,) = kept_by("куда идти", Findings(), State())

    assert kept.citizenship is None
    assert kept.lang == "ru"


def test_a_question_with_an_answer_is_not_kept() -> None:
    sure = Findings((Finding("registration-first", 1.0),), Verdict.SURE)

    assert kept_by("каттоо", sure) == []


def test_words_of_danger_are_answered_and_not_kept() -> None:
    (danger, *_) = guidebook("small").catalogue.dangers

    assert kept_by("паспортумду алып коюшту", Findings(danger=danger.id)) == []


@pytest.mark.parametrize("event", [CommandGiven("help"), ButtonPressed(SETTLED.place)])
def test_nothing_else_is_kept(event: CommandGiven | ButtonPressed) -> None:
    _, replies = step(guidebook("small"), SETTLED, event)

    assert not any(isinstance(reply, KeptQuestion) for reply in replies)


def test_the_row_is_masked() -> None:
    (row,) = unanswered_rows(
        (question("Менин атым Жылкычы, +996 700 123456, визасыз кирсе болобу?"),)
    )

    assert row == UnansweredRow(
        "Менин атым [name], [phone], визасыз кирсе болобу?", "unsure", "ky", "kg"
    )


def test_a_refused_answer_names_the_memo_that_was_shown() -> None:
    (row,) = unanswered_rows((question("кандай төлөйм", WhyKept.NO, "work-patent"),))

    assert (row.why, row.memo) == ("no", "work-patent")


@pytest.mark.parametrize(
    "text", ["", "?", "каттоо", "+996 700 123456", "Азамат Жумабеков", "12345", "[name] [phone]", "Азамат патент", "🙂🙂"]
)  # fmt: skip
def test_what_has_fewer_than_two_words_left_is_dropped(text: str) -> None:
    assert unanswered_rows((question(text),)) == ()


def test_a_long_story_is_cut_after_masking_between_words() -> None:
    (row,) = unanswered_rows((question("иш берүүчү акча бербейт, Азамат Жумабеков " * 40),))

    assert len(row.text) <= 301
    assert row.text.endswith("…")
    assert row.text.count("[") == row.text.count("]") > 3
    assert "Жумабеков" not in row.text


def test_only_notes_are_counted_and_only_questions_kept() -> None:
    note = Note(NoteKind.QUESTION_UNSURE, "ky", Citizenship.KG)
    asked = question("кайда барам")

    assert usage_rows((note, asked)) == (UsageRow("question-unsure", "ky", "kg"),)
    assert unanswered_rows((note,)) == ()


def test_the_words_do_not_show_when_a_question_is_printed() -> None:
    assert "барам" not in repr(question("кайда барам"))


@pytest.mark.parametrize(
    ("lang", "told"), [("ru", "90 дней"), ("ky", "90 күн"), ("en", "90 days")]
)
def test_privacy_tells_what_is_kept_and_nothing_of_it_when_nothing_is(
    lang: str, told: str
) -> None:
    keeping = guidebook("small")
    state = State(lang=lang, citizenship=Citizenship.KG)

    def privacy(keeps: bool) -> str:
        _, (page, *_) = step(
            replace(keeping, keeps_unanswered=keeps), state, CommandGiven("privacy")
        )
        assert isinstance(page, Page)
        return page.text.text

    assert told in privacy(keeps=True)
    assert "{" not in privacy(keeps=True)
    assert told not in privacy(keeps=False)
