"""What persons would see differently in a flow between two editions: path by path, and text by text in each language.

Answers are tried that lead along every path of the one and of the other edition, in both. So what counts is what the same
person with the same answers would see, not which lines of a file have changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.editorial.changes import Piece, word_changes
from bot.editorial.flow_texts import ShownText, shown_texts
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.flow import Flow
from bot.guide.paths import Path, all_paths, ways_of
from bot.guide.rule import Circumstances
from bot.guide.walk import Regions, Walked, walk
from bot.guide.work_calendar import WorkCalendar


class FlowState(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


class PathKind(StrEnum):
    NEW = "new"  # these answers led to no outcome before
    GONE = "gone"  # and these lead to none any more
    ELSEWHERE = "elsewhere"  # to another outcome
    OTHERWISE = "otherwise"  # to the same by other questions
    RESULTS = "results"  # the same way, with other dates or numbers


@dataclass(frozen=True, slots=True)
class ResultChange:
    """A date or number that a rule works out of the same answers. None where it is not worked out."""

    name: str
    before: date | int | None
    after: date | int | None


@dataclass(frozen=True, slots=True)
class End:
    """An outcome, or the question at which the answers stop; neither for a flow that leads nowhere."""

    outcome: str | None = None
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class PathChange:
    """`ways_before` and `ways_after` are as far as the answers lead. `knows_calendar` is that of `Path`."""

    kind: PathKind
    citizenships: tuple[Citizenship, ...]
    answers: Mapping[str, str]
    ways_before: tuple[str, ...]
    ways_after: tuple[str, ...]
    before: End
    after: End
    results: tuple[ResultChange, ...] = ()
    knows_calendar: bool = True


@dataclass(frozen=True, slots=True)
class TextChange:
    """`shown` says where; `lang` is empty for what has no words (memos, contacts). None: it was not, or is no more, there.
    On so many of the paths somebody sees it, counted by citizenship.
    """

    shown: ShownText
    lang: str
    citizenships: tuple[Citizenship, ...]
    before: str | None
    after: str | None
    paths: int

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The change word by word."""
        return word_changes(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class FlowDiff:
    """`offered` and `withdrawn` are citizenships that the flow is for now, and no more. Paths are counted by citizenship."""

    flow: str
    state: FlowState
    paths_before: int
    paths_after: int
    offered: tuple[Citizenship, ...] = ()
    withdrawn: tuple[Citizenship, ...] = ()
    paths: tuple[PathChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


def diff_flows(
    before: Catalogue, after: Catalogue, only: Collection[str] = ()
) -> tuple[FlowDiff, ...]:
    """Of every flow that either has, those that are the same too; with `only`, of these. Both should be of one day."""
    names = dict.fromkeys([*after.flows, *before.flows])
    then, now = _Side(before), _Side(after)
    return tuple(_diff(name, then, now) for name in names if not only or name in only)


class _Side:
    """One edition, to walk in."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.regions = Regions.among(catalogue.regions.values())

    def rests_on(self) -> tuple[object, ...]:
        """All that a walk reads besides the flow."""
        one = self.catalogue
        return (one.day, one.languages, one.facts, one.regional, one.calendar, self.regions)

    def circumstances(self, citizenship: Citizenship, *, knows_calendar: bool) -> Circumstances:
        one = self.catalogue
        calendar = one.calendar if knows_calendar else WorkCalendar()
        return Circumstances(citizenship, one.day, one.facts, one.regional, calendar)

    def paths(self, flow: Flow | None) -> list[Path]:
        if flow is None:
            return []
        return [
            path
            for citizenship in Citizenship
            if citizenship in flow.readers
            for path in all_paths(
                flow, self.circumstances(citizenship, knows_calendar=True), self.regions
            )
        ]

    def walk(self, flow: Flow, like: Path) -> Walked:
        """Where the answers of a path lead here."""
        here = self.circumstances(like.citizenship, knows_calendar=like.knows_calendar)
        return walk(flow, like.answers, here, self.regions)


def _diff(name: str, then: _Side, now: _Side) -> FlowDiff:
    old, new = then.catalogue.flows.get(name), now.catalogue.flows.get(name)
    paths_before, paths_after = then.paths(old), now.paths(new)
    counts = len(paths_before), len(paths_after)
    if old is None or new is None:
        return FlowDiff(name, FlowState.NEW if old is None else FlowState.GONE, *counts)
    if old == new and then.rests_on() == now.rests_on():
        return FlowDiff(name, FlowState.SAME, *counts)
    offered = tuple(who for who in Citizenship if who in new.readers - old.readers)
    withdrawn = tuple(who for who in Citizenship if who in old.readers - new.readers)
    both = old.readers & new.readers
    tried = [path for path in (*paths_before, *paths_after) if path.citizenship in both]
    found = FlowDiff(
        name,
        FlowState.CHANGED,
        *counts,
        offered,
        withdrawn,
        tuple(_together(_path_changes(old, new, tried, then, now))),
        tuple(_text_changes(then, now, old, new, paths_before, paths_after)),
    )
    is_same = not (offered or withdrawn or found.paths or found.texts)
    return replace(found, state=FlowState.SAME) if is_same else found


@dataclass(frozen=True, slots=True)
class _Tried:
    """The same answers in both editions."""

    path: Path
    before: Walked
    after: Walked
    ways_before: tuple[str, ...]
    ways_after: tuple[str, ...]


def _path_changes(
    old: Flow, new: Flow, paths: list[Path], then: _Side, now: _Side
) -> Iterator[PathChange]:
    """What becomes of the answers. Where an edition asks more, the answers of the other stop; they are told only when no
    fuller answers take the same way to the end.
    """
    tried = []
    for path in paths:
        before, after = then.walk(old, path), now.walk(new, path)
        ways = ways_of(old, before), ways_of(new, after)
        tried.append(_Tried(path, before, after, *ways))
    full = [one for one in tried if one.before.outcome and one.after.outcome]
    told_before = {(one.path.citizenship, one.ways_before) for one in full}
    told_after = {(one.path.citizenship, one.ways_after) for one in full}
    for one in tried:
        who = one.path.citizenship
        kind: PathKind | None
        if one.before.outcome is None:
            is_told = one.after.outcome is None or (who, one.ways_after) in told_after
            kind = None if is_told else PathKind.NEW
        elif one.after.outcome is None:
            kind = None if (who, one.ways_before) in told_before else PathKind.GONE
        else:
            kind = _kind(one, old, new)
        if kind is not None:
            yield _change(kind, one)


def _kind(one: _Tried, old: Flow, new: Flow) -> PathKind | None:
    assert one.before.outcome and one.after.outcome
    if one.before.outcome.id != one.after.outcome.id:
        return PathKind.ELSEWHERE
    asked_before = [name for name in one.before.path if old.question(name)]
    asked_after = [name for name in one.after.path if new.question(name)]
    if asked_before != asked_after:
        return PathKind.OTHERWISE
    return PathKind.RESULTS if _results(one.before, one.after) else None


def _change(kind: PathKind, one: _Tried) -> PathChange:
    is_whole = kind not in (PathKind.NEW, PathKind.GONE)
    return PathChange(
        kind=kind,
        citizenships=(one.path.citizenship,),
        answers=one.path.answers,
        ways_before=one.ways_before,
        ways_after=one.ways_after,
        before=_end(one.before),
        after=_end(one.after),
        results=_results(one.before, one.after) if is_whole else (),
        knows_calendar=one.path.knows_calendar,
    )


def _end(walked: Walked) -> End:
    return End(
        walked.outcome.id if walked.outcome else None, walked.asked.id if walked.asked else None
    )


def _results(before: Walked, after: Walked) -> tuple[ResultChange, ...]:
    then: dict[str, date | int] = {**before.dates, **before.numbers}
    now: dict[str, date | int] = {**after.dates, **after.numbers}
    return tuple(
        ResultChange(name, then.get(name), now.get(name))
        for name in dict.fromkeys([*then, *now])
        if then.get(name) != now.get(name)
    )


def _together(changes: Iterator[PathChange]) -> Iterator[PathChange]:
    """Each once, for everybody whom it concerns; the answers of the first stand for those of all."""
    found: dict[object, PathChange] = {}
    for one in changes:
        key = (one.kind, one.ways_before, one.ways_after, one.before, one.after)
        same = found.get(key)
        who = {*one.citizenships, *(same.citizenships if same else ())}
        named = tuple(citizenship for citizenship in Citizenship if citizenship in who)
        found[key] = replace(same or one, citizenships=named)
    order = list(PathKind)
    yield from sorted(found.values(), key=lambda one: order.index(one.kind))


@dataclass(slots=True)
class _Seen:
    """Who sees a step or outcome, and on how many paths."""

    count: dict[tuple[str, Citizenship], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, paths: list[Path]) -> "_Seen":
        seen = cls()
        for path in paths:
            for name in ("", *path.walked.path):  # what has no step is seen on every path
                seen.count[name, path.citizenship] += 1
        return seen


def _text_changes(
    then: _Side,
    now: _Side,
    old: Flow,
    new: Flow,
    paths_before: list[Path],
    paths_after: list[Path],
) -> Iterator[TextChange]:
    seen_before, seen_after = _Seen.of(paths_before), _Seen.of(paths_after)
    languages = dict.fromkeys([*now.catalogue.languages, *then.catalogue.languages])
    for lang in ("", *languages):
        found: dict[tuple[ShownText, str | None, str | None], list[Citizenship]] = {}
        for who in Citizenship:
            before = shown_texts(old, lang, who) if lang in ("", *then.catalogue.languages) else {}
            after = shown_texts(new, lang, who) if lang in ("", *now.catalogue.languages) else {}
            for shown in dict.fromkeys([*after, *before]):
                text_before = (
                    before.get(shown) if seen_before.count.get((shown.name, who)) else None
                )
                text_after = after.get(shown) if seen_after.count.get((shown.name, who)) else None
                if text_before != text_after:
                    found.setdefault((shown, text_before, text_after), []).append(who)
        for (shown, text_before, text_after), whose in found.items():
            seen = seen_after if text_after is not None else seen_before
            paths = sum(seen.count.get((shown.name, who), 0) for who in whose)
            yield TextChange(shown, lang, tuple(whose), text_before, text_after, paths)
