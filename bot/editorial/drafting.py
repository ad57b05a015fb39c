"""What the content would be with a draft laid over it: the edition, what is wrong in it, what else it changes.

It knows no database: a draft is its files here, each with the text it would have, or None where it would be gone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.problem import Problem
from bot.editorial.published import Published
from bot.editorial.snapshot import Snapshot

OUTDATED = "translation-outdated"


@dataclass(frozen=True, slots=True)
class Drafted:
    """`problems` are in the files of the draft, also those that were there before; `elsewhere` are problems that the draft
    causes in other files. `outdated` are translations as (memo, language) that the draft leaves behind its base text.
    """

    snapshot: Snapshot = field(repr=False)
    edition: Edition = field(repr=False)
    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    outdated: tuple[tuple[str, str], ...]

    @property
    def is_publishable(self) -> bool:
        return not any(problem.is_error for problem in (*self.problems, *self.elsewhere))


def laid_over(snapshot: Snapshot, files: Mapping[str, str | None]) -> Snapshot:
    """The folder with the files of a draft in the place of its own."""
    drafted = {path: text.encode() for path, text in files.items() if text is not None}
    kept = {path: data for path, data in snapshot.files.items() if path not in files}
    problems = tuple(problem for problem in snapshot.problems if problem.file not in files)
    return Snapshot(MappingProxyType(kept | drafted), problems)


def drafted(published: Published, files: Mapping[str, str | None]) -> Drafted:
    """Never raises for what is in the files."""
    snapshot = laid_over(published.snapshot, files)
    edition = edition_of(snapshot, published.edition)
    found = check(edition, published.day)
    known = set(published.problems)
    ours = [problem for problem in found if problem.file in files]
    caused = [problem for problem in found if problem.file not in files and problem not in known]
    return Drafted(
        snapshot,
        edition,
        problems=_without_outdated(ours),
        elsewhere=_without_outdated(caused),
        outdated=tuple(_outdated([*ours, *caused])),
    )


def _without_outdated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.code != OUTDATED)


def _outdated(problems: Iterable[Problem]) -> Iterable[tuple[str, str]]:
    for problem in problems:
        if problem.code == OUTDATED:
            values = dict(problem.values)
            yield values["memo"], values["lang"]
