"""The dispatcher: which kinds of update are served, and by what. The same for every session
behind `Bot`.
"""

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from bot.telegram.handling import Handling

# What Telegram is asked to deliver. The rest is neither fetched nor answered: inline queries,
# channel posts, payments.
SERVED_UPDATES = ("message", "edited_message", "callback_query")


def make_dispatcher(handling: Handling) -> Dispatcher:
    """Handlers without filters: one kind of update, one handler."""
    # The conversation keeps its own state (ADR 0003), so aiogram's middleware for it would
    # only cost time.
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.message.register(handling.on_message)
    dispatcher.edited_message.register(handling.on_edited_message)
    dispatcher.callback_query.register(handling.on_press)
    return dispatcher


async def feed(dispatcher: Dispatcher, bot: Bot, update: Update) -> TelegramMethod[object] | None:
    """Handle one update; what is returned is still to be called, or put into a webhook's
    response. What was not asked for still comes for a while after it was switched off.
    """
    if not any(getattr(update, kind) for kind in SERVED_UPDATES):
        # aiogram warns of kinds that it does not know, and prints the whole update.
        return None
    result = await dispatcher.feed_update(bot, update)
    return result if isinstance(result, TelegramMethod) else None
