"""The editor of a check in a real browser: by keyboard, on a phone, for everybody, and what is typed is drawn and played."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.web.serving import serve
from db.drafts import Drafts
from db.engine import make_engine
from db.migrate import upgrade
from tests.browser.test_memo_editor import LAPTOP, PHONE, SAVED
from tests.support.small_flow import FLOW, FLOW_TEXT
from tests.web.staff.room import PASSWORD, StaffHouse, open_staff_house

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

EDITOR = "/staff/flows/appeal-by"
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    house: StaffHouse


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    folder: Path = tmp_path_factory.mktemp("flows")
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
async def page(served: Served, browser: Browser) -> AsyncIterator[Page]:
    """A new member's browser. An error of a script fails the test."""
    complaints: list[str] = []
    member = await served.house.member("author", f"Author {next(_NUMBERS)}")
    context = await browser.new_context(
        viewport=LAPTOP, base_url=served.address, locale="en", reduced_motion="reduce"
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto("/staff/sign-in")
    await page.get_by_label("Name").fill(member.name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/staff/")
    yield page
    await context.close()
    assert complaints == []


async def test_a_typed_question_is_saved_drawn_and_played(served: Served, page: Page) -> None:
    await page.goto(f"{EDITOR}?part=got")
    question = page.get_by_role("group", name="Question", exact=True).get_by_label("English")
    await question.press("Control+a")
    await question.press_sequentially("Which day is on the paper?")

    await expect(page.locator("[data-status]")).to_contain_text("Saved in", timeout=SAVED)
    await expect(page.locator("#drawing")).to_contain_text("Which day is on", timeout=SAVED)
    await expect(page.locator("#drawing a[aria-current]")).to_have_count(1)
    await page.get_by_role("button", name="A fine").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#phone")).to_contain_text("Which day is on the paper?")
    await page.get_by_label("A typed answer").fill("yesterday")
    await page.keyboard.press("Enter")
    await expect(page.locator("#phone .mine")).to_have_text("yesterday")
    await expect(page.get_by_label("A typed answer")).to_be_focused()
    (draft,) = await Drafts(served.house.room.engine).of("flow/appeal-by")
    assert draft.files[FLOW].text == FLOW_TEXT.replace(
        "en: When did you get it?", "en: Which day is on the paper?"
    )
    await Drafts(served.house.room.engine).discard(draft.id, served.house.clock())


async def test_a_box_of_the_drawing_and_a_problem_lead_to_the_form(page: Page) -> None:
    await page.goto(EDITOR)
    await page.locator("#drawing a", has_text="Where did you live?").press("Enter")
    await page.wait_for_url("**part=place**")

    await page.get_by_label("Leads to").select_option("kind")

    problem = page.locator("#problems li", has_text="kind").first
    await expect(problem).to_be_visible(timeout=SAVED)
    await expect(page.locator("#part-list .dot")).not_to_have_count(0)


async def test_steps_are_added_by_buttons_that_wait_for_the_saving(page: Page) -> None:
    await page.goto(f"{EDITOR}?part=trips")
    await page.get_by_role("group", name="Hint").get_by_label("English").fill("All of them.")
    await page.get_by_label("Name of a new step or outcome").fill("one-more")

    await page.get_by_role("button", name="Add a step").click()

    await page.wait_for_url("**part=one-more")
    await expect(page.locator("#problems")).to_contain_text("Nobody comes here:")
    await page.goto(f"{EDITOR}?part=trips")
    hint = page.get_by_role("group", name="Hint").get_by_label("English")
    await expect(hint).to_have_value("All of them.")


@pytest.mark.parametrize("path", ["/staff/flows", EDITOR, f"{EDITOR}?part=kind",
                                  f"{EDITOR}?part=count", f"{EDITOR}?part=whose",
                                  f"{EDITOR}?part=in-time", f"{EDITOR}?tab=yaml"])  # fmt: skip
async def test_everybody_can_use_it_and_nothing_scrolls_sideways(page: Page, path: str) -> None:
    for viewport in (LAPTOP, PHONE):
        await page.set_viewport_size(viewport)
        await page.goto(path)
        await page.wait_for_load_state("networkidle")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await page.evaluate(wide) <= 0
        found = await Axe().run(page)
        serious = [
            (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
