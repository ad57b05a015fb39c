"""The bot's account on the server: its chats, its messages and what its methods do. It knows no HTTP.

A method is a function of its arguments; it returns the result or raises `Refusal`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.bot_api_double.markup import (
    checked_caption,
    checked_inline_keyboard,
    checked_keys,
    checked_text,
    takes_editing_away,
)
from tests.support.bot_api_double.wire import Json, Refusal

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
_MAX_TOAST = 200
# Taken and answered with True; the double has nothing to do for them.
_ACKNOWLEDGED = (
    "answerInlineQuery",
    "closeForumTopic",
    "deleteMyCommands",
    "editForumTopic",
    "reopenForumTopic",
    "setChatMenuButton",
    "setMessageReaction",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
)


@dataclass(slots=True)
class Message:
    """`body` is what the server shows of it. The other two decide whether the bot may edit it."""

    body: Json
    by_bot: bool
    editable: bool = True

    @property
    def keyboard(self) -> list[Json]:
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(slots=True)
class Chat:
    """`keys` are those that the bot has put in the place of the person's own keyboard."""

    info: Json
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keys: list[Json] = field(default_factory=list)

    def last(self, *, with_keyboard: bool = False) -> Message | None:
        """The bot's last message."""
        for message in reversed(self.messages.values()):
            if message.by_bot and (message.keyboard or not with_keyboard):
                return message
        return None


class Account:
    """`strangers_welcome`: chats and callback queries that the double has not made count as known."""

    def __init__(self, token: str, *, strangers_welcome: bool = False) -> None:
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Double",
            "username": "double_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.chats: dict[int, Chat] = {}
        self.commands: dict[str, Any] = {}
        self.open_queries: set[str] = set()
        self.photos: dict[str, int] = {}
        self._strangers_welcome = strangers_welcome
        self._last_id = 0
        self._methods: dict[str, Callable[[Json], object]] = {
            "answercallbackquery": self._answer_callback_query,
            "copymessage": self._copy_message,
            "createforumtopic": self._create_forum_topic,
            "deletemessage": self._delete_message,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "editmessagetext": self._edit_message_text,
            "getchat": lambda arguments: self._chat(arguments).info,
            "getme": lambda _: self.me,
            "getmycommands": self._get_my_commands,
            "sendchataction": lambda arguments: bool(self._chat(arguments)),
            "sendcontact": self._send_contact,
            "senddocument": self._send_document,
            "sendphoto": self._send_photo,
            "sendmessage": self._send_message,
            "sendvenue": self._send_venue,
            "setmycommands": self._set_my_commands,
        } | dict.fromkeys((name.lower() for name in _ACKNOWLEDGED), lambda _: True)

    def perform(self, method: str, arguments: Json) -> object:
        """Do what the method says. `method` is in lower case. Raises `Refusal`."""
        function = self._methods.get(method)
        if function is None:
            raise Refusal(404, "Not Found: method not found")
        return function(arguments)

    def new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def keep(self, chat: Chat, content: Json, *, sender: Json, editable: bool = True) -> Message:
        """Put a message into a chat, whoever wrote it."""
        body = {
            "message_id": self.new_id(),
            "from": sender,
            "chat": chat.info,
            "date": int(time.time()),
            **content,
        }
        message = Message(body, by_bot=sender is self.me, editable=editable)
        chat.messages[body["message_id"]] = message
        return message

    def _chat(self, arguments: Json) -> Chat:
        chat_id = arguments.get("chat_id")
        if not isinstance(chat_id, int):
            raise Refusal(400, "Bad Request: chat_id is empty")
        chat = self.chats.get(chat_id)
        if chat is None:
            if not self._strangers_welcome:
                raise Refusal(400, "Bad Request: chat not found")
            chat = Chat({"id": chat_id, "type": "private", "first_name": "Stranger"})
            self.chats[chat_id] = chat
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def _send(self, arguments: Json, content: Json) -> Json:
        chat = self._chat(arguments)
        markup = arguments.get("reply_markup")
        if keyboard := checked_inline_keyboard(markup):
            content["reply_markup"] = keyboard
        if thread := arguments.get("message_thread_id"):
            content |= {"message_thread_id": thread, "is_topic_message": True}
        replied_to = (arguments.get("reply_parameters") or {}).get("message_id")
        if replied_to in chat.messages:
            content["reply_to_message"] = chat.messages[replied_to].body
        if (keys := checked_keys(markup)) is not None:
            chat.keys = keys
        editable = not takes_editing_away(markup)
        return self.keep(chat, content, sender=self.me, editable=editable).body

    def _send_message(self, arguments: Json) -> Json:
        return self._send(arguments, checked_text(arguments))

    def _send_contact(self, arguments: Json) -> Json:
        for name in ("phone_number", "first_name"):
            if not arguments.get(name):
                raise Refusal(400, f"Bad Request: {name} is empty")
        names = ("phone_number", "first_name", "last_name", "vcard")
        contact = {name: arguments[name] for name in names if name in arguments}
        return self._send(arguments, {"contact": contact})

    def _send_venue(self, arguments: Json) -> Json:
        location = {name: float(arguments[name]) for name in ("latitude", "longitude")}
        venue = {
            "location": location,
            "title": arguments["title"],
            "address": arguments["address"],
        }
        return self._send(arguments, {"venue": venue, "location": location})

    def _send_photo(self, arguments: Json) -> Json:
        sent = _attached(arguments, "photo")
        if isinstance(sent, dict):
            file_id = f"photo-{len(self.photos) + 1}"
            self.photos[file_id] = sent["size"]
        elif sent in self.photos:
            file_id = sent
        else:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        size = {"file_id": file_id, "file_unique_id": file_id, "width": 960, "height": 1280}
        content: Json = {"photo": [size | {"file_size": self.photos[file_id]}]}
        return self._send(arguments, content | checked_caption(arguments))

    def _send_document(self, arguments: Json) -> Json:
        sent = _attached(arguments, "document")
        if not sent:
            raise Refusal(400, "Bad Request: there is no document in the request")
        document = {"file_id": f"file-{self._last_id + 1}", "file_unique_id": f"{self._last_id}"}
        if isinstance(sent, dict):
            document |= {"file_name": sent["file"], "file_size": sent["size"]}
        return self._send(arguments, {"document": document})

    def _copy_message(self, arguments: Json) -> Json:
        source = self._chat({"chat_id": arguments.get("from_chat_id")})
        message = source.messages.get(arguments["message_id"])
        if message is None:
            raise Refusal(400, "Bad Request: message to copy not found")
        own = {"message_id", "from", "chat", "date", "edit_date", "reply_markup"}
        content = {name: value for name, value in message.body.items() if name not in own}
        return {"message_id": self._send(arguments, content)["message_id"]}

    def _create_forum_topic(self, arguments: Json) -> Json:
        self._chat(arguments)
        thread = self.new_id()
        return {"message_thread_id": thread, "name": arguments["name"], "icon_color": 7322096}

    def _edit_message_text(self, arguments: Json) -> Json:
        message = self._editable(arguments)
        if "text" not in message.body:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        return self._edit(message, checked_text(arguments), arguments)

    def _edit_message_reply_markup(self, arguments: Json) -> Json:
        message = self._editable(arguments)
        kept: Json = {
            name: message.body[name] for name in ("text", "entities") if name in message.body
        }
        return self._edit(message, kept, arguments)

    def _edit(self, message: Message, content: Json, arguments: Json) -> Json:
        # Without a keyboard in the call the message loses the one it had.
        if keyboard := checked_inline_keyboard(arguments.get("reply_markup")):
            content["reply_markup"] = keyboard
        edited = ("text", "entities", "reply_markup")
        if all(message.body.get(name) == content.get(name) for name in edited):
            raise Refusal(400, NOT_MODIFIED)
        kept = {name: value for name, value in message.body.items() if name not in edited}
        message.body = {**kept, "edit_date": int(time.time()), **content}
        return message.body

    def _editable(self, arguments: Json) -> Message:
        message = self._chat(arguments).messages.get(arguments.get("message_id", 0))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if not (message.by_bot and message.editable):
            raise Refusal(400, "Bad Request: message can't be edited")
        return message

    def _delete_message(self, arguments: Json) -> bool:
        if self._chat(arguments).messages.pop(arguments.get("message_id", 0), None) is None:
            raise Refusal(400, "Bad Request: message to delete not found")
        return True

    def _answer_callback_query(self, arguments: Json) -> bool:
        if len(str(arguments.get("text", ""))) > _MAX_TOAST:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        known = arguments.get("callback_query_id") in self.open_queries
        if not (known or self._strangers_welcome):
            raise Refusal(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        return True

    def _set_my_commands(self, arguments: Json) -> bool:
        self.commands[_language_of(arguments)] = arguments["commands"]
        return True

    def _get_my_commands(self, arguments: Json) -> Any:
        return self.commands.get(_language_of(arguments), [])


def _attached(arguments: Json, name: str) -> Any:
    """A file that came along, or the id of one."""
    sent = arguments.get(name)
    if isinstance(sent, str) and sent.startswith("attach://"):
        return arguments.get(sent.removeprefix("attach://"))
    return sent


def _language_of(arguments: Json) -> str:
    return str(arguments.get("language_code", ""))
