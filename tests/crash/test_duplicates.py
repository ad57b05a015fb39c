"""The same update comes twice, as it does after every lost answer: it is answered once."""

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person, shown
from tests.support.bot_api_double import BotApiDouble, Reset

pytestmark = pytest.mark.slow


async def test_a_webhook_delivers_again(api: BotApiDouble, by_webhook: Deployment) -> None:
    person = await settled_person(api, 1001)
    typed = person.types("/hotlines")
    await settled(api)
    pressed = person.presses("☰ Меню")
    await settled(api)
    before = shown(api, person)

    for update in (typed, pressed, typed):
        api.updates.redeliver(update)
        await settled(api)

    assert shown(api, person) == before
    assert {delivery.status for delivery in await api.wait_for_deliveries(8)} == {200}
    assert by_webhook.unsent() == 0


async def test_a_poller_that_died_before_it_confirmed_gets_the_update_again(
    api: BotApiDouble, by_polling: Deployment
) -> None:
    person = await settled_person(api, 1001)
    polls = len(api.calls("getUpdates"))
    before = shown(api, person)
    # The poll that waits already brings the update; the next one would confirm it.
    api.faults.add(Reset(), "getUpdates", times=None)
    person.types("/hotlines")
    await api.wait_for_calls(polls + 1, "getUpdates")
    [answer] = shown(api, person)[len(before) :]
    assert len(api.updates) == 1, "it waits to be delivered again"

    await by_polling.kill()
    api.faults.clear()
    await by_polling.start()
    await settled(api)
    person.types("меню")
    await settled(api)

    assert shown(api, person) == [*before, answer, before[-1]]
