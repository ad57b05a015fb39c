"""Signing in to the staff pages, as a browser does it."""

import httpx
import pytest

from tests.web.staff.room import PASSWORD, StaffHouse


async def sign_in(
    client: httpx.AsyncClient, name: str, password: str = PASSWORD
) -> httpx.Response:
    return await client.post("/staff/sign-in", data={"name": name, "password": password})


async def test_a_member_signs_in_and_out(house: StaffHouse) -> None:
    await house.member("author", "Айгүл")
    client = await house.stranger()

    welcome = await sign_in(client, "айгүл ")
    assert (welcome.status_code, welcome.headers["location"]) == (303, "/staff/")
    desk = await client.get("/staff/")
    assert desk.status_code == 200
    assert "Айгүл" in desk.text

    goodbye = await client.post("/staff/sign-out", follow_redirects=True)
    assert "You are signed out." in goodbye.text
    assert (await client.get("/staff/")).status_code == 303


async def test_who_is_not_signed_in_comes_back_to_the_page_they_wanted(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()

    sent = await client.get("/staff/?day=today")
    form = await client.get(sent.headers["location"])
    assert 'value="/staff/?day=today"' in form.text
    back = await client.post(
        "/staff/sign-in",
        data={"name": "Nurlan", "password": PASSWORD, "next": "/staff/?day=today"},
    )
    assert back.headers["location"] == "/staff/?day=today"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/staff/",
        "//evil.example/staff/",
        "/\\evil.example/staff/",
        "/staff/\\..\\..//evil.example",
        "javascript:alert(1)",
        "/staff/sign-out",
        "/health",
    ],
)
async def test_the_way_back_leads_to_no_other_place(house: StaffHouse, elsewhere: str) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()

    sent = {"name": "Nurlan", "password": PASSWORD, "next": elsewhere}
    back = await client.post("/staff/sign-in", data=sent)

    assert back.headers["location"] == "/staff/"


async def test_a_wrong_name_and_a_wrong_password_look_alike(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()

    unknown = await sign_in(client, "Nobody")
    wrong = await sign_in(client, "Nurlan", "not the password at all")

    assert unknown.status_code == wrong.status_code == 403
    assert unknown.text.replace("Nobody", "") == wrong.text.replace("Nurlan", "")
