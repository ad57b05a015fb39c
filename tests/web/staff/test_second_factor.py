"""Signing in with a code of an app on the phone, or one on paper."""

import re
from datetime import timedelta

import httpx
import pyotp

from tests.web.staff.room import PASSWORD, StaffHouse


async def turn_on(
    house: StaffHouse, client: httpx.AsyncClient
) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """What the app on the phone knows, and the codes on paper."""
    page = (await client.get("/staff/account/second-factor")).text
    assert "data:image/svg+xml" in page
    typed = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    salt = re.search(r'name="salt" value="([^"]+)"', page)
    assert typed
    assert salt
    app = pyotp.TOTP(typed[1].replace(" ", ""))
    sent = {"salt": salt[1], "code": app.at(house.clock()), "password": PASSWORD}
    done = await client.post("/staff/account/second-factor", data=sent)
    assert done.status_code == 200
    codes = tuple(re.findall(r"<code>(\w{5}-\w{5})</code>", done.text))
    assert len(codes) == 10
    return app, codes


async def first_step(house: StaffHouse, name: str = "Айгүл") -> tuple[httpx.AsyncClient, str]:
    """A browser after the right password, and the ticket it has got."""
    client = await house.stranger()
    page = await client.post("/staff/sign-in", data={"name": name, "password": PASSWORD})
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket, page.text
    assert (await client.get("/staff/")).status_code == 303, "the password alone lets nobody in"
    return client, ticket[1]


async def second_step(house: StaffHouse, code: str) -> int:
    client, ticket = await first_step(house)
    sent = {"ticket": ticket, "code": code}
    return (await client.post("/staff/sign-in/code", data=sent)).status_code


async def test_a_code_is_asked_for_and_is_good_once(house: StaffHouse) -> None:
    app, _codes = await turn_on(house, await house.signed_in("author", "Айгүл"))

    assert await second_step(house, app.at(house.clock())) == 403, "it turned the factor on"
    house.clock.pass_by(seconds=30)
    code = app.at(house.clock())
    assert await second_step(house, f"{code[:3]} {code[3:]}") == 303
    assert await second_step(house, code) == 403
    house.clock.pass_by(seconds=90)
    assert await second_step(house, app.at(house.clock() - timedelta(minutes=1))) == 403, (
        "older than a minute"
    )
    assert await second_step(house, app.at(house.clock() - timedelta(seconds=30))) == 303, (
        "typed slowly"
    )


async def test_codes_cannot_be_guessed(house: StaffHouse) -> None:
    await turn_on(house, await house.signed_in("author", "Айгүл"))

    statuses = [await second_step(house, f"00000{number}") for number in range(7)]

    assert statuses == [403] * 5 + [429] * 2


async def test_a_code_on_paper_replaces_the_phone_once(house: StaffHouse) -> None:
    _app, codes = await turn_on(house, await house.signed_in("author", "Айгүл"))

    assert await second_step(house, codes[0].upper().replace("-", " ")) == 303
    assert await second_step(house, codes[0]) == 403
    assert await second_step(house, codes[1]) == 303


async def test_new_codes_on_paper_replace_the_old_ones(house: StaffHouse) -> None:
    client = await house.signed_in("author", "Айгүл")
    _app, codes = await turn_on(house, client)

    page = await client.post("/staff/account/second-factor/codes", data={"password": PASSWORD})

    newer = re.findall(r"<code>(\w{5}-\w{5})</code>", page.text)
    assert len(newer) == 10
    assert await second_step(house, codes[0]) == 403
    assert await second_step(house, newer[0]) == 303


async def test_it_needs_the_password_to_be_turned_on_and_off(house: StaffHouse) -> None:
    client = await house.signed_in("author", "Айгүл")
    page = (await client.get("/staff/account/second-factor")).text
    salt = page.split('name="salt" value="')[1].partition('"')[0]
    sent = {"salt": salt, "code": "000000", "password": "a wrong guess"}
    refused = await client.post("/staff/account/second-factor", data=sent)
    assert "not your present password" in refused.text

    await turn_on(house, client)
    off = "/staff/account/second-factor/off"
    assert (await client.post(off, data={"password": "a wrong guess"})).status_code == 400
    await first_step(house)

    assert (await client.post(off, data={"password": PASSWORD})).status_code == 303
    stranger = await house.stranger()
    sent = {"name": "Айгүл", "password": PASSWORD}
    assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 303


async def test_a_secret_made_for_one_member_is_none_for_another(house: StaffHouse) -> None:
    one, other = await house.signed_in("author", "One"), await house.signed_in("author", "Other")
    page = (await one.get("/staff/account/second-factor")).text
    salt = page.split('name="salt" value="')[1].partition('"')[0]
    typed = page.split("<code>")[1].partition("<")[0].replace(" ", "")

    sent = {"salt": salt, "code": pyotp.TOTP(typed).at(house.clock()), "password": PASSWORD}
    assert (await other.post("/staff/account/second-factor", data=sent)).status_code == 303

    assert "Turn on sign-in" in (await other.get("/staff/account")).text


async def test_a_ticket_ends_soon_and_with_the_password(house: StaffHouse) -> None:
    member = await house.member("author", "Айгүл")
    signed_in = await house.browser_of(member)
    app, _codes = await turn_on(house, signed_in)
    house.clock.pass_by(seconds=60)

    client, slow = await first_step(house)
    house.clock.pass_by(minutes=11)
    sent = {"ticket": slow, "code": app.at(house.clock())}
    late = await client.post("/staff/sign-in/code", data=sent)
    assert "The time for the code is over" in late.text

    client, stale = await first_step(house)
    change = {"current": PASSWORD, "new": "seven quiet brown horses"}
    await signed_in.post("/staff/account/password", data=change)
    sent = {"ticket": stale, "code": app.at(house.clock())}
    assert (await client.post("/staff/sign-in/code", data=sent)).status_code == 403
    forged = {"ticket": stale[:-1] + "0", "code": app.at(house.clock())}
    assert (await client.post("/staff/sign-in/code", data=forged)).status_code == 403


async def test_the_database_alone_makes_no_code(house: StaffHouse) -> None:
    app, codes = await turn_on(house, await house.signed_in("author", "Айгүл"))

    kept = await house.kept()

    assert app.secret.encode() not in kept
    assert not [code for code in codes if code.encode() in kept]
    assert not [code for code in codes if code.replace("-", "").encode() in kept]


async def test_a_new_link_lets_in_who_lost_the_phone(house: StaffHouse) -> None:
    admin = await house.signed_in("admin")
    member = await house.member("author", "Айгүл")
    await turn_on(house, await house.browser_of(member))

    page = await admin.post(f"/staff/accounts/{member.id}/invite")
    link = re.search(r"/staff/invitation/[\w-]+", page.text)
    assert link
    stranger = await house.stranger()
    await stranger.post(link[0], data={"password": PASSWORD})

    again = await house.stranger()
    sent = {"name": "Айгүл", "password": PASSWORD}
    assert (await again.post("/staff/sign-in", data=sent)).status_code == 303
