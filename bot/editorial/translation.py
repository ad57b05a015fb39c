"""Which translations there are, and whether they were made from the base text as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.editorial.edition import Edition, edition_of
from bot.editorial.files.memos import FENCE, MemoFiles
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.editorial.writing import replace_file
from bot.errors import ContentError


class TranslationState(StrEnum):
    COMPLETE = "complete"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """Ids of the listed memos by the state of their text in one language, in the order of the guide."""

    complete: tuple[str, ...]
    outdated: tuple[str, ...]
    missing: tuple[str, ...]


def translation_state(memo: MemoFiles, lang: str, base_language: str) -> TranslationState:
    """The state of one text. A base text is complete; a translation without a hash counts as outdated."""
    text = memo.texts.get(lang)
    base = memo.texts.get(base_language)
    if text is None:
        return TranslationState.MISSING
    if lang == base_language or (base is not None and text.front.value.base == base.hash):
        return TranslationState.COMPLETE
    return TranslationState.OUTDATED


def translation_status(edition: Edition) -> Mapping[str, LanguageStatus]:
    """For every language of the guide, the base included."""
    return {lang: _language_status(edition, lang) for lang in edition.languages}


def accept(content_dir: Path, memo_id: str, lang: str) -> str:
    """Write into a translation that it was made from the base text as it is now, and nothing else.

    Returns the hash that was written. Raises as `accepted`.
    """
    snapshot = take_snapshot(content_dir)
    file, data, base = accepted(snapshot, edition_of(snapshot), memo_id, lang)
    replace_file(content_dir / file, data)
    return base


def accepted(
    snapshot: Snapshot, edition: Edition, memo_id: str, lang: str
) -> tuple[str, bytes, str]:
    """The file of a translation, its bytes once it is said to be made from the base text as it is now, and the hash of that.

    `edition` is that of the snapshot. Raises `ContentError` when there is no such translation, or it or its base text
    has errors.
    """
    if not edition.contents:
        raise ContentError("guide.yaml has errors; see `joldosh content check`")
    memo = edition.memos.get(memo_id)
    spoiled = memo.spoiled if memo else frozenset()
    base_language = edition.contents.value.base_language
    base = edition.text(memo_id, base_language) if base_language not in spoiled else None
    translation = edition.text(memo_id, lang) if lang not in spoiled else None
    if base is None or translation is None:
        raise ContentError(
            f"memo {memo_id} has no text in {lang} and {edition.languages[0]} that can be read"
        )
    if base is translation:
        raise ContentError(f"{lang} is the base language; there is nothing to accept")
    data = with_base(snapshot.files[translation.file], base.hash)
    return translation.file, data, base.hash


def with_base(data: bytes, base: str) -> bytes:
    """A translation with this `base` in its front matter, every other byte as it was."""
    lines = data.splitlines(keepends=True)
    line_end = b"\r\n" if lines[0].endswith(b"\r\n") else b"\n"
    written = (
        b'base: "' + base.encode() + b'"' + line_end
    )  # quoted: digits alone would be a number
    end = next(n for n, line in enumerate(lines) if n and line.rstrip() == FENCE.encode())
    for number in range(1, end):
        if lines[number].startswith(b"base:"):
            lines[number] = written
            break
    else:
        lines.insert(end, written)
    return b"".join(lines)


def _language_status(edition: Edition, lang: str) -> LanguageStatus:
    by_state: dict[TranslationState, list[str]] = {state: [] for state in TranslationState}
    for memo_id in edition.listed_memos:
        memo = edition.memos.get(memo_id)
        state = (
            translation_state(memo, lang, edition.languages[0])
            if memo
            else TranslationState.MISSING
        )
        by_state[state].append(memo_id)
    return LanguageStatus(
        complete=tuple(by_state[TranslationState.COMPLETE]),
        outdated=tuple(by_state[TranslationState.OUTDATED]),
        missing=tuple(by_state[TranslationState.MISSING]),
    )
