"""Persons who have chosen, and what they have been shown."""

from tests.support.bot_api_double import BotApiDouble, PersonDouble


async def settled(api: BotApiDouble) -> None:
    """Wait until every update is handled. Patient, because the machine may be busy with other tests."""
    await api.settled(within=30)


async def settled_person(
    api: BotApiDouble,
    person_id: int,
    language: str = "Русский",
    citizenship: str = "🇺🇿 Узбекистан",
) -> PersonDouble:
    """Somebody who has come through the two questions and looks at the menu."""
    person = api.person(person_id)
    person.types("/start")
    await settled(api)
    person.presses(language)
    await settled(api)
    person.presses(citizenship)
    await settled(api)
    return person


def shown(api: BotApiDouble, person: PersonDouble) -> list[str]:
    """The text of each page that this person has been shown, in order."""
    return [
        call.arguments.get("text") or call.arguments["caption"] for call in api.pages(person.id)
    ]


async def statuses(api: BotApiDouble, update: int) -> list[int | None]:
    """What the webhook answered to each delivery of this update."""
    return [one.status for one in await api.wait_for_deliveries(0) if one.update_id == update]
