"""What a member is working on: the published content with an open draft of theirs laid over it, and writing into that draft.

No page here, and no file is written: publishing is another's business.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.editorial.day import day_of
from bot.editorial.drafting import laid_over
from bot.editorial.edition import Edition, edition_of
from bot.editorial.published import Published
from bot.editorial.snapshot import Snapshot
from bot.web.staff.frame import SignedIn, StaffRoom
from db.drafts import Draft, Drafts, DraftState

UNFINISHED = (DraftState.OPEN, DraftState.SUBMITTED, DraftState.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Working:
    """`draft` is None until something is written. `edition` is that of `snapshot`: the draft is in both."""

    published: Published
    draft: Draft | None
    snapshot: Snapshot
    edition: Edition


async def published_now(room: StaffRoom) -> Published:
    return await asyncio.to_thread(room.published.on, day_of(room.clock()))


async def own_draft(room: StaffRoom, staff: SignedIn, subject: str) -> Draft | None:
    """The member's open draft of a subject, if there is one."""
    mine = [one for one in await Drafts(room.engine).open_of(staff.id) if one.subject == subject]
    return mine[-1] if mine else None


async def working_on(room: StaffRoom, staff: SignedIn, subject: str) -> Working:
    """Reads only."""
    published, draft = await published_now(room), await own_draft(room, staff, subject)
    if draft is None or not draft.files:
        return Working(published, draft, published.snapshot, published.edition)
    files = {path: file.text for path, file in draft.files.items()}
    snapshot = laid_over(published.snapshot, files)
    edition = await asyncio.to_thread(edition_of, snapshot, published.edition)
    return Working(published, draft, snapshot, edition)


async def keep(
    room: StaffRoom, staff: SignedIn, subject: str, working: Working, files: Mapping[str, str]
) -> tuple[str, ...]:
    """Write these texts, with `\n` line ends, into the member's draft: the paths that another window of theirs has
    written since `working` was read, and that were left alone.
    """
    if not files:
        return ()
    drafts, now = Drafts(room.engine), room.clock()
    draft = await drafts.open_for(staff.id, staff.name, subject, now)
    clashed = []
    for path, text in files.items():
        seen = working.draft.files.get(path) if working.draft else None
        base = seen.base if seen else working.published.snapshot.text(path)
        saved = await drafts.save(draft.id, path, base, text, seen.version if seen else 0, now)
        if not isinstance(saved, int):
            clashed.append(path)
    return tuple(clashed)


async def drafted_files(room: StaffRoom) -> Mapping[str, Collection[str]]:
    """Of every file that an unfinished draft changes, who works on it."""
    names: dict[str, list[str]] = {}
    for draft in await Drafts(room.engine).in_state(*UNFINISHED):
        for file in draft.changes:
            if draft.staff_name not in names.setdefault(file.path, []):
                names[file.path].append(draft.staff_name)
    return names
