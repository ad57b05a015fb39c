"""One update from end to end: whose turn it is, what happens when something fails, and what is said twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

import db.errors
from bot.app import open_house
from bot.editorial.day import day_of
from bot.errors import DoorUnavailable, JoldoshError, StoreUnavailable
from db.models import FailureDay, ResponseDay
from db.turns import SqlTurns
from tests.db.counts import counts
from tests.support.bot import Clock, settings_for
from tests.support.logs import Logbook
from tests.telegram.street import Street

SECRET_WORDS = "паспорт 1234 567890"
QUESTION = "сколько дней можно жить без регистрации"


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with open_house(settings_for(tmp_path), Clock()) as house:
        yield Street(house)


# Turns


async def test_one_person_has_one_turn_at_a_time(street: Street) -> None:
    """A message and presses are separate queues of Telegram's: they come at the same time."""
    person = street.person()
    street.session.seconds = 0.005

    await asyncio.gather(
        street.feed(person.presses("lang:ky")),
        street.feed(person.presses("cit:uz")),
        street.feed(person.writes("/menu")),
        street.feed(person.presses("lang:en")),
        street.feed(person.writes("/settings")),
    )

    assert len(person.messages) == 5
    assert street.session.together == [[person.id]] * 5
    # Each turn began with what the one before it had left: the language of the first and the last.
    assert "English" in person.texts[-1]
    assert "Uzbekistan" in person.texts[-1]


async def test_different_persons_are_answered_at_the_same_time(street: Street) -> None:
    persons = [street.person() for _ in range(5)]
    street.session.seconds = 0.1

    await asyncio.gather(*(street.feed(person.writes("/sos")) for person in persons))

    assert sorted(person.id for person in persons) in street.session.together


# Failures


@pytest.fixture
def broken_step(monkeypatch: pytest.MonkeyPatch) -> Logbook:
    """A mistake of ours in the middle of every turn, with what the person wrote in its words."""

    def step(_book: object, _state: object, event: object) -> object:
        raise ValueError(f"{SECRET_WORDS}: {event}")

    monkeypatch.setattr("bot.conversation.service.step", step)
    return Logbook.of(monkeypatch, "bot.telegram.handling")


@pytest.mark.parametrize(
    ("telegram_language", "said_in"),
    [("ky", "ky"), ("en", "en"), ("en-US", "en"), ("de", "ru"), (None, "ru")],
)
async def test_a_failure_is_told_to_the_person_in_their_language(
    street: Street, broken_step: Logbook, telegram_language: str | None, said_in: str
) -> None:
    person = street.person(telegram_language)

    await street.feed(person.writes(SECRET_WORDS))

    assert person.texts == [street.house.interface.words(said_in).say("failure")]


async def test_a_failed_press_is_told_in_the_language_of_the_button(
    street: Street, broken_step: Logbook
) -> None:
    person = street.person("ru")

    answer = await street.feed(person.presses("menu|ky|kg", message_id=5))

    assert answer == {"method": "answerCallbackQuery", "callback_query_id": "q"}
    assert person.texts == [street.house.interface.words("ky").say("failure")]


async def test_a_failure_is_counted_and_logged_without_the_person(
    street: Street, broken_step: Logbook
) -> None:
    person = street.person()

    await street.feed(person.writes(SECRET_WORDS))
    await street.feed(person.presses("menu|ky|kg"))

    assert street.counted("TextTyped", "failed") == 1
    assert street.counted("ButtonPressed", "failed") == 1
    assert street.counted("TextTyped", "answered") == 0
    [first, _] = broken_step.entries
    assert (first["event"], first["event_kind"], first["error"]) == (
        "turn.failed",
        "TextTyped",
        "ValueError",
    )
    assert "test_handling.py" in first["where"][-1]
    for trace in (SECRET_WORDS, "1234", str(person.id), "Айбек"):
        assert trace not in broken_step.text


async def test_what_failed_is_kept_by_day_with_the_next_turn(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Drawing the traces of three mistakes with all their variables takes seconds.
    Logbook.of(monkeypatch, "bot.telegram.handling")
    person = street.person()
    broken: dict[str, BaseException] = {
        "mistake": ValueError("ours"),
        "store": db.errors.StoreUnavailable("gone"),
        "messenger": DoorUnavailable("gone"),
    }
    for trouble in broken.values():

        def step(*_: object, trouble: BaseException = trouble) -> None:
            raise trouble

        with monkeypatch.context() as patched, suppress(JoldoshError):
            patched.setattr("bot.conversation.service.step", step)
            await street.feed(person.writes("/menu"))

    await street.feed(person.writes("/menu"))

    kept = await counts(street.house.engine, FailureDay)
    assert kept == {(day_of(Clock()()), kind): 1 for kind in broken}
    [answered] = (await counts(street.house.engine, ResponseDay)).values()
    assert answered == 1


async def test_after_a_failure_the_conversation_goes_on(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = street.person()
    logbook = Logbook.of(monkeypatch, "bot.telegram.handling")
    with monkeypatch.context() as broken:
        broken.setattr("bot.conversation.service.step", None)
        await street.feed(person.writes("/menu"))

    await street.feed(person.writes("/menu"))

    assert logbook.events == ["turn.failed"]

    failure = street.house.interface.words("ru").say("failure")
    assert [text == failure for text in person.texts] == [True, False]


async def test_an_apology_that_cannot_be_sent_is_made_with_the_next_delivery(
    street: Street, broken_step: Logbook
) -> None:
    person = street.person()
    update = person.writes("/menu")
    street.session.is_cut = True

    with pytest.raises(DoorUnavailable):
        await street.feed(update)
    street.session.is_cut = False
    await street.feed(update)

    assert len(person.texts) == 1


@pytest.mark.parametrize("visit", ["load", "commit"])
async def test_what_the_store_could_not_take_is_answered_when_it_is_delivered_again(
    street: Street, monkeypatch: pytest.MonkeyPatch, visit: str
) -> None:
    person = street.person()
    update = person.writes("/menu")

    async def fails(*_: object) -> None:
        raise db.errors.StoreUnavailable("The database does not answer.")

    with monkeypatch.context() as broken:
        broken.setattr(SqlTurns, visit, fails)
        with pytest.raises(StoreUnavailable):
            await street.feed(update)

    assert person.texts == [], "nothing is said that is not kept"
    assert street.counted("CommandGiven", "postponed") == 1
    await street.feed(update)
    assert len(person.texts) == 1
    assert street.counted("CommandGiven", "answered") == 1


async def test_what_could_not_be_sent_is_sent_when_it_is_delivered_again(street: Street) -> None:
    person = street.person()
    update = person.presses("lang:ky")
    street.session.is_cut = True

    with pytest.raises(DoorUnavailable):
        await street.feed(update)
    street.session.is_cut = False
    answer = await street.feed(update)

    assert answer is not None
    assert person.texts[0] == street.house.interface.words("ky").say("pick-citizenship")


# Deliveries


async def test_an_update_that_comes_twice_is_answered_once(street: Street) -> None:
    person = street.person()
    written, pressed = person.writes(QUESTION), person.presses("sos|ru|kg")

    answers = [await street.feed(update) for update in (written, pressed, written, pressed)]
    texts = person.texts

    assert len(texts) == len(set(texts))
    assert answers[1] == answers[3] == {"method": "answerCallbackQuery", "callback_query_id": "q"}


async def test_an_update_that_comes_twice_at_once_is_answered_once(street: Street) -> None:
    person = street.person()
    street.session.seconds = 0.005
    update = person.writes("/sos")

    await asyncio.gather(*(street.feed(update) for _ in range(4)))

    assert len(person.texts) == 1


async def test_groups_get_no_answer(street: Street) -> None:
    person = street.person()
    group = {"id": -100_1, "type": "supergroup", "title": "Мигранты"}

    for update in (person.writes("/sos", chat=group), person.writes(QUESTION, chat=group)):
        assert await street.feed(update) is None

    assert street.session.together == []
    assert street.counted("message", "ignored") == 2


# What counts as a question


async def test_a_question_put_right_is_answered_anew(street: Street) -> None:
    person = street.person()
    await street.feed(person.writes("погода в Оше"))
    before = len(person.texts)
    message = person.writes(QUESTION)["message"]

    await street.feed(street.numbered({"edited_message": message}))

    assert any("Регистрация" in text for text in person.texts[before:])
    assert street.counted("TextTyped", "answered") == 2


@pytest.mark.parametrize("text", ["/forget", " /menu", "  "])
async def test_a_command_that_was_edited_changes_nothing(street: Street, text: str) -> None:
    person = street.person()
    message = person.writes(text)["message"]

    await street.feed(street.numbered({"edited_message": message}))

    assert person.texts == []
    assert street.counted("edited_message", "ignored") == 1


async def test_words_under_a_picture_are_a_question(street: Street) -> None:
    asking, showing = street.person(), street.person()
    photo = [{"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9}]

    await street.feed(asking.writes(QUESTION))
    await street.feed(showing.writes(photo=photo, caption=QUESTION))

    assert showing.texts == asking.texts
    assert any("Регистрация" in text for text in showing.texts)
