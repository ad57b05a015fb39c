"""A draft of a check begins, goes to review, comes back, or is thrown away. Publishing is not here."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.drafting import drafted
from bot.editorial.edition import Edition
from bot.editorial.forms.flow_fields import Shape, cleaned
from bot.editorial.forms.new_flow import new_flow
from bot.editorial.schema import is_id
from bot.guide.citizenship import EVERYBODY
from bot.web.staff.draft_work import discarded, submitted, taken_back
from bot.web.staff.flows.edit_page import changed_lines, said_of
from bot.web.staff.flows.looking import told
from bot.web.staff.flows.work import FlowWork, path_of, place_in, subject_of, work_on
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other, show
from db.audit import AuditLog
from db.drafts import Drafts
from db.staff import Role


async def _new(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """A draft with a check that is right as it stands, and says nothing yet."""
    form = await fields(request)
    flow = form.get("id", "").strip()
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    edition, drafts, now = published.edition, Drafts(room.engine), room.clock()
    if not is_id(flow):
        return see_other(request, room, "/flows", "notice-flow-bad-id")
    if published.snapshot.text(path_of(flow)) is not None or await drafts.of(subject_of(flow)):
        return see_other(request, room, f"/flows/{flow}", "notice-flow-there")
    texts = {lang: room.interface.words(lang) for lang in edition.languages}
    titles = {
        lang: cleaned(form.get(f"title-{lang}", ""), Shape.LINE) or words.say("flow-new-title")
        for lang, words in texts.items()
    }
    memo = next(iter(edition.listed_memos), "")
    text = new_flow(flow, titles, memo, _contacts_for_all(edition), texts)
    draft = await drafts.open_for(staff.id, staff.name, subject_of(flow), now)
    await drafts.save(draft.id, path_of(flow), None, text, 0, now)
    await AuditLog(room.engine).add(staff.name, "draft-begun", subject_of(flow), now=now)
    return see_other(request, room, f"/flows/{flow}", "notice-flow-begun")


def _contacts_for_all(edition: Edition) -> list[str]:
    """As few contacts as make somebody to call for every citizenship."""
    chosen, waiting = [], set(EVERYBODY)
    contacts = [one.value for one in edition.contacts if one.value.phones]
    while waiting:
        best = max(contacts, key=lambda one: len(waiting & one.serves), default=None)
        if best is None or not waiting & best.serves:
            break
        chosen.append(best.id)
        waiting -= best.serves
    return chosen


async def _before_submit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """All that the draft changes, once more, before somebody else looks at it."""
    work = await _own_work(request, room, staff, request.query_params)
    if work is None:
        return not_found(request, room, staff)
    place = place_in(work.saved, work.path, {})
    found = await asyncio.to_thread(drafted, work.published, work.files())
    pieces = await asyncio.to_thread(changed_lines, work.base(work.path) or "", work.saved)
    head = place.source.parts[""] if place.source else None
    return show(
        request,
        room,
        staff,
        "flows/submit.html",
        work=work,
        title=(said_of(head, work.languages, staff.lang) if head else "") or work.flow,
        pieces=pieces,
        problems=told(staff.lang, work.path, place.source, (*found.problems, *found.elsewhere)),
    )


async def _submit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    work = await _own_work(request, room, staff, form)
    if work is None:
        return not_found(request, room, staff)
    return await submitted(room, work, form.get("note", ""), request)


async def _take_back(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["flow"], form.get("draft", ""))
    if work is None or work.draft is None or not work.may_take_back:
        return not_found(request, room, staff)
    return await taken_back(room, work, request)


async def _discard(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    work = await _own_work(request, room, staff, await fields(request))
    if work is None:
        return not_found(request, room, staff)
    then = "/flows" if work.is_new else work.address
    return await discarded(room, work, then, request)


async def _own_work(
    request: Request, room: StaffRoom, staff: SignedIn, form: Mapping[str, str]
) -> FlowWork | None:
    """The member's own open draft of the check, or nothing."""
    work = await work_on(room, staff, request.path_params["flow"], form.get("draft", ""))
    return work if work and work.draft and work.may_write else None


pages: tuple[Page, ...] = (
    Page("/flows/new", _new, Role.AUTHOR, ("POST",), "flow-new"),
    Page("/flows/{flow}/submit", _before_submit, Role.AUTHOR, ("GET",), "flow-before-submit"),
    Page("/flows/{flow}/submit", _submit, Role.AUTHOR, ("POST",), "flow-submit"),
    Page("/flows/{flow}/take-back", _take_back, Role.AUTHOR, ("POST",), "flow-take-back"),
    Page("/flows/{flow}/discard", _discard, Role.AUTHOR, ("POST",), "flow-discard"),
)
