"""The accounts of the staff, for admins: who there is, what they may do, who is let in and out. It must not see a
password: members set their own behind an invitation link.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.cookies import is_secure
from bot.web.staff.frame import (
    ADDRESS,
    LANGUAGES,
    Page,
    SignedIn,
    StaffRoom,
    fields,
    not_found,
    see_other,
    show,
)
from db.staff import Accounts, Invitation, Member, Refusal, Role, proper_name
from db.staff_sessions import Sessions

_REFUSED = {
    Refusal.NAME_TAKEN: "name-taken",
    Refusal.LAST_ADMIN: "last-admin",
    Refusal.UNKNOWN: "not-found-title",
}
# What the column can hold.
_LARGEST_NUMBER = 2**31 - 1


async def _list(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    return await _shown(request, room, staff)


async def _add(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    name = proper_name(form.get("name", ""))
    role, lang = form.get("role", ""), form.get("lang", "")
    if name is None:
        return await _shown(request, room, staff, form, "name-improper")
    if role not in list(Role) or lang not in LANGUAGES:
        return await _shown(request, room, staff, form)
    added = await Accounts(room.engine).add(
        name, Role(role), lang, by=staff.name, now=room.clock()
    )
    if isinstance(added, Refusal):
        return await _shown(request, room, staff, form, _REFUSED[added])
    return _invitation(request, room, staff, name, added)


async def _member(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    member = await _of_path(request, room)
    if member is None:
        return not_found(request, room, staff)
    return await _shown_member(request, room, staff, member)


async def _set_role(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    member, role = await _of_path(request, room), (await fields(request)).get("role", "")
    if member is None or role not in list(Role):
        return not_found(request, room, staff)
    refusal = await Accounts(room.engine).set_role(
        member.id, Role(role), by=staff.name, now=room.clock()
    )
    if refusal:
        return await _shown_member(request, room, staff, member, _REFUSED[refusal])
    return see_other(request, room, _path(member), "notice-role-changed", name=member.name)


async def _invite(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    member = await _of_path(request, room)
    if member is None:
        return not_found(request, room, staff)
    invited = await Accounts(room.engine).invite(member.id, by=staff.name, now=room.clock())
    if isinstance(invited, Refusal):
        return not_found(request, room, staff)
    return _invitation(request, room, staff, member.name, invited)


async def _end_sessions(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    member = await _of_path(request, room)
    if member is None:
        return not_found(request, room, staff)
    await Sessions(room.engine).end_all(
        member.id,
        but=staff.session_id,
        by=staff.name,
        of=member.name,
        now=room.clock(),
    )
    return see_other(request, room, _path(member), "notice-sessions-ended", name=member.name)


async def _deactivate(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    member = await _of_path(request, room)
    if member is None:
        return not_found(request, room, staff)
    refusal = await Accounts(room.engine).deactivate(member.id, by=staff.name, now=room.clock())
    if refusal:
        return await _shown_member(request, room, staff, member, _REFUSED[refusal])
    return see_other(request, room, "/accounts", "notice-deactivated", name=member.name)


async def _of_path(request: Request, room: StaffRoom) -> Member | None:
    number: int = request.path_params["member"]
    if number > _LARGEST_NUMBER:
        return None
    found = await Accounts(room.engine).numbered(number)
    return found.member if found else None


async def _shown(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    form: dict[str, str] | None = None,
    problem: str | None = None,
) -> Response:
    """All members, and the form to add one, as it was filled in when something is wrong with it."""
    return show(
        request,
        room,
        staff,
        "accounts.html",
        200 if form is None else 400,
        members=await Accounts(room.engine).members(room.clock()),
        roles=list(Role),
        form=form or {},
        problem=problem,
    )


async def _shown_member(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    member: Member,
    problem: str | None = None,
) -> Response:
    return show(
        request,
        room,
        staff,
        "account_of_member.html",
        409 if problem else 200,
        member=member,
        sessions=await Sessions(room.engine).of(member.id, room.clock()),
        roles=list(Role),
        problem=problem,
    )


def _invitation(
    request: Request, room: StaffRoom, staff: SignedIn, name: str, invitation: Invitation
) -> Response:
    """The link, once: it stands in no address, cookie or log, so it is the answer to the form itself."""
    link = f"{_public_address(request)}{ADDRESS}/invitation/{invitation.token}"
    return show(
        request, room, staff, "invited.html", name=name, link=link, expires=invitation.expires
    )


def _public_address(request: Request) -> str:
    """Where the admin's browser found us. Its Origin has been compared with the Host before."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc == host:
        return origin
    return f"{'https' if is_secure(request) else 'http'}://{host}"


def _path(member: Member) -> str:
    return f"/accounts/{member.id}"


_ONE = "/accounts/{member:int}"

pages: tuple[Page, ...] = (
    Page(
        "/accounts",
        _list,
        Role.ADMIN,
        ("GET",),
        "accounts",
        menu="menu-accounts",
        group="menu-team",
    ),
    Page("/accounts", _add, Role.ADMIN, ("POST",), "accounts-add"),
    Page(_ONE, _member, Role.ADMIN, ("GET",), "accounts-member"),
    Page(f"{_ONE}/role", _set_role, Role.ADMIN, ("POST",), "accounts-role"),
    Page(f"{_ONE}/invite", _invite, Role.ADMIN, ("POST",), "accounts-invite"),
    Page(f"{_ONE}/end-sessions", _end_sessions, Role.ADMIN, ("POST",), "accounts-end-sessions"),
    Page(f"{_ONE}/deactivate", _deactivate, Role.ADMIN, ("POST",), "accounts-deactivate"),
)
