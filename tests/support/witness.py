"""A second reader of what we send: python-telegram-bot, which shares no code with aiogram."""

from telegram import Message
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from bot.telegram.local_records import LocalMessage, LocalPerson

_PERSON = LocalPerson(1, "Test", None)
_BOT = {"id": 2, "is_bot": True, "first_name": "Joldosh"}
_FORMATTING = {"bold", "italic", "blockquote", "expandable_blockquote", "text_link"}


def check_with_python_telegram_bot(sent: LocalMessage) -> None:
    """Parse a sent message as another bot's library does; every limit and entity must hold there too."""
    message = Message.de_json(sent.for_bot(_PERSON, _BOT), None)
    if message.contact:
        assert message.contact.phone_number
        assert message.contact.first_name
        return
    if message.venue:
        assert message.venue.title
        assert message.venue.address
        assert message.venue.location == message.location
        return
    if message.document:
        assert message.document.file_name
        assert message.document.file_size
        assert len(message.caption or "") <= MessageLimit.CAPTION_LENGTH
        return
    if message.photo:
        assert message.caption
        assert len(message.caption) <= MessageLimit.CAPTION_LENGTH
        marked = message.parse_caption_entities()
    else:
        assert message.text is not None
        assert MessageLimit.MIN_TEXT_LENGTH <= len(message.text) <= MessageLimit.MAX_TEXT_LENGTH
        marked = message.parse_entities()
    assert len(marked) <= MessageLimit.MESSAGE_ENTITIES
    for entity, text in marked.items():
        assert entity.type in _FORMATTING
        assert text.strip() == text, f"a mark begins or ends with white space: {text!r}"
        assert text
    if message.reply_markup:
        buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
        assert len(buttons) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
        for button in buttons:
            assert button.text
            data = str(button.callback_data).encode()
            assert (
                InlineKeyboardButtonLimit.MIN_CALLBACK_DATA
                <= len(data)
                <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
            )
