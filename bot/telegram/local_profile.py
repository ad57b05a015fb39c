"""What the bot tells about itself in the local Telegram: name, descriptions, commands by language.

It answers the methods that set and get these, and shows nothing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.telegram.local_fields import Fields, Methods
from bot.telegram.local_records import Json, LocalPerson
from bot.telegram.local_rules import checked_commands, checked_language, checked_length

_TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


@dataclass(slots=True)
class LocalProfile:
    """Texts by kind and language code, commands by scope (as JSON) and language code.

    The language code "" stands for every language that has nothing of its own.
    """

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def text(self, kind: str, language: str | None) -> str:
        return self.texts.get((kind, language or "")) or self.texts.get((kind, ""), "")

    def commands_for(self, person: LocalPerson) -> list[Json]:
        """The first list that was set, in the order of the Bot API.

        This chat comes before private chats and those before all chats; in each, the person's
        language comes before "".
        """
        for scope in (
            {"type": "chat", "chat_id": person.id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ):
            for language in (person.language or "", ""):
                if found := self.commands.get((_scope_key(scope), language)):
                    return found
        return []

    def view(self, person: LocalPerson) -> Json:
        return {
            "name": self.text("name", person.language),
            "description": self.text("description", person.language),
            "commands": [
                {"command": item["command"], "description": item["description"]}
                for item in self.commands_for(person)
            ],
        }


def _scope_key(scope: Json | None) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


def profile_methods(profile: LocalProfile, changed: Callable[[], None]) -> Methods:
    """`changed` is called after each change."""

    def set_commands(fields: Fields) -> bool:
        profile.commands[_place(fields)] = checked_commands(fields.parsed("commands") or [])
        changed()
        return True

    def delete_commands(fields: Fields) -> bool:
        profile.commands.pop(_place(fields), None)
        changed()
        return True

    def set_menu_button(fields: Fields) -> bool:
        profile.menu_button = fields.parsed("menu_button") or {"type": "commands"}
        return True

    def text_setter(kind: str, limit: int) -> Callable[[Fields], bool]:
        def set_text(fields: Fields) -> bool:
            language = checked_language(fields.text("language_code"))
            reason = f"bot {kind.replace('_', ' ')} is too long"
            profile.texts[kind, language] = checked_length(fields.text(kind), limit, reason)
            changed()
            return True

        return set_text

    def text_getter(kind: str) -> Callable[[Fields], Json]:
        return lambda fields: {kind: profile.text(kind, fields.text("language_code"))}

    methods: Methods = {
        "setMyCommands": set_commands,
        "getMyCommands": lambda fields: profile.commands.get(_place(fields), []),
        "deleteMyCommands": delete_commands,
        "setChatMenuButton": set_menu_button,
        "getChatMenuButton": lambda _fields: profile.menu_button,
    }
    for name, (kind, limit) in _TEXTS.items():
        methods[f"setMy{name}"] = text_setter(kind, limit)
        methods[f"getMy{name}"] = text_getter(kind)
    return methods


def _place(fields: Fields) -> tuple[str, str]:
    language = checked_language(fields.text("language_code"))
    return _scope_key(fields.parsed("scope")), language
