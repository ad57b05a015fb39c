"""A small bot that shows everything a page of Joldosh can hold, for tests of the local chat."""

import asyncio

from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
)

from bot.render.rich_text import MarkKind, RichText, RichTextBuilder


def memo() -> RichText:
    return (
        RichTextBuilder()
        .add("🏠 Каттоо: мөөнөтү жана тартиби", MarkKind.BOLD)
        .add("\n\nРоссияга киргенден кийин ")
        .add("30 күндүн", MarkKind.BOLD)
        .add(" ичинде дарек боюнча каттоого туруңуз.\n\nҮй ээсине мындай деңиз:\n")
        .add("«Мне нужно встать на миграционный учёт»", MarkKind.QUOTE)
        .add("\nКеңеш: ")
        .add("+7 499 237-44-52", MarkKind.ITALIC)
        .add(", ")
        .add("закон № 109-ФЗ", url="https://mvd.ru/109-fz")
        .add(", же /sos. Токтом 2026-жылдын 24-ноябрында текшерилди.")
        .build()
    )


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    def button(label: str, target: str) -> InlineKeyboardButton:
        if target.startswith("https:"):
            return InlineKeyboardButton(text=label, url=target)
        return InlineKeyboardButton(text=label, callback_data=target)

    return InlineKeyboardMarkup(inline_keyboard=[[button(*each) for each in row] for row in rows])


def entities(rich: RichText) -> list[MessageEntity]:
    return [
        MessageEntity(type=mark.kind, offset=mark.offset, length=mark.length, url=mark.url)
        for mark in rich.marks
    ]


MENU = keyboard(
    [("🛂 Кирүү", "page"), ("🏠 Каттоо", "page")],
    [("💼 Иш", "page"), ("⚖️ Укуктар", "page"), ("📞 112", "card")],
    [("Патент керекпи? Кыргызстандын жарандары үчүн эрежелер", "page")],
    [("🆘 SOS", "alert"), ("Сайт", "https://mvd.ru/help")],
)
PAGE = keyboard([("📞 Посольство", "card"), ("💾 Сактоо", "toast")], [("⬅️ Меню", "menu")])


def sample_router() -> Router:
    router = Router()

    @router.message(Command("start"))
    async def start(message: Message, command: CommandObject) -> None:
        if command.args:
            await message.answer(f"start {command.args}")
        await message.answer("Саламатсызбы! Эмне керек?", reply_markup=MENU)

    @router.message(Command("slow"))
    async def slow(message: Message) -> None:
        assert message.bot is not None
        await message.bot.send_chat_action(message.chat.id, "typing")
        await asyncio.sleep(0.5)
        await message.answer("Күткөнүңүз үчүн рахмат")

    @router.message(Command("fail"))
    async def fail(_message: Message) -> None:
        raise ValueError("broken on purpose")

    @router.message(Command("sources"))
    async def sources(message: Message) -> None:
        listed = "\n".join(f"• Мыйзам № {number}, көчмөндөр жөнүндө" for number in range(1, 13))
        folded = RichTextBuilder().add("Булагы:\n" + listed, MarkKind.FOLDED_QUOTE).build()
        await message.reply(folded.text, entities=entities(folded))

    @router.message(Command("file"))
    async def file(message: Message) -> None:
        calendar = BufferedInputFile(b"BEGIN:VCALENDAR\r\n", "Күндөр.ics")
        await message.answer_document(calendar, caption="Календарга салыңыз.")

    @router.message(F.text)
    async def echo(message: Message) -> None:
        await message.answer(message.text or "", entities=None)

    @router.edited_message()
    async def edited(message: Message) -> None:
        await message.answer(f"Түзөтүлдү: {message.text}")

    @router.message()
    async def other(message: Message) -> None:
        await message.answer("Мен тексттерди гана окуй алам.", reply_markup=MENU)

    @router.callback_query()
    async def press(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        match query.data:
            case "toast":
                await query.answer("Сакталды")
                return
            case "alert":
                await query.answer("Азыр 112ге чалыңыз. Бекер.", show_alert=True)
                return
            case "card":
                await query.message.answer_contact("+74992374452", "Кыргызстандын элчилиги")
            case "page":
                rich = memo()
                await query.message.edit_text(
                    rich.text, entities=entities(rich), reply_markup=PAGE
                )
            case _:
                await query.message.edit_text("Саламатсызбы! Эмне керек?", reply_markup=MENU)
        await query.answer()

    return router


def sample_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.include_router(sample_router())
    return dispatcher


async def introduce(bot: Bot) -> None:
    """Descriptions and commands in two languages."""
    commands = {"menu": "Башкы бет", "sos": "Шашылыш жардам", "start": "Башынан"}
    await bot.set_my_commands(
        [BotCommand(command=name, description=text) for name, text in commands.items()],
        language_code="ky",
    )
    await bot.set_my_commands([BotCommand(command="menu", description="Main page")])
    await bot.set_my_description(
        "Россиядагы кыргызстандыктар үчүн кеңештер: каттоо, иш, укуктар, телефондор.",
        language_code="ky",
    )
    await bot.set_my_description("Guidance for people who work in Russia, with sources.")
