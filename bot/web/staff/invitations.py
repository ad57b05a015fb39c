"""The page behind an invitation link: a new member, or one who forgot, sets a password. It must not use a link up by
being looked at: programs that preview links look too.
"""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import (
    ADDRESS,
    LANGUAGES,
    OpenPage,
    StaffRoom,
    fields,
    message,
    see_other,
    show,
)
from bot.web.staff.pacing import of_invitation, remember_device, slow_down
from bot.web.staff.passwords import LEAST_CHARACTERS, weakness
from bot.web.staff.sessions import let_in
from db.staff import Accounts, Member
from db.staff_attempts import Attempts


async def _form(request: Request, room: StaffRoom) -> Response:
    member = await _invited(request, room)
    return member if isinstance(member, Response) else _shown(request, room, member)


async def _accept(request: Request, room: StaffRoom) -> Response:
    member = await _invited(request, room)
    if isinstance(member, Response):
        return member
    password = (await fields(request)).get("password", "")
    if problem := weakness(password, member.name):
        return _shown(request, room, member, 400, problem)
    hashed = await room.passwords.hash(password)
    token = request.path_params["token"]
    if await Accounts(room.engine).accept(token, hashed, room.clock()) is None:
        return _over(request, room)
    response = see_other(request, room, "/", "notice-welcome", name=member.name)
    await let_in(request, room, response, member.id)
    remember_device(request, room, response, member.id)
    return response


async def _invited(request: Request, room: StaffRoom) -> Member | Response:
    """Whom the link is for, or the page to answer with. Who tries links is slowed down."""
    attempts, watched = Attempts(room.engine), of_invitation(request, room)
    if wait := await attempts.begin(watched, room.clock()):
        return slow_down(request, room, wait)
    member = await Accounts(room.engine).invited(request.path_params["token"], room.clock())
    if member is None:
        return _over(request, room)
    await attempts.succeeded(forgotten=(), taken_back=[one.key for one in watched])
    return member


def _shown(
    request: Request,
    room: StaffRoom,
    member: Member,
    status: int = 200,
    problem: str | None = None,
) -> Response:
    chosen = request.query_params.get("lang")
    return show(
        request,
        room,
        None,
        "invitation.html",
        status,
        lang=chosen if chosen in LANGUAGES else member.lang,
        member=member,
        address=f"{ADDRESS}/invitation/{request.path_params['token']}",
        least=LEAST_CHARACTERS,
        problem=problem,
    )


def _over(request: Request, room: StaffRoom) -> Response:
    return message(request, room, None, 404, "invitation-over-title", "invitation-over-text")


open_pages: tuple[OpenPage, ...] = (
    OpenPage("/invitation/{token}", _form, ("GET",), "invitation"),
    OpenPage("/invitation/{token}", _accept, ("POST",), "invitation-accept"),
)
