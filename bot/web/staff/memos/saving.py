"""What is typed goes into the draft: by itself every moment, or by a button where no script runs. It writes no file."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.editorial.publishing.merging import merge
from bot.web.staff.draft_work import keep, version_of
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other
from bot.web.staff.memos.edit_page import render, shown
from bot.web.staff.memos.tabs import file_of, inputs_of
from bot.web.staff.memos.work import Work, work_on
from db.staff import Role


async def _save(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The parts of the page that change with the text; 303 to the editor, or all of it, where no script runs."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["memo"], form.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    tab = work.tab(form.get("tab", ""))
    text = file_of(tab, work.text(tab.path), form, work.published.edition)
    outcome = await keep(room, work, tab.path, text, version_of(form))
    if isinstance(outcome, Work):
        work = outcome
    is_scripted = "hx-request" in request.headers
    if isinstance(outcome, Work) and not is_scripted:
        path = f"/memos/{work.memo}?tab={tab.name}"
        return see_other(request, room, path, "notice-draft-saved")
    trouble = None if isinstance(outcome, Work) else outcome
    made = await shown(room, staff, work, tab, form, text, trouble)
    template = "memos/saved.html" if is_scripted else "memos/edit.html"
    return render(request, room, staff, made, template, 200 if is_scripted else 409)


async def _preview(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The phone with the text as it is typed; nothing is written."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["memo"], form.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    tab = work.tab(form.get("tab", ""))
    text = file_of(tab, work.text(tab.path), form, work.published.edition)
    made = await shown(room, staff, work, tab, form, text)
    return render(request, room, staff, made, "memos/phone.html")


async def _join(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Two texts that grew out of one, put together; 409 when both changed the same lines. Nothing is written."""
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["memo"])
    if work is None:
        return not_found(request, room, staff)
    tab, edition = work.tab(form.get("tab", "")), work.published.edition
    before = work.text(tab.path)

    def side(name: str) -> bytes:
        sent = {
            key.removeprefix(f"{name}-"): text
            for key, text in form.items()
            if key.startswith(f"{name}-")
        }
        return file_of(tab, before, sent, edition).encode()

    joined = merge(side("seen"), side("mine"), side("theirs"))
    if not isinstance(joined, bytes):
        return JSONResponse({}, 409)
    inputs = inputs_of(tab, joined.decode(), edition)
    return JSONResponse({"texts": {one.name: one.text for one in inputs}})


pages: tuple[Page, ...] = (
    Page("/memos/{memo}/save", _save, Role.AUTHOR, ("POST",), "memo-save"),
    Page("/memos/{memo}/join", _join, Role.AUTHOR, ("POST",), "memo-join"),
    Page("/memos/{memo}/preview", _preview, Role.AUTHOR, ("POST",), "memo-preview"),
)
