"""`joldosh unanswered`: questions that found no answer, for staff, in groups. It must not show words that few have asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rich.console import Console

from bot.errors import JoldoshError
from bot.search.grouping import FEWEST, MOST_TEXTS, Group, grouped
from bot.search.piece_vectors import NEAR, ngram_vectors
from bot.settings import Settings
from db.engine import make_engine
from db.errors import StoreError
from db.unanswered import Unanswered, UnansweredOnDay

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A group as it is printed. The counts are by language, citizenship and refused memo, the most frequent first."""

    count: int
    languages: dict[str, int]
    citizenships: dict[str, int]
    first: date
    last: date
    samples: tuple[str, ...]
    refused: dict[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """`rare` questions are in groups of fewer than `FEWEST`, `left_out` were older than what can be compared."""

    questions: int
    topics: tuple[Topic, ...]
    rare: int
    left_out: int


async def read_overview(settings: Settings, first: date, last: date, lang: str | None) -> Overview:
    """Groups of the questions of these days, largest first. Raises `JoldoshError` when the store does not answer."""
    engine = make_engine(settings.database_url.get_secret_value())
    try:
        asked = [row async for row in Unanswered(engine).rows(first, last, lang)]
    except StoreError as error:
        raise JoldoshError(str(error)) from error
    finally:
        await engine.dispose()
    asked.sort(key=lambda one: one.day, reverse=True)
    compared = asked[:MOST_TEXTS]
    groups = grouped([one.row.text for one in compared], ngram_vectors, NEAR)
    topics = tuple(_topic(group, compared) for group in groups if len(group.members) >= FEWEST)
    shown = sum(topic.count for topic in topics)
    return Overview(
        len(asked), topics, rare=len(compared) - shown, left_out=len(asked) - len(compared)
    )


def as_json(overview: Overview) -> dict[str, object]:
    return {
        "questions": overview.questions,
        "groups": [
            {
                "count": topic.count,
                "languages": topic.languages,
                "citizenships": topic.citizenships,
                "first": topic.first.isoformat(),
                "last": topic.last.isoformat(),
                "samples": topic.samples,
                "refused": topic.refused,
            }
            for topic in overview.topics
        ],
        "rare": overview.rare,
        "left_out": overview.left_out,
    }


def print_overview(overview: Overview, first: date, last: date, out: Console) -> None:
    out.print(f"Questions without an answer from {first} to {last}: {overview.questions}")
    for topic in overview.topics:
        out.print()
        who = f"{_counts(topic.languages)}; {_counts(topic.citizenships)}"
        out.print(f"{topic.count} times, {topic.first} to {topic.last} ({who})", style="bold")
        for sample in topic.samples:
            out.print(f"  - {sample}", markup=False)
        if topic.refused:
            out.print(f"  did not help: {_counts(topic.refused)}", markup=False)
    if overview.rare:
        out.print(f"\n{overview.rare} more, each asked fewer than {FEWEST} times")
    if overview.left_out:
        out.print(f"{overview.left_out} older ones were not compared: choose a later --since")


def _topic(group: Group, asked: list[UnansweredOnDay]) -> Topic:
    members = [asked[place] for place in group.members]
    days = [one.day for one in members]
    return Topic(
        count=len(members),
        languages=_by_frequency(one.row.lang for one in members),
        citizenships=_by_frequency(one.row.citizenship for one in members),
        first=min(days),
        last=max(days),
        samples=tuple(asked[place].row.text for place in islice(group.typical, _SAMPLES)),
        refused=_by_frequency(one.row.memo for one in members if one.row.memo),
    )


def _by_frequency(values: Iterable[str | None]) -> dict[str, int]:
    """Equal counts in the order of the alphabet, so that the same questions print the same; "-" was never told."""
    counted = Counter(value or "-" for value in values)
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
