"""Requests and answers as bytes: how arguments are read and results are written. It knows no method."""

import json
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]

# Everything else stays the text that it is: a message "123" is no number.
_JSON_ARGUMENTS = frozenset(
    {
        "allowed_updates",
        "cache_time",
        "caption_entities",
        "chat_id",
        "commands",
        "disable_notification",
        "drop_pending_updates",
        "entities",
        "from_chat_id",
        "is_personal",
        "latitude",
        "limit",
        "link_preview_options",
        "longitude",
        "max_connections",
        "menu_button",
        "message_id",
        "message_thread_id",
        "offset",
        "protect_content",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
        "show_alert",
        "timeout",
    }
)


class Refusal(Exception):
    """The server's "no": a code and a description, as they stand in its answer."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    content_type: str = "application/json"


def granted(result: object) -> Answer:
    return Answer(200, _dumped({"ok": True, "result": result}))


def refused(refusal: Refusal) -> Answer:
    body: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return Answer(refusal.code, _dumped(body))


def read_arguments(content_type: str, body: bytes) -> Json:
    """Arguments of a call from a JSON, urlencoded or multipart body. Files become `{"file": name, "size": bytes}`."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/json":
        loaded = json.loads(body)
        return loaded if isinstance(loaded, dict) else {}
    if kind == "multipart/form-data":
        return _read_parts(content_type, body)
    if kind == "application/x-www-form-urlencoded":
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        return {name: _value(name, text) for name, text in pairs}
    return {}


def _read_parts(content_type: str, body: bytes) -> Json:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    arguments: Json = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        if (file_name := part.get_filename()) is not None:
            arguments[name] = {"file": file_name, "size": len(content)}
        else:
            arguments[name] = _value(name, content.decode())
    return arguments


def _value(name: str, text: str) -> Any:
    if name not in _JSON_ARGUMENTS:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _dumped(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
