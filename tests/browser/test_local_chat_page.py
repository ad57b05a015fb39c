"""The page of the local chat in a real browser, with the sample bot behind it."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.telegram.local_chat import LocalChat
from tests.browser.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_PHONE: ViewportSize = {"width": 360, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

# What is too small for a thumb or sticks out of the screen. Links and commands inside text are
# as high as their line; everything else has 44 by 44.
TOO_SMALL = """() => [...document.querySelectorAll('button, a, input, select, textarea')]
    .filter((one) => one.checkVisibility() && !one.closest('.text'))
    .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5 || box.right > innerWidth + 0.5)
    .map(([name, box]) => `${name} ${box.width}x${box.height} right ${box.right}`)"""


@pytest_asyncio.fixture(loop_scope="module")
async def page(served: Served, browser: Browser) -> AsyncIterator[Page]:
    """The page at phone size. Any script error or blocked resource fails the test."""
    context = await browser.new_context(viewport=PHONE, base_url=served.address)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    await context.close()
    # The browser itself notes a refused act, which is how the page learns of it.
    refusals = re.compile(r"status of (409|500)|ERR_CONNECTION")
    assert [text for text in complaints if not refusals.search(text)] == []


async def opened(page: Page, chat: LocalChat, path: str = "/") -> Locator:
    """The phone of a Kyrgyz speaker who has started the bot."""
    person = chat.add_person("Айбек", "ky")["id"]
    await chat.say(person, "/start")
    await page.goto(path)
    phone = page.locator(".phone.front")
    await expect(phone.locator(".keyboard")).to_be_visible()
    return phone


def key(phone: Locator, label: str) -> Locator:
    return phone.locator(".key", has_text=label).last


async def say(phone: Locator, text: str) -> None:
    field = phone.get_by_role("textbox", name="Message")
    await field.fill(text)
    await field.press("Enter")


async def test_a_newcomer_adds_a_person_and_starts(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Айбек").click()
    phone = page.get_by_role("region", name="Айбек")

    await expect(phone).to_contain_text("What can this bot do?")
    await expect(phone).to_contain_text("Россиядагы кыргызстандыктар үчүн")
    await phone.get_by_role("button", name="БАШТОО").click()
    await expect(phone.locator(".message.mine")).to_contain_text("/start")
    await expect(phone.locator(".message").last).to_contain_text("Саламатсызбы!")
    await expect(phone.get_by_role("textbox", name="Message")).to_be_visible()


async def test_a_made_up_person_has_the_language_that_was_chosen(
    page: Page, served: Served
) -> None:
    await page.goto("/")
    await page.get_by_label("Name").first.fill("Anna")
    await page.get_by_label("Language of their Telegram").first.select_option("English")
    await page.get_by_role("button", name="Add", exact=True).first.click()
    await expect(page.get_by_role("button", name="START")).to_be_focused()
    assert [(one["name"], one["language"]) for one in served.chat.persons()] == [("Anna", "en")]


async def test_a_deep_link_puts_its_target_behind_start(page: Page, served: Served) -> None:
    person = served.chat.add_person("Айбек", "ky")["id"]
    await page.goto("/?start=registration-first")
    phone = page.locator(".phone.front")
    await phone.get_by_role("button", name="registration-first").click()
    await expect(phone).to_contain_text("start registration-first")
    assert served.chat.messages(person)[0].text == "/start registration-first"


async def test_a_press_changes_the_message_in_place(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await key(phone, "Каттоо").click()

    memo = phone.locator(".message").last
    await expect(memo.locator("strong").first).to_have_text("🏠 Каттоо: мөөнөтү жана тартиби")
    await expect(memo.locator("blockquote")).to_have_text(
        "«Мне нужно встать на миграционный учёт»"
    )
    await expect(memo.locator("em > a")).to_have_attribute("href", "tel:+74992374452")
    law = memo.get_by_role("link", name="закон № 109-ФЗ")
    await expect(law).to_have_attribute("href", "https://mvd.ru/109-fz")
    await expect(memo.locator(".meta")).to_contain_text("edited")
    await expect(phone.locator(".message")).to_have_count(2)
    await expect(key(phone, "Меню")).to_be_visible()


async def test_a_file_is_saved_under_its_name(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "/file")
    message = phone.locator(".message").last
    await expect(message).to_contain_text("Календарга салыңыз.")

    async with page.expect_download() as downloading:
        await message.get_by_role("link", name="Save Күндөр.ics").click()
    download = await downloading.value

    assert download.suggested_filename == "Күндөр.ics"
    assert (await download.path()).read_bytes() == b"BEGIN:VCALENDAR\r\n"
    assert await page.evaluate(TOO_SMALL) == []


async def test_an_answer_shows_what_it_answers_and_folds_its_sources(
    page: Page, served: Served
) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "/sources")

    answer = phone.locator(".message").last
    await expect(answer.locator(".replied")).to_have_text("/sources")
    quote = answer.locator("blockquote")
    folded = await quote.bounding_box()
    await answer.get_by_role("button", name="Show all of it").click()
    unfolded = await quote.bounding_box()

    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > 3 * folded["height"]
    await expect(quote).to_contain_text("Мыйзам № 12")


async def test_rows_stand_as_they_were_sent(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    rows = await phone.locator(".row").all()
    labels = [await row.locator(".label").all_inner_texts() for row in rows]
    assert [len(row) for row in labels] == [2, 3, 1, 2]
    assert labels[0] == ["🛂 Кирүү", "🏠 Каттоо"]

    boxes = [await one.bounding_box() for one in await rows[1].locator(".key").all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1, "one line"
    assert len({round(box["width"]) for box in boxes if box}) == 1, "equally wide"


async def test_a_contact_can_be_called(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await key(phone, "112").click()
    card = phone.locator(".card")
    await expect(card).to_contain_text("Кыргызстандын элчилиги")
    await expect(card.get_by_role("link")).to_have_attribute("href", "tel:+74992374452")


async def test_answers_to_presses_float_over_the_chat(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await key(phone, "SOS").click()
    alert = phone.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Азыр 112ге чалыңыз")
    await alert.get_by_role("button", name="OK").press("Enter")
    await expect(alert).to_have_count(0)

    await key(phone, "Каттоо").click()
    await key(phone, "Сактоо").click()
    await expect(phone.get_by_role("status")).to_have_text("Сакталды")


async def test_typing_is_shown_until_the_answer(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "/slow")
    await expect(phone.locator(".status")).to_have_text("typing…")
    await expect(phone.locator(".message").last).to_contain_text("Күткөнүңүз үчүн рахмат")
    await expect(phone.locator(".status")).to_have_text("bot")


async def test_commands_are_in_the_language_of_the_person(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await phone.get_by_role("button", name="Commands").click()
    await expect(phone.get_by_role("option")).to_have_text(
        [re.compile("/menu.*Башкы бет"), re.compile("/sos"), re.compile("/start")]
    )
    field = phone.get_by_role("textbox", name="Message")
    await field.fill("/so")
    await expect(phone.get_by_role("option")).to_have_count(1)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(phone.locator(".message.mine").last).to_contain_text("/sos")
    await expect(phone.get_by_role("option")).to_have_count(0)


async def test_a_command_inside_a_text_can_be_pressed(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await key(phone, "Каттоо").click()
    await phone.get_by_role("button", name="/sos").click()
    await expect(phone.locator(".message.mine").last).to_contain_text("/sos")


async def test_what_is_written_never_becomes_markup(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "<img src=x onerror=alert(1)> <b>12</b> & javascript:alert(1)")
    bubbles = phone.locator(".message", has_text="<img src=x onerror=alert(1)>")
    await expect(bubbles).to_have_count(2)
    await expect(phone.locator(".text img, .text b, .text a")).to_have_count(0)


async def test_an_own_message_is_edited_with_the_keyboard(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "Патент керекпи")
    await expect(phone.locator(".message.mine")).to_have_count(2)
    field = phone.get_by_role("textbox", name="Message")
    await field.press("ArrowUp")
    await expect(phone.locator(".banner")).to_contain_text("Патент керекпи")
    await field.press("Escape")
    await expect(field).to_have_value("")

    await field.press("ArrowUp")
    await field.fill("Патент кимге керек?")
    await field.press("Enter")
    mine = phone.locator(".message.mine").last
    await expect(mine).to_contain_text("Патент кимге керек?")
    await expect(mine.locator(".meta")).to_contain_text("edited")
    await expect(phone.locator(".message").last).to_contain_text("Түзөтүлдү")


async def test_a_line_break_needs_shift(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    field = phone.get_by_role("textbox", name="Message")
    await field.press_sequentially("бир")
    await field.press("Shift+Enter")
    await field.press_sequentially("эки")
    await field.press("Enter")
    await expect(phone.locator(".message.mine .text").last).to_have_text("бир\nэки")


async def test_something_that_is_not_text_can_be_sent(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await phone.get_by_role("button", name="Send something that is not text").click()
    await phone.get_by_role("menuitem", name="Voice message").click()
    await expect(phone.locator(".message.mine").last).to_contain_text("Voice message")
    await expect(phone.locator(".message").last).to_contain_text("Мен тексттерди гана")


async def test_blocking_closes_the_input_until_it_is_undone(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Block the bot").click()
    await expect(phone.locator(".status")).to_have_text("blocked by this person")
    await expect(phone.get_by_role("textbox", name="Message")).to_be_hidden()

    await phone.locator("footer").get_by_role("button", name="Unblock the bot").click()
    await expect(phone.get_by_role("textbox", name="Message")).to_be_visible()
    assert [one["blocked"] for one in served.chat.persons()] == [False]


async def test_a_removed_person_leaves_the_page(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Remove this person").click()
    await expect(page.locator(".phone")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Try Joldosh as somebody")).to_be_visible()


async def test_a_mistake_of_the_bot_is_told(page: Page, served: Served) -> None:
    phone = await opened(page, served.chat)
    await say(phone, "/fail")
    await expect(phone.get_by_role("status")).to_contain_text("Its log says why")


async def test_the_newest_message_stays_in_sight_unless_the_reader_went_up(
    page: Page, served: Served
) -> None:
    phone = await opened(page, served.chat)
    person = served.chat.persons()[0]["id"]
    for number in range(30):
        await served.chat.say(person, f"суроо {number}")
    newest = phone.locator(".message").last
    await expect(newest).to_contain_text("суроо 29")
    await expect(newest).to_be_in_viewport()

    await phone.locator(".log").evaluate("log => log.scrollTo(0, 0)")
    to_newest = phone.get_by_role("button", name="To the newest message")
    await expect(to_newest).to_be_visible()
    await served.bot.send_message(person, "жаңылык")
    await expect(to_newest).to_contain_text("1")
    await expect(newest).not_to_be_in_viewport()
    await to_newest.click()
    await expect(newest).to_be_in_viewport()
    await expect(to_newest).to_be_hidden()


async def test_the_focus_stays_at_the_buttons_when_a_message_changes(
    page: Page, served: Served
) -> None:
    phone = await opened(page, served.chat)
    await key(phone, "Каттоо").press("Enter")
    await expect(key(phone, "Посольство")).to_be_focused()


async def test_the_page_comes_back_after_the_connection_was_lost(
    page: Page, served: Served
) -> None:
    phone = await opened(page, served.chat)
    served.chat.close()
    await expect(page.get_by_text("Trying again…")).to_be_visible()
    await expect(page.get_by_text("Trying again…")).to_be_hidden(timeout=10_000)
    await say(phone, "кайра")
    await expect(phone.locator(".message").last).to_contain_text("кайра")
    await expect(phone.locator(".message", has_text="кайра")).to_have_count(2)


async def test_several_phones_stand_side_by_side_on_a_desktop(page: Page, served: Served) -> None:
    await page.set_viewport_size(DESKTOP)
    await opened(page, served.chat)
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_role("dialog").get_by_role("button", name="Дильноза").click()
    phones = page.locator(".phone")
    await expect(phones).to_have_count(2)
    first, second = [await one.bounding_box() for one in await phones.all()]
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] < second["x"]
    await expect(phones.nth(1).get_by_role("button", name="НАЧАТЬ")).to_be_focused()


async def test_a_small_screen_is_one_phone_with_tabs(page: Page, served: Served) -> None:
    await page.set_viewport_size(SMALL_PHONE)
    await opened(page, served.chat)
    other = served.chat.add_person("Дильноза", "ru")["id"]
    await page.get_by_role("button", name="Дильноза").click()
    front = page.locator(".phone:visible")
    await expect(front).to_have_count(1)
    await expect(front).to_have_attribute("data-person", str(other))
    box = await front.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP], ids=["360", "390", "1280"])
async def test_everything_is_large_enough_for_a_thumb_and_on_the_screen(
    page: Page, served: Served, size: ViewportSize
) -> None:
    await page.set_viewport_size(size)
    await page.goto("/")
    await expect(page.get_by_role("button", name="Add", exact=True)).to_be_visible()
    assert await page.evaluate(TOO_SMALL) == []

    phone = await opened(page, served.chat)
    await say(phone, "узун" * 60)
    await expect(phone.locator(".message", has_text="узунузун")).to_have_count(2)
    await key(phone, "112").click()
    await expect(phone.locator(".card")).to_be_visible()
    await phone.get_by_role("button", name="Commands").click()
    assert await page.evaluate(TOO_SMALL) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]


async def test_words_can_be_read_in_light_and_dark(page: Page, served: Served) -> None:
    """Contrast of text to its own background, at least 4.5 (WCAG AA)."""
    phone = await opened(page, served.chat)
    await key(phone, "Каттоо").click()
    await say(phone, "Патент керекпи?")
    await expect(phone.locator(".message").last).to_contain_text("Патент")
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        ratios = await page.evaluate(_CONTRASTS)
        assert len(ratios) > 4
        assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}, scheme


_CONTRASTS = """() => {
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const luminance = (rgb) => {
        const [r, g, b] = rgb.slice(0, 3).map((value) => value / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const background = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const found = channels(getComputedStyle(at).backgroundColor);
            if (found.length === 3 || found[3] === 1) return found;
        }
        return [255, 255, 255];
    };
    const names = ['.text', '.mine .text', '.meta', '.mine .meta', '.text a', '.names h2',
        '.status', '.tabs button', '.slash'];
    return Object.fromEntries(names.map((name) => {
        const one = document.querySelector(`.message${name}, ${name}`);
        const pair = [getComputedStyle(one).color, null].map(
            (color) => luminance(color ? channels(color) : background(one)) + 0.05);
        return [name, Math.max(...pair) / Math.min(...pair)];
    }));
}"""
