"""What every usage report is made from and with. It must not know a report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.replies import NoteKind
from bot.web.staff.usage.charts import Bars, Rows, Series
from bot.web.staff.usage.figures import Figure, figure, share
from bot.web.staff.usage.labels import Labels
from bot.web.staff.usage.period import Question
from bot.web.staff.usage.report import Cell, Number, Table
from bot.web.staff.usage.steps import Step, added_up
from db.small_numbers import Shown, parts_shown
from db.usage_days import Asked, Span, UsageDays

ANSWERED, WHICH = NoteKind.QUESTION_ANSWERED, NoteKind.QUESTION_UNCLEAR
UNSURE, REFUSED = NoteKind.QUESTION_UNSURE, NoteKind.QUESTION_REFUSED
HELPED, MISSED = NoteKind.QUESTION_HELPED, NoteKind.QUESTION_MISSED
READ, HOTLINES, DANGER = NoteKind.MEMO_READ, NoteKind.HOTLINES_OPENED, NoteKind.DANGER_SHOWN
QUESTIONS = (ANSWERED, WHICH, UNSURE, REFUSED)
OF_A_MEMO = (READ, ANSWERED, HELPED, MISSED)

_MOST_BARS = 12
_WORSE = {UNSURE: False, REFUSED: False, MISSED: False, HELPED: True, ANSWERED: True}


@dataclass(frozen=True, slots=True)
class Desk:
    """The counts, what is asked of them, and how things are called."""

    days: UsageDays
    question: Question
    labels: Labels

    @property
    def span(self) -> Span:
        return self.question.span

    @property
    def asked(self) -> Asked:
        return self.question.asked

    def say(self, key: str) -> str:
        return self.labels.words.say(key)

    async def kinds(self, span: Span, *kinds: NoteKind) -> Counter[str]:
        """Of one memo only what happens with memos: other kinds have other subjects."""
        of = [kind for kind in kinds if kind in OF_A_MEMO] if self.asked.subject else kinds
        return Counter(await self.days.by_kind(span, self.asked, *of))

    async def numbers(self, *kinds: NoteKind) -> list[Number]:
        """How often each of these kinds happened; of one memo, those that happen with memos."""
        now, before = [await self.kinds(span, *kinds) for span in (self.span, self.span.before)]
        of = [kind for kind in kinds if not self.asked.subject or kind in OF_A_MEMO]
        return [
            Number(self.kind(kind), figure(now[kind], before[kind]), is_better=_WORSE.get(kind))
            for kind in of
        ]

    def kind(self, kind: NoteKind) -> str:
        return self.labels.kind(kind)

    def over_time(
        self,
        name: str,
        steps: tuple[Step, ...],
        columns: Mapping[str, Sequence[int]],
        *,
        stacked: bool = False,
    ) -> Table:
        """A column for each label, with its numbers by step."""
        told = {label: _shown_in_order(numbers) for label, numbers in columns.items()}
        caption = self.say(f"usage-{name}")
        names = tuple(self.labels.step(step) for step in steps)
        chart = Bars(caption, names, tuple(Series(label, told[label]) for label in told), stacked)
        rows = tuple(zip(names, *told.values(), strict=True))
        return Table(name, caption, (self.say(f"usage-{steps[0].form}"), *told), rows, chart)

    def kinds_over_time(
        self,
        name: str,
        steps: tuple[Step, ...],
        by_day: Mapping[tuple[date, str], int],
        *kinds: NoteKind,
        stacked: bool = False,
    ) -> Table:
        columns = {self.kind(kind): self.of_kinds(steps, by_day, (kind,)) for kind in kinds}
        return self.over_time(name, steps, columns, stacked=stacked)

    @staticmethod
    def of_kinds(
        steps: tuple[Step, ...], by_day: Mapping[tuple[date, str], int], kinds: Iterable[str]
    ) -> list[int]:
        """The events of these kinds together, by step."""
        days: Counter[date] = Counter()
        wanted = set(kinds)
        for (day, kind), count in by_day.items():
            if kind in wanted:
                days[day] += count
        return added_up(steps, days)


def by_rows(title: str, rows: Sequence[Sequence[Cell]]) -> Rows:
    """The first numbers of a table as bars beside each other, by row."""
    return Rows(
        title,
        tuple(
            (str(row[0]), row[1] if isinstance(row[1], int) else None) for row in rows[:_MOST_BARS]
        ),
    )


def changed(now: Shown, before: Shown) -> str:
    """A cell with a change."""
    change = Figure(now, before).change
    return "" if change is None else signed(change)


def signed(change: int) -> str:
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else ""
    return f"{sign}{abs(change)}\N{NO-BREAK SPACE}%"


def per_cent(number: int | None) -> str:
    return "" if number is None else f"{number}\N{NO-BREAK SPACE}%"


def agreed(yes: Shown, no: Shown) -> str:
    """How many of the votes were yes; nothing when that would tell a hidden number."""
    return "" if yes is None or no is None else per_cent(share(yes, yes + no))


def of_kind(counts: Mapping[tuple[str, str], int], kind: str) -> dict[str, int]:
    return {subject: count for (of, subject), count in counts.items() if of == kind}


def _shown_in_order(numbers: Sequence[int]) -> tuple[Shown, ...]:
    told = parts_shown(dict(enumerate(numbers)))
    return tuple(told[at] for at in range(len(numbers)))
