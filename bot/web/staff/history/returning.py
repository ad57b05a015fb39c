"""Back to an earlier edition, of one memo or check or of everything: a draft of the changes that lead there, which goes the way of
every draft. An editor may go that way in one step.
"""

import asyncio

from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import MOSCOW
from bot.editorial.snapshot import take_snapshot
from bot.web.staff.frame import ADDRESS, Page, SignedIn, StaffRoom, fields, not_found, see_other
from bot.web.staff.history.versions import CHECK, asked_memo, edition_at, folder_of, version_named
from bot.web.staff.links import draft_page
from bot.web.staff.review.deciding import publish_now
from db.audit import AuditLog
from db.drafts import Draft, Drafts
from db.staff import Role

EDITION = "edition"  # the subject of a draft that brings all of an edition back


async def _return(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    begun = await _begun(request, room, staff)
    if isinstance(begun, Draft):
        page = draft_page(begun).removeprefix(ADDRESS)
        return see_other(request, room, page, "history-return-begun")
    return begun


async def _return_now(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    begun = await _begun(request, room, staff)
    if not isinstance(begun, Draft):
        return begun
    version = await version_named(room, request.path_params["commit"])
    assert version is not None, "a draft was made of it"
    words = room.interface.words(staff.lang)
    when = format_datetime(version.when, "d MMM y, HH:mm", tzinfo=MOSCOW, locale=staff.lang)
    note = words.say("history-return-note", when=when)
    if not await Drafts(room.engine).submit(begun.id, note, room.clock()):
        return see_other(request, room, draft_page(begun).removeprefix(ADDRESS), "review-moved")
    return await publish_now(request, room, staff, begun)


async def _begun(request: Request, room: StaffRoom, staff: SignedIn) -> Draft | Response:
    """A draft with the files of the earlier edition, or why there is none."""
    form, commit = await fields(request), request.path_params["commit"]
    version, memo = await version_named(room, commit), asked_memo(form)
    then = await edition_at(room, commit) if version else None
    if version is None or then is None or memo is None:
        return not_found(request, room, staff)
    page = f"/history/{commit}?memo={memo}"
    way = await asyncio.to_thread(room.press.repository.back_to, commit, folder_of(memo))
    published = await asyncio.to_thread(take_snapshot, room.content_dir)
    if way is None or not way.changes:
        return see_other(request, room, page, "history-same")
    texts = {path: then.text(path) for path in way.changes}
    if any(texts[path] is None and path in then.files for path in texts):
        return see_other(request, room, page, "history-unreadable")
    drafts, now = Drafts(room.engine), room.clock()
    named = memo if memo.startswith(CHECK) else f"memo/{memo}"
    subject = named if memo else EDITION
    draft = await drafts.open_for(staff.id, staff.name, subject, now)
    if draft.changes:
        return see_other(request, room, page, "history-own-open")
    for path, text in texts.items():
        seen = draft.files[path].version if path in draft.files else 0
        await drafts.save(draft.id, path, published.text(path), text, seen, now)
    await AuditLog(room.engine).add(staff.name, "edition-returned", subject, commit[:10], now=now)
    return await drafts.get(draft.id) or draft


pages: tuple[Page, ...] = (
    Page("/history/{commit}/return", _return, Role.AUTHOR, ("POST",), "history-return"),
    Page(
        "/history/{commit}/return-now", _return_now, Role.EDITOR, ("POST",), "history-return-now"
    ),
)
