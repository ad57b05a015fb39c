"""The list of versions, of everything or of one memo or check, a page of them at a time. It must not change anything."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.history.versions import CHECK, asked_memo, shown_version, title_of, versions
from bot.web.staff.own_drafts import published_now
from db.staff import Role

_A_PAGE = 30


async def _list(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    memo = asked_memo(request.query_params)
    if memo is None:
        return not_found(request, room, staff)
    found, edition = await versions(room, memo), (await published_now(room)).edition
    number = _number(request.query_params.get("page", ""))
    chosen = found[(number - 1) * _A_PAGE : number * _A_PAGE]
    return show(
        request,
        room,
        staff,
        "history/list.html",
        memo=memo,
        title=title_of(edition, memo, staff.lang),
        versions=[shown_version(version, edition, staff.lang) for version in chosen],
        number=number,
        has_older=len(found) > number * _A_PAGE,
        memos=[
            (one, title_of(edition, one, staff.lang))
            for one in (*edition.listed_memos, *(f"{CHECK}{flow}" for flow in edition.flows))
        ],
    )


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


pages: tuple[Page, ...] = (
    Page(
        "/history",
        _list,
        Role.AUTHOR,
        ("GET",),
        "history",
        menu="menu-history",
        group="menu-texts",
    ),
)
