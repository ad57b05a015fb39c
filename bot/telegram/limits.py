"""Limits of the Bot API, each with the sentence it comes from (core.telegram.org/bots/api)."""

# InlineKeyboardButton: "Data to be sent in a callback query to the bot when the button is
# pressed, 1-64 bytes".
CALLBACK_DATA_BYTES = 64
# answerCallbackQuery: "Text of the notification … 0-200 characters".
CALLBACK_ANSWER_CHARACTERS = 200
# "Use this method to send text messages": "Text of the message to be sent, 1-4096 characters
# after entities parsing".
MESSAGE_CHARACTERS = 4096
# sendPhoto: "Photo caption …, 0-1024 characters after entities parsing".
CAPTION_CHARACTERS = 1024
# Bots FAQ: deep links, "A-Z, a-z, 0-9, _ and - … up to 64 characters".
START_PAYLOAD_CHARACTERS = 64
# Not a rule of Telegram's: clients show about so much of a button on a 360-pixel screen.
BUTTON_LABEL_CHARACTERS = 64
