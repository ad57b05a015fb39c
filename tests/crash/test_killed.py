"""kill -9 at every point of an update: none is lost, and none is answered twice where that can be helped.

Invariant 8: commit, then send. What was committed and not sent is sent after the new start; what was not
committed never happened, and is delivered again.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person, shown
from tests.support.bot_api_double import BotApiDouble, Hold, PersonDouble, Slow

pytestmark = pytest.mark.slow

MENU = "Что вы хотите узнать?"
SECTION = "🏠 Регистрация\n"
COMMANDS = ("/ask", "/help", "/hotlines", "/privacy", "/settings", "/sos")

Deed = Callable[[PersonDouble], int]


def types(person: PersonDouble) -> int:
    return person.types("/start registration-first")


def types_back(person: PersonDouble) -> int:
    """Leads elsewhere when it is done twice."""
    return person.types("назад")


def presses(person: PersonDouble) -> int:
    return person.presses("🏠 Регистрация")


async def test_between_two_updates(api: BotApiDouble, deployment: Deployment) -> None:
    person, other = await settled_person(api, 1001), await settled_person(api, 1002)
    before, before_other = shown(api, person), shown(api, other)
    person.types("/start registration-first")
    await settled(api)

    await deployment.kill()
    person.types("назад")
    other.types("меню")
    await deployment.start()
    await settled(api)

    memo, section = shown(api, person)[len(before) :]
    assert memo.startswith("Регистрация в первый раз")
    assert section.startswith(SECTION), "it knows where the person was"
    assert shown(api, other) == [*before_other, before_other[-1]]
    assert deployment.unsent() == 0


@pytest.mark.parametrize("deed", [types_back, presses])
async def test_after_the_commit_and_before_the_sending(
    api: BotApiDouble, deployment: Deployment, deed: Deed
) -> None:
    person = await settled_person(api, 1001)
    types(person)
    await settled(api)
    before = shown(api, person)
    calls = len(api.calls(chat_id=person.id))
    api.faults.add(Hold(), chat_id=person.id)
    deed(person)
    await api.wait_for_calls(calls + 1, chat_id=person.id)
    assert deployment.unsent() == 1
    assert shown(api, person) == before

    await deployment.kill()
    await deployment.start()
    await settled(api)

    [answer] = shown(api, person)[len(before) :]
    assert answer.startswith(SECTION)
    assert deployment.unsent() == 0

    types_back(person)
    await settled(api)
    assert shown(api, person)[-1].startswith(MENU)


async def test_before_the_commit(api: BotApiDouble, deployment: Deployment) -> None:
    person = await settled_person(api, 1001)
    before = shown(api, person)
    with deployment.opened_store() as store:
        store.execute("BEGIN IMMEDIATE")  # a commit has to wait for us
        person.types("/start registration-first")
        await asyncio.sleep(0.3)
        await deployment.kill()
    assert shown(api, person) == before
    assert deployment.unsent() == 0, "nothing was committed"

    await deployment.start()
    await settled(api)
    person.types("назад")
    await settled(api)

    memo, section = shown(api, person)[len(before) :]
    assert memo.startswith("Регистрация в первый раз")
    assert section.startswith(SECTION)


async def test_a_message_that_was_sent_before_the_bot_heard_of_it(
    api: BotApiDouble, deployment: Deployment
) -> None:
    """The window that nobody can close: Telegram has the message, and the bot died before it was told.

    Sending cannot be asked to happen only once, so the message is sent again: twice at most, and what the bot
    remembers of the person is right.
    """
    person = await settled_person(api, 1001)
    before = shown(api, person)
    await killed_while_answering(api, deployment, person, types)
    memo, again = shown(api, person)[len(before) :]
    assert again == memo

    await killed_while_answering(api, deployment, person, types_back)
    section, again = shown(api, person)[len(before) + 2 :]
    assert again == section
    assert section.startswith(SECTION)

    types_back(person)
    await settled(api)
    assert person.screen.startswith(MENU)


async def test_a_page_that_was_changed_before_the_bot_heard_of_it(
    api: BotApiDouble, deployment: Deployment
) -> None:
    """The same window, but a press is answered by an edit, and the same edit again changes nothing."""
    person = await settled_person(api, 1001)
    before = shown(api, person)
    await killed_while_answering(api, deployment, person, presses)

    [section] = shown(api, person)[len(before) :]
    assert section.startswith(SECTION)
    assert [call.status for call in api.calls(chat_id=person.id)][-1] == 400, "not modified"

    types_back(person)
    await settled(api)
    assert person.screen.startswith(MENU)


async def killed_while_answering(
    api: BotApiDouble, deployment: Deployment, person: PersonDouble, deed: Deed
) -> None:
    """The deed's answer takes effect, the bot dies before it knows, and starts again."""
    calls = len(api.calls(chat_id=person.id))
    api.faults.add(Hold(after_doing=True), chat_id=person.id)
    deed(person)
    await api.wait_for_calls(calls + 1, chat_id=person.id)
    assert deployment.unsent() == 1
    await deployment.kill()
    await deployment.start()
    await settled(api)
    assert deployment.unsent() == 0


async def test_at_any_moment(api: BotApiDouble, deployment: Deployment) -> None:
    """Killed again and again while four persons are busy: every answer comes, and only the window of the test
    above can double one.
    """
    persons = [await settled_person(api, 1001 + number) for number in range(4)]
    model = await settled_person(api, 2001)
    start = len(shown(api, model))
    for command in COMMANDS:
        model.types(command)
    await settled(api)
    expected = Counter(shown(api, model)[start:])
    assert len(expected) == len(COMMANDS)
    starts = {person.id: len(shown(api, person)) for person in persons}

    api.faults.add(Slow(0.02), "sendMessage", times=None)
    moments = random.Random(9)  # noqa: S311
    kills = 6
    for command in COMMANDS:
        for person in persons:
            person.types(command)
        await asyncio.sleep(moments.uniform(0.005, 0.1))
        await deployment.kill()
        await deployment.start()
    await settled(api)

    doubled = 0
    for person in persons:
        answers = Counter(shown(api, person)[starts[person.id] :])
        assert answers.keys() == expected.keys(), "lost, or another's"
        doubled += sum((answers - expected).values())
    assert doubled <= kills * len(persons)
    assert deployment.unsent() == 0
    counted, used, came, answers_timed, updates = counts_of_the_day(deployment)
    assert counted == used
    assert came == len(persons) + 1
    assert answers_timed == updates


def counts_of_the_day(deployment: Deployment) -> list[int]:
    with deployment.opened_store() as store:
        return [
            int(store.execute(f"SELECT {what}").fetchone()[0])
            for what in (
                "sum(count) FROM usage_day",
                "count(*) FROM usage_event",
                "sum(count) FROM persons_day",
                "sum(count) FROM response_day",
                "count(*) FROM handled_update WHERE sent",
            )
        ]
