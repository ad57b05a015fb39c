"""Tables for translators: down as XLIFF or XLSX, and up again into a draft, with what became of each row. No file is written.

A table that comes up is a file from outside: how large it is and what is in it is looked at in
`bot.editorial.exchange` before it is opened.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.exchange.exporting import Only, export_rows
from bot.editorial.exchange.importing import READERS, Import, Outcome, propose_table
from bot.editorial.exchange.row_outcomes import RowOutcomes, row_outcomes
from bot.editorial.exchange.short_exporting import ShortExport, export_short_rows
from bot.editorial.exchange.table import SIZE_LIMIT, Remark, Returned, Table
from bot.editorial.exchange.xliff import write_xliff
from bot.editorial.exchange.xlsx import write_xlsx
from bot.editorial.text_file import text_of
from bot.i18n.interface import load_interface
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, see_other, show
from bot.web.staff.links import language_name
from bot.web.staff.own_drafts import Working, keep, working_on
from bot.web.staff.translators import subject_of, translated_languages
from db.audit import AuditLog
from db.staff import Role

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: Mapping[str, tuple[Callable[[Table], bytes], str, str]] = {
    "xlsx": (write_xlsx, "xlsx", _XLSX),
    "xliff": (write_xliff, "xlf", "application/x-xliff+xml"),
}
_EXCHANGE = load_interface(domain="exchange", fallback="ru")
_EDITORIAL = load_interface(domain="editorial", fallback="ru")
# What is larger than a table may be is read away, so that the browser hears why it was refused; up to this many bytes.
_READ_AWAY = 128_000_000
_MOST_ROWS_SHOWN = 500


async def _down(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    asked, lang = request.query_params, request.path_params["lang"]
    working = await working_on(room, staff, subject_of(lang))
    memo, only, form = asked.get("memo"), asked.get("only", "all"), asked.get("format", "xlsx")
    is_known = (
        lang in translated_languages(working.edition)
        and only in tuple(Only)
        and form in _FORMS
        and (memo is None or memo in working.edition.memos)
    )
    if not is_known:
        return not_found(request, room, staff)
    table = await asyncio.to_thread(_table, room, working, lang, memo, Only(only))
    if not table.rows:
        return see_other(request, room, f"/translators/{lang}", "translators-table-empty")
    write, suffix, media_type = _FORMS[form]
    data = await asyncio.to_thread(write, table)
    parts = ("joldosh", lang, memo or only, day_of(room.clock()).isoformat())
    name = f"{'-'.join(parts)}.{suffix}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


def _table(room: StaffRoom, working: Working, lang: str, memo: str | None, only: Only) -> Table:
    """What is in the member's own draft counts: they go on from there."""
    edition, snapshot = working.edition, working.snapshot
    memos = [memo] if memo else list(edition.listed_memos)
    export = export_rows(room.content_dir, edition, snapshot, lang, memos, only)
    short = ShortExport((), ())
    if memo is None:
        short = export_short_rows(snapshot, edition.languages[0], lang, only)
    return replace(export.table, rows=(*export.table.rows, *short.rows))


async def _up(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > SIZE_LIMIT + 10_000:
        async for _ in request.stream():
            pass
        return _trouble(request, room, staff, 413, "translators-too-large")
    async with request.form(max_files=1, max_fields=1) as form:
        sent = form.get("table")
        if not isinstance(sent, UploadFile) or not sent.filename:
            return _trouble(request, room, staff, 422, "translators-no-file")
        name = PurePath(sent.filename.replace("\\", "/")).name[:200]
        reader = READERS.get(PurePath(name).suffix.lower())
        if reader is None:
            return _trouble(request, room, staff, 422, "translators-other-file")
        returned = await asyncio.to_thread(reader, await sent.read(), name)
    return await _taken(request, room, staff, returned, name)


async def _taken(
    request: Request, room: StaffRoom, staff: SignedIn, returned: Returned, name: str
) -> Response:
    subject = subject_of(returned.lang)
    working = await working_on(room, staff, subject)
    today = day_of(room.clock())
    proposed = await asyncio.to_thread(
        propose_table, room.content_dir, working.snapshot, working.edition, returned, name, today
    )
    texts = {file: text_of(data, file)[0] or "" for file, data in proposed.files.items()}
    clashed = await keep(room, staff, subject, working, texts)
    done = proposed.result
    if len(texts) > len(clashed):
        detail = str(_count(done, Outcome.TAKEN))
        await AuditLog(room.engine).add(
            staff.name, "table-taken", subject, detail, now=room.clock()
        )
    found = row_outcomes(done)
    is_known = returned.lang in translated_languages(working.edition)
    return show(
        request,
        room,
        staff,
        "translators/taken.html",
        200 if done.is_whole and not clashed else 422,
        file=name,
        into=returned.lang if is_known else "",
        name=language_name(returned.lang, staff.lang) if is_known else "",
        counts={str(outcome): _count(done, outcome) for outcome in Outcome},
        outdated=[
            one.name for one in done.memos if one.is_outdated and one.outcome is Outcome.TAKEN
        ],
        clashed=clashed,
        remarks=[said(one, staff.lang) for one in found.of_no_row],
        rows=_rows(found, staff.lang),
        more=max(len(found.telling) - _MOST_ROWS_SHOWN, 0),
    )


def _rows(found: RowOutcomes, lang: str) -> list[dict[str, object]]:
    return [
        {
            "line": one.row.line,
            "id": one.row.id,
            "outcome": str(one.outcome),
            "target": one.row.target,
            "remarks": [said(remark, lang) for remark in one.remarks],
        }
        for one in found.telling[:_MOST_ROWS_SHOWN]
    ]


def said(remark: Remark, lang: str) -> dict[str, object]:
    words = (_EDITORIAL if remark.is_guide else _EXCHANGE).words(lang)
    return {"is_error": remark.problem.is_error, "words": remark.problem.message(words)}


def _count(done: Import, outcome: Outcome) -> int:
    return sum(one.outcome is outcome for one in (*done.memos, *done.entries))


def _trouble(
    request: Request, room: StaffRoom, staff: SignedIn, status: int, key: str
) -> Response:
    return show(
        request,
        room,
        staff,
        "translators/refused.html",
        status,
        trouble=key,
        limit=SIZE_LIMIT // 1_000_000,
    )


pages: tuple[Page, ...] = (
    Page("/translators/{lang}/table", _down, Role.AUTHOR, ("GET",), "translators-table"),
    Page(
        "/translators/table",
        _up,
        Role.AUTHOR,
        ("POST",),
        "translators-table-up",
        largest=_READ_AWAY,
    ),
)
