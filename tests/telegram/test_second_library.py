"""python-telegram-bot reads everything that long conversations show: it shares no code with aiogram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversation.events import NotTextKind
from bot.telegram.local_records import LocalMessage
from tests.support.bot import REAL_CONTENT, SMALL_CONTENT, OpenBot, Phone, open_bot
from tests.support.witness import check_with_python_telegram_bot

Deed = tuple[str, int | str]
TYPED = (
    "/start", "/menu", "/sos", "/hotlines", "/language", "/settings", "/help", "/privacy", "/forget",
    "/start registration-first", "/start work", "/nonsense", "/ask Сколько стоит патент?",
    "где зарегистрироваться", "каттоо", "паспортумду алып койду", "меня бьёт хозяин", "registration",
    "сколько дней можно без регистрации", "Артка", "👍", "погода в Оше", "О" * 4096,
)  # fmt: skip
DEEDS: st.SearchStrategy[Deed] = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 60)),
    st.tuples(st.just("press old"), st.integers(0, 999)),
    st.tuples(st.just("say"), st.sampled_from(TYPED)),
    st.tuples(st.just("edit"), st.sampled_from(TYPED)),
    st.tuples(
        st.just("send"),
        st.sampled_from(
            [kind for kind in NotTextKind if kind not in (NotTextKind.OTHER, NotTextKind.LOCATION)]
        ).map(str),
    ),
    st.tuples(st.just("go to"), st.integers(-180, 180)),
)


@pytest.fixture(
    params=[
        pytest.param(SMALL_CONTENT, id="small"),
        pytest.param(REAL_CONTENT, id="real", marks=pytest.mark.slow),
    ]
)
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[OpenBot]:
    async with open_bot(tmp_path, request.param) as bot:
        yield bot


# Pressing twice as often as the rest: most of the guidance is behind buttons.
@settings(
    deadline=None,
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    st.sampled_from(["ru", "ky", "en", None]),
    st.lists(DEEDS, min_size=25, max_size=60),
)
async def test_python_telegram_bot_reads_all_of_any_conversation(
    bot: OpenBot, language: str | None, deeds: list[Deed]
) -> None:
    phone = bot.person(language)
    await phone.say("/start")
    for deed in deeds:
        for message in await do(phone, deed):
            check_with_python_telegram_bot(message)

    assert refused(bot) == 0


async def do(phone: Phone, deed: Deed) -> list[LocalMessage]:
    match deed:
        case ("press" | "press old" as age, int(number)):
            shown = [message for message in phone.messages if message.rows]
            buttons = [
                (message.id, button["callback_data"])
                for message in (shown if age == "press old" else shown[-3:])
                for row in message.rows
                for button in row
            ]
            return await phone.press_data(*buttons[number % len(buttons)])
        case ("say", str(text)):
            return await phone.say(text)
        case ("edit", str(text)) if own(phone)[-1].text:  # a picture cannot be put right
            return await phone.edit_last(text)
        case ("edit", _):
            return []
        case ("go to", int(degrees)):
            return await phone.send_location(degrees / 2, degrees)
        case ("send", str(kind)):
            return await phone.send(kind)
        case _:
            raise AssertionError(f"who knows how to do {deed}?")


def own(phone: Phone) -> list[LocalMessage]:
    return [message for message in phone.chat.messages(phone.id) if not message.by_bot]


def refused(bot: OpenBot) -> float:
    return sum(
        sample.value
        for metric in bot.house.metrics.calls.collect()
        for sample in metric.samples
        if sample.labels.get("outcome") == "refused" and sample.name.endswith("_total")
    )
