"""A draft as it is: what it changes word by word, and what would be wrong then. Its author sends it to review from here,
takes it back or throws it away; memos and the ledgers have pages of their own for that. Publishing is not here.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.drafting import Drafted, drafted
from bot.editorial.file_changes import file_changes
from bot.i18n.interface import load_interface
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other, show
from bot.web.staff.links import own_page_of, subject_words
from bot.web.staff.own_drafts import published_now
from db.audit import AuditLog
from db.drafts import Draft, Drafts, DraftState
from db.staff import Role

_LONGEST_NOTE = 2000
_EDITORIAL = load_interface(domain="editorial", fallback="ru")


async def _draft(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    draft = await Drafts(room.engine).get(request.path_params["draft"])
    if draft is None or (draft.state is DraftState.OPEN and draft.staff_id != staff.id):
        return not_found(request, room, staff)
    published = await published_now(room)
    texts = {file.path: file.text for file in draft.changes}
    is_over = draft.state in (DraftState.PUBLISHED, DraftState.DISCARDED)
    found = None if is_over else await asyncio.to_thread(drafted, published, texts)
    return show(
        request,
        room,
        staff,
        "draft.html",
        draft=draft,
        subject=subject_words(draft.subject, staff.lang),
        is_own=draft.staff_id == staff.id,
        editor=own_page_of(draft),
        files=await asyncio.to_thread(_files, draft),
        problems=_problems(found, staff.lang) if found else [],
    )


def _files(draft: Draft) -> list[dict[str, object]]:
    return [
        {"path": file.path, "changes": file_changes(file.base or "", file.text or "")}
        for file in draft.changes
    ]


def _problems(found: Drafted, lang: str) -> list[dict[str, object]]:
    words = _EDITORIAL.words(lang)
    return [
        {
            "file": one.file,
            "line": one.line,
            "is_error": one.is_error,
            "words": one.message(words),
        }
        for one in (*found.problems, *found.elsewhere)
    ]


async def _submit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form, draft = await fields(request), await _own(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/drafts/{draft.id}", room.clock()
    if not draft.changes:
        return see_other(request, room, path, "draft-page-empty")
    note = form.get("note", "")[:_LONGEST_NOTE].strip()
    if not await Drafts(room.engine).submit(draft.id, note, now):
        return see_other(request, room, path, "draft-page-moved")
    await AuditLog(room.engine).add(staff.name, "draft-submitted", draft.subject, now=now)
    return see_other(request, room, f"/review/{draft.id}", "draft-page-submitted")


async def _take_back(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    draft = await _own(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/drafts/{draft.id}", room.clock()
    if not await Drafts(room.engine).send_back(draft.id, draft.note, now):
        return see_other(request, room, path, "draft-page-moved")
    await AuditLog(room.engine).add(staff.name, "draft-taken-back", draft.subject, now=now)
    return see_other(request, room, path, "draft-page-taken-back")


async def _discard(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    draft = await _own(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    now = room.clock()
    is_open = draft.state is DraftState.OPEN
    if not is_open or not await Drafts(room.engine).discard(draft.id, now):
        return see_other(request, room, f"/drafts/{draft.id}", "draft-page-moved")
    await AuditLog(room.engine).add(staff.name, "draft-discarded", draft.subject, now=now)
    return see_other(request, room, "/", "draft-page-discarded")


async def _own(request: Request, room: StaffRoom, staff: SignedIn) -> Draft | None:
    draft = await Drafts(room.engine).get(request.path_params["draft"])
    return draft if draft and draft.staff_id == staff.id else None


pages: tuple[Page, ...] = (
    Page("/drafts/{draft}", _draft, Role.AUTHOR, ("GET",), "draft"),
    Page("/drafts/{draft}/submit", _submit, Role.AUTHOR, ("POST",), "draft-submit"),
    Page("/drafts/{draft}/take-back", _take_back, Role.AUTHOR, ("POST",), "draft-take-back"),
    Page("/drafts/{draft}/discard", _discard, Role.AUTHOR, ("POST",), "draft-discard"),
)
