"""Signing in and out. It must not say whether a name is known: a wrong name and a wrong password look alike."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import (
    ADDRESS,
    OpenPage,
    Page,
    SignedIn,
    StaffRoom,
    fields,
    see_other,
    show,
)
from bot.web.staff.sessions import let_in, let_out, signed_in
from db.staff import Accounts, Role


async def _form(request: Request, room: StaffRoom) -> Response:
    if await signed_in(request, room):
        return see_other(request, room, "/")
    return _shown(request, room, next_page=request.query_params.get("next", ""))


async def _sign_in(request: Request, room: StaffRoom) -> Response:
    form = await fields(request)
    name, password, next_page = (form.get(key, "") for key in ("name", "password", "next"))
    accounts = Accounts(room.engine)
    found = await accounts.named(name)
    verdict = await room.passwords.verify(found.password if found else None, password)
    if found is None or not verdict.is_right or not found.member.active:
        return _shown(request, room, 403, name, next_page, problem="sign-in-wrong")
    if verdict.is_old:
        await accounts.rehash(found.member.id, await room.passwords.hash(password))
    response = see_other(request, room, own_path(next_page))
    await let_in(request, room, response, found.member.id)
    return response


async def _sign_out(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    response = see_other(request, room, "/sign-in", "notice-signed-out")
    await let_out(request, room, response, staff)
    return response


def own_path(address: str) -> str:
    """The path under /staff of an address that a stranger may have written; the desk when it is not one of ours."""
    parts = urlsplit(address)
    is_ours = parts.path.startswith(f"{ADDRESS}/") and "\\" not in address
    if parts.scheme or parts.netloc or not is_ours or parts.path.startswith(f"{ADDRESS}/sign-"):
        return "/"
    query = f"?{parts.query}" if parts.query else ""
    return parts.path.removeprefix(ADDRESS) + query


def _shown(
    request: Request,
    room: StaffRoom,
    status: int = 200,
    name: str = "",
    next_page: str = "",
    problem: str | None = None,
) -> Response:
    return show(
        request,
        room,
        None,
        "sign_in.html",
        status,
        name=name,
        next_page=next_page,
        problem=problem,
    )


open_pages: tuple[OpenPage, ...] = (
    OpenPage("/sign-in", _form, ("GET",), "sign-in"),
    OpenPage("/sign-in", _sign_in, ("POST",), "sign-in-send"),
)
pages: tuple[Page, ...] = (Page("/sign-out", _sign_out, Role.AUTHOR, ("POST",), "sign-out"),)
