"""The log of usage events, for admins: by the hour, nobody's, newest first; and as a file, oldest first."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.conversation.replies import NoteKind
from bot.web.staff.frame import Page, SignedIn, StaffRoom, message, show
from bot.web.staff.usage.files import CSV, XLSX, csv_lines, xlsx_of
from bot.web.staff.usage.labels import Labels
from bot.web.staff.usage.pages import as_file, attached, choices, desk_of, tabs
from bot.web.staff.usage.report import Cell, Table
from db.counted import ZONE, counted_day
from db.staff import Role
from db.usage_log import Place, Told, UsageLog

# A sheet holds a million rows and a desk not much more than this.
MOST_SHEET_ROWS = 100_000
_HOUR_CHARACTERS, _NUMBER_CHARACTERS = 7, 18


async def _log(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    desk = await desk_of(request, room, staff, "log")
    kind = _kind(request)
    place = _place(request.query_params.get("after", ""))
    found = await UsageLog(room.engine).page(desk.span, desk.asked, kind, place)
    query = desk.question.query(kind=kind or "")
    kinds = [(str(one), desk.labels.kind(one)) for one in NoteKind]
    return show(
        request,
        room,
        staff,
        "usage_log.html",
        name="log",
        rows=[_row(one, desk.labels) for one in found.rows],
        heads=_heads(desk.labels),
        older=f"?{desk.question.query(kind=kind or '', after=_address(found.older))}"
        if found.older
        else None,
        query=query,
        kind=kind or "",
        kinds=[("", desk.say("usage-any")), *sorted(kinds, key=lambda one: one[1])],
        labels=desk.labels,
        question=desk.question,
        today=counted_day(room.clock()),
        tabs=tabs(desk.question, staff),
        has_groups=True,
        has_memo=True,
        **choices(desk.labels, desk.question),
    )


async def _csv(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Ids as they are, not their names: for programs. Streamed, since it may be millions of lines."""
    desk = await desk_of(request, room, staff, "log")
    kind, log = _kind(request), UsageLog(room.engine)

    async def lines() -> AsyncIterator[str]:
        heads = ("hour", "kind", "language", "citizenship", "subject")
        for line in csv_lines([heads]):
            yield line
        async for events in log.all_of(desk.span, desk.asked, kind):
            for line in csv_lines(map(_plain, events)):
                yield line

    name = f"joldosh-log-{desk.span.first}-{desk.span.last}.csv"
    return StreamingResponse(
        lines(), media_type=CSV, headers={"content-disposition": attached(name)}
    )


async def _xlsx(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    desk = await desk_of(request, room, staff, "log")
    rows: list[tuple[Cell, ...]] = []
    async for events in UsageLog(room.engine).all_of(desk.span, desk.asked, _kind(request)):
        rows += (_row(one, desk.labels) for one in events)
        if len(rows) > MOST_SHEET_ROWS:
            return message(
                request, room, staff, 413, "usage-too-long-title", "usage-too-long-text"
            )
    table = Table("log", desk.say("usage-log"), _heads(desk.labels), tuple(rows))
    name = f"joldosh-log-{desk.span.first}-{desk.span.last}.xlsx"
    return as_file(xlsx_of([table]), XLSX, name)


def _kind(request: Request) -> str | None:
    kind = request.query_params.get("kind", "")
    return kind if kind in list(NoteKind) else None


def _heads(labels: Labels) -> tuple[str, ...]:
    keys = (
        "usage-hour",
        "usage-what",
        "usage-by-languages",
        "usage-by-citizenships",
        "usage-about",
    )
    return tuple(labels.words.say(key) for key in keys)


def _row(one: Told, labels: Labels) -> tuple[str, ...]:
    event, row = one.event, one.event.row
    hour = event.hour.astimezone(ZONE)
    if one.is_group_told:
        group = (labels.language(row.lang or ""), labels.citizenship(row.citizenship or ""))
    else:
        group = (labels.words.say("usage-not-told-yet"),) * 2
    subject = labels.subject(row.kind, row.subject) if row.subject else ""
    return labels.hour(hour), labels.kind(row.kind), *group, subject


def _plain(one: Told) -> tuple[str, ...]:
    row = one.event.row
    hour = one.event.hour.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")
    lang, citizenship = row.lang or "", row.citizenship or ""
    if not one.is_group_told:
        lang, citizenship = "not-told", "not-told"
    return hour, row.kind, lang, citizenship, row.subject or ""


def _address(place: Place) -> str:
    """A place as it stands in an address: the hour since 1970 and the number of the event."""
    return f"{int(place.hour.timestamp()) // 3600}.{place.event}"


def _place(written: str) -> Place | None:
    hour, dot, event = written.partition(".")
    is_number = dot and hour.isdecimal() and event.isdecimal()
    if not is_number or len(hour) > _HOUR_CHARACTERS or len(event) > _NUMBER_CHARACTERS:
        return None
    return Place(datetime.fromtimestamp(int(hour) * 3600, UTC), int(event))


pages: tuple[Page, ...] = (
    Page("/usage/log", _log, Role.ADMIN, ("GET",), "usage-log"),
    Page("/usage/log.csv", _csv, Role.ADMIN, ("GET",), "usage-log-csv"),
    Page("/usage/log.xlsx", _xlsx, Role.ADMIN, ("GET",), "usage-log-xlsx"),
)
