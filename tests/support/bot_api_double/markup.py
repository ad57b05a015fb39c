"""The server's rules for texts, entities and keyboards. Each check raises the server's own refusal."""

from typing import Any
from urllib.parse import urlsplit

from tests.support.bot_api_double.wire import Json, Refusal

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA_BYTES = 64
MAX_BUTTONS = 100


def checked_text(arguments: Json) -> Json:
    """`text` and `entities` of a message. Entities only: marked-up text is not parsed here."""
    shown = _checked(arguments, "text", "entities")
    if "text" not in shown:
        raise Refusal(400, "Bad Request: message text is empty")
    if len(shown["text"]) > MAX_TEXT:
        raise Refusal(400, "Bad Request: message is too long")
    return shown


def checked_caption(arguments: Json) -> Json:
    """The words under a picture, which may be none."""
    shown = _checked(arguments, "caption", "caption_entities")
    if len(shown.get("caption", "")) > MAX_CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    return shown


def _checked(arguments: Json, words: str, marks: str) -> Json:
    if arguments.get("parse_mode"):
        raise Refusal(400, "Bad Request: can't parse entities: the double reads no parse_mode")
    text = str(arguments.get(words, "")).strip()
    entities = arguments.get(marks) or []
    length = len(text.encode("utf-16-le")) // 2
    for entity in entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > length:
            raise Refusal(400, "Bad Request: ENTITY_BOUNDS_INVALID")
    # Links that Telegram cannot open are dropped without a word.
    shown = [e for e in entities if e["type"] != "text_link" or _opens(e["url"])]
    content: Json = {words: text} if text else {}
    return content | ({marks: shown} if shown else {})


def checked_inline_keyboard(markup: Any) -> Json | None:
    """The inline keyboard of a message, or `None` when the markup is of another kind."""
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise Refusal(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def checked_keys(markup: Any) -> list[Json] | None:
    """The keys of a reply keyboard, none when it is removed; `None` when this is neither."""
    if not isinstance(markup, dict):
        return None
    if markup.get("remove_keyboard"):
        return []
    if "keyboard" not in markup:
        return None
    keys = [key for row in markup["keyboard"] for key in row]
    if not all(str(key.get("text", "")).strip() for key in keys):
        raise Refusal(400, "Bad Request: keyboard button text must be non-empty")
    return keys


def takes_editing_away(markup: Any) -> bool:
    """A message sent with a reply keyboard, its removal or a forced reply can't be edited."""
    kinds = ("keyboard", "remove_keyboard", "force_reply")
    return isinstance(markup, dict) and any(kind in markup for kind in kinds)


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise Refusal(400, "Bad Request: inline keyboard button text is empty")
    kinds = [name for name in button if name not in {"text", "style", "icon_custom_emoji_id"}]
    if len(kinds) != 1:
        raise Refusal(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= MAX_CALLBACK_DATA_BYTES:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in button and not _opens(button["url"]):
        problem = "Unsupported URL protocol or wrong HTTP URL"
        raise Refusal(
            400,
            f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: {problem}",
        )


def _opens(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return True
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and "." in host and not host.startswith("127.")
