"""`joldosh staff`: members of the staff and their invitation links, for who runs the service. It sets no password."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bot.errors import JoldoshError
from bot.settings import Settings
from db.engine import make_engine
from db.errors import StoreError
from db.migrate import upgrade
from db.staff import Accounts, Invitation, Refusal, Role, proper_name

_BY = "joldosh staff"

Found = TypeVar("Found")


async def add(settings: Settings, name: str, role: str, lang: str) -> Invitation:
    """A new member; the link is told once. Raises `JoldoshError`."""
    if role not in list(Role):
        raise JoldoshError(f"A role is one of {', '.join(Role)}, not {role}.")
    proper = proper_name(name)
    if proper is None:
        raise JoldoshError("A name has letters, digits, spaces, dots and hyphens, 60 at most.")
    added = await _with_accounts(
        settings, lambda accounts: accounts.add(proper, Role(role), lang, by=_BY, now=_now())
    )
    if isinstance(added, Refusal):
        raise JoldoshError(
            f"There is a member named {proper}. For a new link: joldosh staff invite"
        )
    return added


async def invite(settings: Settings, name: str) -> Invitation:
    """A new link for a member, who sets a new password behind it. Raises `JoldoshError`."""

    async def invited(accounts: Accounts) -> Invitation | Refusal:
        found = await accounts.named(name)
        if found is None:
            return Refusal.UNKNOWN
        return await accounts.invite(found.member.id, by=_BY, now=_now())

    invitation = await _with_accounts(settings, invited)
    if isinstance(invitation, Refusal):
        raise JoldoshError(f"There is no member named {name}. See: joldosh staff list")
    return invitation


async def print_members(settings: Settings, out: Console) -> None:
    """Everybody with their role, and whether they can sign in. Raises `JoldoshError`."""
    members = await _with_accounts(settings, lambda accounts: accounts.members(_now()))
    table = Table("name", "role", "language", "access", "second factor")
    for member in members:
        if not member.active:
            access = "deactivated"
        elif member.has_password:
            access = "can sign in"
        else:
            access = "link is waiting" if member.is_invited else "link has expired"
        factor = "on" if member.has_second_factor else "off"
        table.add_row(member.name, member.role, member.lang, access, factor)
    out.print(table if members else "Nobody yet. Begin with: joldosh staff add NAME --role admin")


def print_link(invitation: Invitation, address: str, out: Console) -> None:
    until = invitation.expires.strftime("%Y-%m-%d %H:%M UTC")
    out.print(f"{address}/staff/invitation/{invitation.token}", markup=False)
    out.print(f"The link works once, until {until}, and is not shown again.")


def public_address(settings: Settings) -> str:
    """Where members reach the pages, as far as the settings tell."""
    return settings.webhook_url or f"http://{settings.listen}"


async def _with_accounts(settings: Settings, act: Callable[[Accounts], Awaitable[Found]]) -> Found:
    try:
        engine = make_engine(settings.database_url.get_secret_value())
        try:
            if engine.dialect.name == "sqlite":
                # Accounts may be the first thing that a newcomer makes.
                await upgrade(engine)
            return await act(Accounts(engine))
        finally:
            await engine.dispose()
    except StoreError as error:
        raise JoldoshError(str(error)) from error


def _now() -> datetime:
    return datetime.now(UTC)
