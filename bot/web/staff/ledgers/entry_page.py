"""The page of one entry: its form, what is wrong in it, and what a member should know beside it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.forms.comparing import FieldChange, field_changes
from bot.editorial.forms.entry_forms import ID, EntryForm
from bot.editorial.forms.fields import Inputs
from bot.editorial.forms.posted import Posted
from bot.editorial.forms.rechecking import rechecked
from bot.editorial.schema import is_id
from bot.i18n.interface import Words
from bot.web.staff.frame import SignedIn, StaffRoom, not_found, see_other, show
from bot.web.staff.ledgers.attempt import Attempt, attempt, tried
from bot.web.staff.ledgers.inputs import Drawing
from bot.web.staff.ledgers.looking import look
from bot.web.staff.ledgers.rows import words_for
from bot.web.staff.ledgers.telling import Told, sentence, told
from bot.web.staff.ledgers.work import Work, waiting, work_on
from bot.web.staff.ledgers.writing import written

NEW = "_new"  # no id has an underscore

Endpoint = Callable[[Request, StaffRoom, SignedIn], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Shown:
    """The page with these texts in its form. `clash` is what another window of the member made of the entry meanwhile.

    `seen` says which state of the entry the form was filled from, `name` is empty for a new entry.
    """

    name: str
    inputs: Inputs
    seen: str
    tried: Attempt | None = None
    clash: tuple[FieldChange, ...] = ()
    extra_rows: int = 0
    trouble: str = ""


def entry_endpoint(form: EntryForm) -> Endpoint:
    """The page as it stands in the member's draft, or as it is published."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        name = request.path_params["entry"]
        work = await _work(room, staff, form, name)
        if work is None or work.ledger is None:
            return not_found(request, room, staff)
        if name == NEW:
            data = _begun(work, request.query_params)
            inputs = {ID: ("",), **form.inputs(data)}
            return await _page(request, room, work, Shown("", inputs, ""))
        data = work.ledger.data(name) or {}
        return await _page(request, room, work, Shown(name, form.inputs(data), seen_of(data)))

    return endpoint


def save_endpoint(form: EntryForm) -> Endpoint:
    """Into the draft with it; or, by the button that was pressed, one more row or only a look at it."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        name = request.path_params["entry"]
        work = await _work(room, staff, form, name)
        if work is None or work.ledger is None:
            return not_found(request, room, staff)
        posted = await posted_in(request)
        entry = None if name == NEW else name
        if entry is not None and entry not in work.ledger.entries:
            return not_found(request, room, staff)
        if posted.line("do") in ("more", "kind"):
            extra = 1 if posted.line("do") == "more" else 0
            shown = _typed(name, posted, posted.line("seen"), extra_rows=extra)
            return await _page(request, room, work, shown, "rows" if is_scripted(request) else "")
        data = work.ledger.data(entry or "") or {}
        seen = seen_of(data) if entry else ""
        found = await asyncio.to_thread(attempt, work, entry, posted)
        if posted.line("do") == "look":
            shown = _typed(name, posted, posted.line("seen"), found)
            return await _page(
                request, room, work, shown, "beside" if is_scripted(request) else ""
            )
        if entry and posted.line("seen") != seen:
            typed = {key: value for key, value in found.data.items() if key != ID}
            stands = {key: value for key, value in data.items() if key != ID}
            clash = field_changes(typed, stands)
            if clash:
                shown = _typed(name, posted, seen, found, clash=clash)
                return await _page(request, room, work, shown, status=409)
        if not found.may_be_kept or found.text is None:
            trouble = "" if found.problems else "entry-unwritable"
            shown = _typed(name, posted, seen, found, trouble=trouble)
            return await _page(request, room, work, shown, status=422)
        return await _kept(request, room, work, found, posted)

    return endpoint


def check_endpoint(form: EntryForm) -> Endpoint:
    """Still true, and checked today: one press on the page of an entry."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        name = request.path_params["entry"]
        work = await _work(room, staff, form, name)
        if work is None or work.ledger is None or name not in work.ledger.entries:
            return not_found(request, room, staff)
        data = rechecked(work.ledger.data(name) or {}, work.published.day)
        found = await asyncio.to_thread(tried, work, name, data)
        if found.text is None:
            return see_other(request, room, f"/{form.subject}/{name}", "entry-unwritable")
        kept = await written(room, work, found.text, "entries-rechecked", name)
        notice = "notice-entry-rechecked" if kept else "notice-ledger-moved"
        return see_other(request, room, f"/{form.subject}/{name}", notice)

    return endpoint


def delete_endpoint(form: EntryForm) -> Endpoint:
    """Out of the draft with it, unless something hangs on it."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        name = request.path_params["entry"]
        work = await _work(room, staff, form, name)
        if work is None or work.ledger is None or name not in work.ledger.entries:
            return not_found(request, room, staff)
        found = await asyncio.to_thread(look, work, name, None, staff.lang, room.served())
        if found.holds or len(work.ledger.entries) == 1:
            return see_other(request, room, f"/{form.subject}/{name}#hanging", "notice-entry-held")
        text = work.ledger.without(name)
        kept = await written(room, work, text, "entry-deleted", name)
        if not kept:
            return see_other(request, room, f"/{form.subject}/{name}", "notice-ledger-moved")
        return see_other(request, room, f"/{form.subject}", "notice-entry-deleted", name=name)

    return endpoint


async def posted_in(request: Request) -> Posted:
    """All that a form sent, names that came more than once too."""
    form = await request.form(max_files=0, max_fields=1000)
    return Posted.of((name, text) for name, text in form.multi_items() if isinstance(text, str))


def is_scripted(request: Request) -> bool:
    return "hx-request" in request.headers


def seen_of(data: Mapping[str, object]) -> str:
    """Which state of an entry this is."""
    return sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _begun(work: Work, query: Mapping[str, str]) -> dict[str, object]:
    """What a new entry begins with: what another has, if one is named, and the day of today."""
    assert work.ledger is not None
    like = work.ledger.data(query.get("like", "")) or {}
    data = {key: value for key, value in like.items() if key not in (ID, "review", "note")}
    names = {field.name for field in work.form.fields}
    return {**data, "checked": work.published.day.isoformat()} if "checked" in names else data


def _typed(
    name: str,
    posted: Posted,
    seen: str,
    found: Attempt | None = None,
    *,
    clash: tuple[FieldChange, ...] = (),
    extra_rows: int = 0,
    trouble: str = "",
) -> Shown:
    entry = "" if name == NEW else name
    return Shown(entry, posted.texts, seen, found, clash, extra_rows, trouble)


async def _work(room: StaffRoom, staff: SignedIn, form: EntryForm, name: str) -> Work | None:
    """None for what is in no state of the file that the member could mean."""
    if name != NEW and not is_id(name):
        return None
    work = await work_on(room, staff, form)
    known = [one for one in (work.ledger, work.published_ledger) if one]
    return work if name == NEW or any(name in one.entries for one in known) else None


async def _kept(
    request: Request, room: StaffRoom, work: Work, found: Attempt, posted: Posted
) -> Response:
    assert found.text is not None and work.ledger is not None
    path = f"/{work.form.subject}/{found.id}"
    if found.text == work.ledger.text:
        return see_other(request, room, path, "notice-entry-same")
    is_new = found.id not in work.ledger.entries
    deed = "entry-added" if is_new else "entry-changed"
    if await written(room, work, found.text, deed, found.id):
        return see_other(
            request, room, path, "notice-entry-added" if is_new else "notice-entry-saved"
        )
    shown = _typed(found.id, posted, posted.line("seen"), found, trouble="notice-ledger-moved")
    return await _page(request, room, work, shown, status=409)


async def _page(
    request: Request, room: StaffRoom, work: Work, shown: Shown, part: str = "", status: int = 200
) -> Response:
    """The whole page, or a part of it that changes as one types: rows or beside."""
    staff = work.staff
    words = room.interface.words(staff.lang)
    look_at = None
    tried_out = shown.tried.id if shown.tried and shown.tried.drafted else ""
    if part != "rows" and (name := shown.name or tried_out):
        look_at = await asyncio.to_thread(look, work, name, shown.tried, staff.lang, room.served())
    problems = _by_input(work.form, shown.tried, words)
    drawing = Drawing(
        work.form, words, work.edition, shown.inputs, problems, extra_rows=shown.extra_rows
    )
    interface = words_for("interface").words(staff.lang)
    context: dict[str, Any] = {
        "work": work,
        "form": work.form,
        "shown": shown,
        "title": _title(work, shown.name, words.lang),
        "drawing": drawing,
        "look": look_at,
        "changed": next((one for one in work.changes if one.id == shown.name), None),
        "waiting": waiting(work),
        "others": work.others_changes(shown.name) if shown.name else (),
        "is_gone": bool(shown.name)
        and work.ledger is not None
        and shown.name not in work.ledger.entries,
        "own_problems": _told(shown.tried, staff.lang),
        "tongue": lambda one: interface.say(f"language-{one}"),
        "today": work.published.day,
        "is_checked": any(field.name == "checked" for field in work.form.fields),
    }
    template = f"ledgers/{part or 'entry'}.html"
    return show(request, room, staff, template, status, **context)


def _title(work: Work, name: str, lang: str) -> str:
    """What the entry is called, as it stands in the draft."""
    data = (work.ledger.data(name) if work.ledger else None) or {}
    said = next(
        (data[key] for key in ("statement", "title", "name", lang, "ru") if key in data), ""
    )
    if isinstance(said, dict):
        said = said.get(lang) or next(iter(said.values()), "")
    return said if isinstance(said, str) else ""


def _told(found: Attempt | None, lang: str) -> tuple[Told, ...]:
    """Warnings about the entry itself: errors stand at their fields."""
    problems = [one.problem for one in found.problems] if found else []
    return told([one for one in problems if not one.is_error], lang)


def _by_input(form: EntryForm, found: Attempt | None, words: Words) -> Mapping[str, Sequence[str]]:
    """Errors in words, by the input or field that they stand at."""
    sentences: dict[str, list[str]] = {}
    for one in found.problems if found else ():
        if one.problem.is_error:
            sentences.setdefault(one.name, []).append(sentence(one.problem, form.subject, words))
    return sentences
