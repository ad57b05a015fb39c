"""All memos by section: the state of their texts, what is wrong in them, who works on them. It must not write anything."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.edition import Edition
from bot.editorial.published import Published
from bot.editorial.snapshot import MEMOS
from bot.editorial.translation import TranslationState, translation_state
from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from db.drafts import UNFINISHED, Draft, Drafts
from db.staff import Role


@dataclass(frozen=True, slots=True)
class Row:
    """`states` by language. A memo that is only in drafts has none. `errors` and `warnings` are of its files."""

    id: str
    title: str
    states: Mapping[str, TranslationState]
    errors: int
    warnings: int
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A section with its memos; the memos that no section lists have an empty `id`."""

    id: str
    title: str
    rows: tuple[Row, ...]


async def _list(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    drafts = await Drafts(room.engine).in_state(*UNFINISHED)
    query = request.query_params.get("q", "")[:100]
    wanted = request.query_params.get("state", "")
    groups = _groups(published, _by_memo(drafts), staff.lang)
    return show(
        request,
        room,
        staff,
        "memos/list.html",
        groups=[
            group
            for one in groups
            if (group := Group(one.id, one.title, _fitting(one.rows, query, wanted))).rows
        ],
        sections=_sections(published.edition, staff.lang),
        languages_of_guide=published.edition.languages,
        query=query,
        wanted=wanted,
    )


def _by_memo(drafts: tuple[Draft, ...]) -> Mapping[str, tuple[Draft, ...]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        kind, _, memo = draft.subject.partition("/")
        if kind == "memo":
            found[memo].append(draft)
    return {memo: tuple(those) for memo, those in found.items()}


def _groups(
    published: Published, drafts: Mapping[str, tuple[Draft, ...]], lang: str
) -> list[Group]:
    edition = published.edition
    rows = {
        memo_id: _row(published, memo_id, drafts.get(memo_id, ()), lang)
        for memo_id in dict.fromkeys((*edition.memos, *drafts))
    }
    sections = edition.contents.value.sections if edition.contents else ()
    groups = [
        Group(
            section.id,
            f"{section.icon} {section.title.in_language(lang)}",
            tuple(rows.pop(memo_id) for memo_id in section.memos if memo_id in rows),
        )
        for section in sections
    ]
    return [*groups, Group("", "", tuple(rows.values()))]


def _row(published: Published, memo_id: str, drafts: tuple[Draft, ...], lang: str) -> Row:
    edition = published.edition
    memo = edition.memos.get(memo_id)
    texts = memo.texts if memo else {}
    named = next((texts[one] for one in (lang, *edition.languages) if one in texts), None)
    folder = f"{MEMOS}/{memo_id}/"
    problems = [one for one in published.problems if one.file.startswith(folder)]
    errors = sum(problem.is_error for problem in problems)
    base_language = edition.languages[0] if edition.languages else ""
    return Row(
        memo_id,
        named.front.value.title if named else memo_id,
        {one: translation_state(memo, one, base_language) for one in edition.languages}
        if memo
        else {},
        errors,
        len(problems) - errors,
        drafts,
    )


def _fitting(rows: tuple[Row, ...], query: str, wanted: str) -> tuple[Row, ...]:
    """Rows with every word of the query; of one state, if one is wanted."""
    words = query.casefold().split()
    return tuple(
        row
        for row in rows
        if all(word in f"{row.id} {row.title}".casefold() for word in words)
        and _is_wanted(row, wanted)
    )


def _is_wanted(row: Row, wanted: str) -> bool:
    match wanted:
        case "outdated" | "missing":
            return any(state == wanted for state in row.states.values())
        case "problems":
            return bool(row.errors or row.warnings)
        case "drafts":
            return bool(row.drafts)
        case _:
            return True


def _sections(edition: Edition, lang: str) -> list[tuple[str, str]]:
    sections = edition.contents.value.sections if edition.contents else ()
    return [(section.id, section.title.in_language(lang)) for section in sections]


pages: tuple[Page, ...] = (
    Page("/memos", _list, Role.AUTHOR, ("GET",), "memos", menu="menu-memos", group="menu-texts"),
)
