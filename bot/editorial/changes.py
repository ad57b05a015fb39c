"""What changed in a base text since a translation was made from it, word by word. It must not judge whether it matters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

from bot.editorial.edition import Edition
from bot.editorial.exchange.pairing import pair_states
from bot.editorial.exchange.segments import Kind, Segment, segments_of
from bot.editorial.files.memos import MemoText
from bot.editorial.history import EarlierText, earlier_texts
from bot.editorial.snapshot import Snapshot
from bot.editorial.translation import TranslationState, translation_state
from bot.editorial.usage import contacts_shown, facts_shown

# A placeholder is one word; so is a word with its hyphens and apostrophes.
_TOKEN = re.compile(r"\{[^{}]*\}|\w+(?:[-'\u2019]\w+)*|\s+|[^\w\s]")


GAP = "⋯\n"  # where a text goes on as it was


class Op(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One heading, paragraph, item or quote that is new, gone or worded otherwise."""

    kind: Kind
    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class NameChange:
    """Facts, contacts or parts that a text has won or lost."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaseChanges:
    """From the text that a translation was made from (`earlier`, None when it is not known) to `base`."""

    memo: str
    lang: str
    state: TranslationState
    base: MemoText
    made_from: str | None
    source: str
    earlier: EarlierText | None = None
    changes: tuple[Change, ...] = ()
    facts: NameChange = NameChange((), ())
    contacts: NameChange = NameChange((), ())
    parts: NameChange = NameChange((), ())

    @property
    def words(self) -> int:
        """How many words came or went."""
        return sum(
            sum(bool(token.strip()) for token in _TOKEN.findall(piece.text))
            for change in self.changes
            for piece in change.pieces
            if piece.op is not Op.SAME
        )


def base_changes(
    content_dir: Path, edition: Edition, snapshot: Snapshot, memos: Sequence[str], lang: str
) -> list[BaseChanges]:
    """For memos that have a base text: the state of the translation, and what it has to catch up with."""
    known = older_bases(content_dir, edition, memos, lang)
    return [
        _changes(edition, snapshot, memo, lang, known.get(memo))
        for memo in memos
        if edition.text(memo, edition.languages[0]) is not None
    ]


def older_bases(
    content_dir: Path, edition: Edition, memos: Sequence[str], lang: str
) -> Mapping[str, EarlierText]:
    """What outdated translations were made from, where the history has it."""
    wanted = {
        memo: text.front.value.base
        for memo in memos
        if (text := edition.text(memo, lang)) and text.front.value.base
        if _state(edition, memo, lang) is TranslationState.OUTDATED
    }
    return earlier_texts(content_dir, edition.languages[0], wanted) if wanted else {}


def word_changes(then: str, now: str) -> tuple[Piece, ...]:
    """How one text became another, by words. Joined without what was added it is `then`, without what was removed `now`."""
    before, after = _TOKEN.findall(then), _TOKEN.findall(now)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, first_after, last_after in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Op.SAME, "".join(before[first:last])))
            continue
        for op, words in (
            (Op.REMOVED, before[first:last]),
            (Op.ADDED, after[first_after:last_after]),
        ):
            if words:
                pieces.append(Piece(op, "".join(words)))
    return tuple(pieces)


def shortened(pieces: Sequence[Piece], around: int = 120) -> tuple[Piece, ...]:
    """With no more of what stayed the same than about so many characters beside each change: whole lines where they fit."""
    last = len(pieces) - 1
    return tuple(
        replace(
            piece, text=_cut(piece.text, 0 if at == 0 else around, 0 if at == last else around)
        )
        if piece.op is Op.SAME
        else piece
        for at, piece in enumerate(pieces)
    )


def _cut(text: str, before: int, after: int) -> str:
    """The first and the last characters of a text, with a mark between them."""
    if len(text) <= 2 * (before + after):
        return text
    beginning, end = text[:before], text[len(text) - after :]
    beginning = beginning[: beginning.rfind("\n") + 1] or beginning
    end = end[end.find("\n") + 1 :] or end
    return f"{beginning}{GAP}{end}"


def marked(pieces: Sequence[Piece]) -> str:
    """With plain marks: `[-old-]{+new+}`."""
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.op].format(piece.text) for piece in pieces)


def changes_between(now: Sequence[Segment], then: Sequence[Segment]) -> tuple[Change, ...]:
    """In the order of the text as it is now; what is gone stands before what came after it."""
    return tuple(_between(now, then))


def _between(now: Sequence[Segment], then: Sequence[Segment]) -> Iterator[Change]:
    pairs = pair_states(now, then)
    left = list(then)
    paired = set(pairs.values())
    for segment in now:
        older_name = pairs.get(segment.name)
        if older_name is None:
            yield Change(segment.kind, segment.part, (Piece(Op.ADDED, segment.text),))
            continue
        while left[0].name != older_name:
            if left[0].name not in paired:
                yield _gone(left[0])
            left.pop(0)
        older = left.pop(0)
        if older.text != segment.text:
            yield Change(segment.kind, segment.part, word_changes(older.text, segment.text))
    yield from map(_gone, (one for one in left if one.name not in paired))


def _gone(segment: Segment) -> Change:
    return Change(segment.kind, segment.part, (Piece(Op.REMOVED, segment.text),))


def _state(edition: Edition, memo: str, lang: str) -> TranslationState:
    return translation_state(edition.memos[memo], lang, edition.languages[0])


def _changes(
    edition: Edition,
    snapshot: Snapshot,
    memo: str,
    lang: str,
    earlier: EarlierText | None,
) -> BaseChanges:
    base, text = edition.text(memo, edition.languages[0]), edition.text(memo, lang)
    assert base is not None
    source = snapshot.text(base.file) or ""
    made_from = text.front.value.base if text else None
    found = BaseChanges(memo, lang, _state(edition, memo, lang), base, made_from, source)
    if earlier is None:
        return found
    then = earlier.text
    return replace(
        found,
        earlier=earlier,
        changes=changes_between(segments_of(source), segments_of(earlier.source)),
        facts=_names(_facts(then), _facts(base)),
        contacts=_names(_contacts(then), _contacts(base)),
        parts=_names(then.body.headings(), base.body.headings()),
    )


def _facts(text: MemoText) -> list[str]:
    return [s.fact for branch in text.body.branches() for s in facts_shown(branch.blocks)]


def _contacts(text: MemoText) -> list[str]:
    return [use.name for branch in text.body.branches() for use in contacts_shown(branch.blocks)]


def _names(then: Sequence[str], now: Sequence[str]) -> NameChange:
    before, after = dict.fromkeys(then), dict.fromkeys(now)
    return NameChange(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )
