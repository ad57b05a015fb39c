"""A draft as a member works on it in an editor: the published files, and what lies over them; keeping what is typed, and
the way to its review, back from there, or away. Every editor of texts does this alike. It shows no page of its own but
who else is here, and publishes nothing.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import MOSCOW, day_of
from bot.editorial.published import Published
from bot.web.staff.frame import SignedIn, StaffRoom, fields, not_found, see_other, show
from db.audit import AuditLog
from db.drafts import UNFINISHED, Clash, Closed, Draft, Drafts, DraftState
from db.presence import Presence
from db.staff import Role

LONGEST_NOTE = 2000
_UNSENT = (DraftState.SUBMITTED, DraftState.SCHEDULED)
_WINDOW = re.compile(r"[a-z0-9-]{8,64}")


@dataclass(frozen=True, kw_only=True)
class DraftWork:
    """`draft` is the one that is looked at; there may be none. `subject` is what drafts and windows are called, `address`
    the page of the editor under /staff.
    """

    subject: str
    address: str
    staff: SignedIn
    published: Published
    draft: Draft | None

    @property
    def may_write(self) -> bool:
        """Whether what is typed goes into the draft, or begins one."""
        if self.draft is None:
            return True
        return self.draft.staff_id == self.staff.id and self.draft.state is DraftState.OPEN

    @property
    def may_take_back(self) -> bool:
        draft = self.draft
        return bool(draft and draft.staff_id == self.staff.id and draft.state in _UNSENT)

    def files(self) -> dict[str, str | None]:
        """What the draft changes."""
        return {file.path: file.text for file in self.draft.changes} if self.draft else {}

    def published_text(self, path: str) -> str | None:
        return self.published.snapshot.text(path)

    def text(self, path: str) -> str:
        """The file as it stands in the draft, else as it is published; empty when there is none."""
        file = self.draft.files.get(path) if self.draft else None
        found = file.text if file else self.published_text(path)
        return found or ""

    def base(self, path: str) -> str | None:
        """The published text that the draft of this file began from, or would begin from."""
        file = self.draft.files.get(path) if self.draft else None
        return file.base if file else self.published_text(path)

    def version(self, path: str) -> int:
        file = self.draft.files.get(path) if self.draft else None
        return file.version if file else 0

    def has_moved_on(self, path: str) -> bool:
        """Whether somebody published another text since the draft of this file began."""
        file = self.draft.files.get(path) if self.draft else None
        return file is not None and file.base != self.published_text(path)

    def with_text(self, path: str, text: str) -> Mapping[str, str | None]:
        """The files of the draft, one of them with another text."""
        return {**self.files(), path: text}


AnyWork = TypeVar("AnyWork", bound=DraftWork)


def own_of(drafts: tuple[Draft, ...], staff: SignedIn) -> Draft | None:
    """The one to go on with: the open one, else what waits for a review."""
    mine = [draft for draft in drafts if draft.staff_id == staff.id]
    return max(mine, key=lambda one: (one.state is DraftState.OPEN, one.changed), default=None)


@dataclass(frozen=True, slots=True)
class Begun:
    """What an editor opens. `draft` is the one that was asked for, else the member's own; `is_drafted`: somebody has the
    subject in a draft, so that there is something to open although it may not be published yet.
    """

    published: Published
    draft: Draft | None
    is_drafted: bool


async def begun(room: StaffRoom, staff: SignedIn, subject: str, draft_id: str) -> Begun | None:
    """None when there is no such draft of this subject."""
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    drafts = Drafts(room.engine)
    unfinished = await drafts.of(subject)
    draft = await drafts.get(draft_id) if draft_id else own_of(unfinished, staff)
    if draft_id and (draft is None or draft.subject != subject):
        return None
    return Begun(published, draft, bool(unfinished or draft))


async def again(room: StaffRoom, work: AnyWork, draft_id: str) -> AnyWork:
    """The same work after the draft has been written."""
    return replace(work, draft=await Drafts(room.engine).get(draft_id))


async def keep(
    room: StaffRoom, work: AnyWork, path: str, text: str, seen: int
) -> AnyWork | Clash | Closed:
    """The work with this text in its draft, which is begun if there is none; what is the same is not written."""
    if not work.may_write:
        assert work.draft is not None
        return Closed(work.draft.state)
    if text == work.text(path):
        return work
    drafts, now, staff = Drafts(room.engine), room.clock(), work.staff
    draft = work.draft
    if draft is None:
        draft = await drafts.open_for(staff.id, staff.name, work.subject, now)
        if draft.began == now:
            await AuditLog(room.engine).add(staff.name, "draft-begun", draft.subject, now=now)
    saved = await drafts.save(draft.id, path, work.base(path), text, seen, now)
    return await again(room, work, draft.id) if isinstance(saved, int) else saved


def version_of(form: Mapping[str, str]) -> int:
    """The version of the file that a form was made from."""
    typed = form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


async def submitted(room: StaffRoom, work: DraftWork, note: str, request: Request) -> Response:
    """To its review; who may publish goes on to that."""
    now = room.clock()
    if work.draft is None or not work.draft.changes:
        return see_other(request, room, work.address, "notice-nothing-changed")
    if not await Drafts(room.engine).submit(work.draft.id, note[:LONGEST_NOTE].strip(), now):
        return see_other(request, room, work.address, "notice-draft-moved")
    await AuditLog(room.engine).add(
        work.staff.name, "draft-submitted", work.draft.subject, now=now
    )
    may_publish = work.staff.role.may(Role.EDITOR)
    page = f"/review/{work.draft.id}" if may_publish else work.address
    return see_other(request, room, page, "notice-draft-submitted")


async def taken_back(room: StaffRoom, work: DraftWork, request: Request) -> Response:
    assert work.draft is not None
    now = room.clock()
    if not await Drafts(room.engine).send_back(work.draft.id, work.draft.note, now):
        return see_other(request, room, work.address, "notice-draft-moved")
    await AuditLog(room.engine).add(
        work.staff.name, "draft-taken-back", work.draft.subject, now=now
    )
    return see_other(request, room, work.address, "notice-draft-taken-back")


async def discarded(room: StaffRoom, work: DraftWork, then: str, request: Request) -> Response:
    """Thrown away; `then` is the page to go on to."""
    assert work.draft is not None
    now = room.clock()
    if not await Drafts(room.engine).discard(work.draft.id, now):
        return see_other(request, room, work.address, "notice-draft-moved")
    await AuditLog(room.engine).add(
        work.staff.name, "draft-discarded", work.draft.subject, now=now
    )
    return see_other(request, room, then, "notice-draft-discarded")


async def others(
    request: Request, room: StaffRoom, work: DraftWork, is_ours: Callable[[str], bool]
) -> Response:
    """This window is here; who else is, and which unfinished drafts change a file that `is_ours`?"""
    staff, window = work.staff, (await fields(request)).get("window", "")
    if not _WINDOW.fullmatch(window):
        return not_found(request, room, staff)
    presence, now = Presence(room.engine), room.clock()
    await presence.looking(work.subject, staff.id, staff.name, window, now)
    drafts = await Drafts(room.engine).in_state(*UNFINISHED)
    return show(
        request,
        room,
        staff,
        "others.html",
        lookers=await presence.others(work.subject, window, now),
        drafts=[
            draft
            for draft in drafts
            if draft.staff_id != staff.id and any(is_ours(file.path) for file in draft.changes)
        ],
        work=work,
        clock=lambda moment: moment.astimezone(MOSCOW).strftime("%H:%M"),
    )
