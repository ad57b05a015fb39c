"""The staff pages as one mount. A page that is not in this table does not exist, and the table says who may see it."""

from pathlib import Path
from urllib.parse import urlencode

import structlog
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.web.guards import OnlyOurForms, SecurityHeaders
from bot.web.staff import (
    account,
    accounts,
    audit,
    day,
    draft_pages,
    flows,
    history,
    invitations,
    ledgers,
    memos,
    review,
    second_factor,
    sign_in,
    translators,
    translators_short,
    translators_tables,
    unanswered,
    unanswered_answers,
)
from bot.web.staff.frame import (
    ADDRESS,
    OpenPage,
    Page,
    StaffRoom,
    message,
    not_found,
    refused,
)
from bot.web.staff.menu import MenuEntry
from bot.web.staff.sessions import signed_in
from bot.web.staff.usage import log_pages
from bot.web.staff.usage import pages as usage
from db.errors import StoreUnavailable

log = structlog.get_logger(__name__)

# In the order of the navigation.
PAGES: tuple[Page, ...] = (
    *day.pages,
    *memos.pages,
    *draft_pages.pages,
    *review.pages,
    *history.pages,
    *flows.pages,
    *translators.pages,
    *translators_tables.pages,
    *translators_short.pages,
    *unanswered.pages,
    *unanswered_answers.pages,
    *ledgers.pages,
    *usage.pages,
    *log_pages.pages,
    *accounts.pages,
    *audit.pages,
    *account.pages,
    *second_factor.pages,
    *sign_in.pages,
)
OPEN_PAGES: tuple[OpenPage, ...] = (*sign_in.open_pages, *invitations.open_pages)

_STATIC = Path(__file__).resolve().parent.parent / "static" / "staff"
_MENU = tuple(
    MenuEntry(ADDRESS + page.path, page.menu, page.role, page.group) for page in PAGES if page.menu
)
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def staff_routes(room: StaffRoom) -> list[BaseRoute]:
    """Everything under /staff, and its files. Give them before a mount that takes every path."""

    async def to_the_first_page(_request: Request) -> Response:
        return RedirectResponse(f"{ADDRESS}/", 307)

    async def nothing(request: Request, _room: StaffRoom) -> Response:
        return not_found(request, room, await signed_in(request, room))

    elsewhere = OpenPage("/{rest:path}", nothing, _METHODS, "elsewhere")
    pages: tuple[Page | OpenPage, ...] = (*PAGES, *OPEN_PAGES, elsewhere)
    mount = Mount(
        ADDRESS,
        routes=[
            Mount("/static", StaticFiles(directory=_STATIC)),
            *(_route(room, page) for page in pages),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(OnlyOurForms)],
    )
    return [Route(ADDRESS, to_the_first_page), mount]


def _route(room: StaffRoom, page: Page | OpenPage) -> Route:
    """The error boundary of the staff pages, and the one place that asks who may see what."""

    async def endpoint(request: Request) -> Response:
        request.scope["staff_menu"] = _MENU
        try:
            response = await _answer(request, room, page)
        except StoreUnavailable as trouble:
            log.warning("page.postponed", page=page.name, reason=str(trouble))
            response = message(request, room, None, 503, "store-silent-title", "store-silent-text")
        except HTTPException:
            raise  # a body that is too large or no form: the framework's own words and status
        except Exception:
            log.exception("page.failed", page=page.name)
            response = message(request, room, None, 500, "failed-title", "failed-text")
        response.headers.setdefault("cache-control", "no-store")
        # Our own forms say where they come from; with none at all their Origin would be "null".
        response.headers.setdefault("referrer-policy", "same-origin")
        return response

    return Route(
        page.path, endpoint, methods=page.methods, name=page.name, max_body_size=page.largest
    )


async def _answer(request: Request, room: StaffRoom, page: Page | OpenPage) -> Response:
    if isinstance(page, OpenPage):
        return await page.endpoint(request, room)
    staff = await signed_in(request, room)
    if staff is None:
        return _signed_out(request, room)
    if not staff.role.may(page.role):
        return refused(request, room, staff)
    return await page.endpoint(request, room, staff)


def _signed_out(request: Request, room: StaffRoom) -> Response:
    """To the sign-in, and back to this page after it. What was sent is not lost silently: it is told."""
    if request.method in {"GET", "HEAD"}:
        query = f"?{request.url.query}" if request.url.query else ""
        sign_in_page = f"{ADDRESS}/sign-in?{urlencode({'next': request.url.path + query})}"
        if "hx-request" in request.headers:
            return Response(status_code=401, headers={"HX-Redirect": f"{ADDRESS}/sign-in"})
        return RedirectResponse(sign_in_page, 303)
    return message(request, room, None, 401, "session-over-title", "session-over-text")
