"""The local Telegram: one bot, its private chats with persons, and those who watch them.

It holds state and says what changed. What the bot may do is in `local_methods`, what a person
may do in `local_chat`; both work on this.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from bot.errors import NotPossible
from bot.telegram.local_delivery import LocalDelivery
from bot.telegram.local_fields import SentFile
from bot.telegram.local_profile import LocalProfile
from bot.telegram.local_records import Json, LocalMessage, LocalPerson

_BOT_ID = 4242424242
# Opens nothing: it names the one bot of this Telegram.
LOCAL_TOKEN = f"{_BOT_ID}:the-local-telegram-knows-no-other-bot"
# About as long as a phone waits for the answer to a press.
QUERY_LIFETIME = timedelta(seconds=30)
_MESSAGE_IDS_FROM = datetime(2020, 1, 1, tzinfo=UTC)


class LocalTelegram:
    """`now` gives the time in UTC; every id is made from it, so that a restart reuses none."""

    def __init__(self, now: Callable[[], datetime], *, bot_name: str = "Joldosh") -> None:
        self.now = now
        self.bot: Json = {
            "id": _BOT_ID,
            "is_bot": True,
            "first_name": bot_name,
            "username": "joldosh_local_bot",
        }
        self.profile = LocalProfile(texts={("name", ""): bot_name})
        self.delivery = LocalDelivery(now)
        self._persons: dict[int, LocalPerson] = {}
        self._chats: dict[int, dict[int, LocalMessage]] = {}
        self._started: set[int] = set()
        self._keys: dict[int, list[list[Json]]] = {}
        self._queries: dict[str, tuple[int, datetime]] = {}
        self._watches: set[_Watch] = set()
        self._pictures: dict[str, bytes] = {}
        self._documents: dict[str, SentFile] = {}
        self._last_id = 0
        self._last_message_id = 0

    def next_id(self) -> int:
        """Microseconds of the clock, and larger than any id before."""
        self._last_id = max(self._last_id + 1, int(self.now().timestamp() * 1_000_000))
        return self._last_id

    # Persons

    def persons(self) -> tuple[LocalPerson, ...]:
        return tuple(self._persons.values())

    def person(self, person_id: int) -> LocalPerson:
        """Raises NotPossible when there is no such person (any more)."""
        if person_id not in self._persons:
            raise NotPossible("there is no such person in the local chat")
        return self._persons[person_id]

    def keep_person(self, person: LocalPerson) -> None:
        """Add a person, or put the changed record in the place of the old one."""
        is_new = person.id not in self._persons
        self._persons[person.id] = person
        if is_new:
            self._chats[person.id] = {}
            self._tell(person.id, self.snapshot(person.id))
        else:
            self._tell(person.id, {"type": "person", "person": person.view()})

    def remove_person(self, person_id: int) -> None:
        del self._persons[self.person(person_id).id]
        self._tell(person_id, {"type": "removed"})
        for watch in [watch for watch in self._watches if watch.chat == person_id]:
            watch.queue.put_nowait(None)

    def is_deactivated(self, person_id: int) -> bool:
        return person_id in self._chats and person_id not in self._persons

    def is_started(self, person_id: int) -> bool:
        """Whether they did anything yet: before that a bot cannot write to them."""
        return person_id in self._started

    # Messages

    def messages(self, person_id: int) -> tuple[LocalMessage, ...]:
        """Oldest first."""
        return tuple(self._chats[self.person(person_id).id].values())

    def message(self, person_id: int, message_id: int) -> LocalMessage | None:
        return self._chats.get(person_id, {}).get(message_id)

    def for_bot(self, person: LocalPerson, message: LocalMessage) -> Json:
        """The message as the bot gets it, with the one that it replies to while that is there."""
        replied_to = self.message(person.id, message.replies_to or 0)
        return message.for_bot(person, self.bot, replied_to)

    def add_message(
        self,
        person_id: int,
        *,
        by_bot: bool,
        text: str = "",
        entities: list[Json] | None = None,
        rows: list[list[Json]] | None = None,
        attachment: Json | None = None,
        keys: list[list[Json]] | None = None,
        replies_to: int | None = None,
    ) -> LocalMessage:
        """`keys` take the place of the person's own keyboard, or give it back when there are none."""
        if not by_bot:
            self._started.add(person_id)
        message = LocalMessage(
            id=self._next_message_id(),
            by_bot=by_bot,
            sent=self.now(),
            text=text,
            entities=entities or [],
            rows=rows or [],
            attachment=attachment or {},
            can_be_edited=keys is None,
            replies_to=replies_to,
        )
        self._chats[person_id][message.id] = message
        if keys is not None:
            self._keys[person_id] = keys
            self._tell(person_id, {"type": "keys", "keys": keys})
        self._tell(person_id, {"type": "message", "message": message.view()})
        return message

    def keys(self, person_id: int) -> list[list[Json]]:
        """What stands in the place of the person's own keyboard."""
        return self._keys.get(person_id, [])

    def change_message(self, person_id: int, message: LocalMessage) -> LocalMessage:
        changed = replace(message, edited=self.now())
        self._chats[person_id][message.id] = changed
        self._tell(person_id, {"type": "message", "message": changed.view()})
        return changed

    def delete_message(self, person_id: int, message_id: int) -> None:
        del self._chats[person_id][message_id]
        self._tell(person_id, {"type": "deleted", "id": message_id})

    def _next_message_id(self) -> int:
        """Seconds of the clock: in Telegram these are 32-bit numbers, one row for all chats."""
        seconds = int((self.now() - _MESSAGE_IDS_FROM).total_seconds())
        self._last_message_id = max(self._last_message_id + 1, seconds)
        return self._last_message_id

    # Pictures and files

    def keep_picture(self, picture: bytes) -> str:
        """The id by which the bot can send it again, to anybody."""
        file_id = f"local-{blake2b(picture, digest_size=16).hexdigest()}"
        self._pictures[file_id] = picture
        return file_id

    def picture(self, file_id: str) -> bytes | None:
        return self._pictures.get(file_id)

    def keep_document(self, document: SentFile) -> str:
        """The same for a file that is to be saved. Its id goes with its name."""
        named = document.name.encode() + b"\0" + document.content
        file_id = f"local-{blake2b(named, digest_size=16).hexdigest()}"
        self._documents[file_id] = document
        return file_id

    def document(self, file_id: str) -> SentFile | None:
        return self._documents.get(file_id)

    # Presses

    def ask_query(self, person_id: int) -> str:
        """The id of a new callback query, which can be answered once and soon."""
        self._started.add(person_id)
        query = str(self.next_id())
        self._queries[query] = (person_id, self.now())
        return query

    def answer_query(self, query: str, text: str, *, is_alert: bool) -> bool:
        """Show the answer, if the query is still open."""
        oldest = self.now() - QUERY_LIFETIME
        self._queries = {key: asked for key, asked in self._queries.items() if asked[1] >= oldest}
        if query not in self._queries:
            return False
        person_id, _asked = self._queries.pop(query)
        if text:
            self._tell(person_id, {"type": "toast", "text": text, "alert": is_alert})
        return True

    # Watching

    def show_typing(self, person_id: int) -> None:
        self._tell(person_id, {"type": "typing"})

    def change_profile(self) -> None:
        """Tell every watcher what the bot says about itself now."""
        for person in self.persons():
            self._tell(person.id, {"type": "bot", "bot": self.profile.view(person)})

    def snapshot(self, person_id: int) -> Json:
        person = self.person(person_id)
        return {
            "chat": person_id,
            "type": "snapshot",
            "person": person.view(),
            "bot": self.profile.view(person),
            "keys": self.keys(person_id),
            "messages": [message.view() for message in self.messages(person_id)],
        }

    def watch(self, person_id: int | None = None) -> AsyncIterator[Json]:
        """A snapshot, then every change, until the person is removed or the chat closed.

        Without a person it is the snapshots and changes of all, of those to come too. Each
        names its `chat`. Raises NotPossible at once when there is no such person.
        """
        if person_id is not None:
            self.person(person_id)
        return self._changes(_Watch(person_id))

    async def _changes(self, watch: "_Watch") -> AsyncIterator[Json]:
        for person in self.persons():
            if watch.chat in {None, person.id}:
                watch.queue.put_nowait(self.snapshot(person.id))
        self._watches.add(watch)
        try:
            while (change := await watch.queue.get()) is not None:
                yield change
        finally:
            self._watches.discard(watch)

    def close(self) -> None:
        """End every watch, so that a server can stop."""
        for watch in self._watches:
            watch.queue.put_nowait(None)

    def _tell(self, person_id: int, change: Json) -> None:
        for watch in self._watches:
            if watch.chat in {None, person_id}:
                watch.queue.put_nowait({"chat": person_id} | change)


@dataclass(frozen=True, slots=True, eq=False)
class _Watch:
    """Who looks at one chat, or at all when `chat` is None. None in the queue is the end."""

    chat: int | None
    queue: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
