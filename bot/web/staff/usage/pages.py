"""The usage pages and their files. Editors and admins look; only admins take files home. Nothing here changes anything."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.usage.charts import HEIGHT, ROW_HEIGHT, Bars, drawn, laid
from bot.web.staff.usage.desk import Desk, signed
from bot.web.staff.usage.files import CSV, XLSX, csv_of, xlsx_of
from bot.web.staff.usage.labels import Labels
from bot.web.staff.usage.period import CITIZENSHIPS, FIRST_DAY, Preset, Question, read_question
from bot.web.staff.usage.report import Report
from bot.web.staff.usage.report_checks import checks
from bot.web.staff.usage.report_groups import help_given, memos, people
from bot.web.staff.usage.report_overview import overview, questions
from bot.web.staff.usage.report_service import service
from db.counted import FEW, NOT_CHOSEN, counted_day
from db.staff import Role
from db.usage_days import UsageDays

Reported = Callable[[Desk], Awaitable[Report]]

# In the order of the tabs: a name for the address and the words, and what makes the report.
REPORTS: dict[str, Reported] = {
    "overview": overview,
    "people": people,
    "memos": memos,
    "questions": questions,
    "checks": checks,
    "help": help_given,
    "service": service,
}
# Reports whose counts have no language, citizenship or memo to choose.
_WITHOUT_GROUPS = {"service"}
_WITHOUT_MEMO = {"service", "help", "checks"}


def path_of(name: str) -> str:
    return "/usage" if name == "overview" else f"/usage/{name}"


async def desk_of(request: Request, room: StaffRoom, staff: SignedIn, name: str) -> Desk:
    parameters = dict(request.query_params)
    if name in _WITHOUT_GROUPS:
        parameters.pop("lang", None)
        parameters.pop("citizenship", None)
    if name in _WITHOUT_MEMO:
        parameters.pop("memo", None)
    question = read_question(parameters, counted_day(room.clock()))
    labels = Labels(room.interface.words(staff.lang), room.served())
    return Desk(UsageDays(room.engine), question, labels)


def choices(labels: Labels, question: Question) -> dict[str, Any]:
    """What the form of a usage page offers, and what is chosen in it. An empty value is any."""
    none = "none"
    any_one = ("", labels.words.say("usage-any"))
    languages = (*labels.catalogue.languages, NOT_CHOSEN, FEW)
    return {
        "presets": [(str(one), labels.words.say(f"usage-period-{one}")) for one in Preset],
        "langs": [any_one, *((one or none, labels.language(one)) for one in languages)],
        "citizenships": [
            any_one,
            *((one or none, labels.citizenship(one)) for one in CITIZENSHIPS),
        ],
        "memos": [any_one, *labels.memos],
        "chosen": {
            "period": str(question.preset),
            "lang": none if question.asked.lang == NOT_CHOSEN else question.asked.lang or "",
            "citizenship": none
            if question.asked.citizenship == NOT_CHOSEN
            else question.asked.citizenship or "",
            "memo": question.asked.subject or "",
        },
        "first_day": FIRST_DAY,
    }


def tabs(question: Question, staff: SignedIn) -> list[tuple[str, str, str]]:
    """Name, path and address of each report with the same question; the log too for whoever may see it."""
    names = [*REPORTS, *(["log"] if staff.role.may(Role.ADMIN) else [])]
    query = question.query()
    return [(name, f"/staff{path_of(name)}", f"/staff{path_of(name)}?{query}") for name in names]


def _page(name: str) -> Page:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        desk = await desk_of(request, room, staff, name)
        report = await REPORTS[name](desk)
        return show(
            request,
            room,
            staff,
            "usage.html",
            name=name,
            report=report,
            labels=desk.labels,
            question=desk.question,
            today=counted_day(room.clock()),
            tabs=tabs(desk.question, staff),
            may_take=staff.role.may(Role.ADMIN),
            has_groups=name not in _WITHOUT_GROUPS,
            has_memo=name not in _WITHOUT_MEMO,
            drawn=drawn,
            laid=laid,
            is_over_time=lambda chart: isinstance(chart, Bars),
            chart_height=HEIGHT,
            row_height=ROW_HEIGHT,
            signed=signed,
            **choices(desk.labels, desk.question),
        )

    menu = "menu-usage" if name == "overview" else None
    return Page(path_of(name), endpoint, Role.EDITOR, ("GET",), f"usage-{name}", menu=menu)


def _file(name: str, form: str) -> Page:
    async def endpoint(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
        desk = await desk_of(request, room, staff, name)
        tables = (await REPORTS[name](desk)).tables
        span = desk.span
        called = f"joldosh-{name}-{span.first}-{span.last}.{form}"
        if form == "xlsx":
            return as_file(xlsx_of(tables), XLSX, called)
        wanted = request.query_params.get("table", tables[0].name)
        table = next((one for one in tables if one.name == wanted), None)
        if table is None:
            return not_found(request, room, staff)
        return as_file(csv_of(table), CSV, called.replace(name, f"{name}-{table.name}"))

    return Page(f"{path_of(name)}.{form}", endpoint, Role.ADMIN, ("GET",), f"usage-{name}-{form}")


def as_file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": attached(name)})


def attached(name: str) -> str:
    return f'attachment; filename="{name}"'


pages: tuple[Page, ...] = (
    *(_page(name) for name in REPORTS),
    *(_file(name, form) for name in REPORTS for form in ("csv", "xlsx")),
)
