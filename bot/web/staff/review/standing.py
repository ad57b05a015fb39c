"""A draft as it would be published on a day: merged with what was published since it began, with what is wrong then.

Nothing is written here.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from bot.editorial.checking import check
from bot.editorial.drafting import Drafted, drafted
from bot.editorial.problem import Problem
from bot.editorial.published import Published
from bot.editorial.publishing.merging import BothSides, joined, merged_parts
from bot.web.staff.frame import StaffRoom
from bot.web.staff.own_drafts import published_now
from db.drafts import Draft, DraftFile

Parts = tuple[bytes | BothSides | None, ...]


@dataclass(frozen=True, slots=True)
class ClashingFile:
    """A file of which the same lines were published otherwise since the draft began: `parts` say where."""

    file: DraftFile
    published: str | None
    parts: Parts


@dataclass(frozen=True, slots=True)
class Standing:
    """`published` is as of the day that is looked at. `problems` are those in the files of the draft and those that it
    causes elsewhere, and errors that are there without it, since nothing is published while there is one.
    """

    draft: Draft
    published: Published
    drafted: Drafted
    clashes: tuple[ClashingFile, ...]
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    @property
    def has_warnings(self) -> bool:
        return bool(self.drafted.outdated) or any(not one.is_error for one in self.problems)

    @property
    def may_be_published(self) -> bool:
        return bool(self.draft.changes) and not self.has_errors and not self.clashes

    @property
    def seen(self) -> str:
        """Changes with every word of the draft and every problem: whoever decides names what they have seen."""
        told = (
            self.draft.id,
            *((file.path, file.version) for file in self.draft.changes),
            *((one.file, one.line, one.code, one.values) for one in self.problems),
            *self.drafted.outdated,
        )
        return _digest(told)

    @property
    def seen_clashes(self) -> str:
        """Changes with every word of the clashes."""
        return _digest(tuple((one.file.path, one.file.version, one.parts) for one in self.clashes))


async def standing_of(room: StaffRoom, draft: Draft, day: date | None = None) -> Standing:
    """How the draft stands on a day: the one it is to be published on, else today. Takes some tenths of a second."""
    published = await published_now(room)
    wanted = day or draft.publish_on or published.day
    return await asyncio.to_thread(_standing, published, draft, max(wanted, published.day))


def _standing(published: Published, draft: Draft, day: date) -> Standing:
    if day != published.day:
        problems = check(published.edition, day)
        published = replace(published, day=day, problems=problems)
    files = {file.path: merged(published, file) for file in draft.changes}
    clashes = tuple(
        ClashingFile(draft.files[path], published.snapshot.text(path), parts)
        for path, parts in files.items()
        if any(isinstance(part, BothSides) for part in parts)
    )
    found = drafted(
        published,
        {path: _text(draft.files[path], parts) for path, parts in files.items()},
    )
    before = (one for one in published.problems if one.is_error and one.file not in draft.files)
    problems = tuple(_each_once((*found.problems, *found.elsewhere, *before)))
    return Standing(draft, published, found, clashes, problems)


def merged(published: Published, file: DraftFile) -> Parts:
    """The file with what was published since the draft began."""
    return merged_parts(
        _data(file.base), _data(file.text), _data(published.snapshot.text(file.path))
    )


def _text(file: DraftFile, parts: Parts) -> str | None:
    """As it would be published; of a clash as the draft has it."""
    whole = [part for part in parts if not isinstance(part, BothSides)]
    if len(whole) != len(parts):
        return file.text
    data = joined(whole)
    return None if data is None else data.decode()


def _data(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _digest(told: object) -> str:
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _each_once(problems: Iterable[Problem]) -> Mapping[Problem, None]:
    errors_first = sorted(problems, key=lambda one: not one.is_error)
    return dict.fromkeys(errors_first)
