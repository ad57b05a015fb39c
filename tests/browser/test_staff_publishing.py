"""The whole way of a sentence, in a real browser at the real demo: an author by invitation writes it, an editor publishes it,
a person reads it, and it is taken back.
"""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.bot import REAL_CONTENT
from tests.support.demo import Demo, running_demo
from tests.support.publishing import git

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PASSWORD = "three boring green trees"
MEMO = "registration-first"
SENTENCE = "Сфотографируйте её и носите с паспортом."
NEW_SENTENCE = "Сделайте фото и носите её вместе с паспортом."
# A busy machine checks the whole guidance, and then a bot makes its pages.
PATIENT = 120_000


@dataclass(frozen=True, slots=True)
class Office:
    demo: Demo
    content: Path
    browser: Browser

    async def opened(self) -> Page:
        """A window of a browser of its own. It speaks English."""
        context = await self.browser.new_context(
            viewport={"width": 1280, "height": 900},
            base_url=self.demo.address,
            locale="en",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENT)
        page = await context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    async def let_in(self, link: str) -> Page:
        """Whoever has this link, after setting a password."""
        page = await self.opened()
        await page.goto(link)
        for field in await page.locator("input[type=password]").all():
            await field.fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/staff/")
        return page


@pytest_asyncio.fixture(loop_scope="module")
async def office(tmp_path: Path, browser: Browser) -> AsyncIterator[Office]:
    content = tmp_path / "content"
    shutil.copytree(REAL_CONTENT, content)
    async with running_demo(tmp_path, content) as demo:
        yield Office(demo, content, browser)


async def invited(admin: Page, name: str, role: str) -> str:
    """The link for a new member. The admin of a demo reads Russian."""
    await admin.goto("/staff/accounts")
    await admin.locator("input[name=name]").fill(name)
    await admin.locator("select[name=role]").select_option(role)
    await admin.locator("select[name=lang]").select_option("en")
    await admin.locator("main form button.primary").click()
    return await admin.locator(".link").input_value()


async def a_person(office: Office) -> Locator:
    """Somebody from Kyrgyzstan who reads Russian, in front of the menu."""
    page = await office.opened()
    await page.goto("/")
    form = page.get_by_role("main")
    await form.get_by_label("Name").fill("Азамат")
    await form.get_by_label("Language of their Telegram").select_option("English")
    await form.get_by_role("button", name="Add", exact=True).click()
    phone = page.get_by_role("region", name="Азамат", exact=True)
    await phone.get_by_role("button", name="START", exact=True).click()
    for label in ("Русский", "🇰🇬"):
        await phone.locator(".key", has_text=label).last.click()
    await expect(phone.locator(".key", has_text="Регистрация").last).to_be_visible()
    return phone


async def reads(phone: Locator, sentence: str) -> None:
    """Opens the memo afresh and finds the sentence, on whichever page of it."""
    await phone.get_by_role("textbox", name="Message").fill(f"/start {MEMO}")
    await phone.get_by_role("textbox", name="Message").press("Enter")
    bubbles = phone.locator(".text")
    await expect(bubbles.last).to_contain_text("Регистрация: срок")
    for _ in range(6):
        if sentence in await bubbles.last.inner_text():
            return
        further = phone.locator(".key", has_text="Дальше").last
        before = await bubbles.last.inner_text()
        await further.click()
        await expect(bubbles.last).not_to_have_text(before)
    raise AssertionError(f"the person does not find: {sentence}")


async def no_barrier(page: Page) -> None:
    """At a laptop and on a phone."""
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 844})
        found = (await Axe().run(page)).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
        assert serious == [], (page.url, width)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


async def test_a_sentence_goes_to_persons_and_back(office: Office) -> None:
    admin = await office.let_in(office.demo.staff_link)
    author = await office.let_in(await invited(admin, "Айгүл", "author"))
    editor = await office.let_in(await invited(admin, "Вера", "editor"))
    phone = await a_person(office)
    await reads(phone, SENTENCE)

    # The author finds the memo, changes the sentence and sees what that does.
    await author.goto("/staff/memos?q=registration-first")
    await author.locator(f'a.memo-name[href="/staff/memos/{MEMO}"]').click()
    await author.get_by_role("link", name="Русский").first.click()
    await author.wait_for_url("**tab=ru**")
    text = author.locator("#field-body")
    await text.fill((await text.input_value()).replace(SENTENCE, NEW_SENTENCE))
    await expect(author.locator("#work-state")).to_contain_text("Saved", timeout=PATIENT)
    await expect(author.locator("#problems")).to_contain_text("Кыргызча", timeout=PATIENT)
    await author.goto(f"/staff/memos/{MEMO}/submit")
    await expect(author.locator("ins").first).to_be_visible()
    await author.get_by_label("For the editor").fill("Проще")
    await author.get_by_role("button", name="Submit for review").click()
    await author.wait_for_url(f"**/staff/memos/{MEMO}**")
    await author.goto("/staff/review")
    await author.locator("article a").click()
    await expect(author.get_by_role("button", name="Publish now")).to_have_count(0)

    # The editor reads it and publishes.
    await editor.goto("/staff/review")
    await expect(editor.locator("article")).to_contain_text("Айгүл")
    await editor.locator("article a").click()
    await expect(editor.locator("#persons")).not_to_contain_text("checked", timeout=PATIENT)
    await no_barrier(editor)
    await editor.get_by_label("I have read the warnings").first.check()
    await editor.get_by_role("button", name="Publish now").click()
    await expect(editor.locator("#live")).to_contain_text(
        re.compile("Live since|Persons read it"), timeout=PATIENT
    )
    await no_barrier(editor)
    assert git(office.content, "log", "-1", "--format=%an|%s") == (f"Айгүл|memo/{MEMO}: Проще")
    assert git(office.content, "show", "--format=", "--name-only", "HEAD") == (
        f"memos/{MEMO}/ru.md"
    )
    await reads(phone, NEW_SENTENCE)

    # And takes it back.
    await editor.goto(f"/staff/history?memo={MEMO}")
    await no_barrier(editor)
    await editor.locator(".versions a").last.click()
    await no_barrier(editor)
    editor.on("dialog", lambda dialog: dialog.accept())
    await editor.get_by_role("button", name="Return and publish").click()
    await expect(editor.locator("#live")).to_contain_text(
        re.compile("Live since|Persons read it"), timeout=PATIENT
    )
    await reads(phone, SENTENCE)
    assert git(office.content, "log", "--format=%an").splitlines()[:2] == ["Вера", "Айгүл"]
    assert (office.content / f"memos/{MEMO}/ru.md").read_bytes() == (
        REAL_CONTENT / f"memos/{MEMO}/ru.md"
    ).read_bytes()
