"""Who guesses is slowed down, by name and by address; a member is never locked out by it."""

import asyncio

import httpx

from tests.web.staff.room import PASSWORD, StaffHouse


async def guess(
    client: httpx.AsyncClient, name: str = "Nurlan", password: str = "a wrong guess"
) -> httpx.Response:
    return await client.post("/staff/sign-in", data={"name": name, "password": password})


async def test_after_ten_guesses_each_next_one_waits_longer(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()
    assert [(await guess(client)).status_code for _ in range(10)] == [403] * 10

    waits = []
    for _ in range(8):
        slowed = await guess(client)
        assert slowed.status_code == 429
        assert "Too many attempts" in slowed.text
        waits.append(int(slowed.headers["retry-after"]))
        house.clock.pass_by(seconds=waits[-1])
        assert (await guess(client)).status_code == 403

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


async def test_the_right_password_waits_too_and_then_ends_the_slowness(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()
    for _ in range(10):
        await guess(client)

    assert (await guess(client, password=PASSWORD)).status_code == 429
    house.clock.pass_by(seconds=1)
    assert (await guess(client, password=PASSWORD)).status_code == 303
    assert (await guess(await house.stranger())).status_code == 403


async def test_many_guesses_at_once_are_no_way_round(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()

    answers = await asyncio.gather(*(guess(client) for _ in range(30)))

    assert [answer.status_code for answer in answers].count(403) == 10


async def test_many_addresses_are_no_way_round(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")

    statuses = [
        (await guess(await house.stranger(f"93.184.216.{number}"))).status_code
        for number in range(14)
    ]

    assert statuses == [403] * 10 + [429] * 4


async def test_many_names_from_one_address_are_no_way_round(house: StaffHouse) -> None:
    client = await house.stranger()

    statuses = [(await guess(client, f"Name {number}")).status_code for number in range(24)]

    assert statuses == [403] * 20 + [429] * 4
    assert (await guess(await house.stranger("93.184.216.35"))).status_code == 403


async def test_a_stranger_does_not_keep_a_member_out_of_their_own_browser(
    house: StaffHouse,
) -> None:
    await house.member("admin", "Nurlan")
    own = await house.stranger()
    assert (await guess(own, password=PASSWORD)).status_code == 303
    await own.post("/staff/sign-out")
    stranger = await house.stranger()
    for _ in range(20):
        await guess(stranger)
    assert (await guess(stranger)).status_code == 429

    assert (await guess(own, password=PASSWORD)).status_code == 303


async def test_a_known_browser_may_not_guess_for_ever_either(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    own = await house.stranger()
    await guess(own, password=PASSWORD)
    await own.post("/staff/sign-out")

    assert [(await guess(own)).status_code for _ in range(12)] == [403] * 10 + [429] * 2


async def test_a_browser_known_as_one_member_is_unknown_as_another(house: StaffHouse) -> None:
    await house.member("author", "Айгүл")
    await house.member("admin", "Nurlan")
    hers = await house.stranger()
    await guess(hers, "Айгүл", PASSWORD)
    await hers.post("/staff/sign-out")
    for _ in range(10):
        await guess(await house.stranger())

    assert (await guess(hers)).status_code == 429


async def test_behind_a_proxy_it_is_the_last_address_that_counts(house: StaffHouse) -> None:
    """What stands before it, anybody can write; and a stranger who is no proxy writes it all."""

    async def guesses(peer: str, forwarded: str, count: int) -> list[int]:
        client = await house.stranger(peer)
        client.headers["x-forwarded-for"] = forwarded
        return [
            (await guess(client, f"{peer} {forwarded} {number}")).status_code
            for number in range(count)
        ]

    assert (await guesses("127.0.0.1", "1.2.3.4, 93.184.216.34", 21))[-1] == 429
    assert (await guesses("127.0.0.1", "5.6.7.8, 93.184.216.34", 1)) == [429]
    assert (await guesses("127.0.0.1", "93.184.216.99", 1)) == [403]
    assert (await guesses("93.184.216.34", "5.6.7.8", 1)) == [429]
    assert (await guesses("127.0.0.1", "2a00:1450:4001:81b::1", 21))[-1] == 429
    assert (await guesses("127.0.0.1", "2a00:1450:4001:81b:ffff::9", 1)) == [429]
    assert (await guesses("127.0.0.1", "2a00:1450:4001:81c::1", 1)) == [403]


async def test_links_cannot_be_guessed_either(house: StaffHouse) -> None:
    client = await house.stranger()

    statuses = [
        (await client.get(f"/staff/invitation/guess-{number}")).status_code for number in range(22)
    ]

    assert statuses == [404] * 20 + [429] * 2


async def test_after_a_day_failures_are_forgotten(house: StaffHouse) -> None:
    await house.member("admin", "Nurlan")
    client = await house.stranger()
    for _ in range(10):
        await guess(client)
    house.clock.pass_by(hours=25)

    assert [(await guess(client)).status_code for _ in range(10)] == [403] * 10
