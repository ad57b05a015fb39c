"""A person with a phone: says and presses in the local chat, and reads what is on the screen."""

from dataclasses import dataclass

from bot.telegram.local_chat import LocalChat
from bot.telegram.local_records import LocalMessage


@dataclass(frozen=True, slots=True)
class Phone:
    chat: LocalChat
    person: int

    @property
    def messages(self) -> tuple[LocalMessage, ...]:
        return self.chat.messages(self.person)

    @property
    def last(self) -> LocalMessage:
        return self.messages[-1]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    async def say(self, text: str) -> None:
        await self.chat.say(self.person, text)

    async def press(self, label: str) -> None:
        """Press the button with this label on the newest message that has one."""
        for message in reversed(self.messages):
            for button in (button for row in message.rows for button in row):
                if button["text"] == label:
                    await self.chat.press(self.person, message.id, button["callback_data"])
                    return
        raise AssertionError(f"no button {label!r} on the screen: {self.last.labels}")
