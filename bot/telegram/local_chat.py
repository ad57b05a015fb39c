"""What a person does in the local Telegram: each act becomes the update that Telegram would send.

It handles no update: `feed` does, as a webhook or a poller would.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from aiogram.types import Update

from bot.errors import NotPossible
from bot.telegram.local_records import Json, LocalMessage, LocalPerson
from bot.telegram.local_rules import TEXT_LIMIT
from bot.telegram.local_telegram import LocalTelegram

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{5,32})?(?![A-Za-z0-9_@/])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_NAME_LIMIT = 64


def _file(name: str, **more: object) -> Json:
    return {"file_id": f"local-{name}", "file_unique_id": f"local-{name}", **more}


_SENDABLE: dict[str, object] = {
    "photo": [_file("photo", width=1280, height=960, file_size=204800)],
    "voice": _file("voice", duration=7, mime_type="audio/ogg"),
    "video": _file("video", width=1280, height=720, duration=12),
    "sticker": _file(
        "sticker", type="regular", width=512, height=512, is_animated=False, is_video=False
    ),
    "document": _file("document", file_name="document.pdf", mime_type="application/pdf"),
    "contact": {"phone_number": "+996555000000", "first_name": "Aibek"},
}


class LocalChat:
    """Raises NotPossible for an unknown person and for what Telegram does not allow.

    Each act returns when `feed` has handled the update, and raises what `feed` raises.
    """

    def __init__(self, telegram: LocalTelegram, feed: Callable[[Update], Awaitable[None]]) -> None:
        self._telegram = telegram
        self._feed = feed

    # Persons

    def add_person(self, name: str, language: str | None = None) -> Json:
        """A person who has not written to the bot yet. `language` is a code such as `ky`."""
        name = name.strip()
        if not 1 <= len(name) <= _NAME_LIMIT:
            raise NotPossible(f"a name has 1 to {_NAME_LIMIT} characters")
        if language and not _LANGUAGE.fullmatch(language):
            raise NotPossible("a language is a code such as ky, ru or pt-br")
        person = LocalPerson(self._telegram.next_id(), name, language or None)
        self._telegram.keep_person(person)
        return person.view()

    def persons(self) -> list[Json]:
        return [person.view() for person in self._telegram.persons()]

    def remove_person(self, person_id: int) -> None:
        """As when a person deletes their account: the bot is told when it next writes."""
        self._telegram.remove_person(person_id)

    def messages(self, person_id: int) -> tuple[LocalMessage, ...]:
        return self._telegram.messages(person_id)

    def picture(self, picture: str) -> bytes | None:
        """A PNG that the bot sent, by the name that its message has in a watch."""
        return self._telegram.picture(picture)

    def document(self, document: str) -> tuple[str, bytes] | None:
        """The name and the bytes of a file that the bot sent, by the id that its message has in a watch."""
        kept = self._telegram.document(document)
        return (kept.name, kept.content) if kept else None

    def keys(self, person_id: int) -> list[list[str]]:
        """The labels of the keys in the place of the person's own keyboard."""
        return [[key["text"] for key in row] for row in self._telegram.keys(person_id)]

    def watch(self, person_id: int | None = None) -> AsyncIterator[Json]:
        """See `LocalTelegram.watch`."""
        return self._telegram.watch(person_id)

    def close(self) -> None:
        self._telegram.close()

    # Acts

    async def say(self, person_id: int, text: str) -> None:
        person = self._active(person_id)
        text = _checked(text)
        message = self._telegram.add_message(
            person_id, by_bot=False, text=text, entities=_command(text)
        )
        await self._act({"message": self._telegram.for_bot(person, message)})

    async def send(self, person_id: int, kind: str) -> None:
        """Send something that is not text: one of photo, voice, video, sticker …"""
        person = self._active(person_id)
        if kind not in _SENDABLE:
            raise NotPossible(f"can send {', '.join(_SENDABLE)}, not {kind}")
        message = self._telegram.add_message(
            person_id, by_bot=False, attachment={kind: _SENDABLE[kind]}
        )
        await self._act({"message": self._telegram.for_bot(person, message)})

    async def send_location(self, person_id: int, latitude: float, longitude: float) -> None:
        """As the key that asks for it does, or the attachment menu. Degrees."""
        person = self._active(person_id)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise NotPossible("there is no such place on Earth")
        place = {"latitude": latitude, "longitude": longitude}
        message = self._telegram.add_message(
            person_id, by_bot=False, attachment={"location": place}
        )
        await self._act({"message": self._telegram.for_bot(person, message)})

    async def edit(self, person_id: int, message_id: int, text: str) -> None:
        person = self._active(person_id)
        text = _checked(text)
        message = self._telegram.message(person_id, message_id)
        if message is None or message.by_bot or not message.text:
            raise NotPossible("a person can edit their own text messages only")
        if message.text == text:
            return
        changed = self._telegram.change_message(
            person_id, replace(message, text=text, entities=_command(text))
        )
        await self._act({"edited_message": self._telegram.for_bot(person, changed)})

    async def press(self, person_id: int, message_id: int, data: str) -> None:
        """Press a button. The message may have changed, lost the button or be gone since."""
        person = self._active(person_id)
        message = self._telegram.message(person_id, message_id)
        if message is None:
            # What Telegram sends for a message that it no longer has.
            shown: Json = {
                "message_id": message_id,
                "date": 0,
                "chat": person.private_chat(),
            }
        else:
            shown = self._telegram.for_bot(person, message)
        query = {
            "id": self._telegram.ask_query(person_id),
            "from": person.account(),
            "message": shown,
            "chat_instance": str(person_id),
            "data": data,
        }
        await self._act({"callback_query": query})

    async def set_blocked(self, person_id: int, *, blocked: bool) -> None:
        """Block the bot, or unblock it; the bot is told by `my_chat_member`."""
        person = self._telegram.person(person_id)
        if person.has_blocked == blocked:
            return
        person = replace(person, has_blocked=blocked)
        self._telegram.keep_person(person)
        member = {"status": "member", "user": self._telegram.bot}
        kicked = {"status": "kicked", "user": self._telegram.bot, "until_date": 0}
        change = {
            "chat": person.private_chat(),
            "from": person.account(),
            "date": int(self._telegram.now().timestamp()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        await self._act({"my_chat_member": change})

    def _active(self, person_id: int) -> LocalPerson:
        person = self._telegram.person(person_id)
        if person.has_blocked:
            raise NotPossible("this person has blocked the bot: unblock it first")
        return person

    async def _act(self, happening: Json) -> None:
        update_id = self._telegram.next_id()
        await self._feed(Update.model_validate({"update_id": update_id} | happening))


def _checked(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= TEXT_LIMIT:
        raise NotPossible(f"a message has 1 to {TEXT_LIMIT} characters")
    return text


def _command(text: str) -> list[Json]:
    """The entity that Telegram puts over a command at the start of a message."""
    found = _COMMAND.match(text)
    return [{"type": "bot_command", "offset": 0, "length": found.end()}] if found else []
