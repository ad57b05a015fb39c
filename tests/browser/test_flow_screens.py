"""A check on a phone, in Kyrgyz, over the published guidance: nothing sticks out, and no label is cut.

Each screen is also a picture in `test-results/`, to look at.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.bot import REAL_CONTENT
from tests.support.demo import running_demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

_PATIENCE = 400  # seconds; a busy machine takes its time to read the guidance
PICTURES = Path("test-results")
# What is wider than its place: a short label that is cut, or a page that scrolls to the side. A long one, such as the name
# of an office, ends in dots on every phone.
CUT = """() => [...document.querySelectorAll('.phone.front .label, .phone.front .text, html')]
    .filter((one) => !one.matches('.label') || one.textContent.length <= 12)
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent.slice(0, 80))"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    folder: Path = tmp_path_factory.mktemp("demo")
    async with running_demo(folder, REAL_CONTENT, patience=_PATIENCE) as demo:
        yield demo.address


class Screen:
    """A phone with the bot open, and a picture of it after each deed."""

    def __init__(self, page: Page, phone: Locator, name: str) -> None:
        self._page, self._phone, self._name = page, phone, name
        self._taken = 0

    async def press(self, label: str, then: str) -> None:
        """Press the newest key with this label; `then` is what the newest message says after that."""
        await self._phone.locator(".key", has_text=label).last.click()
        await self._look(then)

    async def say(self, text: str, then: str) -> None:
        field = self._phone.get_by_role("textbox", name="Message")
        await field.fill(text)
        await field.press("Enter")
        await self._look(then)

    async def _look(self, then: str) -> None:
        await expect(self._phone.locator(".message").last).to_contain_text(then)
        assert await self._page.evaluate(CUT) == []
        self._taken += 1
        PICTURES.mkdir(exist_ok=True)
        await self._page.wait_for_timeout(400)  # the chat scrolls to its end
        picture = PICTURES / f"{self._name}-{self._taken:02}.png"
        await self._page.screenshot(path=picture)


@pytest_asyncio.fixture(loop_scope="module")
async def page(demo: str, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, base_url=demo)
    yield await context.new_page()
    await context.close()


async def opened(page: Page, name: str, citizenship: str) -> Screen:
    """Somebody of this citizenship who reads Kyrgyz, with the menu before them."""
    await page.goto("/")
    if await page.get_by_role("button", name="Add a person").is_visible():
        await page.get_by_role("button", name="Add a person").click()
        form = page.get_by_role("dialog")
    else:  # nobody is there yet: the form stands on the page itself
        form = page.get_by_role("main")
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("Language of their Telegram").select_option("Кыргызча")
    await form.get_by_role("button", name="Add", exact=True).click()
    phone = page.get_by_role("region", name=name, exact=True)
    await phone.get_by_role("button", name="БАШТОО", exact=True).click()
    for label in ("Кыргызча", citizenship):
        await phone.locator(".key", has_text=label).last.click()
    await expect(phone.locator(".message").last).to_contain_text("Эмнени")
    return Screen(page, phone, name)


async def test_until_when_to_register_and_a_reminder_of_it(page: Page) -> None:
    screen = await opened(page, "register-by", "Кыргызстан")
    await screen.press("Менин жагдайым", "жагдай")
    await screen.press("Каттоого кайсы күнгө чейин", "каттоого")
    await screen.press("Жок, тура элекмин", "кайсы күнү кирдиңиз")
    await screen.press("Календардан", "кайсы күнү кирдиңиз")
    await screen.say("31-февраль", "мындай күн жок")
    await screen.say("кечээ", "Жоопторуңуз туурабы")
    await screen.press("Жоопту көрсөтүү", "Кантип эсептедик")
    await screen.press("эскертип", "эскертем")
    await screen.press("Мөөнөттөрүм", "мөөнөттөрүңүз")
    await screen.press("Дарек боюнча каттоо", "күн калды")
    await screen.press("Башка күн", "Башка күндү тандаңыз")
    await screen.say("/dates", "мөөнөттөрүңүз")
    await screen.press("Календарь үчүн файл", "joldosh.ics")


async def test_how_many_days_are_left(page: Page) -> None:
    screen = await opened(page, "days-left", "Өзбекстан")
    await screen.say("/check", "жагдай")
    await screen.press("дагы канча күн", "эмненин негизинде")
    await screen.press("Билбейм", "1-сапар")
    await screen.say("5.03-20.04", "Быйылкы сапарлардын баары ушулбу")
    await screen.press("Дагы бир жолу", "2-сапар")
    await screen.press("Календардан", "2-сапар")
    await screen.say("3 жума мурун", "чыгып кеттиңиз")
    await screen.press("Мен азыр да Россиядамын", "бүгүнкү күнгө чейин")
    await screen.press("Бардыгы ушул", "эмненин негизинде")
    await screen.press("Жоопту көрсөтүү", "Кантип эсептедик")
