"""Signing in and out. It must not say whether a name is known: a wrong name and a wrong password look alike."""

import json
from datetime import timedelta
from hashlib import sha256
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
from bot.web.staff.one_time_codes import paper_hash, step_of
from bot.web.staff.pacing import of_code, of_sign_in, remember_device, slow_down
from bot.web.staff.sealing import seal, unseal
from bot.web.staff.sessions import let_in, let_out, signed_in
from db.second_factor import SecondFactors
from db.staff import Accounts, Credentials, Role
from db.staff_attempts import Attempts

# Between the password and the code.
_TICKET = "sign-in-ticket"
_TICKET_LASTS = timedelta(minutes=10)


async def _form(request: Request, room: StaffRoom) -> Response:
    if await signed_in(request, room):
        return see_other(request, room, "/")
    return _shown(request, room, next_page=request.query_params.get("next", ""))


async def _sign_in(request: Request, room: StaffRoom) -> Response:
    form = await fields(request)
    name, password, next_page = (form.get(key, "") for key in ("name", "password", "next"))
    accounts, attempts = Accounts(room.engine), Attempts(room.engine)
    found = await accounts.named(name)
    watched = of_sign_in(request, room, name, found.member.id if found else None)
    if wait := await attempts.begin(watched, room.clock()):
        return slow_down(request, room, wait)
    verdict = await room.passwords.verify(found.password if found else None, password)
    if found is None or not verdict.is_right or not found.member.active:
        return _shown(request, room, 403, name, next_page, problem="sign-in-wrong")
    if verdict.is_old:
        await accounts.rehash(found.member.id, await room.passwords.hash(password))
    own, *shared = (one.key for one in watched)
    await attempts.succeeded(forgotten=[own], taken_back=shared)
    if found.second_factor:
        return show(
            request,
            room,
            None,
            "sign_in_code.html",
            ticket=_ticket(room, found, next_page),
            problem=None,
        )
    return await _welcome(request, room, found, next_page)


async def _code(request: Request, room: StaffRoom) -> Response:
    form = await fields(request)
    ticket, code = form.get("ticket", ""), form.get("code", "")
    opened = await _open_ticket(room, ticket)
    if opened is None:
        return _shown(request, room, 403, problem="sign-in-too-slow")
    found, next_page = opened
    watched, attempts = of_code(room, found.member.id), Attempts(room.engine)
    if wait := await attempts.begin(watched, room.clock()):
        return slow_down(request, room, wait)
    if not await is_right_code(room, found, code):
        problem = "code-wrong"
        return show(request, room, None, "sign_in_code.html", 403, ticket=ticket, problem=problem)
    await attempts.succeeded(forgotten=[one.key for one in watched])
    return await _welcome(request, room, found, next_page)


async def _sign_out(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    response = see_other(request, room, "/sign-in", "notice-signed-out")
    await let_out(request, room, response, staff)
    return response


async def is_right_code(room: StaffRoom, found: Credentials, code: str) -> bool:
    """Whether this is the code of now or one on paper, and use it up: each is good once."""
    member, now, factors = found.member, room.clock(), SecondFactors(room.engine)
    if found.second_factor is None:
        return False
    step = step_of(room.secret, found.second_factor, code, now)
    if step is not None:
        return await factors.use_step(member.id, step)
    hashed = paper_hash(room.secret, member.id, code)
    return await factors.use_code(member.id, hashed, by=member.name, now=now)


def own_path(address: str) -> str:
    """The path under /staff of an address that a stranger may have written; the desk when it is not one of ours."""
    parts = urlsplit(address)
    is_ours = parts.path.startswith(f"{ADDRESS}/") and "\\" not in address
    if parts.scheme or parts.netloc or not is_ours or parts.path.startswith(f"{ADDRESS}/sign-"):
        return "/"
    query = f"?{parts.query}" if parts.query else ""
    return parts.path.removeprefix(ADDRESS) + query


async def _welcome(
    request: Request, room: StaffRoom, found: Credentials, next_page: str
) -> Response:
    response = see_other(request, room, own_path(next_page))
    await let_in(request, room, response, found.member.id)
    remember_device(request, room, response, found.member.id)
    return response


def _ticket(room: StaffRoom, found: Credentials, next_page: str) -> str:
    """Says that the password was right. It ends with the password, and soon in any case."""
    ends = (room.clock() + _TICKET_LASTS).timestamp()
    return seal(
        room.secret,
        _TICKET,
        json.dumps([found.member.id, _mark(found.password), ends, next_page]),
    )


async def _open_ticket(room: StaffRoom, ticket: str) -> tuple[Credentials, str] | None:
    told = unseal(room.secret, _TICKET, ticket)
    if told is None:
        return None
    staff_id, mark, ends, next_page = json.loads(told)
    found = await Accounts(room.engine).numbered(staff_id)
    is_good = (
        found is not None
        and found.member.active
        and _mark(found.password) == mark
        and room.clock().timestamp() < ends
    )
    return (found, next_page) if found and is_good else None


def _mark(password: str | None) -> str:
    """Tells one hash of a password from another, and nothing of either."""
    return sha256((password or "").encode()).hexdigest()[:16]


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
    OpenPage("/sign-in/code", _code, ("POST",), "sign-in-code"),
)
pages: tuple[Page, ...] = (Page("/sign-out", _sign_out, Role.AUTHOR, ("POST",), "sign-out"),)
