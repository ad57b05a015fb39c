"""What the local Telegram remembers: its persons and their messages, and the two forms of them.

The bot gets a message as Bot API JSON, a page as plain JSON that knows no Telegram.
Nothing is checked here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LocalPerson:
    """`language` is that of their Telegram (`language_code`); None when the app does not tell."""

    id: int
    name: str
    language: str | None = None
    has_blocked: bool = False

    def account(self) -> Json:
        account: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.language:
            account["language_code"] = self.language
        return account

    def private_chat(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.name}

    def view(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "blocked": self.has_blocked,
        }


@dataclass(frozen=True, slots=True)
class LocalMessage:
    """`entities` and `rows` (the inline keyboard) are in Bot API form.

    `attachment` is what it holds beside or instead of text, as in the Bot API: `{"contact": {…}}`. The
    `text` of a picture or file is its caption. `replies_to` is the id of another message of the chat. Telegram does not let a bot edit a message that came with
    keys for the person's own keyboard.
    """

    id: int
    by_bot: bool
    sent: datetime
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    rows: list[list[Json]] = field(default_factory=list)
    attachment: Json = field(default_factory=dict)
    can_be_edited: bool = True
    replies_to: int | None = None
    edited: datetime | None = None

    @property
    def labels(self) -> list[list[str]]:
        """The keyboard as a person sees it."""
        return [[button["text"] for button in row] for row in self.rows]

    def for_bot(
        self, person: LocalPerson, bot: Json, replied_to: "LocalMessage | None" = None
    ) -> Json:
        """`replied_to` is the message of `replies_to` as it is now, when it is still there."""
        message: Json = {
            "message_id": self.id,
            "date": int(self.sent.timestamp()),
            "chat": person.private_chat(),
            "from": bot if self.by_bot else person.account(),
            **self.attachment,
        }
        words, marks = ("caption", "caption_entities") if self.attachment else ("text", "entities")
        if self.text:
            message[words] = self.text
        if self.entities:
            message[marks] = self.entities
        if self.rows:
            message["reply_markup"] = {"inline_keyboard": self.rows}
        if replied_to:
            message["reply_to_message"] = replied_to.for_bot(person, bot)
        if self.edited:
            message["edit_date"] = int(self.edited.timestamp())
        return message

    def view(self) -> Json:
        kind = next(iter(self.attachment), "text")
        view: Json = {
            "id": self.id,
            "mine": not self.by_bot,
            "sent": int(self.sent.timestamp()),
            "edited": self.edited is not None,
            "kind": kind,
            "replies_to": self.replies_to,
            "text": self.text,
            "marks": [_mark(entity) for entity in self.entities],
            "rows": [[_button(button) for button in row] for row in self.rows],
        }
        if kind == "contact":
            contact = self.attachment["contact"]
            names = (contact["first_name"], contact.get("last_name"))
            view["contact"] = {
                "name": " ".join(name for name in names if name),
                "phone": contact["phone_number"],
            }
        if kind == "photo":
            # Pictures and files that persons send have no content here.
            size = self.attachment["photo"][-1]
            view["picture"] = self.by_bot and {
                "id": size["file_id"],
                "width": size["width"],
                "height": size["height"],
            }
        if kind == "document":
            document = self.attachment["document"]
            view["file"] = self.by_bot and {
                "id": document["file_id"],
                "name": document["file_name"],
                "size": document["file_size"],
            }
        if kind == "venue":
            view["venue"] = {key: self.attachment["venue"][key] for key in ("title", "address")}
        if "location" in self.attachment:
            view["place"] = self.attachment["location"]
        return view


def _mark(entity: Json) -> Json:
    mark = {"kind": entity["type"], "offset": entity["offset"], "length": entity["length"]}
    return mark | ({"url": entity["url"]} if "url" in entity else {})


def _button(button: Json) -> Json:
    if "url" in button:
        return {"label": button["text"], "url": button["url"]}
    return {"label": button["text"], "data": button["callback_data"]}
