"""One draft before its publication: who, when, what it changes word by word, what would be wrong, what persons see.

It must not decide anything; `deciding` does. Only what a killed publisher has published is noted here.
"""

import asyncio
import re
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import MOSCOW
from bot.editorial.files.memos import TEXT_SUFFIX
from bot.editorial.snapshot import FLOWS, MEMOS
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import load_interface
from bot.web.staff.frame import ADDRESS, Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.links import (
    language_name,
    memo_title,
    own_page_of,
    review_page,
    subject_titled,
)
from bot.web.staff.own_drafts import published_now
from bot.web.staff.review.persons import changed_for_persons
from bot.web.staff.review.settling_form import shown_clash
from bot.web.staff.review.standing import Standing, standing_of
from bot.web.staff.shown_files import shown_file, shown_problems
from bot.web.staff.shown_phone import Frame, day_of_form, shown_phone
from db.drafts import WAITING, Draft, Drafts, DraftState, is_claimed
from db.staff import Role

_GUIDE_WORDS = load_interface()
# Files that every guided check may read.
READ_BY_CHECKS = frozenset({"facts.yaml", "calendar.yaml", "regions.yaml", "sources.yaml"})
_NAME = re.compile(r"[0-9a-f]{32}")


async def draft_to_review(request: Request, room: StaffRoom, staff: SignedIn) -> Draft | None:
    """The draft of the path, as far as the member may see it: what is still being written is its author's."""
    drafts, name = Drafts(room.engine), request.path_params["draft"]
    draft = await drafts.get(name) if _NAME.fullmatch(name) else None
    if draft is None or (draft.state is DraftState.OPEN and draft.staff_id != staff.id):
        return None
    if draft.claimed and draft.state in WAITING:
        await room.press.catch_up(draft, room.clock())
        draft = await drafts.get(draft.id)
    return draft


async def _draft(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    draft = await draft_to_review(request, room, staff)
    if draft is None:
        return not_found(request, room, staff)
    if draft.state in (DraftState.PUBLISHED, DraftState.DISCARDED):
        return await _over(request, room, staff, draft)
    asked = request.query_params
    standing = await standing_of(room, draft, day_of_form(asked.get("on", "")))
    return await shown(request, room, staff, standing)


async def shown(
    request: Request, room: StaffRoom, staff: SignedIn, standing: Standing, status: int = 200
) -> Response:
    draft, edition = standing.draft, standing.drafted.edition
    today = (await published_now(room)).day
    published = standing.published.snapshot
    day = standing.published.day
    frame = Frame(
        review_page(draft),
        day,
        _language_of(draft) or staff.lang,
        staff.lang,
        {"on": day.isoformat()},
    )
    return show(
        request,
        room,
        staff,
        "review/draft.html",
        status,
        draft=draft,
        standing=standing,
        subject=subject_titled(draft.subject, edition, staff.lang),
        files=await asyncio.to_thread(
            lambda: [shown_file(file.path, file.base, file.text) for file in draft.changes]
        ),
        moved_on=[file.path for file in draft.changes if published.text(file.path) != file.base],
        problems=shown_problems(standing.problems, staff.lang),
        outdated=[
            (memo, memo_title(edition, memo, staff.lang), language_name(lang, staff.lang))
            for memo, lang in standing.drafted.outdated
        ],
        clashes=[shown_clash(one) for one in standing.clashes],
        phone=await shown_phone(
            room, edition, touched_memos(standing), request.query_params, frame
        ),
        flows=may_change_checks(draft),
        editor=own_page_of(draft) or f"{ADDRESS}/drafts/{draft.id}",
        today=today,
        day_shown=day,
        is_own=draft.staff_id == staff.id,
        is_claimed=is_claimed(draft, room.clock()),
        may_decide=staff.role.may(Role.EDITOR) and draft.state in WAITING,
    )


def may_change_checks(draft: Draft) -> bool:
    """Whether it has the file of a check, or one that checks read."""
    return any(
        file.path.startswith(f"{FLOWS}/") or file.path in READ_BY_CHECKS for file in draft.changes
    )


def touched_memos(standing: Standing) -> list[str]:
    """The memos whose files are in the draft."""
    parts = (file.path.split("/") for file in standing.draft.changes)
    return list(dict.fromkeys(part[1] for part in parts if part[0] == MEMOS and len(part) == 3))


def _language_of(draft: Draft) -> str:
    """Of the first text that it changes, empty when it changes none."""
    texts = (file.path for file in draft.changes if file.path.endswith(TEXT_SUFFIX))
    return next((PurePosixPath(path).stem for path in texts), "")


async def _over(request: Request, room: StaffRoom, staff: SignedIn, draft: Draft) -> Response:
    return show(
        request,
        room,
        staff,
        "review/over.html",
        draft=draft,
        subject=subject_titled(draft.subject, (await published_now(room)).edition, staff.lang),
        files=await asyncio.to_thread(
            lambda: [shown_file(file.path, file.base, file.text) for file in draft.changes]
        ),
        is_live=await _is_live(room),
        is_broken=await _is_broken(room),
        live_since=None,
    )


async def _live(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Whether persons read it by now, for a page that asks every second."""
    draft = await draft_to_review(request, room, staff)
    if draft is None or draft.state is not DraftState.PUBLISHED:
        return not_found(request, room, staff)
    is_live = await _is_live(room)
    return show(
        request,
        room,
        staff,
        "review/live.html",
        draft=draft,
        is_live=is_live,
        is_broken=await _is_broken(room),
        live_since=room.clock().astimezone(MOSCOW).strftime("%H:%M:%S") if is_live else None,
    )


async def _is_live(room: StaffRoom) -> bool:
    """What is served is what lies in the folder, with all that was published by now."""
    served: Catalogue = room.served()
    return served.edition == (await published_now(room)).edition.fingerprint


async def _is_broken(room: StaffRoom) -> bool:
    """Somebody has broken the files by hand, so that nothing new is served."""
    return any(problem.is_error for problem in (await published_now(room)).problems)


async def _persons(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """What else changes for persons, for a page that asks for it once it stands."""
    draft = await draft_to_review(request, room, staff)
    if draft is None or draft.state not in (*WAITING, DraftState.OPEN):
        return not_found(request, room, staff)
    standing = await standing_of(room, draft, day_of_form(request.query_params.get("on", "")))
    changed = await asyncio.to_thread(changed_for_persons, standing)
    words = _GUIDE_WORDS.words(staff.lang)
    return show(
        request,
        room,
        staff,
        "review/persons.html",
        draft=draft,
        changed=changed,
        day_shown=standing.published.day,
        who=lambda names: ", ".join(words.say(f"citizenship-{one}") for one in names),
        language=lambda lang: language_name(lang, staff.lang),
    )


pages: tuple[Page, ...] = (
    Page("/review/{draft}", _draft, Role.AUTHOR, ("GET",), "review-draft"),
    Page("/review/{draft}/live", _live, Role.AUTHOR, ("GET",), "review-live"),
    Page("/review/{draft}/persons", _persons, Role.AUTHOR, ("GET",), "review-persons"),
)
