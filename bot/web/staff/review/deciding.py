"""An editor decides on a draft: publish it now or on a day, send it back with a note, or go on with it themselves."""

from datetime import datetime
from typing import assert_never

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.publishing.outcomes import Clash, NothingToDo, Refused
from bot.errors import PublishingUnavailable
from bot.press import Elsewhere, Printed
from bot.web.staff.frame import ADDRESS, Page, SignedIn, StaffRoom, fields, not_found, see_other
from bot.web.staff.links import own_page_of
from bot.web.staff.review.draft_page import draft_to_review
from bot.web.staff.review.standing import standing_of
from bot.web.staff.shown_phone import day_of_form
from db.audit import AuditLog
from db.drafts import WAITING, Draft, Drafts
from db.publications import Publications
from db.staff import Role

log = structlog.get_logger(__name__)

_LONGEST_NOTE = 2000


async def _publish(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form, draft = await fields(request), await _waiting(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    standing = await standing_of(room, draft, day_of(room.clock()))
    if not standing.may_be_published:
        return see_other(request, room, f"/review/{draft.id}", "review-not-published")
    if form.get("seen") != standing.seen:
        return see_other(request, room, f"/review/{draft.id}", "review-moved")
    if standing.has_warnings and not form.get("read"):
        return see_other(request, room, f"/review/{draft.id}", "review-read-first")
    return await publish_now(request, room, staff, draft)


async def publish_now(
    request: Request, room: StaffRoom, staff: SignedIn, draft: Draft
) -> Response:
    """Bring a draft that waits to print, and tell what came of it on its page."""
    path = f"/review/{draft.id}"
    try:
        outcome = await room.press.publish(draft.id, staff.name, room.clock())
    except PublishingUnavailable as unavailable:
        log.warning("draft.not_published", draft=draft.id, reason=str(unavailable))
        return see_other(request, room, path, "review-unavailable")
    match outcome:
        case Printed(waits=None):
            return see_other(request, room, path, "review-published")
        case Printed(waits=reason):
            return see_other(request, room, path, f"review-only-here-{reason}")
        case Elsewhere():
            return see_other(request, room, path, "review-moved")
        case NothingToDo():
            return see_other(request, room, path, "review-same")
        case Clash() | Refused():
            return see_other(request, room, path, "review-not-published")
        case _:
            assert_never(outcome)


async def _schedule(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form, draft = await fields(request), await _waiting(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/review/{draft.id}", room.clock()
    day = day_of_form(form.get("day", ""))
    if day is None or day <= day_of(now):
        return see_other(request, room, path, "review-day-past")
    standing = await standing_of(room, draft, day)
    shown = f"{path}?on={day.isoformat()}"
    if not standing.may_be_published:
        return see_other(request, room, shown, "review-not-on-day")
    # What is to be read is what stands there on that day; the page with the form may have shown another one.
    if standing.has_warnings and (form.get("seen") != standing.seen or not form.get("read")):
        return see_other(request, room, shown, "review-read-first")
    if not await Drafts(room.engine).schedule(draft.id, day, now, staff.name):
        return see_other(request, room, path, "review-moved")
    await _note(room, staff, "draft-scheduled", draft, now, day.isoformat())
    return see_other(request, room, path, "review-scheduled")


async def _unschedule(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    draft = await _waiting(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/review/{draft.id}", room.clock()
    if not await Publications(room.engine).unschedule(draft.id, now):
        return see_other(request, room, path, "review-moved")
    await _note(room, staff, "draft-unscheduled", draft, now)
    return see_other(request, room, path, "review-unscheduled")


async def _send_back(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form, draft = await fields(request), await _waiting(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/review/{draft.id}", room.clock()
    note = form.get("note", "")[:_LONGEST_NOTE].replace("\0", "").strip()
    if not note:
        return see_other(request, room, path, "review-note-missing")
    if not await Drafts(room.engine).send_back(draft.id, note, now):
        return see_other(request, room, path, "review-moved")
    await _note(room, staff, "draft-sent-back", draft, now)
    return see_other(request, room, "/review", "review-sent-back")


async def _take_over(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The same draft opens for this member; one of theirs on the same subject would be lost behind it."""
    draft = await _waiting(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    path, now = f"/review/{draft.id}", room.clock()
    mine = await Drafts(room.engine).open_of(staff.id)
    if any(one.subject == draft.subject and one.changes for one in mine):
        return see_other(request, room, path, "review-own-open")
    for one in mine:
        if one.subject == draft.subject:
            await Drafts(room.engine).discard(one.id, now)
    if not await Publications(room.engine).take_over(draft, staff.id, staff.name, now):
        return see_other(request, room, path, "review-moved")
    await _note(room, staff, "draft-taken-over", draft, now, draft.staff_name)
    editor = own_page_of(draft) or f"{ADDRESS}/drafts/{draft.id}"
    return see_other(request, room, editor.removeprefix(ADDRESS), "review-taken-over")


async def _waiting(request: Request, room: StaffRoom, staff: SignedIn) -> Draft | None:
    draft = await draft_to_review(request, room, staff)
    return draft if draft and draft.state in WAITING else None


async def _note(
    room: StaffRoom,
    staff: SignedIn,
    deed: str,
    draft: Draft,
    now: datetime,
    detail: str = "",
) -> None:
    await AuditLog(room.engine).add(staff.name, deed, draft.subject, detail, now=now)


pages: tuple[Page, ...] = (
    Page("/review/{draft}/publish", _publish, Role.EDITOR, ("POST",), "review-publish"),
    Page("/review/{draft}/schedule", _schedule, Role.EDITOR, ("POST",), "review-schedule"),
    Page("/review/{draft}/unschedule", _unschedule, Role.EDITOR, ("POST",), "review-unschedule"),
    Page("/review/{draft}/send-back", _send_back, Role.EDITOR, ("POST",), "review-send-back"),
    Page("/review/{draft}/take-over", _take_over, Role.EDITOR, ("POST",), "review-take-over"),
)
