"""What waits for a translator of one language: memos whose text is outdated or missing, and short texts that are missing.

It must not know who reads them how often; that comes in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.editorial.changes import BaseChanges, base_changes
from bot.editorial.edition import Edition
from bot.editorial.exchange.exporting import Only
from bot.editorial.exchange.short_exporting import export_short_rows
from bot.editorial.exchange.table import Row
from bot.editorial.snapshot import Snapshot
from bot.editorial.translation import TranslationState, translation_status

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Order(StrEnum):
    OLDEST = "oldest"
    MOST_READ = "read"


@dataclass(frozen=True, slots=True)
class WaitingMemo:
    """`title` is that of the base text. `changes` say what came since; None for a text that is missing."""

    memo: str
    title: str
    state: TranslationState
    changes: BaseChanges | None

    @property
    def is_outdated(self) -> bool:
        return self.state is TranslationState.OUTDATED

    @property
    def made_from(self) -> datetime | None:
        """When the text that it was made from was published; None when that is not known."""
        return self.changes.earlier.when if self.changes and self.changes.earlier else None


@dataclass(frozen=True, slots=True)
class TranslationQueue:
    """`short` are the rows of short texts without a translation; `left_out` are files of them that cannot be read."""

    lang: str
    memos: tuple[WaitingMemo, ...]
    short: tuple[Row, ...]
    left_out: tuple[str, ...]


def translation_queue(
    content_dir: Path, edition: Edition, snapshot: Snapshot, lang: str
) -> TranslationQueue:
    """Slow, as it looks through the history of the folder for what outdated texts were made from: call it in a thread."""
    base_language = edition.languages[0]
    status = translation_status(edition)[lang]
    found = base_changes(content_dir, edition, snapshot, (*status.outdated, *status.missing), lang)
    waiting = tuple(
        WaitingMemo(
            one.memo,
            one.base.front.value.title,
            one.state,
            one if one.state is TranslationState.OUTDATED else None,
        )
        for one in found
    )
    short = export_short_rows(snapshot, base_language, lang, Only.MISSING)
    return TranslationQueue(lang, waiting, short.rows, short.left_out)


def in_order(
    memos: Sequence[WaitingMemo], order: Order, reads: Mapping[str, int]
) -> tuple[WaitingMemo, ...]:
    """The oldest first, a missing text before all, or the most read first; what is equal, by the other, then as it was."""
    age = {
        one.memo: _LONG_AGO if not one.is_outdated else one.made_from or _LONG_AGO for one in memos
    }
    if order is Order.MOST_READ:
        return tuple(sorted(memos, key=lambda one: (-reads.get(one.memo, 0), age[one.memo])))
    return tuple(
        sorted(memos, key=lambda one: (one.is_outdated, age[one.memo], -reads.get(one.memo, 0)))
    )
