"""What a member has before them of one file: as it is published, as their draft has it, and what others do to it.

It must not write anything.
"""

import asyncio
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.editorial.drafting import laid_over
from bot.editorial.edition import Edition, edition_of
from bot.editorial.forms.comparing import EntryChange, entry_changes
from bot.editorial.forms.entry_forms import EntryForm
from bot.editorial.forms.ledger import Ledger, read_ledger
from bot.editorial.problem import Problem
from bot.editorial.published import Published
from bot.editorial.snapshot import Snapshot
from bot.web.staff.frame import SignedIn, StaffRoom
from bot.web.staff.own_drafts import published_now
from db.drafts import Draft, Drafts, DraftState


@dataclass(frozen=True, slots=True)
class OthersChange:
    """What another member's unfinished draft, or one of the member's own that was handed in, does to an entry."""

    draft: Draft
    change: EntryChange


@dataclass(frozen=True)
class Work:
    """`draft` is the member's open one of this file, None until something is written; `others` are all other unfinished
    ones. `files` are what all open drafts of the member change: in them a new fact may rest on a new source. `edition`
    is that of `snapshot`, both with these files.
    """

    form: EntryForm
    staff: SignedIn
    published: Published
    draft: Draft | None
    others: tuple[Draft, ...]
    files: dict[str, str | None]
    snapshot: Snapshot
    edition: Edition

    @cached_property
    def ledger(self) -> Ledger | None:
        """The file with the member's draft; None when it cannot be read."""
        return self._read[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why there is no reading the file."""
        return self._read[1]

    @cached_property
    def published_ledger(self) -> Ledger | None:
        return ledger_of(self.published.snapshot.text(self.form.file) or "", self.form.file)[0]

    @cached_property
    def changes(self) -> tuple[EntryChange, ...]:
        """What the member's own draft does to the published entries."""
        return _changes_of(self.draft, self.form.file) if self.draft else ()

    def others_changes(self, name: str) -> tuple[OthersChange, ...]:
        """What other drafts do to an entry."""
        return tuple(
            OthersChange(draft, change)
            for draft in self.others
            for change in _changes_of(draft, self.form.file)
            if change.id == name
        )

    @property
    def has_moved_on(self) -> bool:
        """Whether another text was published since the draft began."""
        file = self.draft.files.get(self.form.file) if self.draft else None
        return file is not None and file.base != self.published.snapshot.text(self.form.file)

    @cached_property
    def _read(self) -> tuple[Ledger | None, tuple[Problem, ...]]:
        return ledger_of(self.snapshot.text(self.form.file) or "", self.form.file)


async def work_on(room: StaffRoom, staff: SignedIn, form: EntryForm) -> Work:
    """Takes a few hundred milliseconds when there is a draft."""
    published = await published_now(room)
    drafts = Drafts(room.engine)
    own = await drafts.open_of(staff.id)
    draft = next((one for one in reversed(own) if one.subject == form.subject), None)
    unfinished = await drafts.of(form.subject)
    others = tuple(one for one in unfinished if draft is None or one.id != draft.id)
    files = {file.path: file.text for one in own for file in one.changes}
    snapshot, edition = published.snapshot, published.edition
    if files:
        snapshot = laid_over(snapshot, files)
        edition = await asyncio.to_thread(edition_of, snapshot, edition)
    return Work(form, staff, published, draft, others, files, snapshot, edition)


@lru_cache(maxsize=16)
def ledger_of(text: str, file: str) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """A file as entries; a large one takes a tenth of a second to read."""
    return read_ledger(text, file)


def waiting(work: Work) -> tuple[Draft, ...]:
    """What the member has handed in and nobody has published yet."""
    return tuple(
        one
        for one in work.others
        if one.staff_id == work.staff.id and one.state is not DraftState.OPEN
    )


def _changes_of(draft: Draft, path: str) -> tuple[EntryChange, ...]:
    file = draft.files.get(path)
    if file is None or not file.is_change:
        return ()
    before, after = ledger_of(file.base or "", path)[0], ledger_of(file.text or "", path)[0]
    return entry_changes(before, after) if before and after else ()
