"""The nearest offices, from a process of its own: what Telegram's server is asked to do."""

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person
from tests.support.bot_api_double import BotApiDouble

pytestmark = pytest.mark.slow


async def test_a_place_is_asked_for_and_answered_with_the_nearest_offices(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, 1001)
    person.types("/hotlines")
    await settled(api)
    for label in ("📖 Все контакты", "📍 Ближайшее отделение"):
        person.presses(label)
        await settled(api)
    assert person.keys == ["📍 Отправить, где я", "✖ Не отправлять"]

    person.sends(location={"latitude": 55.29, "longitude": 37.21})
    await settled(api)

    assert person.keys == []
    assert "Миграционный центр\n≈ 1 км от вас" in person.screen
    person.presses("Москва · Миграционный центр")
    await settled(api)
    person.presses("📍 Показать на карте")
    await settled(api)
    [venue] = api.calls("sendVenue")
    assert (venue.status, venue.arguments["latitude"]) == (200, 55.3)


async def test_whoever_moves_on_is_left_alone(api: BotApiDouble, deployment: Deployment) -> None:
    """A live location sends an edit every few seconds; only the first message is answered."""
    person = await settled_person(api, 1001)
    update = person.sends(location={"latitude": 55.29, "longitude": 37.21, "live_period": 900})
    await settled(api)
    answered = len(api.pages(person.id))
    [message] = [one for one in person.chat.messages.values() if "location" in one.body]

    moved = message.body | {"location": {"latitude": 55.3, "longitude": 37.3}, "edit_date": 2}
    api.updates.add("edited_message", moved, f"messages of {person.id}")
    await settled(api)

    assert update
    assert len(api.pages(person.id)) == answered
