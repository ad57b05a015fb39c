"""A person at the other end: types, presses, blocks, deletes. Each deed becomes an update, as Telegram words it."""

import time
from typing import TYPE_CHECKING

from tests.support.bot_api_double.account import Chat
from tests.support.bot_api_double.wire import Json

if TYPE_CHECKING:
    from tests.support.bot_api_double.account import Account
    from tests.support.bot_api_double.updates import UpdateQueue


class PersonDouble:
    """Deeds return the id of their update. `id` is that of the private chat, too."""

    def __init__(
        self,
        account: "Account",
        updates: "UpdateQueue",
        person_id: int,
        *,
        first_name: str,
        language_code: str | None,
    ) -> None:
        self.id = person_id
        self._account = account
        self._updates = updates
        self._sender: Json = {"id": person_id, "is_bot": False, "first_name": first_name}
        if language_code:
            self._sender["language_code"] = language_code
        info = {"id": person_id, "type": "private", "first_name": first_name}
        self.chat = account.chats[person_id] = Chat(info)

    @property
    def screen(self) -> str:
        """The text of the bot's last message; empty when there is none."""
        message = self.chat.last()
        return message.body.get("text", "") if message else ""

    @property
    def buttons(self) -> list[str]:
        """The labels under the bot's last message that has any."""
        message = self.chat.last(with_keyboard=True)
        return [button["text"] for button in message.keyboard] if message else []

    @property
    def keys(self) -> list[str]:
        """The labels in the place of this person's own keyboard."""
        return [key["text"] for key in self.chat.keys]

    def types(self, text: str) -> int:
        content: Json = {"text": text}
        if text.startswith("/"):
            command = text.partition(" ")[0]
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return self.sends(**content)

    def sends(self, **content: object) -> int:
        """A message with any content: `photo=[...]`, `location={...}`."""
        message = self._account.keep(self.chat, content, sender=self._sender)
        return self._updates.add("message", message.body, f"messages of {self.id}")

    def presses(self, label: str) -> int:
        """The button with this label or this data under the last message that has buttons."""
        message = self.chat.last(with_keyboard=True)
        for button in message.keyboard if message else []:
            if message and label in (button["text"], button.get("callback_data")):
                return self.presses_data(button["callback_data"], message.body)
        raise LookupError(f"no button {label!r} among {self.buttons}")

    def presses_old(self, message_id: int, data: str) -> int:
        """A button of a message that the server no longer shows to the bot."""
        message = {"chat": self.chat.info, "message_id": message_id, "date": 0}
        return self.presses_data(data, message)

    def presses_data(self, data: str, message: Json) -> int:
        query_id = str(self._account.new_id())
        self._account.open_queries.add(query_id)
        query = {
            "id": query_id,
            "from": self._sender,
            "message": message,
            "chat_instance": f"-{self.id}",
            "data": data,
        }
        return self._updates.add("callback_query", query, f"presses of {self.id}")

    def deletes(self, message_id: int) -> None:
        """The bot is not told."""
        del self.chat.messages[message_id]

    def blocks(self) -> int:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblocks(self) -> int:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> int:
        change = {
            "chat": self.chat.info,
            "from": self._sender,
            "date": int(time.time()),
            "old_chat_member": self._as_member(old),
            "new_chat_member": self._as_member(new),
        }
        return self._updates.add("my_chat_member", change, f"membership of {self.id}")

    def _as_member(self, status: str) -> Json:
        member = {"user": self._account.me, "status": status}
        return member | {"until_date": 0} if status == "kicked" else member
