"""Brings a draft to print: publishes its files as one commit in its author's name, and notes that it is published.

The pages and the job of the day go this one way. It must not decide whether a draft is good: that is for a person and for
the checks of the content.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.editorial.publishing.outcomes import (
    Author,
    Clash,
    NothingToDo,
    Published,
    Reason,
    Refused,
    RemoteTrouble,
    Version,
)
from bot.editorial.publishing.repository import Repository
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.errors import PublishingUnavailable
from db.drafts import Draft, Drafts
from db.publications import Publications

log = structlog.get_logger(__name__)

_LONGEST_SUBJECT = 100
# What we write at the end of each message: who decided, and which draft it was.
_TRAILERS = re.compile(
    r"(?P<said>.*?)\n\n(?:Co-authored-by: [^\n]*\n)?Published-by: (?P<by>[^\n]*)\nDraft: (?P<draft>[0-9a-f]{32})",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """`waits` says why the commit is only here and not with the remote yet; persons read it all the same."""

    commit: str
    waits: Reason | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody else publishes it just now, or has decided otherwise."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a commit says: `said` is what its author wrote, and the rest is of commits that we made: the subject of the
    draft, who decided, and which draft it was.
    """

    said: str
    subject: str | None = None
    by: str | None = None
    draft: str | None = None


Outcome = Printed | Elsewhere | NothingToDo | Clash | Refused


class Press:
    """One a process. Waits for the database and in threads for the folder and the network, never for itself."""

    def __init__(self, engine: AsyncEngine, repository: Repository) -> None:
        self.repository = repository
        self._drafts = Drafts(engine)
        self._publications = Publications(engine)

    async def publish(self, draft_id: str, by: str, now: datetime) -> Outcome:
        """Put a draft that waits for its review before persons; `by` is the member who decided so.

        Raises `PublishingUnavailable` when the folder cannot be written and `StoreUnavailable`.
        """
        if not await self._publications.claim(draft_id, now):
            return Elsewhere()
        try:
            # Read under the claim: from here on nobody changes it.
            draft = await self._drafts.get(draft_id)
            assert draft is not None, "what is claimed is there"
            outcome = await asyncio.to_thread(self._print, draft, by, now)
            if isinstance(outcome, Printed):
                await self._note(draft, outcome.commit, by, now)
        except Exception:
            await self._publications.release(draft_id, now)
            raise
        # Whoever is cancelled keeps the claim: the thread goes on, and its commit is found by the next one who looks.
        if not isinstance(outcome, Printed):
            await self._publications.release(draft_id, now)
        return outcome

    async def catch_up(self, draft: Draft, now: datetime) -> bool:
        """Whether the draft has been published by somebody who was killed before it was noted; now it is. False too while
        the folder cannot be finished: the next look does it.
        """
        try:
            found = await asyncio.to_thread(self._printed, draft.id, now)
        except PublishingUnavailable as unavailable:
            log.warning("draft.not_caught_up", draft=draft.id, reason=str(unavailable))
            return False
        if found is None:
            return False
        by = message_of(found).by or found.author
        await self._note(draft, found.commit, by, now)
        return True

    async def _note(self, draft: Draft, commit: str, by: str, now: datetime) -> None:
        is_own = by == draft.staff_name
        if await self._publications.published(draft, commit, by, now, is_own=is_own):
            log.info("draft.published", draft=draft.id, commit=commit)

    def _print(
        self, draft: Draft, by: str, now: datetime
    ) -> Printed | NothingToDo | Clash | Refused:
        # A draft is published once: whoever was killed may have done it already.
        if found := self._printed(draft.id, now):
            return Printed(found.commit)
        content = self.repository.content_dir
        outcome = self.repository.publish(
            {
                file.path: None if file.text is None else file.text.encode()
                for file in draft.changes
            },
            _bases(draft, take_snapshot(content)),
            Author(draft.staff_name, _address(draft.staff_id)),
            message_for(draft, by),
            now,
        )
        match outcome:
            case Published(commit=commit):
                return Printed(commit)
            case RemoteTrouble(reason=reason, commit=str(commit)):
                return Printed(commit, reason)
            case RemoteTrouble():
                raise PublishingUnavailable(f"Nothing was published: {outcome.reason}.")
            case _:
                return outcome

    def _printed(self, draft_id: str, now: datetime) -> Version | None:
        self.repository.finish(now)
        return next(
            (
                version
                for version in self.repository.history()
                if message_of(version).draft == draft_id
            ),
            None,
        )


def message_for(draft: Draft, by: str) -> str:
    """What the commit of a draft says: its subject and note, and the trailers that `message_of` reads."""
    note = draft.note.strip()
    line, _, rest = note.partition("\n")
    subject = f"{draft.subject}: {line}" if line else draft.subject
    if len(subject) > _LONGEST_SUBJECT:
        subject, rest = draft.subject, note
    trailers = [f"Published-by: {_one_line(by)}", f"Draft: {draft.id}"]
    if draft.begun_by:
        trailers.insert(0, f"Co-authored-by: {_one_line(draft.begun_by)} <>")
    return "\n\n".join(filter(None, (subject, rest.strip(), "\n".join(trailers))))


def message_of(version: Version) -> Message:
    """Only the very end counts: a note may say what it likes."""
    found = _TRAILERS.fullmatch(version.message)
    if found is None:
        return Message(version.message)
    line, _, rest = found["said"].partition("\n")
    subject, _, title = line.partition(": ")
    said = "\n".join(filter(None, (title, rest.strip())))
    return Message(said, subject, found["by"], found["draft"])


def _bases(draft: Draft, published: Snapshot) -> Mapping[str, bytes | None]:
    """The bytes that each file began from. A draft keeps text alone, so a mark of another system (line ends, a byte order
    mark) in the published file would count as somebody's change of every line.
    """
    return {
        file.path: published.files[file.path]
        if file.base is not None and published.text(file.path) == file.base
        else None
        if file.base is None
        else file.base.encode()
        for file in draft.changes
    }


def _address(staff_id: int) -> str:
    # No address of a member is known, and git wants one; nobody can own this name (RFC 2606).
    return f"member-{staff_id}@staff.invalid"


def _one_line(name: str) -> str:
    return " ".join(name.split())
