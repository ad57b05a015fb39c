"""What stands beside the text: who else has the memo open, what to insert, what the base text has won. It writes only
signs of life.
"""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.changes import BaseChanges, base_changes
from bot.editorial.day import MOSCOW
from bot.editorial.schema import is_id
from bot.editorial.snapshot import MEMOS
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, show
from bot.web.staff.memos.finding import found_for
from bot.web.staff.memos.tabs import Kind
from bot.web.staff.memos.work import Work, subject_of, work_on
from db.drafts import UNFINISHED, Draft, Drafts
from db.presence import Presence
from db.staff import Role

_WINDOW = re.compile(r"[a-z0-9-]{8,64}")


async def _others(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """This window is here; who else is?"""
    form, memo = await fields(request), request.path_params["memo"]
    work = await work_on(room, staff, memo)
    window = form.get("window", "")
    if work is None or not is_id(memo) or not _WINDOW.fullmatch(window):
        return not_found(request, room, staff)
    presence, now, subject = Presence(room.engine), room.clock(), subject_of(memo)
    await presence.looking(subject, staff.id, staff.name, window, now)
    lookers = await presence.others(subject, window, now)
    return show(
        request,
        room,
        staff,
        "memos/others.html",
        lookers=lookers,
        drafts=await _drafts_of_others(room, staff, memo),
        subject=subject,
        memo=memo,
        clock=lambda moment: moment.astimezone(MOSCOW).strftime("%H:%M"),
    )


async def _drafts_of_others(room: StaffRoom, staff: SignedIn, memo: str) -> list[Draft]:
    """Unfinished drafts that change a file of the memo, whatever their subject is."""
    folder = f"{MEMOS}/{memo}/"
    drafts = await Drafts(room.engine).in_state(*UNFINISHED)
    return [
        draft
        for draft in drafts
        if draft.staff_id != staff.id
        and any(file.path.startswith(folder) for file in draft.changes)
    ]


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
