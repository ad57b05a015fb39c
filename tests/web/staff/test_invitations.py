"""A link lets one person in, once, and sets a password of some strength."""

import re

import httpx
import pytest

from bot.web.staff.passwords import weakness
from db.staff import Accounts, Invitation
from tests.web.staff.room import PASSWORD, StaffHouse

NEW = "seven quiet brown horses"


async def invited(admin: httpx.AsyncClient, name: str, role: str = "author") -> str:
    """The path of the link that an admin gets for a new member."""
    sent = {"name": name, "role": role, "lang": "en"}
    page = await admin.post("/staff/accounts", data=sent)
    assert page.status_code == 200, page.text
    return path_in(page)


def path_in(page: httpx.Response) -> str:
    found = re.search(r"https://joldosh\.example(/staff/invitation/[\w-]+)", page.text)
    assert found, page.text
    return found[1]


async def test_an_admin_adds_a_member_who_sets_a_password_and_is_in(house: StaffHouse) -> None:
    admin = await house.signed_in("admin")
    link = await invited(admin, "Айгүл Токтогулова", "editor")
    member = await house.stranger()

    assert "Айгүл Токтогулова" in (await member.get(link)).text
    welcome = await member.post(link, data={"password": NEW}, follow_redirects=True)

    assert "Welcome, Айгүл Токтогулова!" in welcome.text
    assert "editor" in welcome.text
    assert "Welcome" not in (await member.get("/staff/")).text, "a notice is shown once"
    again = await house.stranger()
    sent = {"name": "айгүл  токтогулова", "password": NEW}
    assert (await again.post("/staff/sign-in", data=sent)).status_code == 303


async def test_a_link_works_once(house: StaffHouse) -> None:
    link = await invited(await house.signed_in("admin"), "Айгүл")
    first, second = await house.stranger(), await house.stranger()
    for client in (first, second):
        assert (await client.get(link)).status_code == 200, "looking does not use it up"

    assert (await first.post(link, data={"password": NEW})).status_code == 303
    late = await second.post(link, data={"password": PASSWORD})

    assert late.status_code == 404
    assert "This link no longer works" in late.text
    sent = {"name": "Айгүл", "password": PASSWORD}
    assert (await second.post("/staff/sign-in", data=sent)).status_code == 403


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (73, 404)])
async def test_a_link_works_for_three_days(house: StaffHouse, hours: int, status: int) -> None:
    link = await invited(await house.signed_in("admin"), "Айгүл")
    house.clock.pass_by(hours=hours)

    assert (await (await house.stranger()).get(link)).status_code == status


async def test_a_new_link_ends_the_older_one_and_then_all_that_let_in_before(
    house: StaffHouse,
) -> None:
    admin = await house.signed_in("admin")
    first = await invited(admin, "Айгүл")
    member = await house.stranger()
    await member.post(first, data={"password": PASSWORD})
    accounts = Accounts(house.room.engine)
    found = await accounts.named("Айгүл")
    assert found is not None

    again = path_in(await admin.post(f"/staff/accounts/{found.member.id}/invite"))
    newest = path_in(await admin.post(f"/staff/accounts/{found.member.id}/invite"))
    stranger = await house.stranger()
    assert (await stranger.get(again)).status_code == 404
    assert (await member.get("/staff/")).status_code == 200, "until the link is used"

    await stranger.post(newest, data={"password": NEW})

    assert (await member.get("/staff/")).status_code == 303
    sent = {"name": "Айгүл", "password": PASSWORD}
    assert (await member.post("/staff/sign-in", data=sent)).status_code == 403


async def test_a_link_is_in_no_table(house: StaffHouse) -> None:
    link = await invited(await house.signed_in("admin"), "Айгүл")
    async with house.room.engine.connect() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM staff_invitation")).all()

    assert len(rows) == 1
    assert link.rpartition("/")[2] not in str(rows)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "password-too-short"),
        ("x" * 201, "password-too-long"),
        ("aaaaaaaaaaaaaaaa", "password-repeats"),
        ("abcabcabcabcabc", "password-repeats"),
        ("qwertyuiop1234567890", "password-common"),
        ("йцукенгшщзхъ123", "password-common"),
        ("password123456", "password-common"),
        ("Айгүл-Айгүл-2026", "password-has-name"),
        ("seven quiet brown horses", None),
        ("үч көк тоо жана бир бүркүт", None),
        ("Xk7#mQ2pLw9z", None),
    ],
)
def test_a_weak_password_is_told_why(password: str, reason: str | None) -> None:
    assert weakness(password, "Айгүл") == reason


async def test_a_weak_password_leaves_the_link_as_it_was(house: StaffHouse) -> None:
    link = await invited(await house.signed_in("admin"), "Айгүл")
    member = await house.stranger()

    weak = await member.post(link, data={"password": "qwertyuiop1234567890"})

    assert weak.status_code == 400
    assert "keys in a row and common words" in weak.text
    assert 'aria-invalid="true"' in weak.text
    assert (await member.post(link, data={"password": NEW})).status_code == 303


async def test_a_member_who_left_does_not_come_in_by_an_old_link(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    member = await house.member("author", "Айгүл")
    accounts, now = Accounts(house.room.engine), house.clock()
    invitation = await accounts.invite(member.id, by="Nurlan", now=now)
    assert isinstance(invitation, Invitation)
    await accounts.deactivate(member.id, by="Nurlan", now=now)

    answer = await (await house.stranger()).get(f"/staff/invitation/{invitation.token}")

    assert answer.status_code == 404
