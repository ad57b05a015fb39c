"""The audit log, for admins: who of the staff did what, the newest first. It must not change anything."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from db.audit import PAGE_ENTRIES, AuditLog
from db.staff import Role


async def _audit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    name, deed, before = (request.query_params.get(key, "") for key in ("name", "deed", "before"))
    log = AuditLog(room.engine)
    entries = await log.page(
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        staff_name=name,
        deed=deed,
    )
    names, deeds = await log.choices()
    older = ""
    if len(entries) == PAGE_ENTRIES:
        older = "?" + urlencode({"name": name, "deed": deed, "before": entries[-1].id})
    return show(
        request,
        room,
        staff,
        "audit.html",
        entries=entries,
        names=names,
        deeds=deeds,
        name=name,
        deed=deed,
        older=older,
    )


pages: tuple[Page, ...] = (
    Page("/audit", _audit, Role.ADMIN, ("GET",), "audit", menu="menu-audit", group="menu-team"),
)
