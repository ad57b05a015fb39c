"""Which piece of one text stands for which piece of another: a base text and its translation, or two states of a base text.

Order is kept. Translations are not line by line: some explain a quote that the base text leaves alone.
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from bot.editorial.exchange.segments import FRONT, Segment

Likeness = Callable[[Segment, Segment], float]

_ALIKE = 0.4  # of the characters: below it a sentence was not changed but written anew


def pair_translation(
    base: Sequence[Segment], translation: Sequence[Segment], older_base: Sequence[Segment] = ()
) -> dict[str, str]:
    """By the name of a piece of the base text: the piece of the translation that says it.

    `older_base` is the text that the translation was made from, when that is known: its pieces are told from those
    of the base text by their words, which is safer than by their shape.
    """
    if not older_base:
        return _paired(base, translation, _same_shape)
    to_older = pair_states(base, older_base)
    to_translation = _paired(older_base, translation, _same_shape)
    return {
        name: to_translation[older] for name, older in to_older.items() if older in to_translation
    }


def pair_states(now: Sequence[Segment], then: Sequence[Segment]) -> dict[str, str]:
    """By the name of a piece of a text: what it was in an earlier state of the same text."""
    pairs: dict[str, str] = {}
    texts = SequenceMatcher(None, [o.text for o in now], [o.text for o in then], autojunk=False)
    for tag, first, last, first_then, last_then in texts.get_opcodes():
        ours, theirs = now[first:last], then[first_then:last_then]
        if tag == "equal" or [one.kind for one in ours] == [one.kind for one in theirs]:
            pairs |= {one.name: other.name for one, other in zip(ours, theirs, strict=True)}
        elif tag == "replace":
            pairs |= _paired(ours, theirs, _same_words)
    return pairs


def _paired(
    ours: Sequence[Segment], theirs: Sequence[Segment], likeness: Likeness
) -> dict[str, str]:
    """The pairing in order with the greatest sum of likenesses; a likeness of 0 pairs nothing."""
    front = {one.name for one in theirs if one.kind in FRONT}
    pairs = {one.name: one.name for one in ours if one.name in front}
    rows = [one for one in ours if one.kind not in FRONT]
    columns = [one for one in theirs if one.kind not in FRONT]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    like: dict[tuple[int, int], float] = {}
    for r in range(len(rows) - 1, -1, -1):
        for c in range(len(columns) - 1, -1, -1):
            best[r][c] = max(best[r + 1][c], best[r][c + 1])
            if rows[r].kind is columns[c].kind:
                like[r, c] = likeness(rows[r], columns[c])
                if like[r, c] > 0:
                    best[r][c] = max(best[r][c], like[r, c] + best[r + 1][c + 1])
    return pairs | _traced(rows, columns, best, like)


def _traced(
    rows: Sequence[Segment],
    columns: Sequence[Segment],
    best: Sequence[Sequence[float]],
    like: Mapping[tuple[int, int], float],
) -> dict[str, str]:
    pairs: dict[str, str] = {}
    r = c = 0
    while r < len(rows) and c < len(columns):
        likeness = like.get((r, c), 0.0)
        if likeness > 0 and best[r][c] == likeness + best[r + 1][c + 1]:
            pairs[rows[r].name] = columns[c].name
            r, c = r + 1, c + 1
        elif best[r][c] == best[r + 1][c]:
            r += 1
        else:
            c += 1
    return pairs


def _same_shape(base: Segment, translation: Segment) -> float:
    """How well two pieces of two languages fit: same part, same facts, nearly the same length."""
    if base.part != translation.part:
        return 0.0
    facts = 1.0 if base.facts == translation.facts else -0.5
    bold = 0.3 if base.text.count("**") == translation.text.count("**") else 0.0
    shorter, longer = sorted((len(base.text), len(translation.text)))
    same = 1.0 if base.text == translation.text else 0.0
    return 1.0 + facts + bold + same + shorter / max(longer, 1)


def _same_words(now: Segment, then: Segment) -> float:
    part = 0.2 if now.part == then.part else 0.0
    matcher = SequenceMatcher(None, now.text, then.text, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio + part if ratio >= _ALIKE else 0.0
