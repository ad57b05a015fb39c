"""The rows of short texts: names, titles and the like from the YAML files, each with its translation if there is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from bot.editorial.exchange.exporting import Only
from bot.editorial.exchange.short_texts import FILES, ShortText, short_texts
from bot.editorial.exchange.table import Mark, Row, RowState, fingerprint
from bot.editorial.snapshot import Snapshot
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class ShortExport:
    """`left_out` are files that cannot be read."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...]


def export_short_rows(
    snapshot: Snapshot, base_language: str, lang: str, only: Only = Only.ALL
) -> ShortExport:
    """The rows of every file, in its order."""
    rows: list[Row] = []
    left_out = []
    for file in FILES:
        text = snapshot.text(file)
        if text is None:
            continue
        try:
            rows += _rows(file, short_texts(text, file, base_language), lang, only)
        except ContentError:
            left_out.append(file)
    return ShortExport(tuple(rows), tuple(left_out))


def row_id(file: str, one: ShortText) -> str:
    return f"{file}:{one.id}"


def mark_of(row: str, lang: str, source: str, target: str | None) -> Mark:
    """A short text stands alone: its mark tells of which row it is."""
    name = sha256(row.encode()).hexdigest()[:12]
    place = None if target is None else lang
    return Mark(name, 1, 1, place, fingerprint(source), fingerprint(target or ""))


def _rows(file: str, texts: tuple[ShortText, ...], lang: str, only: Only) -> Iterator[Row]:
    for one in texts:
        said = one.said.get(lang)
        target = said.text if said else None
        state = RowState.NEW if target is None else RowState.TRANSLATED
        if only is Only.ALL or (only is Only.MISSING and state is RowState.NEW):
            name = row_id(file, one)
            mark = mark_of(name, lang, one.base.text, target)
            yield Row(name, one.days, one.field, one.base.text, target or "", state, "", mark)
