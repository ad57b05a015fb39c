"""Anybody can post to the webhook's address: they get a refusal, and the bot goes on."""

import json
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.crash.deployment import SECRET, Deployment
from tests.crash.persons import settled, settled_person, shown
from tests.support.bot_api_double import BotApiDouble

pytestmark = pytest.mark.slow

UPDATE: dict[str, Any] = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1700000000,
        "chat": {"id": 1001, "type": "private", "first_name": "Айгүл"},
        "from": {"id": 1001, "is_bot": False, "first_name": "Айгүл"},
        "text": "/hotlines",
    },
}


async def test_only_telegram_is_answered_and_only_what_it_can_have_sent(
    api: BotApiDouble, by_webhook: Deployment
) -> None:
    person = await settled_person(api, 1001)
    before, calls = shown(api, person), len(api.calls())

    for secret in (None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "x" * 5000):
        assert await by_webhook.post(UPDATE, secret) == 403
    large = json.dumps(UPDATE | {"padding": "x" * 2_000_000}).encode()
    for broken in (
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        json.dumps(UPDATE).encode()[:-1],
    ):
        assert await by_webhook.post(broken) == 400
    assert await by_webhook.post(large) == 413
    assert await by_webhook.post(large, None) == 403
    # An object that is no update would be no more readable the next time.
    for odd in ({}, {"update_id": "seven"}, {"update_id": 8, "message": "text"}, {"update_id": 9}):
        assert await by_webhook.post(odd) == 200
    async with (
        ClientSession() as session,
        session.get(by_webhook.url + "/telegram/webhook") as got,
    ):
        assert got.status == 405

    assert len(api.calls()) == calls, "nobody heard anything of it"
    assert await by_webhook.post(UPDATE) == 200
    assert len(shown(api, person)) == len(before) + 1
    person.types("меню")
    await settled(api)
    assert shown(api, person)[-1] == before[-1]
    health = json.loads(await by_webhook.read("/health"))
    assert health["status"] == "ok"
