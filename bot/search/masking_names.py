"""Names of people: from the list of given names, by what announces a name, by how surnames and fathers' names end.

What only looks like a name counts where the writing says so: a capital inside a sentence, or a name beside it.
"""

import re
from collections import deque
from collections.abc import Iterator

from bot.search.given_names import (
    is_name,
    is_name_beside_one,
    is_surname,
    is_surname_of_place,
    may_be_given,
    sound,
)
from bot.search.masking_text import (
    Item,
    Kind,
    Span,
    TextRead,
    beginnings_of,
    folded,
    is_apart,
    words_of,
)

_ANNOUNCING = tuple(
    sorted(
        (tuple(phrase.split()) for phrase in words_of("names", "announcing")),
        key=lambda words: -len(words),
    )
)
_LABELS = tuple(tuple(phrase.split()) for phrase in words_of("names", "labels"))
_FOLLOWING, _CHILD_OF = words_of("names", "following"), words_of("names", "child_of")
_GRAMMAR, _CAPITALS = words_of("names", "grammar"), beginnings_of("names", "capitals")

_STOP = re.compile(r"[.!?,;:…]")
_AFTER_ANNOUNCING = 3
_SHORTEST = 3  # "Ли" is lost to "Из" and "По"
_BESIDE = (" ", "-")
_BEGINNING_WITH_CAPITAL = re.compile(r"[A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ]{3,}")


def names(read: TextRead) -> Iterator[Span]:
    items = read.items
    found: set[int] = set()
    for at, item in enumerate(items):
        if not item.is_number and _is_name(item):
            found.add(at)
    for at in range(len(items)):
        found.update(_announced(read, at))
        found.update(_labelled(read, at))
        found.update(_followed(read, at))
        found.update(_child(items, at, found))
        found.update(_initials(read, at))
    _spread(items, found)
    for at in sorted(found):
        yield Span(items[at].start, items[at].end, Kind.NAME)


def _is_name(item: Item) -> bool:
    if any(map(is_name, [sound(item.folded), *_glued(item.raw)])):
        return True
    return item.has_capital and len(item.raw) >= _SHORTEST and not _is_ordinary(item)


def _glued(raw: str) -> list[str]:
    """What is in "АйбекЖумабеков"."""
    parts = _BEGINNING_WITH_CAPITAL.findall(raw)
    return [sound(folded(part)) for part in parts] if len(parts) > 1 else []


def _announced(read: TextRead, at: int) -> Iterator[int]:
    """What follows "my name is"; what stands before it, when nothing follows."""
    items = read.items
    phrase = _phrase_at(items, at, _ANNOUNCING)
    if phrase is None:
        return
    place = at + len(phrase)
    while place < len(items) and items[place].folded in ("это", "деген", "ето", "ис"):
        place += 1
    begins = place
    for number in range(_AFTER_ANNOUNCING):
        if place >= len(items) or items[place].is_number or is_apart(items[place].gap):
            break
        item = items[place]
        # A dash or a colon leads to the name; afterwards a stop ends it.
        if number and _STOP.search(item.gap) and len(items[place - 1].raw) > 1:
            break
        if item.folded in _GRAMMAR or (number and _is_kept(item)):
            break
        if number == _AFTER_ANNOUNCING - 1 and not _looks_like_name(item):
            break
        yield place
        place += 1
    if place == begins:
        before = at - 1
        while before >= 0 and items[before].folded in ("меня", "мени", "менин", "мое", "мои"):
            before -= 1
        gap = read.gap_after(begins - 1)
        ends = not is_apart(gap) and (begins == len(items) or bool(_STOP.search(gap)))
        if ends and before >= 0 and not _is_ordinary(items[before]):
            yield before


def _labelled(read: TextRead, at: int) -> Iterator[int]:
    """What follows "surname": after a colon anything, else what ends as a surname does."""
    items = read.items
    label = _phrase_at(items, at, _LABELS)
    if label is None:
        return
    begin = at + len(label)
    has_colon = begin < len(items) and bool(re.search(r"[:=]", items[begin].gap))
    for place in range(begin, min(begin + 3, len(items))):
        item = items[place]
        is_after_stop = _STOP.search(item.gap) and not (has_colon and place == begin)
        if item.is_number or is_apart(item.gap) or is_after_stop:
            return
        if item.folded in _GRAMMAR or not (has_colon or is_surname(item.folded)):
            return
        yield place


def _followed(read: TextRead, at: int) -> Iterator[int]:
    """The name before "деген", "байке"."""
    items = read.items
    if not at or items[at].folded not in _FOLLOWING or items[at].gap not in (" ", "-"):
        return
    before = items[at - 1]
    if before.is_capital and not _is_ordinary(before):
        yield at - 1


def _child(items: tuple[Item, ...], at: int, found: set[int]) -> Iterator[int]:
    """«Асан уулу Бакыт»: the father, the word between, and the child."""
    if not at or items[at].folded not in _CHILD_OF or items[at].gap not in (" ", "-"):
        return
    father = items[at - 1]
    is_name = at - 1 in found or father.raw[0].isupper() or may_be_given(sound(father.folded))
    if father.is_number or not is_name or father.folded in _GRAMMAR:
        return
    yield from (at - 1, at)
    if at + 1 < len(items) and items[at + 1].gap == " ":
        child = items[at + 1]
        # «Айсулуу Эркин кызы»: the child has been named already.
        is_named = at > 1 and father.gap == " " and (at - 2 in found or items[at - 2].is_capital)
        if _looks_like_name(child) or not (is_named or _is_ordinary(child)):
            yield at + 1


def _initials(read: TextRead, at: int) -> Iterator[int]:
    """«Жумабеков А. Б.», «А. Жумабеков»: letters with a full stop and the surname beside them."""
    items = read.items
    if not _is_initial(read, at):
        return
    letters = [at]
    while letters[-1] + 1 < len(items) and _is_initial(read, letters[-1] + 1):
        letters.append(letters[-1] + 1)
    before, after = at - 1, letters[-1] + 1
    if before >= 0 and items[at].gap == " " and _may_be_surname(items[before]):
        yield from (before, *letters)
    elif after < len(items) and items[after].gap in (". ", ".") and _may_be_surname(items[after]):
        yield from (*letters, after)


def _is_initial(read: TextRead, at: int) -> bool:
    item = read.items[at]
    return len(item.raw) == 1 and item.raw.isupper() and read.gap_after(at).startswith(".")


def _may_be_surname(item: Item) -> bool:
    return len(item.raw) >= _SHORTEST and item.raw[0].isupper() and not _is_ordinary(item)


def _spread(items: tuple[Item, ...], found: set[int]) -> None:
    """What stands beside a name and looks like one is one."""
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        for beside in (at - 1, at + 1):
            if beside in found or not 0 <= beside < len(items):
                continue
            gap = items[max(at, beside)].gap
            # «Жылкычы Жумабеков»: only the second has a capital that says something.
            begins = beside < at and items[at].has_capital and items[beside].is_capital
            is_first = begins and not _is_ordinary(items[beside])
            is_one = is_first or _looks_like_name(items[beside])
            if gap in _BESIDE and is_one:
                found.add(beside)
                waiting.append(beside)


def _is_ordinary(item: Item) -> bool:
    return item.is_number or item.folded in _GRAMMAR or _is_kept(item)


def _looks_like_name(item: Item) -> bool:
    if _is_ordinary(item):
        return False
    return item.has_capital or is_name_beside_one(sound(item.folded))


def _phrase_at(
    items: tuple[Item, ...], at: int, phrases: tuple[tuple[str, ...], ...]
) -> tuple[str, ...] | None:
    for phrase in phrases:
        if tuple(item.folded for item in items[at : at + len(phrase)]) == phrase:
            return phrase
    return None


def _is_kept(item: Item) -> bool:
    """A place or an office with any ending; «Казанцев» and «Ошакбаев» only begin like one."""
    for beginning in _CAPITALS:
        if item.folded.startswith(beginning):
            more = len(item.folded) - len(beginning)
            if more <= (2 if len(beginning) > 4 else 1) or (
                (len(beginning) > 3 or more <= 3) and not is_surname_of_place(item.folded)
            ):
                return True
    return False
