"""One version with what it changed and the text as it was, and any two of them side by side. It must not change anything."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.edition import Edition, edition_of
from bot.editorial.publishing.outcomes import Version
from bot.editorial.snapshot import Snapshot
from bot.web.staff.frame import ADDRESS, Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.history.versions import (
    CHECK,
    asked_memo,
    before,
    edition_at,
    folder_of,
    shown_version,
    title_of,
    version_named,
    versions,
)
from bot.web.staff.own_drafts import published_now
from bot.web.staff.shown_files import ShownFile, shown_files
from bot.web.staff.shown_phone import Frame, ShownPhone, shown_phone
from db.staff import Role


async def _version(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    version = await version_named(room, request.path_params["commit"])
    memo = asked_memo(request.query_params)
    then = await edition_at(room, version.commit) if version else None
    if version is None or then is None or memo is None:
        return not_found(request, room, staff)
    published = await published_now(room)
    older = await before(room, version)
    shown = shown_version(version, published.edition, staff.lang)
    edition = await asyncio.to_thread(edition_of, then, published.edition)
    paths = [path for path in version.paths if _is_in(path, memo)]
    return show(
        request,
        room,
        staff,
        "history/version.html",
        shown=shown,
        version=version,
        memo=memo,
        title=title_of(published.edition, memo, staff.lang),
        files=await asyncio.to_thread(shown_files, _texts(older, paths), _texts(then, paths)),
        is_now=not _differs(then, published.snapshot, memo),
        phone=None
        if memo.startswith(CHECK)
        else await _phone(request, room, staff, version, edition, memo),
        is_check=memo.startswith(CHECK),
    )


async def _phone(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    version: Version,
    edition: Edition,
    memo: str,
) -> ShownPhone | None:
    """The text as it was, on the day it was published."""
    published = await published_now(room)
    touched = [one for one, _ in shown_version(version, published.edition, staff.lang).memos]
    offered = dict.fromkeys([*filter(None, [memo]), *touched, *edition.listed_memos])
    asked = {"memo": memo, **request.query_params} if memo else request.query_params
    frame = Frame(
        f"{ADDRESS}/history/{version.commit}", day_of(version.when), staff.lang, staff.lang
    )
    return await shown_phone(room, edition, list(offered), asked, frame)


async def _compare(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    asked, memo = request.query_params, asked_memo(request.query_params)
    pair = {asked.get("then", ""), asked.get("now", "")}
    # The earlier one first, whichever way they were chosen.
    known = [one for one in reversed(await versions(room)) if one.commit in pair]
    if memo is None or len(known) != len(pair):
        return not_found(request, room, staff)
    known = [known[0], known[-1]]
    then, now = [await edition_at(room, version.commit) for version in known]
    edition = (await published_now(room)).edition
    return show(
        request,
        room,
        staff,
        "history/compare.html",
        memo=memo,
        title=title_of(edition, memo, staff.lang),
        then=shown_version(known[0], edition, staff.lang),
        now=shown_version(known[1], edition, staff.lang),
        files=await asyncio.to_thread(_between, then, now, memo),
    )


def _between(then: Snapshot | None, now: Snapshot | None, memo: str) -> tuple[ShownFile, ...]:
    paths = {
        path
        for snapshot in (then, now)
        if snapshot
        for path in snapshot.files
        if _is_in(path, memo)
    }
    return shown_files(_texts(then, paths), _texts(now, paths))


def _texts(snapshot: Snapshot | None, paths: "list[str] | set[str]") -> Mapping[str, str | None]:
    return {path: snapshot.text(path) if snapshot else None for path in paths}


def _differs(then: Snapshot, now: Snapshot, memo: str) -> bool:
    return any(
        then.files.get(path) != now.files.get(path)
        for path in then.files.keys() | now.files.keys()
        if _is_in(path, memo)
    )


def _is_in(path: str, memo: str) -> bool:
    folder = folder_of(memo)
    return folder is None or path == folder or path.startswith(f"{folder}/")


pages: tuple[Page, ...] = (
    Page("/history/compare", _compare, Role.AUTHOR, ("GET",), "history-compare"),
    Page("/history/{commit}", _version, Role.AUTHOR, ("GET",), "history-version"),
)
