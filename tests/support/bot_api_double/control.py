"""Control over HTTP, for a double that is a process of its own. In one's own process, use the object.

GET    /control/keyboards/CHAT    the bot's last message with buttons: {message_id, data: [callback data]}
GET    /control/counts            calls and refusals by method so far
DELETE /control/counts            start counting again
POST   /control/persons/PERSON    {"types": text} or {"presses": label or data}
POST   /control/faults            {fault: "429" | "403" | "500" | "reset", method, chat_id, times, retry_after}
DELETE /control/faults
"""

from typing import TYPE_CHECKING

from tests.support.bot_api_double.faults import (
    Fault,
    Reset,
    blocked,
    server_error,
    too_many_requests,
)
from tests.support.bot_api_double.person import PersonDouble
from tests.support.bot_api_double.wire import Answer, Json, Refusal, granted, refused

if TYPE_CHECKING:
    from tests.support.bot_api_double.server import BotApiDouble


class Control:
    def __init__(self, double: "BotApiDouble") -> None:
        self._double = double
        self._persons: dict[int, PersonDouble] = {}

    def answer(self, verb: str, path: list[str], arguments: Json) -> Answer:
        """What a request to `/control/…` does. `path` is what comes after it."""
        double = self._double
        match verb, path:
            case "GET", ["keyboards", chat_id]:
                return granted(self._keyboard(int(chat_id)))
            case "GET", ["counts"]:
                return granted(double.counts)
            case "DELETE", ["counts"]:
                double.counts.clear()
            case "POST", ["persons", person_id]:
                return granted(self._act(int(person_id), arguments))
            case "POST", ["faults"]:
                self._plan(arguments)
            case "DELETE", ["faults"]:
                double.faults.clear()
            case _:
                return refused(Refusal(404, "Not Found: no such control"))
        return granted(True)

    def _keyboard(self, chat_id: int) -> Json:
        chat = self._double.account.chats.get(chat_id)
        message = chat.last(with_keyboard=True) if chat else None
        if message is None:
            return {"message_id": None, "data": []}
        data = [b["callback_data"] for b in message.keyboard if "callback_data" in b]
        return {"message_id": message.body["message_id"], "data": data}

    def _act(self, person_id: int, arguments: Json) -> int:
        person = self._persons.get(person_id)
        if person is None:
            person = self._persons[person_id] = self._double.person(person_id)
        if "types" in arguments:
            return person.types(str(arguments["types"]))
        return person.presses(str(arguments["presses"]))

    def _plan(self, arguments: Json) -> None:
        faults: dict[str, Fault] = {
            "429": too_many_requests(int(arguments.get("retry_after", 1))),
            "403": blocked(),
            "500": server_error(),
            "reset": Reset(),
        }
        self._double.faults.add(
            faults[str(arguments["fault"])],
            arguments.get("method"),
            chat_id=arguments.get("chat_id"),
            times=arguments.get("times", 1),
        )
