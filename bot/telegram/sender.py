"""Replies → Bot API calls: pages edited in place where that is possible, contacts as cards to
tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendContact, SendMessage
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.conversation.replies import (
    Button,
    ContactCard,
    ForgetPerson,
    LinkButton,
    Note,
    Page,
    Reply,
    Rows,
    Toast,
)
from bot.guide.citizenship import Citizenship
from bot.render.rich_text import RichText
from bot.telegram.callbacks import pack
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

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def deliver(
        self, chat_id: int, replies: Sequence[Reply], press: Press | None
    ) -> AnswerCallbackQuery | None:
        """Send everything; return the answer to the press, which the caller makes or puts into
        the webhook's response.

        Raises `DoorUnavailable` when the server is out of reach.
        """
        editable = press.message_id if press else None
        toast = ""
        for reply in replies:
            outcome = Outcome.DELIVERED
            match reply:
                case Page():
                    outcome = await self._show(
                        chat_id, reply, editable if reply.in_place else None
                    )
                    editable = None
                case ContactCard(name, phone):
                    card = SendContact(chat_id=chat_id, phone_number=phone, first_name=name)
                    outcome = await self._calls.make(card)
                case Toast(text):
                    toast = text[:CALLBACK_ANSWER_CHARACTERS]
                case Note() | ForgetPerson():
                    pass
            if outcome is Outcome.BLOCKED:
                break
        if press is None:
            return None
        return AnswerCallbackQuery(callback_query_id=press.callback_id, text=toast or None)

    async def answer(self, answer: AnswerCallbackQuery) -> None:
        """Make the answer as a call of its own, where there is no webhook response to carry it."""
        await self._calls.make(answer)

    async def _show(self, chat_id: int, page: Page, message_id: int | None) -> Outcome:
        entities = _entities(page.text)
        markup = _markup(page.rows, page.lang, page.citizenship)
        if message_id is not None:
            outcome = await self._calls.make(
                EditMessageText(
                    chat_id=chat_id,
                    message_id=message_id,
                    text=page.text.text,
                    entities=entities,
                    reply_markup=markup,
                    link_preview_options=_NO_PREVIEW,
                )
            )
            if outcome not in {Outcome.GONE, Outcome.REFUSED}:
                return outcome
        return await self._calls.make(
            SendMessage(
                chat_id=chat_id,
                text=page.text.text,
                entities=entities,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )
        )


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
