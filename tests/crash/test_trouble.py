"""Telegram fails in the middle of an update: the update comes again and is answered then."""

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person, shown, statuses
from tests.support.bot_api_double import (
    BotApiDouble,
    Reset,
    bad_gateway,
    cannot_be_edited,
    not_found,
    server_error,
    too_many_requests,
)

pytestmark = pytest.mark.slow

PERSON = 1001


async def test_a_server_that_fails_before_it_sends(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    for fault in (server_error(), bad_gateway(), Reset()):
        api.faults.add(fault, "sendMessage")
    update = person.types("/hotlines")
    await settled(api)

    assert len(shown(api, person)) == len(before) + 1
    assert deployment.unsent() == 0
    if deployment.is_webhook:
        assert await statuses(api, update) == [503, 503, 503, 200]


async def test_a_server_that_sends_and_then_fails(
    api: BotApiDouble, deployment: Deployment
) -> None:
    """Nobody can tell it from the one above: the message comes twice, but an edit changes nothing the second time."""
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    api.faults.add(server_error(after_doing=True), "sendMessage")
    person.types("/hotlines")
    await settled(api)
    page, again = shown(api, person)[len(before) :]
    assert page == again

    api.faults.add(Reset(after_doing=True), "editMessageText")
    person.presses("☰ Меню")
    await settled(api)
    assert len(shown(api, person)) == len(before) + 3
    assert deployment.unsent() == 0


async def test_too_many_requests_are_made_again_when_telegram_said(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    api.faults.add(too_many_requests(retry_after=1), "sendMessage")
    update = person.types("/hotlines")
    await settled(api)

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
    await settled(api)
    assert by_webhook.unsent() == 0


async def test_a_person_who_blocked_the_bot(api: BotApiDouble, deployment: Deployment) -> None:
    person = await settled_person(api, PERSON)
    before = shown(api, person)
    person.chat.blocked = True
    typed, pressed = person.types("/sos"), person.presses("🏠 Регистрация")
    await settled(api)

    refusals = [call for call in api.calls(chat_id=PERSON) if call.status == 403]
    assert len(refusals) == 2, "one try each, and none again"
    assert shown(api, person) == before
    assert deployment.unsent() == 0
    if deployment.is_webhook:
        assert await statuses(api, typed) == await statuses(api, pressed) == [200]

    person.chat.blocked = False
    person.types("меню")
    await settled(api)
    assert shown(api, person) == [*before, before[-1]]


async def test_after_a_block_the_rest_of_an_answer_is_not_tried(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = api.person(PERSON)
    person.chat.blocked = True
    person.types("у меня забрали паспорт")  # the danger, the question for the language …
    await settled(api)

    assert [call.status for call in api.calls(chat_id=PERSON)] == [403]
    assert deployment.unsent() == 0


async def test_a_message_that_cannot_be_edited_is_sent_anew(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, PERSON)
    for fault in (not_found(), cannot_be_edited(), None):
        message = person.chat.last(with_keyboard=True)
        assert message
        before = shown(api, person)
        if fault:
            api.faults.add(fault, "editMessageText")
        else:
            person.deletes(message.body["message_id"])
        person.presses_data("s:registration|ru|uz", message.body)
        await settled(api)

        [page] = shown(api, person)[len(before) :]
        assert page.startswith("🏠 Регистрация")
        assert api.pages(PERSON)[-1].method == "sendMessage"
    assert deployment.unsent() == 0
