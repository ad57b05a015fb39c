"""Where a person is, in the local chat: the keys that ask for it, the dialog that tells it, and pins."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.test_demo import new_phone, press
from tests.browser.test_local_chat_page import TOO_SMALL
from tests.support.bot import SMALL_CONTENT
from tests.support.demo import running_demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    folder: Path = tmp_path_factory.mktemp("places")
    async with running_demo(folder, SMALL_CONTENT) as demo:
        yield demo.address


@pytest_asyncio.fixture(loop_scope="module")
async def page(demo: str, browser: Browser) -> AsyncIterator[Page]:
    """In a browser that lets pages ask where it is: near the Migration centre of the content."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        base_url=demo,
        geolocation={"latitude": 55.31, "longitude": 37.2},
        permissions=["geolocation"],
    )
    yield await context.new_page()
    await context.close()


async def asked_for_the_place(page: Page, name: str) -> Locator:
    phone = await new_phone(page, name)
    for label in ("English", "🇺🇿", "Help lines", "All contacts", "Nearest office"):
        await press(phone, label)
    return phone


async def test_the_place_of_the_device_finds_an_office_with_a_pin(page: Page) -> None:
    phone = await asked_for_the_place(page, "Device")
    await phone.get_by_role("button", name="Send where I am").click()
    dialog = page.get_by_role("dialog", name="Where is this person?")
    await dialog.get_by_role("button", name="This device").click()
    await expect(dialog.get_by_label("Latitude")).to_have_value("55.3100")
    assert await page.evaluate(TOO_SMALL) == []
    await dialog.get_by_role("button", name="Send").click()

    await expect(phone.locator(".mine .card").last).to_contain_text("55.3100, 37.2000")
    await expect(phone.locator(".text").last).to_contain_text("≈ 1 km from you")
    await expect(phone.get_by_role("group", name="Keys of the bot")).to_be_hidden()
    await press(phone, "Migration centre")
    await press(phone, "Show on the map")
    pin = phone.locator(".message:not(.mine) .card").last
    await expect(pin).to_contain_text("Varshavskoye shosse")
    await expect(pin).to_contain_text("55.3000, 37.2000")


async def test_a_place_can_be_typed(page: Page) -> None:
    phone = await asked_for_the_place(page, "Numbers")
    await phone.get_by_role("button", name="Send where I am").click()
    dialog = page.get_by_role("dialog", name="Where is this person?")
    await dialog.get_by_label("Latitude").fill("55.79")
    await dialog.get_by_label("Longitude").fill("49.1")
    await dialog.get_by_role("button", name="Send").click()

    await expect(phone.locator(".text").last).to_contain_text("to the centre of Kazan")
    await expect(phone.locator(".key", has_text="Tatarstan")).to_be_visible()


async def test_whoever_refuses_gets_the_keyboard_back(page: Page) -> None:
    phone = await asked_for_the_place(page, "Refused")
    keys = phone.get_by_role("group", name="Keys of the bot")
    await page.reload()
    await page.get_by_role("navigation").get_by_role("button", name="Refused").click()
    await expect(keys, "the keys outlive a reload").to_be_visible()

    await keys.get_by_role("button", name="Do not send").click()

    await expect(keys).to_be_hidden()
    await expect(phone.locator(".mine").last).to_contain_text("Do not send")
