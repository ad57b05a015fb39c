"""What of a turn reaches the person: pages in place, new messages, cards, and the line over the screen."""

from dataclasses import replace
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendContact, SendDocument, SendMessage, SendVenue
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.conversation.actions import AskForget, OpenMemo, OpenMenu
from bot.conversation.replies import (
    AskForLocation,
    Button,
    CloseKeyboard,
    ContactCard,
    FileShown,
    ForgetPerson,
    LinkButton,
    Note,
    NoteKind,
    OfficePin,
    Page,
    Reply,
    Rows,
    Toast,
)
from bot.errors import DoorUnavailable
from bot.guide.citizenship import Citizenship
from bot.guide.place import Point
from bot.observability.metrics import Metrics
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder
from bot.telegram.card_pictures import CardPictures
from bot.telegram.outcomes import Calls
from bot.telegram.sender import Press, Sender
from tests.telegram.scripted_session import WELL, ScriptedSession, refusal

CHAT = 7
PRESS = Press("q1", 55)
MENU = Page(
    RichText("Башкы бет"), ((Button("Каттоо", OpenMemo("registration-first")),),), lang="ky"
)
PAGE = Page(RichText("Каттоо"))
CARD = ContactCard("Кыргызстандын элчилиги", "+74992374882")


class Desk:
    """A sender before a server that answers by script."""

    def __init__(self, *answers: tuple[int, str] | None) -> None:
        self._session = ScriptedSession(*answers)
        metrics = Metrics()
        self._sender = Sender(Calls(self._session.bot, metrics), CardPictures(metrics), metrics)

    async def send(
        self, *replies: Reply, press: Press | None = None, answers: int | None = None
    ) -> Any:
        """The answer to the press; what was called is in `sent`."""
        return await self._sender.deliver(CHAT, replies, press, answers)

    @property
    def sent(self) -> list[Any]:
        return self._session.calls

    @property
    def names(self) -> list[str]:
        return [type(call).__name__ for call in self.sent]


# Pages


async def test_a_page_that_nobody_pressed_for_is_a_new_message() -> None:
    desk = Desk()

    assert await desk.send(MENU) is None

    [message] = desk.sent
    assert isinstance(message, SendMessage)
    assert (message.chat_id, message.text) == (CHAT, "Башкы бет")
    assert message.link_preview_options == LinkPreviewOptions(is_disabled=True)


async def test_a_pressed_page_turns_in_place() -> None:
    desk = Desk()

    answer = await desk.send(MENU, press=PRESS)

    [edit] = desk.sent
    assert isinstance(edit, EditMessageText)
    assert (edit.chat_id, edit.message_id, edit.text) == (CHAT, 55, "Башкы бет")
    assert edit.reply_markup is not None, "without a keyboard an edit takes the old one away"
    assert (answer.callback_query_id, answer.text) == ("q1", None)


async def test_an_answer_is_tied_to_its_question_even_to_one_that_is_gone() -> None:
    desk = Desk()

    await desk.send(replace(MENU, is_reply=True), PAGE, answers=9)

    answer, page = desk.sent
    assert (answer.reply_parameters.message_id, page.reply_parameters) == (9, None)
    assert answer.reply_parameters.allow_sending_without_reply is True


async def test_only_the_first_page_can_take_the_place_of_the_old_one() -> None:
    desk = Desk()

    await desk.send(MENU, PAGE, press=PRESS)

    assert desk.names == ["EditMessageText", "SendMessage"]


async def test_a_page_that_must_be_seen_is_a_new_message_though_a_button_was_pressed() -> None:
    desk = Desk()

    await desk.send(Page(RichText("112"), in_place=False), press=PRESS)

    assert desk.names == ["SendMessage"]


async def test_a_press_whose_message_cannot_be_edited_is_answered_with_a_new_one() -> None:
    desk = Desk()

    answer = await desk.send(MENU, press=Press("q1", None))

    assert desk.names == ["SendMessage"]
    assert answer.callback_query_id == "q1"


async def test_a_page_that_is_there_already_is_shown() -> None:
    desk = Desk(refusal(400, "Bad Request: message is not modified: …"))

    answer = await desk.send(MENU, Toast("Жөнөтүлдү"), press=PRESS)

    assert desk.names == ["EditMessageText"]
    assert answer.text == "Жөнөтүлдү"


@pytest.mark.parametrize(
    "description",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "something unforeseen",
    ],
)
async def test_a_page_that_cannot_be_put_there_comes_as_a_new_message(description: str) -> None:
    desk = Desk(refusal(400, f"Bad Request: {description}"))

    await desk.send(MENU, press=PRESS)

    assert desk.names == ["EditMessageText", "SendMessage"]
    edit, message = desk.sent
    assert edit.text == message.text
    assert edit.reply_markup == message.reply_markup


# Other replies


async def test_contacts_are_cards_that_can_be_tapped_and_the_toast_goes_into_the_answer() -> None:
    desk = Desk()

    answer = await desk.send(
        CARD, ContactCard("Экинчи", "+79161234567"), Toast("Ж" * 300), press=PRESS
    )

    first, second = desk.sent
    assert isinstance(first, SendContact)
    assert isinstance(second, SendContact)
    assert (first.first_name, first.phone_number) == (CARD.name, CARD.phone)
    assert second.phone_number == "+79161234567"
    assert answer.text == "Ж" * 200


async def test_what_is_not_for_eyes_is_not_sent() -> None:
    desk = Desk()

    answer = await desk.send(
        Note(NoteKind.STARTED, "ky", Citizenship.KG), ForgetPerson(), press=PRESS
    )

    assert desk.sent == []
    assert answer.callback_query_id == "q1"


async def test_whoever_has_blocked_the_bot_is_sent_nothing_more() -> None:
    desk = Desk(WELL, refusal(403, "Forbidden: bot was blocked by the user"))

    answer = await desk.send(MENU, CARD, PAGE, Toast("Жөнөтүлдү"), press=PRESS)

    assert desk.names == ["EditMessageText", "SendContact"]
    assert answer.text is None


async def test_a_card_that_is_refused_does_not_keep_back_the_rest() -> None:
    desk = Desk(refusal(400, "Bad Request: PHONE_NUMBER_INVALID"))

    await desk.send(CARD, PAGE)

    assert desk.names == ["SendContact", "SendMessage"]


async def test_a_pin_is_a_venue() -> None:
    desk = Desk()

    await desk.send(OfficePin("Элчилик", "Ордынка, 64", Point(0.0, -37.25)))

    [venue] = desk.sent
    assert isinstance(venue, SendVenue)
    assert (venue.title, venue.address) == ("Элчилик", "Ордынка, 64")
    assert (venue.latitude, venue.longitude) == (0.0, -37.25)


async def test_a_file_is_sent_under_its_name_and_the_page_stays() -> None:
    desk = Desk()

    answer = await desk.send(FileShown("joldosh.ics", b"BEGIN", "Күндөрүңүз"), press=PRESS)

    [file] = desk.sent
    assert isinstance(file, SendDocument)
    assert isinstance(file.document, BufferedInputFile)
    assert (file.document.filename, file.document.data) == ("joldosh.ics", b"BEGIN")
    assert (file.chat_id, file.caption) == (CHAT, "Күндөрүңүз")
    assert answer.callback_query_id == "q1"


async def test_keys_ask_for_the_place_and_go_with_the_page_in_place() -> None:
    desk = Desk()

    await desk.send(MENU, AskForLocation("Ылдыйда", "Кайдамын", "Жок"), press=PRESS)
    await desk.send(CloseKeyboard("Болду"), PAGE, press=PRESS)

    assert desk.names == ["EditMessageText", "SendMessage", "SendMessage", "EditMessageText"]
    asked, closed = desk.sent[1:3]
    assert isinstance(asked.reply_markup, ReplyKeyboardMarkup)
    [[send], [refuse]] = asked.reply_markup.keyboard
    assert (send.text, send.request_location) == ("Кайдамын", True)
    assert (refuse.text, refuse.request_location) == ("Жок", None)
    assert closed.reply_markup == ReplyKeyboardRemove(remove_keyboard=True)


async def test_a_server_out_of_reach_ends_the_turn() -> None:
    desk = Desk(WELL, None)

    with pytest.raises(DoorUnavailable):
        await desk.send(MENU, PAGE, CARD, press=PRESS)

    assert desk.names == ["EditMessageText", "SendMessage"]


async def test_a_late_answer_to_a_press_is_no_trouble() -> None:
    session = ScriptedSession(
        refusal(400, "Bad Request: query is too old and response timeout expired")
    )
    metrics = Metrics()
    sender = Sender(Calls(session.bot, metrics), CardPictures(metrics), metrics)
    answer = await sender.deliver(CHAT, (MENU,), Press("q1", None))
    assert answer is not None

    await sender.answer(answer)

    assert [type(call).__name__ for call in session.calls] == [
        "SendMessage",
        "AnswerCallbackQuery",
    ]


# Forms


async def test_marks_become_entities_and_buttons_know_their_reader() -> None:
    text = (
        RichTextBuilder()
        .add("🏠 Каттоо", MarkKind.BOLD)
        .add(" ")
        .add("мыйзам", url="https://example.org/law")
        .build()
    )
    rows: Rows = (
        (Button("Меню", OpenMenu()), Button("Өчүрүү", AskForget())),
        (LinkButton("Сайт", "https://example.org"),),
    )
    desk = Desk()

    await desk.send(Page(text, rows, lang="ky", citizenship=Citizenship.KG))

    [message] = desk.sent
    assert [(e.type, e.offset, e.length, e.url) for e in message.entities] == [
        ("bold", 0, 9, None),
        ("text_link", 10, 6, "https://example.org/law"),
    ]
    assert shape(message.reply_markup) == [
        [("Меню", "menu|ky|kg", None), ("Өчүрүү", "forget?|ky|kg", None)],
        [("Сайт", None, "https://example.org")],
    ]


async def test_a_plain_page_has_neither_entities_nor_a_keyboard() -> None:
    desk = Desk()

    await desk.send(PAGE)

    [message] = desk.sent
    assert message.entities is None
    assert message.reply_markup is None


@pytest.mark.parametrize(("length", "shown"), [(64, "о" * 64), (65, "о" * 63 + "…")])
async def test_a_label_longer_than_a_screen_is_cut(length: int, shown: str) -> None:
    label = "о" * length
    rows: Rows = ((Button(label, OpenMenu()), LinkButton(label, "https://example.org")),)
    desk = Desk()

    await desk.send(Page(RichText("Меню"), rows))

    [message] = desk.sent
    assert [label for row in shape(message.reply_markup) for label, _, _ in row] == [shown, shown]


def shape(markup: InlineKeyboardMarkup) -> list[list[tuple[str, str | None, str | None]]]:
    return [
        [(button.text, button.callback_data, button.url) for button in row]
        for row in markup.inline_keyboard
    ]
