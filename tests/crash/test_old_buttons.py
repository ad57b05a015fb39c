"""Invariant 1, buttons never die: not with the process, and not with everything it remembered."""

import pytest

from tests.crash.deployment import Deployment
from tests.crash.persons import settled, settled_person, shown
from tests.support.bot_api_double import BotApiDouble

pytestmark = pytest.mark.slow

CITIZEN_OF_UZBEKISTAN = "Жарандыгы: Өзбекстан"
FIFTEEN_DAYS = "Киргенден баштап 15 күндүн ичинде каттоого туруңуз."


async def test_a_button_from_before_everything_was_forgotten(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, 1001, "Кыргызча", "🇺🇿 Өзбекстан")
    person.presses("🏠 Каттоо")
    await settled(api)

    assert await deployment.stop() == 0
    deployment.forget_everything()
    await deployment.start()
    person.presses("Биринчи каттоо")
    await settled(api)

    page = shown(api, person)[-1]
    assert page.startswith("Биринчи каттоо")
    assert CITIZEN_OF_UZBEKISTAN in page
    assert FIFTEEN_DAYS in page
    assert api.pages(person.id)[-1].method == "editMessageText"


async def test_a_button_of_a_message_that_telegram_does_not_show_any_more(
    api: BotApiDouble, deployment: Deployment
) -> None:
    person = await settled_person(api, 1001, "Кыргызча", "🇺🇿 Өзбекстан")
    person.presses("🏠 Каттоо")
    await settled(api)
    message = person.chat.last(with_keyboard=True)
    assert message
    [button] = [one for one in message.keyboard if one["text"] == "Биринчи каттоо"]

    assert await deployment.stop() == 0
    deployment.forget_everything()
    await deployment.start()
    person.presses_old(message.body["message_id"], button["callback_data"])
    await settled(api)

    assert FIFTEEN_DAYS in person.screen
    assert api.pages(person.id)[-1].method == "sendMessage", "what cannot be edited is sent anew"
    answers = api.calls("answerCallbackQuery")
    assert [call.status for call in answers[-1:]] == [200], "the button does not spin on"
