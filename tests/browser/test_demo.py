"""The demo as a newcomer sees it: the real program, the published guidance, a browser of a phone's size."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.bot import REAL_CONTENT
from tests.support.demo import running_demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    folder: Path = tmp_path_factory.mktemp("demo")
    async with running_demo(folder, REAL_CONTENT) as demo:
        yield demo.address


@pytest_asyncio.fixture(loop_scope="module")
async def page(demo: str, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, base_url=demo)
    yield await context.new_page()
    await context.close()


async def new_phone(page: Page, name: str) -> Locator:
    """Somebody opens the bot and presses START."""
    await page.goto("/")
    if await page.get_by_role("button", name="Add a person").is_visible():
        await page.get_by_role("button", name="Add a person").click()
        form = page.get_by_role("dialog")
    else:  # nobody is there yet: the form stands on the page itself
        form = page.get_by_role("main")
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("Language of their Telegram").select_option("English")
    await form.get_by_role("button", name="Add", exact=True).click()
    phone = page.get_by_role("region", name=name, exact=True)
    await phone.get_by_role("button", name="START", exact=True).click()
    await expect(phone.locator(".keyboard")).to_be_visible()
    return phone


async def press(phone: Locator, label: str) -> None:
    await phone.locator(".key", has_text=label).last.click()


@pytest.mark.parametrize(
    ("citizenship", "deadline"),
    [
        ("Кыргызстан", r"30.күндүн ичинде"),
        ("Өзбекстан", r"15.күндүн ичинде"),
        ("Визасыз башка өлкө", r"7.жумуш күнүнүн ичинде"),
    ],
)
async def test_when_to_register_depends_on_the_citizenship(
    page: Page, citizenship: str, deadline: str
) -> None:
    phone = await new_phone(page, f"Из {citizenship}")
    await press(phone, "Кыргызча")
    await press(phone, citizenship)
    await press(phone, "каттоо")
    await press(phone, "Каттоо: мөөнөтү")

    bubble = phone.locator(".text").last
    await expect(bubble).to_contain_text(re.compile(deadline))
    await expect(bubble).to_contain_text("Текшерилген күнү")


# The whole card is in sight at once, in the chat and when it is pressed to be held out.
_BOX = "(one) => { const box = one.getBoundingClientRect(); return [box.top, box.left, box.bottom, box.right]; }"


@pytest.mark.parametrize(
    "way",
    [
        ("Кыргызча", "🇰🇬", "Укуктарыңыз", "Полиция", "Көрсөтүү: Сиз кимсиз"),
        ("English", "🇰🇬", "rights", "police", "Show: I need an interpreter"),
        ("Русский", "🇰🇬", "Здоровье", "Скорая", "Показать: Мне больно"),
    ],
    ids=["ky", "en", "ru"],
)
async def test_a_card_to_show_fits_the_screen(page: Page, way: tuple[str, ...]) -> None:
    phone = await new_phone(page, f"Карточка {way[0]}")
    for label in way:
        await press(phone, label)

    picture = phone.locator(".picture img").last
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("(one) => one.naturalHeight") == 1440
    log = await phone.locator(".log").evaluate(_BOX)
    await expect(phone.locator(".key").last).to_be_in_viewport(ratio=1)
    await expect(picture).to_be_in_viewport(ratio=1)
    box = await picture.evaluate(_BOX)
    assert box[0] >= log[0]
    assert box[3] <= log[3]
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(4 / 3, abs=0.02), "out of shape"
    words = await picture.get_attribute("alt")
    assert words is not None
    assert words in (await phone.locator(".text").last.inner_text())

    await phone.locator(".picture").last.click()

    viewer = page.locator("dialog.viewer[open] img")
    await expect(viewer).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    await viewer.click()
    await expect(viewer).to_be_hidden()


async def test_a_typed_question_is_answered_and_a_hotline_can_be_called(page: Page) -> None:
    phone = await new_phone(page, "Дильноза")
    await press(phone, "Русский")
    await press(phone, "Узбекистан")
    await phone.get_by_role("textbox").fill("сколько дней можно без регистрации")
    await phone.get_by_role("textbox").press("Enter")

    await expect(phone.locator(".text").last).to_contain_text(re.compile(r"15.дней"))

    await press(phone, "Опасность")
    await expect(phone.locator(".text").last).to_contain_text("112")
