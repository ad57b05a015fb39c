"""Questions without an answer in groups, as staff may see them (ADR 8). It shows no page and keeps no question.

Of a group that is too small no word is told, and of one that is large enough no day: only weeks, and of citizenships
only those that enough of its questions share. So nobody learns when somebody of a rare citizenship asked.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from threading import Lock

from bot.guide.catalogue import Catalogue
from bot.search.grouping import FEWEST, Group
from bot.search.topics import Topics
from db.unanswered import UnansweredOnDay

OTHERS = "others"
NOT_TOLD = "-"
_SAMPLES = 3
# Lists that are held at once: a few members who filter in different ways.
_MOST_LISTS = 6

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """`id` names these very questions; `ids` are theirs. The weeks are told by their Mondays, counts the most frequent
    first. `refused` are memos that did not help.
    """

    id: str
    ids: tuple[str, ...]
    samples: tuple[str, ...]
    languages: Counts
    citizenships: Counts
    first_week: date
    last_week: date
    refused: Counts

    @property
    def count(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Overview:
    """`rare` questions are in groups of fewer than `FEWEST`, `left_out` were older than what can be compared."""

    questions: int
    groups: tuple[QuestionGroup, ...]
    rare: int
    left_out: int


class QuestionGroups:
    """One a process. Groups in a thread, and holds the last lists for those who go on looking at them."""

    def __init__(
        self, served: Callable[[], Catalogue], make_topics: Callable[[Catalogue], Topics]
    ) -> None:
        self._served = served
        self._make_topics = make_topics
        self._topics: tuple[Catalogue, Topics] | None = None
        self._lock = Lock()
        self._lists: dict[str, asyncio.Task[Overview]] = {}

    async def of(self, asked: Sequence[UnansweredOnDay], patience: float) -> Overview | None:
        """None when that takes longer than so many seconds: ask again, it goes on meanwhile."""
        name = _digest(one.id for one in asked)
        task = self._lists.pop(name, None)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(asyncio.to_thread(self._overview, tuple(asked)))
        self._lists[name] = task
        for oldest in list(self._lists)[:-_MOST_LISTS]:
            del self._lists[oldest]
        done, _ = await asyncio.wait({task}, timeout=patience)
        return task.result() if done else None

    def _overview(self, asked: Sequence[UnansweredOnDay]) -> Overview:
        with self._lock:
            catalogue = self._served()
            if self._topics is None or self._topics[0] is not catalogue:
                self._topics = catalogue, self._make_topics(catalogue)
            return _overview(asked, self._topics[1])


def _overview(asked: Sequence[UnansweredOnDay], topics: Topics) -> Overview:
    newest = sorted(asked, key=lambda one: (one.day, one.id), reverse=True)[: topics.most]
    groups = tuple(
        _told(group, newest)
        for group in topics.grouped([one.row.text for one in newest])
        if len(group.members) >= FEWEST
    )
    told = sum(group.count for group in groups)
    return Overview(len(asked), groups, len(newest) - told, len(asked) - len(newest))


def _told(group: Group, asked: Sequence[UnansweredOnDay]) -> QuestionGroup:
    members = [asked[place] for place in group.members]
    ids = tuple(sorted(one.id for one in members))
    days = [one.day for one in members]
    refused = Counter(one.row.memo for one in members if one.row.memo)
    return QuestionGroup(
        id=_digest(ids),
        ids=ids,
        samples=tuple(asked[place].row.text for place in islice(group.typical, _SAMPLES)),
        languages=_by_frequency(Counter(one.row.lang or NOT_TOLD for one in members)),
        citizenships=_enough(one.row.citizenship for one in members),
        first_week=_monday(min(days)),
        last_week=_monday(max(days)),
        refused=_by_frequency(refused),
    )


def _enough(values: Iterable[str | None]) -> Counts:
    """The values that `FEWEST` and more have; the others together."""
    counted = Counter(value or NOT_TOLD for value in values)
    enough = {value: count for value, count in counted.items() if count >= FEWEST}
    others = sum(counted.values()) - sum(enough.values())
    frequent = _by_frequency(enough)
    return (*frequent, (OTHERS, others)) if others else frequent


def _by_frequency(counts: Mapping[str, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _digest(ids: Iterable[str]) -> str:
    return sha256("\n".join(sorted(ids)).encode()).hexdigest()[:24]
