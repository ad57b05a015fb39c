"""What stands beside the text: who else has the memo open, what to insert, what the base text has won. It writes only
signs of life.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.changes import BaseChanges, base_changes
from bot.editorial.snapshot import MEMOS
from bot.web.staff.draft_work import others
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.memos.finding import found_for
from bot.web.staff.memos.tabs import Kind
from bot.web.staff.memos.work import Work, work_on
from db.staff import Role


async def _others(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """This window is here; who else is?"""
    work = await work_on(room, staff, request.path_params["memo"])
    if work is None:
        return not_found(request, room, staff)
    folder = f"{MEMOS}/{work.memo}/"
    return await others(request, room, work, lambda path: path.startswith(folder))


async def _find(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Facts, contacts, memos and cards with these words, each as it would be inserted."""
    asked = request.query_params
    work = await work_on(room, staff, request.path_params["memo"])
    if work is None:
        return not_found(request, room, staff)
    tab = work.tab(asked.get("tab", ""))
    query = asked.get("q", "")[:100]
    found = await asyncio.to_thread(
        found_for, query, work.published, tab, tab.name if tab.kind is Kind.TEXT else staff.lang
    )
    return show(request, room, staff, "memos/found.html", found=found, query=query)


async def _base(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """What the base text has won since this translation was made."""
    asked = request.query_params
    work = await work_on(room, staff, request.path_params["memo"])
    if work is None:
        return not_found(request, room, staff)
    tab = work.tab(asked.get("tab", ""))
    changes = await asyncio.to_thread(_base_changes, room, work, tab.name)
    return show(request, room, staff, "memos/base_changes.html", changes=changes)


def _base_changes(room: StaffRoom, work: Work, lang: str) -> BaseChanges | None:
    published = work.published
    if lang not in published.edition.languages[1:] or work.is_new:
        return None
    found = base_changes(
        room.content_dir, published.edition, published.snapshot, [work.memo], lang
    )
    return found[0] if found else None


pages: tuple[Page, ...] = (
    Page("/memos/{memo}/others", _others, Role.AUTHOR, ("POST",), "memo-others"),
    Page("/memos/{memo}/find", _find, Role.AUTHOR, ("GET",), "memo-find"),
    Page("/memos/{memo}/base", _base, Role.AUTHOR, ("GET",), "memo-base"),
)
