"""A member's second factor: turning it on and off, and new codes on paper. It must not show a secret twice."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.account import prove
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, see_other, show
from bot.web.staff.one_time_codes import (
    as_picture,
    as_typed,
    new_paper_codes,
    new_salt,
    paper_hash,
    step_of,
)
from bot.web.staff.sealing import seal, unseal
from db.second_factor import SecondFactors
from db.staff import Accounts, Role

_ADDRESS = "/account/second-factor"


async def _form(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    found = await Accounts(room.engine).numbered(staff.id)
    if found and found.member.has_second_factor:
        return await _shown_on(request, room, staff)
    return _shown_off(request, room, staff, new_salt())


async def _turn_on(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    found = await Accounts(room.engine).numbered(staff.id)
    salt = unseal(room.secret, _purpose(staff), form.get("salt", ""))
    if salt is None or found is None or found.member.has_second_factor:
        return see_other(request, room, _ADDRESS)
    proved = await prove(request, room, staff, form.get("password", ""))
    if isinstance(proved, Response):
        return proved
    if not proved:
        return _shown_off(request, room, staff, salt, {"password": "password-not-yours"})
    step = step_of(room.secret, salt, form.get("code", ""), room.clock())
    if step is None:
        return _shown_off(request, room, staff, salt, {"code": "code-wrong"})
    codes = new_paper_codes()
    await SecondFactors(room.engine).turn_on(
        staff.id, salt, step, _hashes(room, staff, codes), by=staff.name, now=room.clock()
    )
    return show(request, room, staff, "recovery_codes.html", codes=codes, is_new=True)


async def _turn_off(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    proved = await prove(request, room, staff, (await fields(request)).get("password", ""))
    if isinstance(proved, Response):
        return proved
    if not proved:
        return await _shown_on(request, room, staff, 400, "password-not-yours")
    await SecondFactors(room.engine).turn_off(staff.id, by=staff.name, now=room.clock())
    return see_other(request, room, "/account", "notice-second-factor-off")


async def _new_codes(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    proved = await prove(request, room, staff, (await fields(request)).get("password", ""))
    if isinstance(proved, Response):
        return proved
    if not proved:
        return await _shown_on(request, room, staff, 400, "password-not-yours")
    found = await Accounts(room.engine).numbered(staff.id)
    if found is None or not found.member.has_second_factor:
        return see_other(request, room, _ADDRESS)
    codes = new_paper_codes()
    await SecondFactors(room.engine).new_codes(
        staff.id, _hashes(room, staff, codes), by=staff.name, now=room.clock()
    )
    return show(request, room, staff, "recovery_codes.html", codes=codes, is_new=False)


async def _shown_on(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    status: int = 200,
    problem: str | None = None,
) -> Response:
    left = await SecondFactors(room.engine).codes_left(staff.id)
    return show(
        request, room, staff, "second_factor_on.html", status, codes_left=left, problem=problem
    )


def _shown_off(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    salt: str,
    wrong: dict[str, str] | None = None,
) -> Response:
    """The way to turn it on. The salt travels with the form, signed: it is kept when a first code was right."""
    return show(
        request,
        room,
        staff,
        "second_factor_off.html",
        400 if wrong else 200,
        picture=as_picture(room.secret, salt, staff.name),
        typed=as_typed(room.secret, salt),
        salt=seal(room.secret, _purpose(staff), salt),
        wrong=wrong or {},
    )


def _purpose(staff: SignedIn) -> str:
    return f"second-factor-of-{staff.id}"


def _hashes(room: StaffRoom, staff: SignedIn, codes: tuple[str, ...]) -> list[str]:
    return [paper_hash(room.secret, staff.id, code) for code in codes]


pages: tuple[Page, ...] = (
    Page(_ADDRESS, _form, Role.AUTHOR, ("GET",), "second-factor"),
    Page(_ADDRESS, _turn_on, Role.AUTHOR, ("POST",), "second-factor-on"),
    Page(f"{_ADDRESS}/off", _turn_off, Role.AUTHOR, ("POST",), "second-factor-off"),
    Page(f"{_ADDRESS}/codes", _new_codes, Role.AUTHOR, ("POST",), "second-factor-codes"),
)
