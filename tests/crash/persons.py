"""Persons who have chosen, and what they have been shown."""

from tests.support.bot_api_double import BotApiDouble, PersonDouble


async def settled_person(
    api: BotApiDouble,
    person_id: int,
    language: str = "Русский",
    citizenship: str = "🇺🇿 Узбекистан",
) -> PersonDouble:
    """Somebody who has come through the two questions and looks at the menu."""
    person = api.person(person_id)
    person.types("/start")
    await api.settled()
    person.presses(language)
    await api.settled()
    person.presses(citizenship)
    await api.settled()
    return person


def shown(api: BotApiDouble, person: PersonDouble) -> list[str]:
    """The text of each page that this person has been shown, in order."""
    return [call.arguments["text"] for call in api.pages(person.id)]
