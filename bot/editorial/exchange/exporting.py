"""The rows of a table for a translator: every piece of the chosen memos with its translation, if there is one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.editorial.changes import marked, older_bases, word_changes
from bot.editorial.edition import Edition
from bot.editorial.exchange.pairing import pair_states, pair_translation
from bot.editorial.exchange.segments import Segment, segments_of
from bot.editorial.exchange.table import Mark, Row, RowState, Table, fingerprint
from bot.editorial.history import EarlierText
from bot.editorial.snapshot import Snapshot
from bot.editorial.translation import translation_state

ONLY_HERE = "only-"


class Only(StrEnum):
    ALL = "all"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Export:
    """`left_out` are memos with errors: a text that cannot be read cannot be cut into rows."""

    table: Table
    memos: tuple[str, ...]
    left_out: tuple[str, ...]


def export_rows(
    content_dir: Path,
    edition: Edition,
    snapshot: Snapshot,
    lang: str,
    memos: Sequence[str],
    only: Only = Only.ALL,
) -> Export:
    """The table of these memos in the order given."""
    base_language = edition.languages[0]
    chosen = [memo for memo in memos if _is_wanted(edition, memo, lang, only)]
    spoiled = [memo for memo in chosen if edition.memos[memo].spoiled & {base_language, lang}]
    sound = [memo for memo in chosen if memo not in spoiled]
    older = older_bases(content_dir, edition, sound, lang)
    rows = [row for memo in sound for row in _rows(edition, snapshot, memo, lang, older.get(memo))]
    return Export(Table(base_language, lang, tuple(rows)), tuple(sound), tuple(spoiled))


def _is_wanted(edition: Edition, memo: str, lang: str, only: Only) -> bool:
    if edition.text(memo, edition.languages[0]) is None:
        return False
    state = translation_state(edition.memos[memo], lang, edition.languages[0])
    return only is Only.ALL or state == only.value


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row without its number: a piece of the base text, of the translation, or of both."""

    base: Segment | None
    text: Segment | None
    state: RowState
    note: str = ""


def _rows(
    edition: Edition, snapshot: Snapshot, memo: str, lang: str, older: EarlierText | None
) -> Iterator[Row]:
    base_text, text = edition.text(memo, edition.languages[0]), edition.text(memo, lang)
    assert base_text is not None
    base = segments_of(snapshot.text(base_text.file) or "")
    translation = segments_of(snapshot.text(text.file) or "") if text else ()
    is_current = text is not None and text.front.value.base == base_text.hash
    pieces = list(_pieces(base, translation, older, is_current))
    for number, piece in enumerate(pieces, 1):
        source = piece.base.text if piece.base else ""
        target = piece.text.text if piece.text else ""
        place = piece.text.name if piece.text else None
        segment = piece.base or piece.text
        assert segment is not None
        mark = Mark(
            base_text.hash, number, len(pieces), place, fingerprint(source), fingerprint(target)
        )
        name = segment.name if piece.base else f"{ONLY_HERE}{segment.name}"
        yield Row(
            f"{memo}:{name}",
            segment.part,
            segment.kind,
            source,
            target,
            piece.state,
            piece.note,
            mark,
        )


def _pieces(
    base: Sequence[Segment],
    translation: Sequence[Segment],
    older: EarlierText | None,
    is_current: bool,
) -> Iterator[_Piece]:
    """In the order of the base text; what only the translation has stands before the piece it precedes there."""
    then = segments_of(older.source) if older else ()
    pairs = pair_translation(base, translation, then)
    before = pair_states(base, then) if older else {}
    older_text = {segment.name: segment.text for segment in then}
    by_name = {segment.name: segment for segment in translation}
    left = [one for one in translation if one.name not in pairs.values()]
    position = {segment.name: number for number, segment in enumerate(translation)}
    for segment in base:
        text = by_name.get(pairs.get(segment.name, ""))
        while text and left and position[left[0].name] < position[text.name]:
            yield _Piece(None, left.pop(0), RowState.ONLY_HERE)
        if text is None:
            yield _Piece(segment, None, RowState.NEW)
        elif is_current:
            yield _Piece(segment, text, RowState.TRANSLATED)
        elif not older:
            yield _Piece(segment, text, RowState.CHECK)
        else:
            was = older_text.get(before.get(segment.name, ""), "")
            yield _compared(segment, text, was)
    for one in left:
        yield _Piece(None, one, RowState.ONLY_HERE)


def _compared(segment: Segment, text: Segment, was: str) -> _Piece:
    if was == segment.text:
        return _Piece(segment, text, RowState.TRANSLATED)
    return _Piece(segment, text, RowState.CHANGED, marked(word_changes(was, segment.text)))
