"""What each Bot API method does in the local Telegram. It reads form fields and answers JSON.

Only the methods that this bot uses are here; every other one is refused by name.
"""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from mimetypes import guess_type
from typing import Any

from aiogram.enums import ChatAction

from bot.errors import NotPossible
from bot.telegram.local_delivery import delivery_methods
from bot.telegram.local_fields import Fields, Methods, SentFile
from bot.telegram.local_profile import profile_methods
from bot.telegram.local_records import Json, LocalMessage, LocalPerson
from bot.telegram.local_rules import (
    Refusal,
    bad_request,
    checked_caption,
    checked_document,
    checked_keyboard,
    checked_picture,
    checked_reply_keyboard,
    checked_text,
    checked_toast,
)
from bot.telegram.local_telegram import LocalTelegram

_DELETABLE_FOR = timedelta(hours=48)


class LocalMethods:
    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self._methods: Methods = {
            "getMe": self._get_me,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendContact": self._send_contact,
            "sendDocument": self._send_document,
            "sendVenue": self._send_venue,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "deleteMessage": self._delete_message,
            "answerCallbackQuery": self._answer_callback_query,
        }
        self._methods |= profile_methods(telegram.profile, telegram.change_profile)
        self._methods |= delivery_methods(telegram.delivery)

    async def call(self, api_method: str, fields: Fields) -> Any:
        """The result of the method as JSON. Raises Refusal."""
        if api_method not in self._methods:
            raise bad_request(f"the local Telegram does not answer {api_method}")
        result = self._methods[api_method](fields)
        return await result if isinstance(result, Awaitable) else result

    # Messages

    def _get_me(self, _fields: Fields) -> Json:
        abilities = {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        return self._telegram.bot | abilities

    def _send_message(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        _refuse_parse_mode(fields)
        text, entities = checked_text(fields.text("text"), fields.parsed("entities"))
        keys = checked_reply_keyboard(fields.parsed("reply_markup"))
        rows = _keyboard(fields) if keys is None else []
        return self._sent(
            person,
            text=text,
            entities=entities,
            rows=rows,
            keys=keys,
            replies_to=self._replied_to(person, fields),
        )

    def _send_photo(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        _refuse_parse_mode(fields)
        if not fields.text("photo"):
            raise bad_request("there is no photo in the request")
        picture = fields.file("photo")
        file_id = (
            fields.text("photo")
            if picture is None
            else self._telegram.keep_picture(picture.content)
        )
        kept = self._telegram.picture(file_id)
        if kept is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        width, height = checked_picture(kept)
        caption, entities = checked_caption(
            fields.text("caption"), fields.parsed("caption_entities")
        )
        size = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "width": width,
            "height": height,
            "file_size": len(kept),
        }
        return self._sent(
            person,
            text=caption,
            entities=entities,
            rows=_keyboard(fields),
            attachment={"photo": [size]},
        )

    def _send_document(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        _refuse_parse_mode(fields)
        if not fields.text("document"):
            raise bad_request("there is no document in the request")
        file_id, sent = fields.text("document"), fields.file("document")
        if sent is not None:
            named = replace(sent, name=checked_document(sent.name, sent.content))
            file_id = self._telegram.keep_document(named)
        kept = self._telegram.document(file_id)
        if kept is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        caption, entities = checked_caption(
            fields.text("caption"), fields.parsed("caption_entities")
        )
        return self._sent(
            person,
            text=caption,
            entities=entities,
            rows=_keyboard(fields),
            attachment={"document": _document(file_id, kept)},
        )

    def _send_contact(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        contact = {
            name: value
            for name in ("phone_number", "first_name", "last_name", "vcard")
            if (value := fields.text(name).strip())
        }
        if "phone_number" not in contact:
            raise bad_request("phone number is empty")
        if "first_name" not in contact:
            raise bad_request("first name is empty")
        return self._sent(person, rows=_keyboard(fields), attachment={"contact": contact})

    def _send_venue(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        venue = {
            "location": {
                "latitude": fields.number("latitude"),
                "longitude": fields.number("longitude"),
            },
            "title": fields.text("title").strip(),
            "address": fields.text("address").strip(),
        }
        for name in ("title", "address"):
            if not venue[name]:
                raise bad_request(f"{name} must be non-empty")
        # The Bot API sets `location` beside `venue`, for programs that know no venues.
        attachment = {"venue": venue, "location": venue["location"]}
        return self._sent(person, rows=_keyboard(fields), attachment=attachment)

    def _send_chat_action(self, fields: Fields) -> bool:
        person = self._reachable(fields)
        action = fields.text("action")
        if action not in set(ChatAction):
            raise bad_request("wrong parameter action in request")
        if action == ChatAction.TYPING:
            self._telegram.show_typing(person.id)
        return True

    def _edit_message_text(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        _refuse_parse_mode(fields)
        message = self._own_message(person, fields)
        if not message.text or message.attachment:
            raise bad_request("there is no text in the message to edit")
        text, entities = checked_text(fields.text("text"), fields.parsed("entities"))
        return self._changed(
            person, message, replace(message, text=text, entities=entities, rows=_keyboard(fields))
        )

    def _edit_message_reply_markup(self, fields: Fields) -> Json:
        person = self._reachable(fields)
        message = self._own_message(person, fields)
        return self._changed(person, message, replace(message, rows=_keyboard(fields)))

    def _delete_message(self, fields: Fields) -> bool:
        person = self._reachable(fields)
        message = self._telegram.message(person.id, fields.integer("message_id"))
        if message is None:
            raise bad_request("message to delete not found")
        if self._telegram.now() - message.sent > _DELETABLE_FOR:
            raise bad_request("message can't be deleted for everyone")
        self._telegram.delete_message(person.id, message.id)
        return True

    def _answer_callback_query(self, fields: Fields) -> bool:
        text = checked_toast(fields.text("text"))
        if fields.text("url"):
            raise bad_request("URL_INVALID")
        query = fields.text("callback_query_id")
        if not self._telegram.answer_query(query, text, is_alert=fields.flag("show_alert")):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return True

    def _reachable(self, fields: Fields) -> LocalPerson:
        if not fields.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = fields.integer("chat_id")
        if self._telegram.is_deactivated(chat_id):
            raise Refusal(403, "Forbidden: user is deactivated")
        try:
            person = self._telegram.person(chat_id)
        except NotPossible as error:
            raise bad_request("chat not found") from error
        if person.has_blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        # A bot cannot write first: it learns of a person when they write to it.
        if not self._telegram.is_started(chat_id):
            raise bad_request("chat not found")
        return person

    def _replied_to(self, person: LocalPerson, fields: Fields) -> int | None:
        parameters = fields.parsed("reply_parameters") or {}
        if not parameters:
            return None
        message_id = int(parameters.get("message_id", 0))
        if self._telegram.message(person.id, message_id):
            return message_id
        if not parameters.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return None

    def _own_message(self, person: LocalPerson, fields: Fields) -> LocalMessage:
        message = self._telegram.message(person.id, fields.integer("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not (message.by_bot and message.can_be_edited):
            raise bad_request("message can't be edited")
        return message

    def _sent(self, person: LocalPerson, **content: Any) -> Json:
        message = self._telegram.add_message(person.id, by_bot=True, **content)
        return self._telegram.for_bot(person, message)

    def _changed(self, person: LocalPerson, old: LocalMessage, new: LocalMessage) -> Json:
        if new == old:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        changed = self._telegram.change_message(person.id, new)
        return self._telegram.for_bot(person, changed)


def _keyboard(fields: Fields) -> list[list[Json]]:
    return checked_keyboard(fields.parsed("reply_markup"))


def _document(file_id: str, kept: SentFile) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_name": kept.name,
        "mime_type": guess_type(kept.name)[0] or "application/octet-stream",
        "file_size": len(kept.content),
    }


def _refuse_parse_mode(fields: Fields) -> None:
    if fields.text("parse_mode"):
        raise bad_request("the local Telegram parses no markup; send entities")
