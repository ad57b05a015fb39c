"""What stands beside the form: who else has the check open, and what to insert. It writes only signs of life."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.draft_work import others
from bot.web.staff.flows.work import work_on
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.memos.finding import found_for
from bot.web.staff.memos.tabs import Kind, Tab
from db.staff import Role


async def _others(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """This window is here; who else is?"""
    work = await work_on(room, staff, request.path_params["flow"])
    if work is None:
        return not_found(request, room, staff)
    return await others(request, room, work, lambda path: path == work.path)


async def _find(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Facts, contacts and memos with these words: for a text as they are written there, for a list by their ids."""
    asked = request.query_params
    work = await work_on(room, staff, request.path_params["flow"])
    if work is None:
        return not_found(request, room, staff)
    lang = asked.get("lang", "")
    lang = lang if lang in work.languages else staff.lang
    kind = Kind.SETTINGS if asked.get("into") == "names" else Kind.TEXT
    query = asked.get("q", "")[:100]
    tab = Tab(lang, kind, work.path)
    found = await asyncio.to_thread(found_for, query, work.published, tab, lang)
    return show(request, room, staff, "memos/found.html", found=found, query=query)


pages: tuple[Page, ...] = (
    Page("/flows/{flow}/others", _others, Role.AUTHOR, ("POST",), "flow-others"),
    Page("/flows/{flow}/find", _find, Role.AUTHOR, ("GET",), "flow-find"),
)
