"""Accounts of the staff: who gets in, who stays out, and that somebody is left to keep them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from db.audit import PAGE_ENTRIES, AuditLog
from db.second_factor import SecondFactors
from db.staff import Accounts, Invitation, Member, Refusal, Role, key_of, proper_name
from db.staff_sessions import Sessions

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


async def member(
    engine: AsyncEngine, name: str = "Айгүл", role: Role = Role.AUTHOR, password: str = "hash"
) -> Member:
    accounts = Accounts(engine)
    invitation = await accounts.add(name, role, "ky", by="Nurlan", now=NOW)
    assert isinstance(invitation, Invitation)
    found = await accounts.accept(invitation.token, password, NOW)
    assert found is not None
    return found


async def test_a_new_member_waits_for_their_link(engine: AsyncEngine) -> None:
    accounts = Accounts(engine)

    invitation = await accounts.add("Айгүл", Role.EDITOR, "ky", by="Nurlan", now=NOW)

    assert isinstance(invitation, Invitation)
    [waiting] = await accounts.members(NOW)
    assert (waiting.name, waiting.role, waiting.is_invited) == ("Айгүл", Role.EDITOR, True)
    assert not waiting.has_password
    [late] = await accounts.members(NOW + timedelta(days=4))
    assert not late.is_invited
    found = await accounts.invited(invitation.token, NOW)
    assert found is not None
    assert found.name == "Айгүл"
    assert await accounts.invited("another token", NOW) is None


@pytest.mark.parametrize("same", ["айгүл", " Айгүл ", "АЙГҮЛ"])
async def test_a_name_is_one_however_it_is_typed(engine: AsyncEngine, same: str) -> None:
    await member(engine, "Айгүл")
    accounts = Accounts(engine)

    found = await accounts.named(same)

    assert found is not None
    assert found.member.name == "Айгүл"
    taken = await accounts.add(same, Role.ADMIN, "ru", by="Nurlan", now=NOW)
    assert taken is Refusal.NAME_TAKEN
    assert len(await accounts.members(NOW)) == 1


async def test_of_many_who_use_a_link_at_once_one_gets_in(engine: AsyncEngine) -> None:
    accounts = Accounts(engine)
    invitation = await accounts.add("Айгүл", Role.EDITOR, "ky", by="Nurlan", now=NOW)
    assert isinstance(invitation, Invitation)

    tries = [accounts.accept(invitation.token, f"hash {n}", NOW) for n in range(5)]
    found = [one for one in await asyncio.gather(*tries) if one]

    assert len(found) == 1


async def test_the_last_admin_stays(engine: AsyncEngine) -> None:
    one = await member(engine, "One", Role.ADMIN)
    accounts = Accounts(engine)

    assert await accounts.set_role(one.id, Role.EDITOR, by="One", now=NOW) is Refusal.LAST_ADMIN
    assert await accounts.deactivate(one.id, by="One", now=NOW) is Refusal.LAST_ADMIN
    kept = await accounts.numbered(one.id)
    assert kept is not None
    assert (kept.member.role, kept.member.active) == (Role.ADMIN, True)

    other = await member(engine, "Other", Role.ADMIN)
    assert await accounts.deactivate(one.id, by="Other", now=NOW) is None
    assert await accounts.set_role(other.id, Role.AUTHOR, by="Other", now=NOW) is (
        Refusal.LAST_ADMIN
    )
    assert await accounts.set_role(99, Role.AUTHOR, by="Other", now=NOW) is Refusal.UNKNOWN


async def test_two_admins_who_demote_each_other_at_once_leave_one(engine: AsyncEngine) -> None:
    accounts = Accounts(engine)
    both = [await member(engine, name, Role.ADMIN) for name in ("One", "Other")]

    await asyncio.gather(
        *(accounts.set_role(one.id, Role.AUTHOR, by="each other", now=NOW) for one in both)
    )

    roles = sorted(one.role for one in await accounts.members(NOW))
    assert roles == [Role.ADMIN, Role.AUTHOR]


async def test_a_session_is_found_by_its_token_alone(engine: AsyncEngine) -> None:
    author = await member(engine)
    sessions = Sessions(engine)

    token = await sessions.begin(author.id, "Firefox, Windows", NOW)

    found = await sessions.find(token, NOW + timedelta(hours=1))
    assert found is not None
    assert (found.staff_id, found.name, found.role, found.lang) == (
        author.id,
        "Айгүл",
        Role.AUTHOR,
        "ky",
    )
    assert await sessions.find("another token", NOW) is None
    [listed] = await sessions.of(author.id, NOW)
    assert (listed.device, listed.began, listed.seen) == (
        "Firefox, Windows",
        NOW,
        NOW + timedelta(hours=1),
    )
    async with engine.connect() as connection:
        kept = (await connection.execute(text("SELECT token FROM staff_session"))).scalars().all()
    assert token not in kept


async def test_accepting_a_link_ends_all_that_let_in_before(engine: AsyncEngine) -> None:
    author = await member(engine)
    accounts, sessions, factors = Accounts(engine), Sessions(engine), SecondFactors(engine)
    token = await sessions.begin(author.id, "Firefox", NOW)
    await factors.turn_on(author.id, "salt", 7, ["a", "b"], by="Айгүл", now=NOW)

    invitation = await accounts.invite(author.id, by="Nurlan", now=NOW)
    assert isinstance(invitation, Invitation)
    assert await sessions.find(token, NOW) is not None
    await accounts.accept(invitation.token, "new hash", NOW)

    assert await sessions.find(token, NOW) is None
    found = await accounts.numbered(author.id)
    assert found is not None
    assert (found.password, found.second_factor) == ("new hash", None)
    assert await factors.codes_left(author.id) == 0


async def test_a_step_and_a_code_are_good_once(engine: AsyncEngine) -> None:
    author, other = await member(engine), await member(engine, "Other")
    factors = SecondFactors(engine)
    await factors.turn_on(author.id, "salt", 7, ["a", "b"], by="Айгүл", now=NOW)

    assert [await factors.use_step(author.id, step) for step in (7, 8, 8, 6, 9)] == [
        False,
        True,
        False,
        False,
        True,
    ]
    at_once = (factors.use_step(author.id, 20) for _ in range(5))
    assert sorted(await asyncio.gather(*at_once)) == [False] * 4 + [True]
    assert not await factors.use_code(other.id, "a", by="Other", now=NOW)
    assert await factors.use_code(author.id, "a", by="Айгүл", now=NOW)
    assert not await factors.use_code(author.id, "a", by="Айгүл", now=NOW)
    assert await factors.codes_left(author.id) == 1


async def test_changes_are_noted_with_who_did_them(engine: AsyncEngine) -> None:
    await member(engine, "Nurlan", Role.ADMIN)
    author = await member(engine)
    accounts = Accounts(engine)
    await accounts.set_role(author.id, Role.EDITOR, by="Nurlan", now=NOW)
    refused = await accounts.set_role(99, Role.EDITOR, by="Nurlan", now=NOW)
    await accounts.deactivate(author.id, by="Nurlan", now=NOW + timedelta(hours=1))

    entries = await AuditLog(engine).page(staff_name="Nurlan")

    assert refused is Refusal.UNKNOWN
    assert [(one.deed, one.subject, one.detail) for one in entries[:3]] == [
        ("staff-deactivated", "Айгүл", ""),
        ("role-changed", "Айгүл", "editor"),
        ("staff-added", "Айгүл", "author"),
    ]
    assert entries[0].at == NOW + timedelta(hours=1)
    assert await AuditLog(engine).page(deed="staff-deactivated") == entries[:1]


async def test_the_audit_log_is_read_by_pages(engine: AsyncEngine) -> None:
    log = AuditLog(engine)
    for number in range(PAGE_ENTRIES + 3):
        await log.add("Nurlan", "memo-published", str(number), now=NOW)

    first = await log.page()
    second = await log.page(before=first[-1].id)

    assert [one.subject for one in (*first, *second)] == [
        str(number) for number in reversed(range(PAGE_ENTRIES + 3))
    ]
    assert await log.choices() == (["Nurlan"], ["memo-published"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Айгүл   Токтогулова ", "Айгүл Токтогулова"),
        ("Sh. O'Connor-Uulu 2", "Sh. O'Connor-Uulu 2"),
        ("<script>", None),
        ("a\u202eb", None),
        ("a\nb", "a b"),
        ("a@b", None),
        ("", None),
        ("x" * 61, None),
    ],
)
def test_a_name_can_sign_a_commit(typed: str, kept: str | None) -> None:
    assert proper_name(typed) == kept


def test_ways_to_write_a_letter_make_no_other_name() -> None:
    assert key_of("Юрий\u0306") != key_of("Юрий")
    assert key_of("Андреи\u0306") == key_of("АНДРЕЙ")


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.AUTHOR, [Role.AUTHOR]),
        (Role.EDITOR, [Role.AUTHOR, Role.EDITOR]),
        (Role.ADMIN, [Role.AUTHOR, Role.EDITOR, Role.ADMIN]),
    ],
)
def test_a_role_may_what_those_before_it_may(role: Role, allowed: list[Role]) -> None:
    assert [needed for needed in Role if role.may(needed)] == allowed
