"""The editor of a memo in a real browser: what is typed is saved, seen and never lost, whoever else types."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.web.serving import serve
from db.drafts import Drafts
from db.engine import make_engine
from db.migrate import upgrade
from db.staff import Member
from tests.web.staff.room import PASSWORD, StaffHouse, open_staff_house

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE: ViewportSize = {"width": 390, "height": 844}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
EDITOR = "/staff/memos/registration-first"
RU = "memos/registration-first/ru.md"
# A save is debounced, checks the whole edition and draws the phone; a busy machine takes its time.
SAVED = 30_000

Opened = Callable[..., Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    house: StaffHouse

    async def texts(self, member: Member) -> list[str]:
        """What the drafts of a member say in the base text."""
        drafts = await Drafts(self.house.room.engine).open_of(member.id)
        return [draft.files[RU].text or "" for draft in drafts if RU in draft.files]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    folder: Path = tmp_path_factory.mktemp("memos")
    engine = make_engine(f"sqlite:///{folder}/joldosh.db")
    await upgrade(engine)
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with open_staff_house(folder, engine) as house:
        serving = asyncio.create_task(
            serve(house.app, "127.0.0.1:0", on_listening=address.set_result)
        )
        yield Served(await address, house)
        signal.raise_signal(signal.SIGINT)
        await serving
    shutil.rmtree(folder)


@pytest_asyncio.fixture(loop_scope="module")
async def opened(served: Served, browser: Browser) -> AsyncIterator[Opened]:
    """Opens the editor in a browser of a member's own. An error of a script fails the test."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_for(member: Member, path: str = EDITOR) -> Page:
            context = await browser.new_context(
                viewport=LAPTOP, base_url=served.address, locale="en", reduced_motion="reduce"
            )
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto("/staff/sign-in")
            await page.get_by_label("Name").fill(member.name)
            await page.get_by_label("Password").fill(PASSWORD)
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/staff/")
            await page.goto(path)
            return page

        yield open_for
    assert complaints == []


async def type_at_end(page: Page, text: str) -> None:
    area = page.get_by_label("Text", exact=True)
    await area.press("Control+End")
    await area.press_sequentially(text)


async def saved(page: Page) -> None:
    await expect(page.locator("[data-status]")).to_contain_text("Saved in", timeout=SAVED)


async def test_what_is_typed_is_saved_and_seen(served: Served, opened: Opened) -> None:
    member = await served.house.member("author", "Айгүл")
    page = await opened(member)
    await expect(page.locator("#draft-line")).to_contain_text("The published text.")

    await type_at_end(page, "\n\nНовый абзац.")

    await saved(page)
    await expect(page.locator("#draft-line")).to_contain_text("Your draft", timeout=SAVED)
    await expect(page.locator("#phone")).to_contain_text("Новый абзац.")
    (text,) = await served.texts(member)
    assert text.endswith("{contact:rf-112}\n\nНовый абзац.\n")
    assert "Новый абзац" not in served.house.content.read(RU)


async def test_a_mistake_is_marked_on_its_line_as_one_types(
    served: Served, opened: Opened
) -> None:
    page = await opened(await served.house.member("author", "Бек"))
    await expect(page.locator("#problems")).to_contain_text("No errors.")

    await type_at_end(page, "\n\nШтраф: {late-fin}.")

    problem = page.locator("#problems li", has_text="There is no fact late-fin")
    await expect(problem).to_be_visible(timeout=SAVED)
    marked = page.locator(".mirror .error")
    await expect(marked).to_have_text("Штраф: {late-fin}.")
    await expect(problem.locator("button")).to_have_text(
        f"line {await marked.get_attribute('data-number')}"
    )
    await page.get_by_label("Title").focus()
    await problem.locator("button").click()
    selected = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert await page.get_by_label("Text", exact=True).evaluate(selected) == "Штраф: {late-fin}."


async def test_numbers_stand_beside_their_lines_however_they_wrap(
    served: Served, opened: Opened
) -> None:
    page = await opened(await served.house.member("author", "Вера"))
    area = page.get_by_label("Text", exact=True)

    for viewport in (LAPTOP, PHONE):
        await page.set_viewport_size(viewport)
        assert await area.evaluate("(area) => area.scrollHeight - area.clientHeight") <= 1
        lines = await area.evaluate("(area) => area.value.split('\\n').length")
        assert await page.locator(".mirror > div").count() == lines
        last = page.locator(".mirror > div").last
        number = await last.get_attribute("data-number")
        assert number == str(served.house.content.line_of(RU, "{contact:rf-112}"))


async def test_a_fact_is_found_and_put_where_the_cursor_stands(
    served: Served, opened: Opened
) -> None:
    member = await served.house.member("author", "Гүлнара")
    page = await opened(member)
    await type_at_end(page, "\n\nОпоздали: ")

    await page.get_by_label("A fact, a contact or a memo").fill("штраф")
    await page.locator("[data-insert='{late-fine}']").click(timeout=SAVED)
    await page.keyboard.type(".")

    await expect(page.locator("#phone")).to_contain_text("Опоздали: от 2", timeout=SAVED)
    await saved(page)
    (text,) = await served.texts(member)
    assert text.endswith("\n\nОпоздали: {late-fine}.\n")
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+z")
    value = await page.get_by_label("Text", exact=True).input_value()
    assert not value.endswith("{late-fine}.")


async def test_a_part_for_one_citizenship_is_shown_to_its_own_only(
    served: Served, opened: Opened
) -> None:
    page = await opened(await served.house.member("author", "Дана"))
    await type_at_end(page, "\n")
    await page.get_by_text("Parts by citizenship").click()
    await page.get_by_label("Who").select_option("uz")
    await page.get_by_role("button", name="Only for them").click()
    await page.keyboard.type("Для своих.")
    await saved(page)
    await expect(page.locator("#phone")).not_to_contain_text("Для своих.")

    await page.get_by_label("Citizenship").select_option("uz")

    await expect(page.locator("#phone")).to_contain_text("Для своих.", timeout=SAVED)


async def test_two_windows_of_one_member_lose_nothing(served: Served, opened: Opened) -> None:
    member = await served.house.member("author", "Эсен")
    laptop, mobile = await opened(member), await opened(member)
    await laptop.get_by_label("Title").fill("С ноутбука")
    await saved(laptop)

    await type_at_end(mobile, "\n\nС телефона.")

    clash = mobile.locator(".clash")
    await expect(clash).to_contain_text("saved from another window too", timeout=SAVED)
    await expect(mobile.locator("[data-status]")).to_contain_text("Not saved")
    (text,) = await served.texts(member)
    assert "С ноутбука" in text, "what came first stands"

    await clash.get_by_role("button", name="Join both").click()

    await expect(clash).to_be_hidden(timeout=SAVED)
    await saved(mobile)
    await expect(mobile.get_by_label("Title")).to_have_value("С ноутбука")
    (text,) = await served.texts(member)
    assert "title: С ноутбука" in text
    assert text.endswith("С телефона.\n")


async def test_of_two_windows_either_text_can_be_kept(served: Served, opened: Opened) -> None:
    member = await served.house.member("author", "Жылдыз")
    laptop, mobile = await opened(member), await opened(member)
    await laptop.get_by_label("Title").fill("С ноутбука")
    await saved(laptop)
    await mobile.get_by_label("Title").fill("С телефона")
    await expect(mobile.locator(".clash")).to_be_visible(timeout=SAVED)

    join = mobile.get_by_role("button", name="Join both")
    await join.click()
    await expect(mobile.locator(".clash")).to_contain_text("changed the same lines", timeout=SAVED)
    await mobile.get_by_role("button", name="Keep my text").click()
    await saved(mobile)
    assert ["title: С телефона" in text for text in await served.texts(member)] == [True]

    await laptop.get_by_label("Title").fill("Снова с ноутбука")
    await expect(laptop.locator(".clash")).to_be_visible(timeout=SAVED)
    await laptop.get_by_role("button", name="Take the other").click()
    await expect(laptop.get_by_label("Title")).to_have_value("С телефона")


async def test_two_members_are_told_of_each_other(served: Served, opened: Opened) -> None:
    first = await opened(await served.house.member("author", "Зарина"))
    second = await opened(await served.house.member("author", "Ислам"))

    await expect(second.locator("#others")).to_contain_text(
        "Зарина is editing this text too, since 12:00."
    )
    await expect(first.locator("#others")).to_contain_text(
        "Ислам is editing this text too, since 12:00.", timeout=SAVED
    )


async def test_a_dead_line_costs_no_word(served: Served, opened: Opened) -> None:
    member = await served.house.member("author", "Карим")
    page = await opened(member)
    await page.context.set_offline(True)
    await type_at_end(page, "\n\nНаписано без связи.")
    await expect(page.locator("[data-status]")).to_contain_text(
        "kept in this browser", timeout=SAVED
    )
    await page.close()
    assert await served.texts(member) == []

    await page.context.set_offline(False)
    again = await page.context.new_page()
    await again.goto(EDITOR)

    await saved(again)
    (text,) = await served.texts(member)
    assert text.endswith("Написано без связи.\n")


async def test_a_text_that_another_window_overtook_is_offered(
    served: Served, opened: Opened
) -> None:
    member = await served.house.member("author", "Лола")
    page = await opened(member)
    await page.context.set_offline(True)
    await page.get_by_label("Title").fill("Без связи")
    await expect(page.locator("[data-status]")).to_contain_text("kept", timeout=SAVED)
    await page.close()
    other = await opened(member)
    await other.get_by_label("Title").fill("С другой машины")
    await saved(other)

    await page.context.set_offline(False)
    again = await page.context.new_page()
    await again.goto(EDITOR)
    await expect(again.get_by_label("Title")).to_have_value("С другой машины")
    await again.get_by_role("button", name="Put it into the editor").click()

    await expect(again.get_by_label("Title")).to_have_value("Без связи")
    await saved(again)


@pytest.mark.parametrize("tab", ["ru", "ky", "settings", "questions"])
async def test_nothing_stands_in_the_way(served: Served, opened: Opened, tab: str) -> None:
    page = await opened(await served.house.member("author", f"Мария {tab}"), f"{EDITOR}?tab={tab}")
    for viewport in (LAPTOP, PHONE):
        await page.set_viewport_size(viewport)
        found = (await Axe().run(page)).response["violations"]
        serious = [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == [], viewport
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
