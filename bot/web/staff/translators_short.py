"""Short texts that have no translation yet, to be written on the page itself. What is typed goes the way of a table's rows."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.exchange.exporting import Only
from bot.editorial.exchange.importing import Outcome, propose_table
from bot.editorial.exchange.row_outcomes import row_outcomes
from bot.editorial.exchange.short_exporting import export_short_rows
from bot.editorial.exchange.table import Cells, Returned, ReturnedRow, Row
from bot.editorial.text_file import text_of
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other, show
from bot.web.staff.links import language_name
from bot.web.staff.own_drafts import Working, keep, working_on
from bot.web.staff.translators import subject_of, translated_languages
from bot.web.staff.translators_tables import said
from db.audit import AuditLog
from db.staff import Role

_AT_ONCE = 40
_LONGEST = 1_000  # characters that are read of one text; the checks know the limits of each

Trouble = Mapping[str, Sequence[Mapping[str, object]]]


async def _form(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    lang = request.path_params["lang"]
    working = await working_on(room, staff, subject_of(lang))
    if lang not in translated_languages(working.edition):
        return not_found(request, room, staff)
    return _shown(request, room, staff, working, {}, {})


async def _save(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    lang, form = request.path_params["lang"], await fields(request)
    working = await working_on(room, staff, subject_of(lang))
    if lang not in translated_languages(working.edition):
        return not_found(request, room, staff)
    typed = {
        row.id: text
        for row in _missing(working, lang)
        if (text := form.get(row.id, "")[:_LONGEST].strip())
    }
    if not typed:
        return see_other(request, room, f"/translators/{lang}/short", "translators-nothing-typed")
    returned = Returned(lang, tuple(_returned(_missing(working, lang), typed)))
    today = day_of(room.clock())
    proposed = await asyncio.to_thread(
        propose_table, room.content_dir, working.snapshot, working.edition, returned, "", today
    )
    texts = {file: text_of(data, file)[0] or "" for file, data in proposed.files.items()}
    clashed = await keep(room, staff, subject_of(lang), working, texts)
    found = row_outcomes(proposed.result)
    trouble = {
        one.row.id: [said(remark, staff.lang) for remark in one.remarks]
        for one in found.rows
        if one.outcome is Outcome.REFUSED
    }
    done = sum(one.outcome is Outcome.TAKEN for one in found.rows)
    if len(texts) > len(clashed):
        log = AuditLog(room.engine)
        await log.add(
            staff.name, "short-texts-typed", subject_of(lang), str(done), now=room.clock()
        )
    if not trouble and not clashed and not found.of_no_row:
        path = f"/translators/{lang}/short"
        return see_other(request, room, path, "translators-typed", number=done)
    working = await working_on(room, staff, subject_of(lang))
    general = [said(remark, staff.lang) for remark in found.of_no_row]
    return _shown(request, room, staff, working, typed, trouble, general, clashed)


def _missing(working: Working, lang: str) -> tuple[Row, ...]:
    base_language = working.edition.languages[0]
    return export_short_rows(working.snapshot, base_language, lang, Only.MISSING).rows


def _returned(rows: Iterable[Row], typed: Mapping[str, str]) -> Iterable[ReturnedRow]:
    for number, row in enumerate(rows, 1):
        if row.id in typed:
            cells = Cells(row.id, row.id, row.id)
            yield ReturnedRow(row.id, row.source, typed[row.id], str(row.mark), number, cells)


def _shown(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    working: Working,
    typed: Mapping[str, str],
    trouble: Trouble,
    general: Sequence[Mapping[str, object]] = (),
    clashed: Sequence[str] = (),
) -> Response:
    lang = request.path_params["lang"]
    missing = _missing(working, lang)
    # What was refused stands first, where it is seen.
    missing = tuple(sorted(missing, key=lambda row: row.id not in trouble))
    return show(
        request,
        room,
        staff,
        "translators/short.html",
        422 if trouble or general or clashed else 200,
        into=lang,
        name=language_name(lang, staff.lang),
        rows=missing[:_AT_ONCE],
        more=max(len(missing) - _AT_ONCE, 0),
        typed=typed,
        trouble=trouble,
        general=general,
        clashed=clashed,
    )


pages: tuple[Page, ...] = (
    Page("/translators/{lang}/short", _form, Role.AUTHOR, ("GET",), "translators-short"),
    Page("/translators/{lang}/short", _save, Role.AUTHOR, ("POST",), "translators-short-save"),
)
