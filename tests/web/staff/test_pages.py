"""What holds for every staff page, by the table of pages: who may see it, who may act on it, what it sends along.

What changes nothing happens in one house for all pages, with a member of each role; what may change something in a house
of its own.
"""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from starlette.routing import Mount, Route

from bot.web.staff import mount
from bot.web.staff.frame import OpenPage, Page
from bot.web.staff.mount import OPEN_PAGES, PAGES, staff_routes
from db.audit import AuditLog
from db.engine import make_engine
from db.staff import Accounts, Role
from tests.web.staff.room import StaffHouse, open_staff_house

ROOM = Path(mount.__file__).parent.parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))

EVERY: tuple[Page | OpenPage, ...] = (*PAGES, *OPEN_PAGES)

# What stands for a part of a path; a page without its own has to do with a word that means nothing.
PARTS = {
    "member": "1",
    "memo": "registration-first",
    "flow": "appeal-by",
    "lang": "ky",
    "token": "nothing",
}

HOSTILE = """"><script>alert(1)</script><img src=x onerror='alert(2)'>"""


def address(page: Page | OpenPage) -> str:
    filled = re.sub(r"{(\w+)(?::\w+)?}", lambda part: PARTS.get(part[1], "1"), page.path)
    return f"/staff{filled}"


def named(page: Page | OpenPage) -> str:
    return f"{page.name}"


SHOWN = [page for page in PAGES if "GET" in page.methods]
ACTING = [page for page in PAGES if page.methods != ("GET",)]


@dataclass(frozen=True, slots=True)
class Shared:
    """A house in which nothing changes, and a browser of a member of each role."""

    house: StaffHouse
    browsers: dict[Role, httpx.AsyncClient]

    @property
    def admin(self) -> httpx.AsyncClient:
        return self.browsers[Role.ADMIN]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shared(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    engine = make_engine(f"sqlite:///{shutil.copy(migrated, folder / 'joldosh.db')}")
    async with open_staff_house(folder, engine) as house:
        accounts = Accounts(engine)
        await accounts.add(HOSTILE, Role.EDITOR, "ru", by=HOSTILE, now=house.clock())
        yield Shared(house, {role: await house.signed_in(role, HOSTILE + role) for role in Role})


shares_a_house = pytest.mark.asyncio(loop_scope="module")


@shares_a_house
@pytest.mark.parametrize("page", SHOWN, ids=named)
async def test_a_page_is_for_its_role_and_those_above(shared: Shared, page: Page) -> None:
    for role, client in shared.browsers.items():
        answer = await client.get(address(page))
        assert_is_for(page, role, answer)


@pytest.mark.parametrize("page", ACTING, ids=named)
async def test_only_its_role_and_those_above_act_on_a_page(house: StaffHouse, page: Page) -> None:
    for method in page.methods:
        for role in Role:
            client = await house.signed_in(role, f"{role} {method}")
            answer = await client.request(method, address(page), data={})
            assert_is_for(page, role, answer)


def assert_is_for(page: Page, role: Role, answer: httpx.Response) -> None:
    if role.may(page.role):
        assert answer.status_code not in {401, 403, 405, 500, 503}, role
    else:
        assert answer.status_code == 403, role
        assert "This page is not for your role" in answer.text


@shares_a_house
@pytest.mark.parametrize("page", PAGES, ids=named)
async def test_nobody_sees_a_page_who_is_not_signed_in(shared: Shared, page: Page) -> None:
    client = await shared.house.stranger()
    client.cookies.set("__Host-joldosh-session", "made up", domain="joldosh.example")
    for method in page.methods:
        answer = await client.request(method, address(page), data={})
        if method == "GET":
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/staff/sign-in?next=")
        else:
            assert answer.status_code == 401


# A form of another site, a neighbouring subdomain, and a program that hides where it comes from.
STRANGERS: tuple[dict[str, str], ...] = (
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "origin": "https://evil.joldosh.example"},
    {"sec-fetch-site": "none"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {},
)


@shares_a_house
@pytest.mark.parametrize("page", [page for page in EVERY if page.methods != ("GET",)], ids=named)
async def test_no_other_page_can_act_here(shared: Shared, page: Page | OpenPage) -> None:
    client = await shared.house.stranger()
    client.cookies = shared.admin.cookies
    audit = AuditLog(shared.house.room.engine)
    entries = await audit.count()
    for name in ("sec-fetch-site", "origin"):
        del client.headers[name]

    for method in page.methods:
        for headers in STRANGERS if method != "GET" else ():
            answer = await client.request(method, address(page), data={}, headers=headers)
            assert (answer.status_code, answer.text) == (403, "Other pages cannot act here.")
    assert await audit.count() == entries


async def test_a_browser_that_sends_only_an_origin_may_act(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    del client.headers["sec-fetch-site"]

    answer = await client.post("/staff/account/language", data={"lang": "ky"})

    assert answer.status_code == 303


@shares_a_house
@pytest.mark.parametrize("page", [page for page in EVERY if "GET" in page.methods], ids=named)
async def test_a_page_is_kept_by_no_cache_and_runs_no_foreign_script(
    shared: Shared, page: Page | OpenPage
) -> None:
    headers = (await shared.admin.get(address(page))).headers

    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_route_stands_outside_the_table(house: StaffHouse) -> None:
    _first, pages = staff_routes(house.room)
    assert isinstance(pages, Mount)
    routed = {route.name for route in pages.routes if isinstance(route, Route)}
    files = [route.path for route in pages.routes if isinstance(route, Mount)]

    assert routed == {page.name for page in EVERY} | {"elsewhere"}
    assert files == ["/static"]
    assert len({page.name for page in EVERY}) == len(EVERY)


@shares_a_house
@pytest.mark.parametrize("page", SHOWN, ids=named)
async def test_a_name_stays_text_on_every_page(shared: Shared, page: Page) -> None:
    """The form takes no such name, and a page must not rely on that."""
    html = (await shared.admin.get(address(page))).text

    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("page", [page for page in ACTING if page not in SHOWN], ids=named)
async def test_a_name_stays_text_in_every_answer(house: StaffHouse, page: Page) -> None:
    client = await house.signed_in("admin", HOSTILE)

    html = (await client.post(address(page), data={"name": HOSTILE})).text

    assert "<script>" not in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_template_has_no_script_or_style_of_its_own(template: Path) -> None:
    """The policy of the page would not run them, and nobody would see why."""
    html = template.read_text("utf-8")

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html) == []
    assert "|safe" not in html.replace(" ", "")
    assert "hx-on" not in html


@pytest.mark.parametrize(
    "path",
    [
        "/staff/nothing",
        "/staff/accounts/0",
        "/staff/accounts/99999999999999999999",
        "/staff/accounts/%2e%2e",
        "/staff/static/../../guards.py",
        "/staff/static/%2e%2e/%2e%2e/guards.py",
        "/staff/static/nothing.js",
    ],
)
async def test_what_is_not_there_is_not_found(house: StaffHouse, path: str) -> None:
    client = await house.signed_in("admin")

    assert (await client.get(path)).status_code == 404


async def test_the_address_without_a_slash_leads_in(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    desk = await client.get("/staff", follow_redirects=True)

    assert (desk.status_code, str(desk.url)) == (200, "https://joldosh.example/staff/")


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
async def test_a_page_speaks_the_language_of_the_member(house: StaffHouse, lang: str) -> None:
    client = await house.signed_in("admin", lang=lang)

    html = (await client.get("/staff/accounts")).text

    assert f'<html lang="{lang}">' in html
    assert {"ru": "Сотрудники", "ky": "Кызматкерлер", "en": "Staff"}[lang] in html


async def test_a_silent_database_is_told(house: StaffHouse) -> None:
    client = await house.signed_in("admin", lang="en")
    async with house.room.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE staff_session RENAME TO elsewhere")

    answer = await client.get("/staff/accounts")

    assert answer.status_code == 503
    assert "The database does not answer" in answer.text


async def test_what_is_too_large_is_refused(house: StaffHouse) -> None:
    client = await house.stranger()

    answer = await client.post("/staff/sign-in", data={"name": "x" * 20_000, "password": "y"})

    assert answer.status_code == 413
