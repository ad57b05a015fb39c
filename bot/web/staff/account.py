"""A member's own page: language, password, and the browsers that are signed in. It must not touch another's account."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import LANGUAGES, Page, SignedIn, StaffRoom, fields, see_other, show
from bot.web.staff.pacing import of_own_password, slow_down
from bot.web.staff.passwords import LEAST_CHARACTERS, weakness
from db.second_factor import SecondFactors
from db.staff import Accounts, Role
from db.staff_attempts import Attempts
from db.staff_sessions import Sessions


async def _account(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    return await _shown(request, room, staff)


async def _language(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    lang = (await fields(request)).get("lang", "")
    if lang in LANGUAGES:
        await Accounts(room.engine).set_lang(staff.id, lang)
    return see_other(request, room, "/account")


async def _password(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    new = form.get("new", "")
    proved = await prove(request, room, staff, form.get("current", ""))
    if isinstance(proved, Response):
        return proved
    if not proved:
        return await _shown(request, room, staff, 400, {"current": "password-not-yours"})
    if problem := weakness(new, staff.name):
        return await _shown(request, room, staff, 400, {"new": problem})
    await Accounts(room.engine).set_password(
        staff.id,
        await room.passwords.hash(new),
        session_id=staff.session_id,
        by=staff.name,
        now=room.clock(),
    )
    return see_other(request, room, "/account", "notice-password-changed")


async def _end_session(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    await Sessions(room.engine).end((await fields(request)).get("session", ""), staff.id)
    return see_other(request, room, "/account", "notice-session-ended")


async def _end_others(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    await Sessions(room.engine).end_all(
        staff.id, but=staff.session_id, by=staff.name, of=staff.name, now=room.clock()
    )
    return see_other(request, room, "/account", "notice-others-ended")


async def prove(
    request: Request, room: StaffRoom, staff: SignedIn, password: str
) -> bool | Response:
    """Whether it is the member's password: a laptop left open is not yet the account. A page, when it was tried too often."""
    watched, attempts = of_own_password(room, staff.session_id), Attempts(room.engine)
    if wait := await attempts.begin(watched, room.clock()):
        return slow_down(request, room, wait)
    found = await Accounts(room.engine).numbered(staff.id)
    verdict = await room.passwords.verify(found.password if found else None, password)
    if verdict.is_right:
        await attempts.succeeded(forgotten=[one.key for one in watched])
    return verdict.is_right


async def _shown(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    status: int = 200,
    wrong: dict[str, str] | None = None,
) -> Response:
    """`wrong` has the key of a problem by the name of its field."""
    found = await Accounts(room.engine).numbered(staff.id)
    return show(
        request,
        room,
        staff,
        "account.html",
        status,
        sessions=await Sessions(room.engine).of(staff.id, room.clock()),
        has_second_factor=found is not None and found.member.has_second_factor,
        codes_left=await SecondFactors(room.engine).codes_left(staff.id),
        least=LEAST_CHARACTERS,
        wrong=wrong or {},
    )


pages: tuple[Page, ...] = (
    Page("/account", _account, Role.AUTHOR, ("GET",), "account"),
    Page("/account/language", _language, Role.AUTHOR, ("POST",), "account-language"),
    Page("/account/password", _password, Role.AUTHOR, ("POST",), "account-password"),
    Page("/account/session/end", _end_session, Role.AUTHOR, ("POST",), "account-session-end"),
    Page("/account/sessions/end", _end_others, Role.AUTHOR, ("POST",), "account-sessions-end"),
)
