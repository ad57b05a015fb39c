"""A memo as a member works on it: the published files, and the draft that lies over them. It must not write anything."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.editorial.day import day_of
from bot.editorial.published import Published
from bot.editorial.schema import is_id
from bot.web.staff.frame import SignedIn, StaffRoom
from bot.web.staff.memos.tabs import Tab, tabs_of
from db.drafts import Draft, Drafts, DraftState

_UNSENT = (DraftState.SUBMITTED, DraftState.SCHEDULED)


def subject_of(memo: str) -> str:
    """What drafts and windows of a memo are called."""
    return f"memo/{memo}"


@dataclass(frozen=True)
class Work:
    """`draft` is the one that is looked at; there may be none."""

    memo: str
    staff: SignedIn
    published: Published
    draft: Draft | None

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        return tabs_of(self.published.edition, self.memo)

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

    @property
    def is_new(self) -> bool:
        """Whether nobody has published the memo yet."""
        return self.memo not in self.published.edition.memos

    def tab(self, name: str) -> Tab:
        """The tab of this name, else the first."""
        return next((tab for tab in self.tabs if tab.name == name), self.tabs[0])

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


async def work_on(room: StaffRoom, staff: SignedIn, memo: str, draft_id: str = "") -> Work | None:
    """The member's work on a memo: in the draft with this id, else in their own, if there is one.

    None when there is no such memo, neither published nor in any draft, or no such draft of it.
    """
    if not is_id(memo):
        return None
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    drafts = Drafts(room.engine)
    unfinished = await drafts.of(subject_of(memo))
    draft = await drafts.get(draft_id) if draft_id else _own(unfinished, staff)
    if draft_id and (draft is None or draft.subject != subject_of(memo)):
        return None
    if memo not in published.edition.memos and not (unfinished or draft):
        return None
    return Work(memo, staff, published, draft)


async def again(room: StaffRoom, work: Work, draft_id: str) -> Work:
    """The same work after the draft has been written."""
    draft = await Drafts(room.engine).get(draft_id)
    return replace(work, draft=draft)


def _own(drafts: tuple[Draft, ...], staff: SignedIn) -> Draft | None:
    """The one to go on with: the open one, else what waits for a review."""
    mine = [draft for draft in drafts if draft.staff_id == staff.id]
    return max(mine, key=lambda one: (one.state is DraftState.OPEN, one.changed), default=None)
