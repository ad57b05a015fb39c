"""What stands in a button's `callback_data`: the action and for whom its page was made.

Form: `<action>|<language>|<citizenship>`, ASCII, at most 64 bytes. Reading never fails: a
button of any age or making gives an event.
"""

from bot.conversation.actions import Action, Unreadable, read, written
from bot.conversation.events import ButtonPressed
from bot.guide.citizenship import Citizenship, citizenship_named
from bot.telegram.limits import CALLBACK_DATA_BYTES

_LONGEST_LANGUAGE_CODE = 8


def pack(action: Action, lang: str | None, citizenship: Citizenship | None) -> str:
    """The payload of a button. What does not fit is left out: first for whom it was made, then
    all but "menu".
    """
    form = written(action)
    payload = f"{form}|{lang or ''}|{citizenship or ''}"
    for candidate in (payload, form):
        if candidate.isascii() and len(candidate) <= CALLBACK_DATA_BYTES:
            return candidate
    return written(Unreadable())


def unpack(payload: str | None) -> ButtonPressed:
    """The event of pressing a button with this payload."""
    form, _, reader = (payload or "").partition("|")
    lang, _, citizenship = reader.partition("|")
    is_code = lang.isascii() and lang.isalpha() and len(lang) <= _LONGEST_LANGUAGE_CODE
    return ButtonPressed(
        action=read(form),
        lang=lang if is_code else None,
        citizenship=citizenship_named(citizenship) if citizenship else None,
    )
