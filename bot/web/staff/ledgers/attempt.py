"""What came in from the form of an entry, tried out: the file with it, and what would be wrong then. Nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.editorial.drafting import Drafted, drafted
from bot.editorial.forms.entry_forms import ID, id_problems
from bot.editorial.forms.posted import FieldProblem, Posted
from bot.editorial.problem import Problem
from bot.errors import ContentError
from bot.web.staff.ledgers.work import Work, ledger_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """`text` is the file with the entry in it, None where it cannot be written. `problems` are of the entry, by the input
    or field to mend; `elsewhere` what would newly be wrong in other entries and files. `drafted` is the edition with it.
    """

    id: str
    data: dict[str, object]
    text: str | None = None
    problems: tuple[FieldProblem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    drafted: Drafted | None = None

    @property
    def may_be_kept(self) -> bool:
        """Whether it can go into the draft; what it breaks elsewhere can be mended there."""
        return self.text is not None and not any(one.problem.is_error for one in self.problems)


def attempt(work: Work, name: str | None, posted: Posted) -> Attempt:
    """The form as it was sent, for an entry that is there, or for a new one without a `name`. Takes up to a second."""
    assert work.ledger is not None
    data, problems = work.form.read(posted, work.ledger.data(name or "") or {})
    if name is None:
        name = posted.line(ID)
        taken = {one: entry.line for one, entry in work.ledger.entries.items()}
        problems += id_problems(name, taken)
        data = {ID: name, **data}
    if problems:
        return Attempt(name, data, None, tuple(problems))
    return tried(work, name, data)


def tried(work: Work, name: str, data: dict[str, object]) -> Attempt:
    """The file with these fields in the entry, which may be a new one."""
    ledger = work.ledger
    assert ledger is not None
    try:
        if name in ledger.entries:
            text = ledger.changed({name: data})
        else:
            entries = {one: ledger.data(one) or {} for one in ledger.entries}
            text = ledger.added(data, work.form.neighbour(entries, data))
    except ContentError:
        return Attempt(name, data)
    found = drafted(work.published, {**work.files, work.form.file: text})
    after = ledger_of(text, work.form.file)[0]
    assert after is not None  # it was read when it was written
    lines = after.lines(name)
    own, others = [], list(found.elsewhere)
    for problem in found.problems:
        if problem.file == work.form.file and problem.line in lines:
            own.append(FieldProblem(after.field_at(name, problem.line), problem))
        else:
            others.append(problem)
    elsewhere = _new(others, work.published.problems)
    return Attempt(name, data, text, tuple(own), elsewhere, found)


def _new(problems: Iterable[Problem], known: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that were not there before, wherever their lines have gone."""
    there = {_key(problem) for problem in known}
    return tuple(problem for problem in problems if _key(problem) not in there)


def _key(problem: Problem) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return problem.file, problem.code, problem.values
