"""Which of the new texts may go into the guide: those that bring no error into it, whatever errors it has already.

Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.exchange.segments import replaced
from bot.editorial.exchange.table import ReturnedRow
from bot.editorial.problem import Problem
from bot.editorial.snapshot import Snapshot
from bot.editorial.writing import as_bytes

Edits = Mapping[tuple[int, int], str]
# An import says the first in its own words, and that a third language is missing is nothing new.
_NOT_SAID = frozenset({"translation-outdated", "text-lacks-language"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A memo, or an entry of a file, that wants to change. `rows` are those that say something new.

    `edits` are by place in the file as it is, `lines` are its own lines there (None: the whole file). `row_at` finds
    the row by the line in the new file and the line in the file as it is.
    """

    name: str
    file: str
    edits: Edits
    rows: tuple[ReturnedRow, ...]
    row_at: Callable[[int, int], ReturnedRow | None]
    lines: range | None = None


@dataclass(slots=True)
class Admission:
    """`found` are new problems of candidates, each with its row (None: of no row); `elsewhere` are errors in other places,
    which refuse every candidate.
    """

    accepted: list[Candidate]
    found: dict[Candidate, list[tuple[ReturnedRow | None, Problem]]]
    elsewhere: list[Problem] = field(default_factory=list)


def admit(
    snapshot: Snapshot, edition: Edition, candidates: Sequence[Candidate], today: date
) -> Admission:
    """Refuse every candidate with an error of its own, until the rest brings none."""
    done = Admission(list(candidates), defaultdict(list))
    before = {_key(one) for one in check(edition, today)} if candidates else set()
    while done.accepted:
        with_them = check(edition_of(with_edits(snapshot, done.accepted), edition), today)
        new = [problem for problem in with_them if _key(problem) not in before]
        done.elsewhere = []
        for one in done.accepted:
            done.found[one] = []
        for problem in new:
            owner, row = _owner(snapshot, done.accepted, problem)
            if owner and problem.code not in _NOT_SAID:
                done.found[owner].append((row, problem))
            elif not owner and problem.is_error:
                done.elsewhere.append(problem)
        sound = [one for one in done.accepted if not any(p.is_error for _, p in done.found[one])]
        if len(sound) == len(done.accepted) and not done.elsewhere:
            break
        done.accepted = sound if len(sound) < len(done.accepted) else []
    return done


def with_edits(snapshot: Snapshot, candidates: Sequence[Candidate]) -> Snapshot:
    """The content folder as these candidates want it."""
    for file, edits in _by_file(candidates).items():
        data = snapshot.files.get(file, b"")
        text = replaced(snapshot.text(file) or "", edits)
        snapshot = snapshot.with_file(file, as_bytes(text, data))
    return snapshot


def _by_file(candidates: Sequence[Candidate]) -> Mapping[str, dict[tuple[int, int], str]]:
    files: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    for one in candidates:
        files[one.file].update(one.edits)
    return files


def _owner(
    snapshot: Snapshot, candidates: Sequence[Candidate], problem: Problem
) -> tuple[Candidate | None, ReturnedRow | None]:
    in_file = [one for one in candidates if one.file == problem.file]
    if not in_file:
        return None, None
    text = snapshot.text(problem.file) or ""
    line = _line_before(text, _by_file(in_file)[problem.file], problem.line)
    for one in in_file:
        if one.lines is None or line in one.lines:
            return one, one.row_at(problem.line, line)
    return None, None


def _line_before(text: str, edits: Edits, line: int) -> int:
    """Where a line of the new text was; a line that came stands where it was put."""
    shift = 0
    for (start, end), new in sorted(edits.items()):
        first = text.count("\n", 0, start) + 1 + shift
        last = first + new.count("\n")
        if line < first:
            break
        if line <= last:
            return first - shift
        shift = last - (text.count("\n", 0, end) + 1)
    return line - shift


def _key(problem: Problem) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A problem wherever it stands: lines move when a text changes."""
    return problem.file, problem.code, problem.values
