"""Telegram's messages and presses → events of the conversation. Takes any message; must not keep any of it."""

import re
from dataclasses import replace

from aiogram.types import CallbackQuery, ContentType, Message

from bot.conversation.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    LocationSent,
    NotTextKind,
    NotTextSent,
    Started,
    TextTyped,
)
from bot.guide.place import Point
from bot.telegram.callbacks import unpack
from bot.telegram.limits import START_PAYLOAD_CHARACTERS

# Telegram: commands are "1-32 characters. Can contain only lowercase English letters, digits
# and underscores"; persons type capitals too, and groups add @name.
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)

_KINDS: dict[str, NotTextKind] = {
    ContentType.PHOTO: NotTextKind.PHOTO,
    ContentType.LIVE_PHOTO: NotTextKind.PHOTO,
    ContentType.VOICE: NotTextKind.VOICE,
    ContentType.VIDEO_NOTE: NotTextKind.VOICE,
    ContentType.AUDIO: NotTextKind.VOICE,
    ContentType.STICKER: NotTextKind.STICKER,
    ContentType.ANIMATION: NotTextKind.STICKER,
    ContentType.DICE: NotTextKind.STICKER,
    ContentType.DOCUMENT: NotTextKind.DOCUMENT,
    ContentType.CONTACT: NotTextKind.CONTACT,
    **dict.fromkeys(
        (
            ContentType.TEXT,  # of nothing but white space
            ContentType.VIDEO,
            ContentType.POLL,
            ContentType.STORY,
            ContentType.GAME,
            ContentType.CHECKLIST,
            ContentType.PAID_MEDIA,
            ContentType.RICH_MESSAGE,
            ContentType.INVOICE,
            ContentType.GIVEAWAY,
            ContentType.GIVEAWAY_WINNERS,
            ContentType.UNKNOWN,
        ),
        NotTextKind.OTHER,
    ),
}


def event_of(message: Message) -> Event | None:
    """What the person did, or None for a service message that nobody wrote (pinned, joined,
    timer set …).
    """
    text = message.text or message.caption
    if text and text.strip():
        return event_of_text(text)
    # A live one as it begins, or a venue, which Telegram sends with both; what moves later is an edit.
    place = message.location or (message.venue and message.venue.location)
    if place:
        return LocationSent(Point(place.latitude, place.longitude))
    kind = _KINDS.get(message.content_type)
    return NotTextSent(kind) if kind else None


def event_of_text(text: str) -> Event:
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return TextTyped(text)
    name, argument = command.group(1).lower(), (command.group(2) or "").strip()
    if name == "start":
        return Started(argument[:START_PAYLOAD_CHARACTERS] or None)
    return CommandGiven(name, argument)


def press_of(query: CallbackQuery) -> ButtonPressed:
    """What the button stands for, with the question that its page answers while Telegram still has both."""
    pressed = unpack(query.data)
    answer = query.message
    if not isinstance(answer, Message) or answer.reply_to_message is None:
        return pressed
    asked = answer.reply_to_message
    if asked.from_user is None or asked.from_user.id != query.from_user.id:
        return pressed
    if asked.edit_date is not None and asked.edit_date > answer.date.timestamp():
        # Put right since: that text had an answer of its own.
        return pressed
    return replace(pressed, question=_question_in(asked))


def _question_in(message: Message) -> str | None:
    match event_of(message):
        case TextTyped(text):
            return text
        case CommandGiven("ask", text) if text:
            return text
        case _:
            return None
