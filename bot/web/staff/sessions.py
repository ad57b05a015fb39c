"""Who is signed in, by the cookie of the session. It must not decide what they may see."""

import re

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.cookies import drop_cookie, read_cookie, set_cookie
from bot.web.staff.frame import SignedIn, StaffRoom
from db.staff_sessions import LONGEST, Sessions

_SESSION = "session"
_BROWSERS = ("Edg", "OPR", "YaBrowser", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "YaBrowser": "Yandex"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


async def signed_in(request: Request, room: StaffRoom) -> SignedIn | None:
    token = read_cookie(request, _SESSION)
    if token is None:
        return None
    session = await Sessions(room.engine).find(token, room.clock())
    if session is None:
        return None
    return SignedIn(session.staff_id, session.name, session.role, session.lang, session.id)


async def let_in(request: Request, room: StaffRoom, response: Response, staff_id: int) -> None:
    """Begin a session and give its cookie to this browser. A session that it had before ends."""
    before = await signed_in(request, room)
    sessions = Sessions(room.engine)
    if before:
        await sessions.end(before.session_id, before.id)
    token = await sessions.begin(staff_id, device_name(request), room.clock())
    set_cookie(request, response, _SESSION, token, seconds=int(LONGEST.total_seconds()))


async def let_out(request: Request, room: StaffRoom, response: Response, staff: SignedIn) -> None:
    await Sessions(room.engine).end(staff.session_id, staff.id)
    drop_cookie(request, response, _SESSION)


def device_name(request: Request) -> str:
    """Enough for a member to tell their browsers apart: "Firefox, Windows"."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for name in _BROWSERS if re.search(rf"\b{name}/", agent)), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return ", ".join(filter(None, (_NAMES.get(browser, browser), system))) or "?"
