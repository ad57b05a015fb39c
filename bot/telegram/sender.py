"""Replies → Bot API calls: pages edited in place where that is possible, contacts as cards to tap,
cards to show as pictures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendContact,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.conversation.replies import (
    AskForLocation,
    Button,
    CardShown,
    ChangeDate,
    CloseKeyboard,
    ContactCard,
    FileShown,
    ForgetPerson,
    KeepDate,
    KeptQuestion,
    LinkButton,
    Note,
    OfficePin,
    Page,
    Reply,
    Rows,
    Toast,
)
from bot.errors import DoorUnavailable
from bot.guide.citizenship import Citizenship
from bot.observability.metrics import Metrics
from bot.render.rich_text import RichText
from bot.telegram.callbacks import pack
from bot.telegram.card_pictures import CardPictures
from bot.telegram.limits import BUTTON_LABEL_CHARACTERS, CALLBACK_ANSWER_CHARACTERS
from bot.telegram.outcomes import Calls, Outcome

_CACHED_PAGES = 4096
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Press:
    """The button press that is being answered. `message_id` is None when its message cannot be
    edited any more.
    """

    callback_id: str
    message_id: int | None


class Sender:
    """Sends the replies of one turn to one chat, in order."""

    def __init__(self, calls: Calls, pictures: CardPictures, metrics: Metrics) -> None:
        self._calls = calls
        self._pictures = pictures
        self._metrics = metrics

    async def deliver(
        self,
        chat_id: int,
        replies: Sequence[Reply],
        press: Press | None,
        answers: int | None = None,
    ) -> AnswerCallbackQuery | None:
        """Send everything; return the answer to the press, which the caller makes or puts into
        the webhook's response. `answers` is the id of the person's message that is being answered.

        Raises `DoorUnavailable` when the server is out of reach.
        """
        editable = press.message_id if press else None
        toast = ""
        for reply in replies:
            outcome = Outcome.DELIVERED
            match reply:
                case Page():
                    place = editable if reply.in_place else None
                    to = answers if reply.is_reply else None
                    outcome = await self._show(chat_id, reply, place, to)
                    editable = None
                case ContactCard(name, phone):
                    card = SendContact(chat_id=chat_id, phone_number=phone, first_name=name)
                    outcome = await self._calls.make(card)
                case CardShown():
                    outcome = await self._hold_out(chat_id, reply)
                case OfficePin():
                    outcome = await self._calls.make(_venue(chat_id, reply))
                case AskForLocation():
                    outcome = await self._calls.make(_location_request(chat_id, reply))
                case CloseKeyboard(text):
                    bare = ReplyKeyboardRemove(remove_keyboard=True)
                    method = SendMessage(chat_id=chat_id, text=text, reply_markup=bare)
                    outcome = await self._calls.make(method)
                case Toast(text):
                    toast = text[:CALLBACK_ANSWER_CHARACTERS]
                case FileShown(name, data, text):
                    file = BufferedInputFile(data, name)
                    method_of_file = SendDocument(chat_id=chat_id, document=file, caption=text)
                    outcome = await self._calls.make(method_of_file)
                case Note() | KeptQuestion() | ForgetPerson() | KeepDate() | ChangeDate():
                    pass
            if outcome is Outcome.BLOCKED:
                break
        if press is None:
            return None
        return AnswerCallbackQuery(callback_query_id=press.callback_id, text=toast or None)

    async def answer(self, answer: AnswerCallbackQuery) -> None:
        """Make the answer as a call of its own, where there is no webhook response to carry it."""
        await self._calls.make(answer)

    async def _hold_out(self, chat_id: int, card: CardShown) -> Outcome:
        """The picture with its words as caption. Whatever goes wrong with the picture, the words are sent."""
        outcome = await self._as_picture(chat_id, card)
        if outcome is Outcome.BLOCKED:
            return outcome
        if outcome is Outcome.DELIVERED:
            self._metrics.cards.labels("picture").inc()
            return outcome
        self._metrics.cards.labels("text").inc()
        return await self._show(
            chat_id, Page(card.text, card.rows, lang=card.lang, citizenship=card.citizenship), None
        )

    async def _as_picture(self, chat_id: int, card: CardShown) -> Outcome | None:
        """None when there is no picture or it did not go through."""
        file_id = self._pictures.uploaded(card)
        if file_id is not None:
            outcome, _ = await self._calls.result_of(_photo(chat_id, card, file_id))
            if outcome is not Outcome.REFUSED:
                return outcome
            self._pictures.forget_uploaded(card)
        picture = await self._pictures.picture(card)
        if picture is None:
            return None
        try:
            outcome, message = await self._calls.result_of(_photo(chat_id, card, picture))
        except DoorUnavailable:
            # A poor line may carry a page and not a picture of 70 kB. If it carries nothing, the
            # words fail as well, and the update is delivered again.
            return None
        if isinstance(message, Message) and message.photo:
            self._pictures.note_uploaded(card, message.photo[-1].file_id)
        return outcome

    async def _show(
        self, chat_id: int, page: Page, message_id: int | None, answers: int | None = None
    ) -> Outcome:
        if message_id is not None:
            outcome = await self._calls.make(
                EditMessageText(
                    chat_id=chat_id,
                    message_id=message_id,
                    text=page.text.text,
                    entities=_entities(page.text),
                    reply_markup=_markup(page.rows, page.lang, page.citizenship),
                    link_preview_options=_NO_PREVIEW,
                )
            )
            if outcome not in {Outcome.GONE, Outcome.REFUSED}:
                return outcome
        return await self._calls.make(new_message(chat_id, page, answers))


def new_message(chat_id: int, page: Page, answers: int | None = None) -> SendMessage:
    """The page as a message of its own. `answers` is the id of the person's message that it is a reply to."""
    return SendMessage(
        chat_id=chat_id,
        text=page.text.text,
        entities=_entities(page.text),
        reply_markup=_markup(page.rows, page.lang, page.citizenship),
        link_preview_options=_NO_PREVIEW,
        reply_parameters=_reply_to(answers),
    )


def _reply_to(message_id: int | None) -> ReplyParameters | None:
    """The person may have deleted their message since: the answer comes all the same."""
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)


def _photo(chat_id: int, card: CardShown, photo: str | InputFile) -> SendPhoto:
    return SendPhoto(
        chat_id=chat_id,
        photo=photo,
        caption=card.text.text,
        caption_entities=_entities(card.text),
        reply_markup=_markup(card.rows, card.lang, card.citizenship),
    )


def _venue(chat_id: int, pin: OfficePin) -> SendVenue:
    return SendVenue(
        chat_id=chat_id,
        latitude=pin.point.latitude,
        longitude=pin.point.longitude,
        title=pin.title,
        address=pin.address,
    )


def _location_request(chat_id: int, ask: AskForLocation) -> SendMessage:
    keys = [
        [KeyboardButton(text=ask.send_label, request_location=True)],
        [KeyboardButton(text=ask.refuse_label)],
    ]
    # Not for one use only: one who presses it while the phone knows no place can try again.
    keyboard = ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True)
    return SendMessage(chat_id=chat_id, text=ask.text, reply_markup=keyboard)


# Pages are immutable and few, and many persons read the same one; making a page's forms anew
# took a tenth of the processor time of an update.
@lru_cache(maxsize=_CACHED_PAGES)
def _entities(rich: RichText) -> list[MessageEntity] | None:
    return [
        MessageEntity(type=mark.kind, offset=mark.offset, length=mark.length, url=mark.url)
        for mark in rich.marks
    ] or None


@lru_cache(maxsize=_CACHED_PAGES)
def _markup(
    rows: Rows, lang: str | None, citizenship: Citizenship | None
) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(button, lang, citizenship) for button in row] for row in rows]
    )


def _button(
    button: Button | LinkButton, lang: str | None, citizenship: Citizenship | None
) -> InlineKeyboardButton:
    label = button.label
    if len(label) > BUTTON_LABEL_CHARACTERS:
        label = label[: BUTTON_LABEL_CHARACTERS - 1] + "…"
    if isinstance(button, LinkButton):
        return InlineKeyboardButton(text=label, url=button.url)
    return InlineKeyboardButton(text=label, callback_data=pack(button.action, lang, citizenship))
