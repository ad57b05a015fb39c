"""Telegram or the database fails in the middle of an update: it comes again and is answered then."""

import asyncio

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled_person, shown
from tests.support.bot_api_double import (
    BotApiDouble,
    Fault,
    Reset,
    bad_gateway,
    cannot_be_edited,
    not_found,
    server_error,
    too_many_requests,
)

pytestmark = pytest.mark.slow

PERSON = 1001


async def statuses(api: BotApiDouble, update: int) -> list[int | None]:
    """What the webhook answered to each delivery of this update."""
    return [one.status for one in await api.wait_for_deliveries(0) if one.update_id == update]


@pytest.mark.parametrize(
    "fault", [server_error(), bad_gateway(), Reset()], ids=["500", "502", "reset"]
)
async def test_a_server_that_fails_before_it_sends(
    api: BotApiDouble, deployment: Deployment, fault: Fault
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    api.faults.add(fault, "sendMessage", times=2)
    update = person.types("/hotlines")
    await api.settled()

    assert len(shown(api, person)) == len(before) + 1
    assert deployment.unsent() == 0
    if deployment.is_webhook:
        assert await statuses(api, update) == [503, 503, 200]


@pytest.mark.parametrize(
    "fault",
    [server_error(after_doing=True), Reset(after_doing=True)],
    ids=["500", "reset"],
)
async def test_a_server_that_sends_and_then_fails(
    api: BotApiDouble, deployment: Deployment, fault: Fault
) -> None:
    """Nobody can tell it from the one above, so the message comes twice; an edit changes nothing the second time."""
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    api.faults.add(fault, "sendMessage")
    person.types("/hotlines")
    await api.settled()
    page, again = shown(api, person)[len(before) :]
    assert page == again

    api.faults.add(fault, "editMessageText")
    person.presses("☰ Меню")
    await api.settled()
    assert len(shown(api, person)) == len(before) + 3
    assert deployment.unsent() == 0


async def test_too_many_requests_are_made_again_when_telegram_said(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    api.faults.add(too_many_requests(retry_after=1), "sendMessage")
    update = person.types("/hotlines")
    await api.settled()

    refused, made = api.calls("sendMessage", chat_id=PERSON)[-2:]
    assert (refused.status, made.status) == (429, 200)
    assert made.at - refused.at >= 1
    assert len(shown(api, person)) == len(before) + 1
    if deployment.is_webhook:
        assert await statuses(api, update) == [200]


async def test_somebody_else_is_answered_while_one_waits(
    api: BotApiDouble, by_webhook: Deployment
) -> None:
    person, other = await settled_person(api, PERSON), await settled_person(api, PERSON + 1)
    before = shown(api, other)
    api.faults.add(too_many_requests(retry_after=2), "sendMessage", chat_id=PERSON)
    calls = len(api.calls(chat_id=PERSON))
    person.types("/hotlines")
    await api.wait_for_calls(calls + 1, chat_id=PERSON)
    other.types("/hotlines")
    await api.wait_for_calls(len(before) + 1, chat_id=other.id, within=1)

    assert len(shown(api, other)) == len(before) + 1
    assert len(api.updates) >= 1, "the first still waits"
    await api.settled()
    assert by_webhook.unsent() == 0


async def test_a_person_who_blocked_the_bot(api: BotApiDouble, deployment: Deployment) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    person.chat.blocked = True
    # An unsettled person's question is answered with two messages; the second would be one too many.
    typed, pressed = person.types("/sos"), person.presses("🏠 Регистрация")
    await api.settled()

    refusals = [call for call in api.calls(chat_id=PERSON) if call.status == 403]
    assert len(refusals) == 2, "one try each, and none again"
    assert shown(api, person) == before
    assert deployment.unsent() == 0
    if deployment.is_webhook:
        assert await statuses(api, typed) == await statuses(api, pressed) == [200]

    person.chat.blocked = False
    person.types("меню")
    await api.settled()
    assert shown(api, person) == [*before, before[-1]]


async def test_after_a_block_the_rest_of_an_answer_is_not_tried(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = api.person(PERSON)
    person.chat.blocked = True
    person.types("у меня забрали паспорт")  # the danger, the question for the language …
    await api.settled()

    assert [call.status for call in api.calls(chat_id=PERSON)] == [403]
    assert deployment.unsent() == 0


@pytest.mark.parametrize(
    "fault", [None, not_found(), cannot_be_edited()], ids=["deleted", "not found", "too old"]
)
async def test_a_message_that_cannot_be_edited_is_sent_anew(
    api: BotApiDouble, deployment: Deployment, fault: Fault | None
) -> None:
    person = await settled_person(api, PERSON)
    message = person.chat.last(with_keyboard=True)
    assert message
    before = shown(api, person)
    if fault:
        api.faults.add(fault, "editMessageText")
    else:
        person.deletes(message.body["message_id"])
    [button] = [one for one in message.keyboard if one["text"] == "🏠 Регистрация"]
    person.presses_data(button["callback_data"], message.body)
    await api.settled()

    [page] = shown(api, person)[len(before) :]
    assert page.startswith("🏠 Регистрация")
    assert api.pages(PERSON)[-1].method == "sendMessage"
    assert deployment.unsent() == 0


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
    await api.settled()

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
    await api.settled(within=15)

    first, *_, last = await statuses(api, update)
    assert (first, last) == (503, 200)
    assert len(shown(api, person)) == len(before) + 1
    assert by_webhook.unsent() == 0
