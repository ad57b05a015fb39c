"""The database does not answer: nothing is said that is not kept, and the update comes again."""

import asyncio

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person, shown, statuses
from tests.support.bot_api_double import BotApiDouble

pytestmark = pytest.mark.slow

PERSON = 1001


async def test_a_database_that_is_gone_for_a_while(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    with deployment.opened_store() as store:
        store.execute("ALTER TABLE handled_update RENAME TO elsewhere")
        update = person.types("/hotlines")
        await asyncio.sleep(0.2)
        assert shown(api, person) == before, "what cannot be kept is not answered"
        store.execute("ALTER TABLE elsewhere RENAME TO handled_update")
    await settled(api)

    assert len(shown(api, person)) == len(before) + 1
    assert deployment.unsent() == 0
    if deployment.is_webhook:
        first, *_, last = await statuses(api, update)
        assert (first, last) == (503, 200)


async def test_a_database_that_another_process_locks_longer_than_we_wait(
    api: BotApiDouble, by_webhook: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    tried = len(await api.wait_for_deliveries(0))
    with by_webhook.opened_store() as store:
        store.execute("BEGIN EXCLUSIVE")
        update = person.types("/hotlines")
        await api.wait_for_deliveries(tried + 1, within=20)
        assert shown(api, person) == before
    await settled(api)

    first, *_, last = await statuses(api, update)
    assert (first, last) == (503, 200)
    assert len(shown(api, person)) == len(before) + 1
    assert by_webhook.unsent() == 0
