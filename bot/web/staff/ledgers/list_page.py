"""The entries of a file as a list to search, narrow down and put in order, and the queue of what is to be checked again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.forms.entry_forms import EntryForm
from bot.editorial.forms.fields import ChoiceField
from bot.editorial.forms.rechecking import rechecked
from bot.errors import ContentError
from bot.web.staff.frame import SignedIn, StaffRoom, see_other, show
from bot.web.staff.ledgers.drawn_fields import references
from bot.web.staff.ledgers.entry_page import posted_in
from bot.web.staff.ledgers.rows import FILTERS, SORTS, chosen, rows_of
from bot.web.staff.ledgers.telling import told
from bot.web.staff.ledgers.work import Work, waiting, work_on
from bot.web.staff.ledgers.writing import written

PAGE_ROWS = 50
_ASKED = ("q", "show", "kind", "sort")
_LONGEST_QUERY = 100

Endpoint = Callable[[Request, StaffRoom, SignedIn], Awaitable[Response]]


def list_endpoint(form: EntryForm) -> Endpoint:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        work = await work_on(room, staff, form)
        asked = _asked(request.query_params)
        rows = await asyncio.to_thread(rows_of, work, staff.lang)
        found = chosen(rows, asked["q"], asked["show"], asked["kind"], asked["sort"])
        pages = max(1, -(-len(found) // PAGE_ROWS))
        page = min(_number(request.query_params.get("page", "")), pages)
        marks = FILTERS[form.file]
        return show(
            request,
            room,
            staff,
            "ledgers/list.html",
            work=work,
            form=form,
            asked=asked,
            rows=found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS],
            number=len(found),
            counts={mark: sum(mark in row.marks for row in rows) for mark in marks},
            filters=marks,
            sorts=SORTS[form.file],
            kinds=_kinds(form),
            sources=dict(references(work.edition, "sources", staff.lang)),
            page=page,
            pages=pages,
            query=urlencode({key: text for key, text in asked.items() if text}),
            is_checked=any(field.name == "checked" for field in form.fields),
            waiting=waiting(work),
            problems=told(work.problems, staff.lang),
        )

    return endpoint


def checked_endpoint(form: EntryForm) -> Endpoint:
    """Still true, and checked today: one row, or all that were ticked, into the member's draft."""

    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        posted = await posted_in(request)
        back = f"/{form.subject}?{_back(posted.line('back'))}".removesuffix("?")
        work = await work_on(room, staff, form)
        one = posted.line("one")
        names = [one] if one else posted.chosen("entry")
        text = await asyncio.to_thread(_rechecked, work, names)
        if text is None:
            return see_other(request, room, back, "notice-entries-none")
        if not await written(room, work, text, "entries-rechecked", ", ".join(names)):
            return see_other(request, room, back, "notice-ledger-moved")
        return see_other(request, room, back, "notice-entries-rechecked", number=len(names))

    return endpoint


def _rechecked(work: Work, names: list[str]) -> str | None:
    """The file with the day of today in these entries; None when there is none of them."""
    ledger = work.ledger
    if ledger is None:
        return None
    wanted = {
        name: rechecked(data, work.published.day)
        for name in names
        if (data := ledger.data(name)) is not None
    }
    try:
        return ledger.changed(wanted) if wanted else None
    except ContentError:
        return None


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    return {key: query.get(key, "")[:_LONGEST_QUERY] for key in _ASKED}


def _back(query: str) -> str:
    """The list that a press came from: only what a list can be asked for."""
    pairs = [(key, text) for key, text in parse_qsl(query) if key in (*_ASKED, "page")]
    return urlencode(pairs)


def _kinds(form: EntryForm) -> tuple[str, ...]:
    return next(
        field.choices
        for field in form.fields
        if isinstance(field, ChoiceField) and field.name == "kind"
    )


def _number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
