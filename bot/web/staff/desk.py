"""The desk of the day: the first page after the sign-in. It must not change anything."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from db.staff import Role


async def _desk(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    return show(request, room, staff, "desk.html")


pages: tuple[Page, ...] = (Page("/", _desk, Role.AUTHOR, ("GET",), "desk", menu="menu-desk"),)
