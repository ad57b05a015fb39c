"""What the member's own draft does to a file, to be read once more, handed in, taken back or thrown away."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.drafting import drafted
from bot.editorial.forms.entry_forms import EntryForm
from bot.editorial.forms.readings import ParagraphChange, paragraphs_changed
from bot.web.staff.frame import SignedIn, StaffRoom, fields, not_found, see_other, show
from bot.web.staff.ledgers.looking import titles_of
from bot.web.staff.ledgers.rows import words_for
from bot.web.staff.ledgers.telling import label_of, told
from bot.web.staff.ledgers.work import Work, waiting, work_on
from bot.web.staff.ledgers.writing import written
from db.audit import AuditLog
from db.drafts import Drafts

_LONGEST_NOTE = 2000

Endpoint = Callable[[Request, StaffRoom, SignedIn], Awaitable[Response]]


def draft_endpoint(form: EntryForm) -> Endpoint:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        work = await work_on(room, staff, form)
        own = {form.file: work.snapshot.text(form.file)} if work.draft else {}
        found = await asyncio.to_thread(drafted, work.published, own)
        words = room.interface.words(staff.lang)
        interface = words_for("interface").words(staff.lang)
        return show(
            request,
            room,
            staff,
            "ledgers/draft.html",
            work=work,
            form=form,
            waiting=waiting(work),
            problems=told((*found.problems, *found.elsewhere), staff.lang),
            changes=await asyncio.to_thread(_paragraphs, work),
            titles=titles_of(work.edition, staff.lang),
            label=lambda name: label_of(name, form.subject, words),
            tongue=lambda lang: interface.say(f"language-{lang}"),
        )

    return endpoint


def submit_endpoint(form: EntryForm) -> Endpoint:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        note = (await fields(request)).get("note", "")[:_LONGEST_NOTE].strip()
        work, now = await work_on(room, staff, form), room.clock()
        if work.draft is None or not work.draft.changes:
            return see_other(request, room, f"/{form.subject}/_draft", "notice-ledger-unchanged")
        if not await Drafts(room.engine).submit(work.draft.id, note, now):
            return see_other(request, room, f"/{form.subject}/_draft", "notice-ledger-moved")
        await AuditLog(room.engine).add(staff.name, "draft-submitted", form.subject, now=now)
        return see_other(request, room, f"/{form.subject}", "notice-ledger-submitted")

    return endpoint


def take_back_endpoint(form: EntryForm) -> Endpoint:
    """Work on again what was handed in; where another draft was begun since, that one has to be finished first."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        wanted = (await fields(request)).get("draft", "")
        work, now = await work_on(room, staff, form), room.clock()
        draft = next((one for one in waiting(work) if one.id == wanted), None)
        if draft is None:
            return not_found(request, room, staff)
        if work.changes:
            return see_other(request, room, f"/{form.subject}/_draft", "notice-ledger-two-drafts")
        if not await Drafts(room.engine).send_back(draft.id, draft.note, now):
            return see_other(request, room, f"/{form.subject}", "notice-ledger-moved")
        await AuditLog(room.engine).add(staff.name, "draft-taken-back", form.subject, now=now)
        return see_other(request, room, f"/{form.subject}/_draft", "notice-ledger-taken-back")

    return endpoint


def discard_endpoint(form: EntryForm) -> Endpoint:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        work, now = await work_on(room, staff, form), room.clock()
        if work.draft is None:
            return not_found(request, room, staff)
        if not await Drafts(room.engine).discard(work.draft.id, now):
            return see_other(request, room, f"/{form.subject}/_draft", "notice-ledger-moved")
        await AuditLog(room.engine).add(staff.name, "draft-discarded", form.subject, now=now)
        return see_other(request, room, f"/{form.subject}", "notice-ledger-discarded")

    return endpoint


def restore_endpoint(form: EntryForm) -> Endpoint:
    """One entry as it is published, whatever the draft does to others."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        name = request.path_params["entry"]
        work = await work_on(room, staff, form)
        text = _restored(work, name)
        if text is None:
            return not_found(request, room, staff)
        path = f"/{form.subject}/_draft"
        if not await written(room, work, text, "entry-restored", name):
            return see_other(request, room, path, "notice-ledger-moved")
        return see_other(request, room, path, "notice-entry-restored", name=name)

    return endpoint


def _restored(work: Work, name: str) -> str | None:
    """The draft without what it does to an entry; None when it does nothing to it."""
    ledger, published = work.ledger, work.published_ledger
    if ledger is None or published is None or name not in {one.id for one in work.changes}:
        return None
    if name not in published.entries:
        return ledger.without(name)
    return ledger.taken_over(name, published)


def _paragraphs(work: Work) -> tuple[ParagraphChange, ...]:
    names = frozenset(one.id for one in work.changes)
    return paragraphs_changed(work.published.edition, work.edition, names, work.published.day)
