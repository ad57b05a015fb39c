"""Makes the pictures of docs/staff-guide.*.md: `python -m tests.browser.staff_guide [ru] [ky]`.

It does what the guide tells, on a demo with a copy of the guidance and a store of its own, and stops where a page is not
as told. Words on pages are not looked for: the same walk is made in each language.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.async_api import Browser, Locator, Page, async_playwright

from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.small_picture import Frame, small_picture
from tests.browser.staff_guide_scene import AUTHOR, EDITOR, make_content, make_store
from tests.house.sources import ROOT
from tests.support.demo import running_demo

LANGUAGES = ("ru", "ky")
_PASSWORD = "three boring green trees"
_WIDE, _PHONE = 1280, 390
_LARGEST = 120_000  # bytes of a picture
_EDGE = 16
_PATIENCE = 600  # seconds; a busy machine takes its time, and nobody waits for these pictures
_MEMO = "registration-first"
_SENTENCE = "5. Сфотографируйте её и носите с паспортом."
_BETTER = "5. Сфотографируйте её. Носите с паспортом и бумагу, и фото."
# What sticks to an edge of the window would stand in the middle of a picture of the whole page.
_UNSTICK = """() => {
  scrollTo(0, 0);
  for (const one of document.querySelectorAll("main *"))
    if (getComputedStyle(one).position === "sticky") one.style.position = "static";
}"""

# The cursor goes to a sentence, and the text with it.
_SHOW = """(one, sentence) => {
  const at = one.value.indexOf(sentence);
  one.blur();
  one.setSelectionRange(at, at);
  one.focus();
  one.dispatchEvent(new Event("scroll"));
}"""

# What a translator makes of the changed rows of a memo. The first one loses the code of a fact and is refused.
_TRANSLATED: Mapping[str, tuple[str | None, str]] = {
    "registration-extend": ("{stay90-rule|abl}", "90 күндөн"),
    "lost-passport": (
        None,
        "Полициядан берилген кагазды жаныңызда алып жүрүңүз, сүрөткө тартып алыңыз.",
    ),
    "registration-first": (
        None,
        "Аны сүрөткө тартып алыңыз. Паспорт менен кошо кагазды да, сүрөттү да алып жүрүңүз.",
    ),
}


@dataclass(frozen=True, slots=True)
class Album:
    """Where the pictures of one language go; `blank` is a page of the browser that reads their pixels."""

    folder: Path
    blank: Page

    async def take(self, page: Page, name: str, *parts: Locator, most: float = 1500) -> None:
        """The parts together with the space between them, else the whole page; no higher than `most`."""
        await page.wait_for_load_state("networkidle")
        await page.evaluate(_UNSTICK)
        frame = await _frame(page, parts, most)
        png = await small_picture(page, frame, self.blank)
        assert len(png) < _LARGEST, f"{name} has {len(png)} bytes: show less of the page"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(png)


async def _frame(page: Page, parts: tuple[Locator, ...], most: float) -> Frame:
    width, height = await page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    if not parts:
        return Frame(0, 0, width, min(height, most))
    boxes = [box for part in parts if (box := await part.bounding_box())]
    assert len(boxes) == len(parts), "a part of the picture is not on the page"
    left = max(0, min(box["x"] for box in boxes) - _EDGE)
    top = max(0, min(box["y"] for box in boxes) - _EDGE)
    right = min(width, max(box["x"] + box["width"] for box in boxes) + _EDGE)
    bottom = min(height, max(box["y"] + box["height"] for box in boxes) + _EDGE)
    return Frame(left, top, right - left, min(bottom - top, most))


@asynccontextmanager
async def _browser_of(
    browser: Browser, address: str, lang: str, width: int
) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=address,
        locale=lang,
        color_scheme="light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 800 if width == _WIDE else 844},
    )
    context.set_default_timeout(_PATIENCE * 1000)
    yield await context.new_page()
    await context.close()


async def _accept(page: Page, link: str) -> None:
    """Sets the password behind an invitation: the member is signed in then."""
    await page.goto(link)
    await page.locator("#field-password").fill(_PASSWORD)
    await page.locator("main button.primary").click()
    await page.wait_for_url("**/staff/")


async def _sign_in(page: Page, name: str) -> None:
    await page.goto("/staff/sign-in")
    await page.locator("#field-name").fill(name)
    await page.locator("#field-password").fill(_PASSWORD)
    await page.locator("main button.primary").click()
    await page.wait_for_url("**/staff/")


async def _invite(page: Page, name: str, role: str) -> str:
    """The admin adds a member; the path of the link that the page shows once."""
    await page.goto("/staff/accounts")
    await page.locator("#field-name").fill(name)
    await page.locator("#field-role").select_option(role)
    await page.locator("main button.primary").click()
    link = await page.locator("#link").input_value()
    return link[link.index("/staff/") :]


async def _edit(page: Page, album: Album) -> None:
    """The author changes a sentence, makes a mistake and mends it, and sends the draft for review."""
    await page.goto(f"/staff/memos/{_MEMO}?tab=ru")
    body = page.locator("#field-body")
    text = await body.input_value()
    assert _SENTENCE in text
    await body.fill(text.replace(_SENTENCE, _BETTER))
    await page.locator(".draft-actions").wait_for()
    await body.evaluate(_SHOW, _BETTER)
    await album.take(page, "03-memo", most=1150)
    await body.fill(
        text.replace(_SENTENCE, f"{_BETTER} Срок: 30 дней, [читайте](memo:registration).")
    )
    await page.locator("#problems .error").first.wait_for()
    await page.locator("#find").fill("штраф")
    await page.locator("#found li").first.wait_for()
    await album.take(page, "04-red", page.locator(".beside"), most=900)
    await body.fill(text.replace(_SENTENCE, _BETTER))
    await page.locator("#problems .good").wait_for()
    await page.goto(f"/staff/memos/{_MEMO}/submit")
    await page.locator("#field-note").fill("Люди теряют бумагу: пусть носят и фото.")
    await album.take(page, "05-submit")
    await page.locator("main button.primary").click()
    await page.wait_for_url(lambda url: not url.endswith("/submit"))


async def _look_at_a_check(page: Page, album: Album) -> None:
    """A question of a check with its proof, its drawing and the phone that plays it."""
    await page.goto("/staff/flows/register-by?part=registered")
    await page.locator("#drawing svg").wait_for()
    await album.take(page, "17-check", most=1150)


async def _publish(page: Page, album: Album) -> None:
    """The editor reads the draft and publishes it, looks at the history and makes a draft of the older edition."""
    await page.goto("/staff/review")
    await page.locator("section[aria-labelledby=waiting] h3 a").first.click()
    await page.locator("#persons:not(:has(a[href*=persons]))").wait_for()
    await album.take(page, "06-review", most=1150)
    form = page.locator("form[action$=publish]")
    if await form.locator("[name=read]").count():
        await form.locator("[name=read]").check()
    await form.locator("button").click()
    await page.locator("#live.done").wait_for()
    await page.goto(f"/staff/history?memo={_MEMO}")
    await album.take(page, "07-history", most=900)
    await page.locator("main a[href*='/staff/history/']").last.click()
    await page.locator("form[action$='/return'] button").first.click()
    await page.locator("#notices .notice").wait_for()


async def _translate(page: Page, album: Album) -> None:
    """The queue, a table down and up with one good memo and one that lost a code, and "still correct"."""
    await page.goto("/staff/translators/ky")
    for summary in await page.locator(".changes summary").all():
        await summary.click()
    await album.take(page, "08-translations", most=900)
    table = await page.request.get("/staff/translators/ky/table?only=outdated&format=xlsx")
    await page.locator("#table").set_input_files(
        {"name": "ky.xlsx", "mimeType": "application/xlsx", "buffer": _filled(await table.body())}
    )
    await page.locator("section.panel button.primary").last.click()
    await page.locator("table .tag.bad").first.wait_for()
    await album.take(page, "09-table", most=900)
    await page.goto("/staff/translators/en")
    await page.locator("button[name=memo]").first.click()
    await page.locator("#notices .notice").wait_for()


def _filled(table: bytes) -> bytes:
    """The table as a translator sends it back."""
    book = load_workbook(BytesIO(table))
    sheet = book.worksheets[0]
    names = [str(cell.value).split(" ")[0] for cell in sheet[1]]
    place, target, status = (names.index(name) for name in ("id", "target", "status"))
    for row in sheet.iter_rows(min_row=2):
        if row[status].value == "changed":
            memo = str(row[place].value).partition(":")[0]
            was, now = _TRANSLATED[memo]
            row[target].value = now if was is None else str(row[target].value).replace(was, now)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


async def _look_after_facts(page: Page, album: Album) -> None:
    await page.goto("/staff/facts/reg-fee")
    await page.locator("#beside").wait_for()
    await album.take(page, "10-fact", page.locator(".entry-grid"), most=1200)
    await page.goto("/staff/contacts?show=due")
    await page.goto("/staff/facts?show=overdue")
    await album.take(page, "11-check", most=700)


async def _answer(page: Page, album: Album) -> None:
    """Questions without an answer are grouped while one waits; the first group gets a new memo."""
    await page.goto("/staff/unanswered")
    await page.locator("article h2 a").first.wait_for()
    await page.locator("article h2 a").first.click()
    await album.take(page, "12-question", page.locator("main form"), most=1600)


async def _walk(lang: str, browser: Browser, blank: Page) -> None:
    album = Album(ROOT / "docs" / "staff-guide" / lang, blank)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = make_content(folder)
        token = await make_store(folder, lang)
        async with (
            running_demo(folder, content, _PATIENCE) as demo,
            _browser_of(browser, demo.address, lang, _WIDE) as admin,
            _browser_of(browser, demo.address, lang, _WIDE) as editor,
            _browser_of(browser, demo.address, lang, _WIDE) as author,
            _browser_of(browser, demo.address, lang, _PHONE) as phone,
        ):
            await _accept(admin, f"/staff/invitation/{token}")
            link = await _invite(admin, AUTHOR, "author")
            await author.goto(link)
            await album.take(author, "01-invitation", author.locator(".narrow"))
            await _accept(author, link)
            await _accept(editor, await _invite(admin, EDITOR, "editor"))
            await _edit(author, album)
            await _look_at_a_check(author, album)
            await _publish(editor, album)
            await _translate(author, album)
            await _look_after_facts(editor, album)
            await _answer(editor, album)
            await editor.goto("/staff/usage")
            await album.take(editor, "13-usage", most=1150)
            await editor.goto("/staff/")
            await editor.locator("#due").wait_for()
            await editor.locator("#questions ul").wait_for()
            await album.take(editor, "02-day", most=1000)
            await admin.goto("/staff/accounts")
            await album.take(admin, "14-accounts")
            await _sign_in(phone, AUTHOR)
            await phone.locator("#due").wait_for()
            await album.take(phone, "15-phone-day", most=844)
            await phone.goto("/staff/memos/registration-extend?tab=ky")
            await album.take(phone, "16-phone-memo", most=1200)


async def main(langs: tuple[str, ...]) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=[*FLAGS, "--lang=ru"]
        )
        blank = await browser.new_page()
        for lang in langs:
            await _walk(lang, browser, blank)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(tuple(sys.argv[1:]) or LANGUAGES))
