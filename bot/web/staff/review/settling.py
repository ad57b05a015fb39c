"""An editor puts a draft together with what was published meanwhile; the result goes back into the draft, which waits on."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other
from bot.web.staff.review.draft_page import draft_to_review
from bot.web.staff.review.settling_form import settled
from bot.web.staff.review.standing import standing_of
from db.audit import AuditLog
from db.drafts import WAITING
from db.publications import Publications
from db.staff import Role


async def _settle(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form, draft = await fields(request), await draft_to_review(request, room, staff)
    if draft is None or draft.state not in WAITING:
        return not_found(request, room, staff)
    path, now = f"/review/{draft.id}", room.clock()
    standing = await standing_of(room, draft)
    # What was published a moment ago may clash elsewhere.
    if not standing.clashes or form.get("seen") != standing.seen_clashes:
        return see_other(request, room, path, "review-moved")
    files = settled(standing, form)
    if files is None:
        return see_other(request, room, f"{path}#clash", "review-clash-choose")
    if not await Publications(room.engine).settle(draft.id, files, now):
        return see_other(request, room, path, "review-moved")
    await AuditLog(room.engine).add(
        staff.name, "draft-settled", draft.subject, ", ".join(files), now=now
    )
    return see_other(request, room, path, "review-settled")


pages: tuple[Page, ...] = (
    Page("/review/{draft}/settle", _settle, Role.EDITOR, ("POST",), "review-settle"),
)
