"""Sessions end when they should: by sign-out, by hand, by a new password, by time, with the account."""

import httpx
import pytest

from db.staff import Accounts, Role
from tests.web.staff.room import PASSWORD, StaffHouse

NEW = "seven quiet brown horses"


async def is_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/staff/")).status_code == 200


async def change(client: httpx.AsyncClient, current: str, new: str) -> httpx.Response:
    sent = {"current": current, "new": new}
    return await client.post("/staff/account/password", data=sent, follow_redirects=True)


async def test_a_new_password_ends_every_other_session(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    here, there = await house.browser_of(member), await house.browser_of(member)

    changed = await change(here, PASSWORD, NEW)

    assert "The password is changed." in changed.text
    assert (await is_in(here), await is_in(there)) == (True, False)
    stranger = await house.stranger()
    for password, status in ((PASSWORD, 403), (NEW, 303)):
        sent = {"name": "Айгүл", "password": password}
        assert (await stranger.post("/staff/sign-in", data=sent)).status_code == status


async def test_a_new_password_needs_the_old_one_and_strength(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    here, there = await house.browser_of(member), await house.browser_of(member)

    assert "not your present password" in (await change(here, "a guess of somebody", NEW)).text
    assert "shorter than 12 characters" in (await change(here, PASSWORD, "horses")).text
    assert await is_in(there)


async def test_the_old_password_cannot_be_guessed_from_an_open_laptop(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    statuses = [(await change(client, f"guess {n}", NEW)).status_code for n in range(8)]

    assert statuses == [400] * 5 + [429] * 3


async def test_sessions_are_listed_and_ended_one_by_one_or_all(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    here, one, other = [await house.browser_of(member) for _ in range(3)]
    page = (await here.get("/staff/account")).text
    assert page.count("A test") == 5, "three rows, and two buttons that name their row"

    session = page.split('name="session" value="')[1].partition('"')[0]
    await here.post("/staff/account/session/end", data={"session": session})
    assert [await is_in(client) for client in (here, one, other)].count(True) == 2

    await here.post("/staff/account/sessions/end")
    assert [await is_in(client) for client in (here, one, other)] == [True, False, False]


async def test_nobody_ends_the_session_of_another(house: StaffHouse) -> None:
    victim = await house.signed_in("editor", "Victim")
    page = (await victim.get("/staff/account")).text
    stranger = await house.signed_in("author", "Stranger")
    async with house.room.engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT id FROM staff_session")
        sessions = [row[0] for row in found]

    for session in sessions:
        if session not in (await stranger.get("/staff/account")).text:
            await stranger.post("/staff/account/session/end", data={"session": session})

    assert "Victim" in page
    assert await is_in(victim)


@pytest.mark.parametrize(("days", "stays"), [(6.9, True), (7.1, False)])
async def test_a_session_that_nobody_uses_ends_after_a_week(
    house: StaffHouse, days: float, stays: bool
) -> None:
    client = await house.signed_in("author")
    house.clock.pass_by(days=days)

    assert await is_in(client) is stays


async def test_no_session_lasts_longer_than_a_month(house: StaffHouse) -> None:
    client = await house.signed_in("author")
    stayed = []
    for _ in range(6):
        house.clock.pass_by(days=6)
        stayed.append(await is_in(client))

    assert stayed == [True] * 5 + [False]


async def test_who_is_deactivated_is_out_at_once(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    member = await house.member("author", "Айгүл")
    client = await house.browser_of(member)

    await Accounts(house.room.engine).deactivate(member.id, by="Nurlan", now=house.clock())

    assert not await is_in(client)
    stranger = await house.stranger()
    sent = {"name": "Айгүл", "password": PASSWORD}
    assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 403


async def test_a_new_role_holds_at_once(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    member = await house.member("admin", "Айгүл")
    client = await house.browser_of(member)
    assert (await client.get("/staff/accounts")).status_code == 200

    await Accounts(house.room.engine).set_role(
        member.id, Role.EDITOR, by="Nurlan", now=house.clock()
    )

    assert (await client.get("/staff/accounts")).status_code == 403


async def test_signing_in_again_leaves_no_session_behind(house: StaffHouse) -> None:
    await house.member("author", "Айгүл")
    client = await house.stranger()
    sent = {"name": "Айгүл", "password": PASSWORD}

    for _ in range(2):
        assert (await client.post("/staff/sign-in", data=sent)).status_code == 303

    page = await client.get("/staff/account")
    assert page.text.count("<tr>") == 2, "a head and one session"


async def test_a_cookie_is_for_this_host_over_tls_and_for_no_script(house: StaffHouse) -> None:
    await house.member("author", "Айгүл")
    sent = {"name": "Айгүл", "password": PASSWORD}

    public = await (await house.stranger()).post("/staff/sign-in", data=sent)
    local = await (await house.stranger()).post(
        "/staff/sign-in", data=sent, headers={"host": "127.0.0.1:8080"}
    )

    for cookie in public.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-joldosh-")
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    for cookie in local.headers.get_list("set-cookie"):
        assert cookie.startswith("joldosh-")
        assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Secure" not in cookie


async def test_the_language_is_chosen_by_the_member(house: StaffHouse) -> None:
    client = await house.signed_in("author", lang="en")

    await client.post("/staff/account/language", data={"lang": "ky"})
    assert '<html lang="ky">' in (await client.get("/staff/")).text

    await client.post("/staff/account/language", data={"lang": "de"})
    assert '<html lang="ky">' in (await client.get("/staff/")).text


async def test_a_part_of_a_page_leads_to_the_sign_in_when_the_session_is_over(
    house: StaffHouse,
) -> None:
    """htmx puts what it gets into the page: a sign-in form in a table cell would help nobody."""
    client = await house.stranger()

    answer = await client.get("/staff/", headers={"hx-request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/staff/sign-in")


async def test_nothing_that_lets_somebody_in_and_no_address_is_kept(house: StaffHouse) -> None:
    await house.member("author", "Айгүл")
    client = await house.stranger("93.184.216.99")
    sent = {"name": "Айгүл", "password": PASSWORD}
    await client.post("/staff/sign-in", data=sent | {"password": "a wrong guess"})
    await client.post("/staff/sign-in", data=sent)
    cookies = [cookie.value for cookie in client.cookies.jar]
    assert len(cookies) == 2

    kept = await house.kept()

    assert "Айгүл".encode() in kept
    for secret in (PASSWORD, "a wrong guess", "93.184.216.99", *filter(None, cookies)):
        assert secret.encode() not in kept
