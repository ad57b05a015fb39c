"""One update, from the dispatcher to the sent answer: whose turn it is, the turn, the sending.

Holds the one error boundary of this door. No decisions about guidance here.
"""

from collections.abc import AsyncIterator, Sequence, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

import structlog
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message, Update, User

from bot.conversation.events import ButtonPressed, CommandGiven, Event
from bot.conversation.replies import Page, Reply
from bot.conversation.service import Conversation, Delivery, Failure
from bot.conversation.short_usage import ShortUsage
from bot.errors import JoldoshError, StoreUnavailable
from bot.i18n.interface import Interface
from bot.observability.metrics import Metrics
from bot.render.rich_text import RichText
from bot.telegram.persons import Persons
from bot.telegram.reading import event_of, event_of_text, press_of
from bot.telegram.sender import Press, Sender

log = structlog.get_logger(__name__)

_ASKS_FOR_USAGE = CommandGiven("usage")


@dataclass(frozen=True, slots=True)
class AdminUsage:
    """Who may ask for the usage here, by their Telegram ids: they are compared, and never kept or logged."""

    admins: Set[int] = field(repr=False)
    short: ShortUsage


class Handling:
    """The handlers that the dispatcher calls. `door` names this way in, for the numbers of its
    updates.
    """

    def __init__(
        self,
        *,
        door: str,
        conversation: Conversation,
        persons: Persons,
        sender: Sender,
        interface: Interface,
        metrics: Metrics,
        usage: AdminUsage | None = None,
    ) -> None:
        self._door = door
        self._usage = usage
        self._conversation = conversation
        self._persons = persons
        self._sender = sender
        self._interface = interface
        self._metrics = metrics

    async def on_message(self, message: Message, event_update: Update) -> None:
        event = event_of(message)
        # Nobody wrote a service message. In groups we stay silent: an answer there would show
        # everybody what one person asks.
        if event is None or message.from_user is None or message.chat.type != "private":
            self._metrics.updates.labels("message", "ignored").inc()
            return
        await self._turn(event_update, message.from_user, message.chat.id, event, said=message)

    async def on_edited_message(self, message: Message, event_update: Update) -> None:
        """A question put right is asked again. An edited command or picture changes nothing."""
        text = message.text or message.caption
        is_question = bool(text and text.strip()) and not (text or "").lstrip().startswith("/")
        if not is_question or message.from_user is None or message.chat.type != "private":
            self._metrics.updates.labels("edited_message", "ignored").inc()
            return
        event = event_of_text(text or "")
        await self._turn(event_update, message.from_user, message.chat.id, event, said=message)

    async def on_press(
        self, query: CallbackQuery, event_update: Update
    ) -> AnswerCallbackQuery | None:
        """Also presses on messages that are gone and on messages of any age."""
        message = query.message
        is_private = message is None or message.chat.type == "private"
        if not is_private:
            self._metrics.updates.labels("callback_query", "ignored").inc()
            return AnswerCallbackQuery(callback_query_id=query.id)
        # An inaccessible message has date 0 and cannot be edited, a picture has no text to edit;
        # one sent in inline mode has no chat of ours.
        can_edit = isinstance(message, Message) and message.text is not None
        press = Press(query.id, message.message_id if message and can_edit else None)
        chat_id = message.chat.id if message else query.from_user.id
        event = press_of(query)
        return await self._turn(event_update, query.from_user, chat_id, event, press=press)

    async def _turn(
        self,
        update: Update,
        person: User,
        chat_id: int,
        event: Event,
        *,
        press: Press | None = None,
        said: Message | None = None,
    ) -> AnswerCallbackQuery | None:
        """`said` is the message that is being answered, when it is not a press."""
        started = perf_counter()
        kind = type(event).__name__
        # A tag such as `en-US`; of the guidance there is one text a language.
        guess = (person.language_code or "").partition("-")[0] or None
        delivery = Delivery(
            door=self._door,
            update_id=update.update_id,
            person=self._persons.key(person.id),
            event=event,
            guess=guess,
            address=str(chat_id),
        )
        try:
            async with self._replies(delivery, person.id) as replies:
                answers = said.message_id if said else None
                answer = await self._sender.deliver(chat_id, replies, press, answers)
        except JoldoshError as trouble:
            # The store or the messenger is out of reach: the update is delivered again.
            is_store = isinstance(trouble, StoreUnavailable)
            self._conversation.failed(Failure.STORE if is_store else Failure.MESSENGER)
            self._metrics.updates.labels(kind, "postponed").inc()
            raise
        except Exception:
            # The boundary of this door: a mistake of ours must not end in silence, nor be
            # delivered for a day.
            log.exception("turn.failed", event_kind=kind)
            self._conversation.failed(Failure.MISTAKE)
            self._metrics.updates.labels(kind, "failed").inc()
            lang = event.lang if isinstance(event, ButtonPressed) else None
            return await self._apologise(chat_id, lang or guess, press)
        self._metrics.updates.labels(kind, "answered").inc()
        self._metrics.turn_seconds.observe(perf_counter() - started)
        return answer

    @asynccontextmanager
    async def _replies(self, delivery: Delivery, person: int) -> AsyncIterator[Sequence[Reply]]:
        """Those of the person's turn. An admin who asks for the usage is told it, and it is no turn of theirs."""
        usage = self._usage
        if usage and person in usage.admins and delivery.event == _ASKS_FOR_USAGE:
            yield (await usage.short.page(delivery.guess),)
            return
        async with self._conversation.turn(delivery) as replies:
            yield replies

    async def _apologise(
        self, chat_id: int, lang: str | None, press: Press | None
    ) -> AnswerCallbackQuery | None:
        text = self._interface.words(lang).say("failure")
        return await self._sender.deliver(chat_id, (Page(RichText(text), in_place=False),), press)
