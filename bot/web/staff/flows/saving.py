"""What is typed goes into the draft: by itself every moment, or by a button, which may also add, move and take out steps
and choices. It writes no file.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.editorial.publishing.merging import merge
from bot.errors import ContentError
from bot.web.staff.draft_work import keep, version_of
from bot.web.staff.flows.changing import Change, NotChanged, change
from bot.web.staff.flows.edit_page import inputs_of, render, shown
from bot.web.staff.flows.work import BODY, YAML, FlowWork, Place, place_in, work_on
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other
from db.staff import Role


def typed_into(place: Place, languages: tuple[str, ...], form: Mapping[str, str]) -> str:
    """The text with what the form says. Raises `ContentError` when that cannot be written."""
    if place.tab == YAML or place.source is None or place.part is None:
        body = form.get(BODY, place.text)
        body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        return place.text if body == place.text else f"{body.rstrip()}\n"
    return place.source.changed(place.part, languages, form)


async def _save(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The parts of the page that change with the text; 303 to the editor, or all of it, for a button."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["flow"], form.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    place = place_in(work.saved, work.path, form)
    if place.tab != YAML and form.get("part", "") and place.part and not place.part.name:
        # The step is gone from the draft: what was typed belongs nowhere any more.
        return see_other(request, room, work.address, "notice-flow-part-gone")
    is_scripted, changed = "hx-request" in request.headers, Change(form.get("part", ""))
    try:
        text = typed_into(place, work.languages, form)
        if do := form.get("do", ""):
            made = change(work, text, do, form, room.interface)
            if isinstance(made, NotChanged):
                return see_other(request, room, _page(work, form, form.get("part", "")), made.why)
            text, changed = made.text, made
    except ContentError:
        return await _refused(request, room, staff, work, form, is_scripted=is_scripted)
    before = place.part.data.get("rule") if place.part else None
    outcome = await keep(room, work, work.path, text, version_of(form))
    if isinstance(outcome, FlowWork):
        work = outcome
        if not is_scripted:
            return see_other(request, room, _page(work, form, changed.part), "notice-draft-saved")
    trouble = None if isinstance(outcome, FlowWork) else outcome
    shown_now = await shown(room, staff, work, form, text, trouble)
    template = "flows/saved.html" if is_scripted else "flows/edit.html"
    response = render(request, room, shown_now, template, 200 if is_scripted else 409)
    part = shown_now.place.part
    if trouble is None and part is not None and part.data.get("rule") != before:
        response.headers["hx-refresh"] = "true"  # another rule asks for other inputs
    return response


async def _refused(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    work: FlowWork,
    form: Mapping[str, str],
    *,
    is_scripted: bool,
) -> Response:
    """It cannot be written beside what stands in the file; the whole file can be edited instead."""
    if not is_scripted:
        return see_other(
            request, room, _page(work, form, form.get("part", "")), "notice-flow-refused"
        )
    made = await shown(room, staff, work, form)
    return render(request, room, made, "flows/refused.html")


def _page(work: FlowWork, form: Mapping[str, str], part: str) -> str:
    asked = {"tab": YAML} if form.get("tab") == YAML else {"part": part} if part else {}
    return f"{work.address}?{urlencode(asked)}" if asked else work.address


async def _join(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Two texts that grew out of one, put together field by field; 409 when both changed the same lines of one."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["flow"])
    if work is None:
        return not_found(request, room, staff)
    place, texts = place_in(work.saved, work.path, form), {}
    shapes = {one.name: one.text for one in inputs_of(place, work.languages)}
    for name, now in shapes.items():
        seen, mine, theirs = (
            form.get(f"{side}-{name}", now).replace("\r\n", "\n")
            for side in ("seen", "mine", "theirs")
        )
        joined = merge(seen.encode(), mine.encode(), theirs.encode())
        if not isinstance(joined, bytes):
            return JSONResponse({}, 409)
        texts[name] = joined.decode()
    return JSONResponse({"texts": texts})


async def _play(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The phone after a button or a typed word, with the check as it is typed; nothing is written."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["flow"], form.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    try:
        text = typed_into(place_in(work.saved, work.path, form), work.languages, form)
    except ContentError:
        text = work.saved
    return render(request, room, await shown(room, staff, work, form, text), "flows/phone.html")


pages: tuple[Page, ...] = (
    Page("/flows/{flow}/save", _save, Role.AUTHOR, ("POST",), "flow-save"),
    Page("/flows/{flow}/join", _join, Role.AUTHOR, ("POST",), "flow-join"),
    Page("/flows/{flow}/play", _play, Role.AUTHOR, ("POST",), "flow-play"),
)
