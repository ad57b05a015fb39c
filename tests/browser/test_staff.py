"""The staff pages in a real browser: by keyboard, on a phone and a laptop, in light and dark, without a barrier."""

import asyncio
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.web.serving import serve
from bot.web.staff.mount import PAGES
from db.engine import make_engine
from db.migrate import upgrade
from db.staff import Accounts, Invitation, Member, Role
from db.turns import FinishedTurn, SqlTurns
from db.unanswered import UnansweredRow
from tests.web.staff.room import PASSWORD, StaffHouse, open_staff_house

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE: ViewportSize = {"width": 390, "height": 844}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
# Those that need no part of a path: a page in the table is looked at from then on.
LOOKED_AT = [
    page.path
    for page in PAGES
    if "GET" in page.methods
    and not {"{", "."} & set(page.path)  # files have a dot
    and page.path != "/history/compare"  # shows two versions that are asked for
]


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    house: StaffHouse


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    folder: Path = tmp_path_factory.mktemp("staff")
    engine = make_engine(f"sqlite:///{folder}/joldosh.db")
    await upgrade(engine)
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with open_staff_house(folder, engine) as house:
        await house.member("admin", "Нурлан")
        serving = asyncio.create_task(
            serve(house.app, "127.0.0.1:0", on_listening=address.set_result)
        )
        yield Served(await address, house)
        signal.raise_signal(signal.SIGINT)
        await serving
    shutil.rmtree(folder)


@pytest_asyncio.fixture(loop_scope="module")
async def page(served: Served, browser: Browser) -> AsyncIterator[Page]:
    """A signed-in admin at a laptop. An error of a script or a blocked resource fails the test."""
    context = await browser.new_context(
        viewport=LAPTOP, base_url=served.address, locale="en", reduced_motion="reduce"
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    await page.goto("/staff/")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    await page.get_by_label("Name").focus()
    await page.keyboard.type("нурлан")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/staff/")
    yield page
    await context.close()
    assert complaints == []


@pytest.mark.parametrize("path", LOOKED_AT)
async def test_nothing_stands_in_the_way(page: Page, path: str) -> None:
    await expect_no_barrier(page, f"/staff{path}")


async def test_nothing_stands_in_the_way_in(served: Served, browser: Browser) -> None:
    accounts, now = Accounts(served.house.room.engine), served.house.clock()
    added = await accounts.add("Bermet", Role.AUTHOR, "ky", by="Нурлан", now=now)
    assert isinstance(added, Invitation)
    context = await browser.new_context(base_url=served.address, locale="ru")
    page = await context.new_page()

    await expect_no_barrier(page, "/staff/sign-in")
    await expect_no_barrier(page, f"/staff/invitation/{added.token}")
    await context.close()


async def test_nothing_stands_in_the_way_of_work(page: Page, served: Served) -> None:
    """Pages of a language, of a group of questions and of a draft, with something in them."""
    await make_work(served.house)
    await expect_no_barrier(page, "/staff/translators/ky")
    await expect_no_barrier(page, "/staff/translators/ky/short")
    await page.goto("/staff/unanswered")
    group = await page.locator("article h2 a").first.get_attribute("href")
    assert group is not None
    await expect_no_barrier(page, group)
    await page.goto("/staff/translators/ky")
    await page.get_by_role("button", name="Still correct").first.click()
    await page.get_by_role("link", name="send it for review").click()
    await expect_no_barrier(page, page.url)


async def make_work(house: StaffHouse) -> None:
    """An outdated translation whose base text is in the history, a short text without one, a group of questions."""
    root = house.content.root
    who = ("-c", "user.name=A test", "-c", "user.email=test@joldosh.example")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "An edition")):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    house.content.replace("memos/registration-first/ru.md", "Сколько стоит", "Сколько это стоит")
    house.content.replace("sources.yaml", ", ky: Келишим", "")
    turns = SqlTurns(house.room.engine)
    rows = tuple(UnansweredRow("келишим керекпи мага", "unsure", "ky", "kg") for _ in range(3))
    now = house.clock()
    await turns.commit(FinishedTurn("p", "telegram", 1, None, {}, False, (), now, rows))
    await turns.close()


async def expect_no_barrier(page: Page, path: str) -> None:
    """At both sizes and in both schemes of colour."""
    for viewport in (LAPTOP, PHONE):
        for scheme in ("light", "dark"):
            await page.set_viewport_size(viewport)
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.goto(path)
            found = (await Axe().run(page)).response["violations"]
            serious = [
                (one["id"], [node["html"] for node in one["nodes"]])
                for one in found
                if one["impact"] in {"serious", "critical"}
            ]
            assert serious == [], (viewport, scheme)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                "the page scrolls sideways"
            )
            assert await page.locator("h1").count() == 1


async def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await page.goto("/staff/")
    menu = page.get_by_role("navigation", name="Sections")
    await expect(menu).to_be_hidden()

    await page.get_by_role("button", name="Menu").focus()
    await page.keyboard.press("Enter")
    await expect(menu).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await page.get_by_role("button", name="Menu").click()
    await menu.get_by_role("link", name="Audit log").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Audit log")


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
async def test_the_menu_of_a_laptop_is_a_line_of_words_and_a_line_of_pages(
    served: Served, browser: Browser, lang: str
) -> None:
    context = await browser.new_context(viewport=LAPTOP, base_url=served.address)
    page = await context.new_page()
    await sign_in(page, await served.house.member("admin", f"Чолпон {lang}", lang))
    await page.goto("/staff/contacts")

    words = await heights(page.locator(".groups > li > a"))
    pages = await heights(page.locator(".pages a"))
    assert (len(words), len(set(words))) == (7, 1)
    assert (len(pages), len(set(pages))) == (4, 1)  # only those behind the word of this page
    assert pages[0] > words[0]
    await context.close()


async def test_the_menu_of_a_phone_shows_every_page_without_a_script(
    served: Served, browser: Browser
) -> None:
    context = await browser.new_context(
        viewport=PHONE, base_url=served.address, java_script_enabled=False
    )
    page = await context.new_page()
    await sign_in(page, await served.house.member("admin", "Жылдыз", "ru"))

    await page.get_by_role("button", name="Меню").press("Enter")

    pages = await heights(page.locator(".groups a"))
    assert len(pages) == len([one for one in PAGES if one.menu])
    assert min(pages) > 0
    assert max(pages) < PHONE["height"]  # nothing to scroll for
    await context.close()


async def sign_in(page: Page, member: Member) -> None:
    await page.goto("/staff/sign-in")
    await page.locator("[name=name]").fill(member.name)
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url("**/staff/")


async def heights(links: Locator) -> list[int]:
    """How far below the top of the window each link that is shown begins, in pixels."""
    boxes = [await link.bounding_box() for link in await links.all()]
    return [round(box["y"]) for box in boxes if box]


async def test_a_member_is_added_by_keyboard_and_the_link_is_shown(page: Page) -> None:
    await page.goto("/staff/accounts")
    await page.get_by_label("Name", exact=True).focus()
    await page.keyboard.type("Айгүл")
    await page.keyboard.press("Tab")
    await page.keyboard.type("editor")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("Link for Айгүл")
    link = await page.get_by_label("Invitation link").input_value()
    assert link.startswith("http://127.0.0.1:")
    await page.goto("/staff/accounts")
    await expect(page.get_by_role("row", name="Айгүл")).to_contain_text("editor")


async def test_a_typed_password_can_be_looked_at(page: Page) -> None:
    await page.goto("/staff/account")
    field = page.get_by_label("New password")
    await field.fill("three boring")
    await expect(field).to_have_attribute("type", "password")

    await page.get_by_role("button", name="Show").nth(1).click()

    await expect(field).to_have_attribute("type", "text")


@pytest.mark.parametrize(
    "path",
    ["facts/patent-price", "sources/law", "contacts/kg-embassy", "glossary/registration"],
)
async def test_nothing_stands_in_the_way_of_an_entry(page: Page, path: str) -> None:
    await expect_no_barrier(page, f"/staff/{path}")


async def test_a_fact_is_found_changed_and_saved_by_keyboard(page: Page) -> None:
    """What a change does is told while one types; Enter saves it into the draft."""
    await page.goto("/staff/facts")
    await page.get_by_label("Words or a number").focus()
    await page.keyboard.type("being late")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").last).to_have_text("1 entry")
    await page.get_by_role("link", name="The fine for being late.").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("The fine for being late.")

    await page.get_by_label("To, if it is a span").first.focus()
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.type("7000")
    await expect(page.get_by_role("heading", name="3 places in texts will change")).to_be_visible()
    await page.get_by_role("button", name="One more row").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Number, or from")).to_have_count(3)
    await expect(page.get_by_label("To, if it is a span").first).to_have_value("7000")

    await page.get_by_label("Article or paragraph").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Saved into your draft.")).to_be_visible()
    await page.get_by_label("Kind").select_option("date")
    await expect(page.get_by_label("Day", exact=True)).to_have_count(2)
