"""What persons would see otherwise in guided checks once a draft is published: path by path, and text by text.

A draft changes a check by its file, or by a fact, a day off or a region that the check reads. Nothing is written here.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.compiling import UNITS, with_flows
from bot.editorial.flow_diff import FlowDiff, FlowState, TextChange, diff_flows
from bot.editorial.flow_diff_words import named, path_lines
from bot.editorial.snapshot import FLOWS
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.links import flow_title, language_name
from bot.web.staff.memos.looking import words_for
from bot.web.staff.review.draft_page import READ_BY_CHECKS, draft_to_review
from bot.web.staff.review.standing import Standing, standing_of
from bot.web.staff.shown_phone import day_of_form
from db.drafts import WAITING, DraftState
from db.staff import Role

_MOST = 40  # paths and texts of one check that are shown; a check written anew has hundreds


@dataclass(frozen=True, slots=True)
class ChangedCheck:
    """`behind` are texts whose base text changes and whose translation does not: where it stands, and in which language."""

    id: str
    title: str
    diff: FlowDiff
    behind: tuple[tuple[str, str], ...]


def touched_flows(standing: Standing) -> list[str]:
    """The checks that the draft may change."""
    paths = [file.path for file in standing.draft.changes]
    own = [
        path.removeprefix(f"{FLOWS}/").removesuffix(".yaml")
        for path in paths
        if path.startswith(f"{FLOWS}/")
    ]
    if READ_BY_CHECKS.isdisjoint(paths):
        return own
    return list(dict.fromkeys((*own, *standing.drafted.edition.flows)))


def changed_checks(
    standing: Standing, served: Catalogue, lang: str
) -> tuple[ChangedCheck, ...] | None:
    """None when one of the editions cannot be shown. Walks every path of both: call it in a thread."""
    names = touched_flows(standing)
    if not names:
        return ()
    edition, units = standing.drafted.edition, words_for(UNITS)
    today = replace(served, day=standing.published.day)
    try:
        before = with_flows(today, standing.published.edition, names, units)
        after = with_flows(today, edition, names, units)
    except ContentError:
        return None
    base = after.base_language
    return tuple(
        ChangedCheck(
            diff.flow,
            flow_title(edition, diff.flow, lang),
            diff,
            tuple(_behind(diff.texts, base, after.languages)),
        )
        for diff in diff_flows(before, after, only=names)
        if diff.state is not FlowState.SAME
    )


def _behind(
    texts: Iterable[TextChange], base: str, languages: Iterable[str]
) -> Iterable[tuple[str, str]]:
    changed: dict[str, set[str]] = {}
    for one in texts:
        if one.lang and one.before is not None and one.after is not None:
            place = f"{one.shown.name}/{one.shown.field}" if one.shown.name else one.shown.field
            changed.setdefault(place, set()).add(one.lang)
    for place, langs in changed.items():
        if base in langs:
            yield from ((place, lang) for lang in languages if lang not in langs)


async def _checks(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """For a page that asks for it once it stands."""
    draft = await draft_to_review(request, room, staff)
    if draft is None or draft.state not in (*WAITING, DraftState.OPEN):
        return not_found(request, room, staff)
    standing = await standing_of(room, draft, day_of_form(request.query_params.get("on", "")))
    changed = await asyncio.to_thread(changed_checks, standing, room.served(), staff.lang)
    words = words_for("flows").words(staff.lang)
    return show(
        request,
        room,
        staff,
        "review/checks.html",
        changed=changed,
        most=_MOST,
        lines=lambda path: list(path_lines(path, words)),
        who=lambda names: named(names, words),
        language=lambda lang: language_name(lang, staff.lang),
    )


pages: tuple[Page, ...] = (
    Page("/review/{draft}/checks", _checks, Role.AUTHOR, ("GET",), "review-checks"),
)
