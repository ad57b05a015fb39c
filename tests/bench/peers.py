"""Two bots to compare with, written as aiogram's guide has them: an echo, and a menu of several levels.

They use aiogram's own webhook handler. It is told to handle an update before it answers, as this project does:
with its default it answers first, and the driver would measure how fast it says "later".

    python -m tests.bench.peers echo|menu --port 8081 --api http://127.0.0.1:8082 --token 42:DOUBLE
"""

import argparse
import asyncio

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

_SECTIONS, _MEMOS, _PAGES = 8, 6, 3
_PARAGRAPH = (
    "Встаньте на учёт до конца срока. Попросите хозяина квартиры подать уведомление и сохраните "
    "отрывную часть бланка: она понадобится при проверке документов."
)


class Menu(StatesGroup):
    sections = State()
    memos = State()
    memo = State()


def echo_router() -> Router:
    router = Router()

    @router.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "?")

    return router


def menu_router() -> Router:
    router = Router()

    async def send_sections(message: Message, state: FSMContext) -> None:
        await state.set_state(Menu.sections)
        await message.answer("Выберите раздел", reply_markup=_sections())

    router.message(CommandStart())(send_sections)
    router.message()(send_sections)

    async def show(callback: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup) -> None:
        if isinstance(callback.message, Message):
            await callback.message.edit_text(text, reply_markup=keyboard)
        await callback.answer()

    @router.callback_query(F.data == "sections")
    async def sections(callback: CallbackQuery, state: FSMContext) -> None:
        await state.set_state(Menu.sections)
        await show(callback, "Выберите раздел", _sections())

    @router.callback_query(StateFilter(Menu), F.data.startswith("section:"))
    async def section(callback: CallbackQuery, state: FSMContext) -> None:
        _, number = (callback.data or "").split(":")
        await state.set_state(Menu.memos)
        await state.update_data(section=number)
        await show(callback, f"Раздел {number}. Выберите памятку", _memos(number))

    @router.callback_query(StateFilter(Menu), F.data.startswith("memo:"))
    async def memo(callback: CallbackQuery, state: FSMContext) -> None:
        _, number, page = (callback.data or "").split(":")
        await state.set_state(Menu.memo)
        section = (await state.get_data()).get("section", "1")
        text = f"Памятка {section}.{number}, страница {page}\n\n{_PARAGRAPH}"
        await show(callback, text, _memo(section, number, int(page)))

    return router


def _sections() -> InlineKeyboardMarkup:
    return _keyboard([(f"Раздел {n}", f"section:{n}") for n in range(1, _SECTIONS + 1)])


def _memos(section: str) -> InlineKeyboardMarkup:
    memos = [(f"Памятка {section}.{n}", f"memo:{n}:1") for n in range(1, _MEMOS + 1)]
    return _keyboard([*memos, ("Меню", "sections")])


def _memo(section: str, memo: str, page: int) -> InlineKeyboardMarkup:
    pages = [(f"Страница {n}", f"memo:{memo}:{n}") for n in range(1, _PAGES + 1) if n != page]
    return _keyboard([*pages, ("Раздел", f"section:{section}"), ("Меню", "sections")])


def _keyboard(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=text, callback_data=data)] for text, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def _serve(options: argparse.Namespace) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(options.api))
    bot = Bot(options.token, session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(echo_router() if options.peer == "echo" else menu_router())
    application = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, handle_in_background=False, secret_token=options.secret
    )
    handler.register(application, path="/telegram/webhook")
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", options.port).start()
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=("echo", "menu"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--secret", required=True)
    uvloop.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
