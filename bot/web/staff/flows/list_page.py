"""All guided checks: how large each is, how many ways lead through it, what is wrong, who works on it. It writes nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.checks.flows import paths_of
from bot.editorial.day import day_of
from bot.editorial.published import Published
from bot.editorial.snapshot import FLOWS
from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from bot.web.staff.links import flow_title
from db.drafts import UNFINISHED, Draft, Drafts
from db.staff import Role


@dataclass(frozen=True, slots=True)
class Row:
    """A check that is only in drafts, or cannot be read, has no numbers. Without errors, all its paths are proven."""

    id: str
    title: str
    steps: int | None
    outcomes: int | None
    paths: int | None
    errors: int
    warnings: int
    drafts: tuple[Draft, ...]


async def _list(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    drafts = _by_flow(await Drafts(room.engine).in_state(*UNFINISHED))
    rows = await asyncio.to_thread(_rows, published, drafts, staff.lang)
    return show(
        request,
        room,
        staff,
        "flows/list.html",
        rows=rows,
        languages_of_guide=published.edition.languages,
    )


def _by_flow(drafts: tuple[Draft, ...]) -> Mapping[str, list[Draft]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        kind, _, flow = draft.subject.partition("/")
        if kind == "flow":
            found[flow].append(draft)
    return found


def _rows(published: Published, drafts: Mapping[str, list[Draft]], lang: str) -> list[Row]:
    names = [
        path.removeprefix(f"{FLOWS}/").removesuffix(".yaml")
        for path in sorted(published.snapshot.files)
        if path.startswith(f"{FLOWS}/")
    ]
    return [
        _row(published, name, tuple(drafts.get(name, ())), lang)
        for name in dict.fromkeys((*names, *sorted(drafts)))
    ]


def _row(published: Published, name: str, drafts: tuple[Draft, ...], lang: str) -> Row:
    edition = published.edition
    flow = edition.flows.get(name)
    problems = [one for one in published.problems if one.file == f"{FLOWS}/{name}.yaml"]
    errors = sum(one.is_error for one in problems)
    return Row(
        name,
        flow_title(edition, name, lang),
        len(flow.steps) if flow else None,
        len(flow.outcomes) if flow else None,
        len(paths_of(edition, flow, published.day)) if flow and not errors else None,
        errors,
        len(problems) - errors,
        drafts,
    )


pages: tuple[Page, ...] = (
    Page("/flows", _list, Role.AUTHOR, ("GET",), "flows", menu="menu-flows", group="menu-texts"),
)
