"""The form fields of a Bot API call, as a server reads them. It knows no method."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.telegram.local_rules import bad_request


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came along with a call, under the name that the caller gave it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """The form fields of one call as a server reads them: all of it is text, JSON in some, and the
    files that came along.
    """

    values: Mapping[str, str]
    files: Mapping[str, SentFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except ValueError as error:
            raise bad_request(f"{name} must be an integer") from error

    def number(self, name: str) -> float:
        try:
            return float(self.values.get(name, ""))
        except ValueError as error:
            raise bad_request(f"{name} must be a number") from error

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "1", "yes"}

    def file(self, name: str) -> SentFile | None:
        """The file that came along with the field (`attach://…`), None when it names one by id."""
        return self.files.get(self.text(name).removeprefix("attach://"))

    def parsed(self, name: str) -> Any:
        """None when the field is absent."""
        try:
            return json.loads(self.values.get(name, "null"))
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error


# Bot API method names and what answers them: JSON, or something to await for it.
Methods = dict[str, Callable[[Fields], Any]]
