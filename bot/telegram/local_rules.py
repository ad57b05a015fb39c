"""What a Bot API server refuses, and in which words. Pure checks: nothing is kept, nothing sent.

The wording is that of the public server, since callers tell refusals apart by it. Where the
server drops something silently (a link that it does not like, the 101st entity), so does this.
"""

import re
from http import HTTPStatus
from itertools import accumulate
from struct import Struct
from typing import Any
from urllib.parse import urlsplit

from bot.render.rich_text import utf16_length
from bot.telegram.local_records import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
DATA_LIMIT_BYTES = 64
BUTTON_LIMIT = 100
ENTITY_LIMIT = 100
COMMAND_LIMIT = 100
DESCRIPTION_LIMIT = 256

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = Struct(">16sII")  # signature and the beginning of the first chunk, width, height
_LARGEST_SIDES = 10_000  # pixels, both together

LARGEST_DOCUMENT = 50 * 1024 * 1024  # bytes that a bot can upload

_FORMATTING = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
# The server finds these in the text by itself and passes over them when a bot sends them.
_FOUND_BY_SERVER = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
    ]
)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class Refusal(Exception):
    """An answer that is not ok: HTTP status, description, and seconds to wait with a 429."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def checked_text(text: str, entities: Any) -> tuple[str, list[Json]]:
    """The text as the server keeps it: trimmed, entities moved along."""
    if not text:
        raise bad_request("message text is empty")
    trimmed, kept = _trimmed(text, entities)
    if not trimmed:
        raise bad_request("text must be non-empty")
    if len(trimmed) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return trimmed, kept


def checked_caption(text: str, entities: Any) -> tuple[str, list[Json]]:
    """The same for the words under a picture or a file, which may be none."""
    trimmed, kept = _trimmed(text, entities)
    if len(trimmed) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return trimmed, kept


def checked_picture(picture: bytes) -> tuple[int, int]:
    """Its width and height in pixels. The public server reads many kinds; here it is PNG."""
    if not picture.startswith(_PNG) or len(picture) < _PNG_HEAD.size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    _, width, height = _PNG_HEAD.unpack_from(picture)
    if width + height > _LARGEST_SIDES or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def checked_document(name: str, content: bytes) -> str:
    """The name of a file as the server keeps it: without folders, and without signs that cannot be seen."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > LARGEST_DOCUMENT:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
    last = re.split(r"[/\\]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip() or "file"


def _trimmed(text: str, entities: Any) -> tuple[str, list[Json]]:
    kept = _checked_entities(text, entities)
    trimmed = text.strip()
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    end = start + utf16_length(trimmed)
    moved = []
    for entity in kept:
        low = max(entity["offset"], start)
        high = min(entity["offset"] + entity["length"], end)
        if low < high:
            moved.append(entity | {"offset": low - start, "length": high - low})
    return trimmed, moved[:ENTITY_LIMIT]


def _checked_entities(text: str, entities: Any) -> list[Json]:
    starts = list(accumulate((utf16_length(character) for character in text), initial=0))
    boundaries, end_of_text = set(starts), starts[-1]
    kept = []
    for entity in entities or []:
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if kind in _FOUND_BY_SERVER:
            continue
        if kind not in _FORMATTING:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if not isinstance(offset, int) or offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if not isinstance(length, int) or length < 0:
            raise bad_request(f"receive an entity with incorrect length {length}")
        end = offset + length
        if offset > end_of_text:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        beginning = f"entity beginning at UTF-16 offset {offset}"
        if end > end_of_text:
            raise bad_request(f"{beginning} ends after the end of the text at UTF-16 offset {end}")
        if offset not in boundaries:
            raise bad_request("entity begins in a middle of a UTF-16 symbol")
        if end not in boundaries:
            raise bad_request(f"{beginning} ends in a middle of a UTF-16 symbol")
        if kind == "text_link":
            try:
                kept.append(entity | {"url": checked_link(str(entity.get("url", "")))})
            except ValueError:
                continue
        else:
            kept.append(entity)
    return kept


def checked_link(url: str) -> str:
    """The link as the server keeps it. Raises ValueError with the server's reason."""
    complete = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(complete)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError("Wrong HTTP URL") from error
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        raise ValueError("Unsupported URL protocol")
    if parts.scheme in {"http", "https"} and "." not in host:
        raise ValueError("Wrong HTTP URL")
    return complete


def checked_keyboard(markup: Any) -> list[list[Json]]:
    """The rows of an inline keyboard, empty ones left out."""
    if not markup:
        return []
    if "inline_keyboard" not in markup:
        raise bad_request("the local Telegram shows inline keyboards only with this method")
    rows = [[_checked_button(button) for button in row] for row in markup["inline_keyboard"]]
    if sum(map(len, rows)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def checked_reply_keyboard(markup: Any) -> list[list[Json]] | None:
    """The keys in the place of the person's own keyboard; none when it is to be taken away; None
    when the markup is of another kind.
    """
    match markup:
        case {"remove_keyboard": True}:
            return []
        case {"keyboard": list(rows)}:
            return [[_checked_key(key) for key in row] for row in rows if row]
        case _:
            return None


def _checked_key(key: Json) -> Json:
    label = str(key.get("text", "")).strip()
    if not label:
        raise bad_request("keyboard button text must be non-empty")
    if others := key.keys() - {"text", "request_location"}:
        raise bad_request(f"the local Telegram shows no key with {', '.join(sorted(others))}")
    return {"text": label, "asks_location": bool(key.get("request_location"))}


def _checked_button(button: Json) -> Json:
    label = str(button.get("text", "")).strip()
    if not label:
        raise bad_request("text buttons must have non-empty text")
    match sorted(button.keys() - {"text", "style", "icon_custom_emoji_id"}):
        case ["callback_data"]:
            if not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
            return {"text": label, "callback_data": button["callback_data"]}
        case ["url"]:
            try:
                return {"text": label, "url": checked_link(button["url"])}
            except ValueError as error:
                raise bad_request(
                    f"inline keyboard button URL '{button['url']}' is invalid: {error}"
                ) from error
        case []:
            raise bad_request("text buttons are unallowed in the inline keyboard")
        case kinds:
            raise bad_request(f"the local Telegram shows no button with {', '.join(kinds)}")


def checked_toast(text: str) -> str:
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    return text


def checked_commands(commands: Any) -> list[Json]:
    if len(commands) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [
        {"command": item["command"].removeprefix("/"), "description": item["description"]}
        for item in commands
    ]


def checked_length(text: str, limit: int, reason: str) -> str:
    if len(text) > limit:
        raise bad_request(reason)
    return text


def checked_language(code: str) -> str:
    """An empty code or a two-letter one."""
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
