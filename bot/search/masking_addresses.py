"""Where somebody lives: a street with the number of a house, a house, a flat. It must leave a street without a number,
which is where things happen, and cities.
"""

from collections.abc import Iterator

from bot.search.masking_numbers import is_counted
from bot.search.masking_text import Item, Kind, Span, TextRead, beginnings_of, is_apart, words_of

_STREET, _HOUSE = words_of("addresses", "street"), words_of("addresses", "house")
_PART, _AT = words_of("addresses", "part"), words_of("addresses", "at")
_CAPITALS = beginnings_of("names", "capitals")

# "ул. Юсуфа Баласагына, 12": words between a street and its number.
_LONGEST_NAME = 4
_LONGEST_GAP = 3
_LONGEST_NUMBER = 4


def addresses(read: TextRead) -> Iterator[Span]:
    for at, item in enumerate(read.items):
        if item.is_number:
            continue
        if item.folded in _STREET:
            span = _street(read, at)
        elif item.folded in _HOUSE:
            span = _house(read, at)
        elif item.has_capital and at and read.items[at - 1].folded in _AT:
            span = _named(read, at)
        else:
            span = None
        if span:
            yield span


def _street(read: TextRead, at: int) -> Span | None:
    items = read.items
    number = next(
        (
            place
            for place in range(at + 1, min(at + 2 + _LONGEST_NAME, len(items)))
            if _is_house_number(read, place)
        ),
        None,
    )
    if number is not None and all(_is_near(one) for one in items[at + 1 : number + 1]):
        between = items[at + 1 : number]
        # "on the street two policemen" is no address, "on street Lenin 2" is; a small name is one word.
        is_name = (
            len(between) <= 1 or any(one.has_capital for one in between) or len(items[at].raw) <= 3
        )
        if is_name:
            start = at
            while not between and start > max(at - 2, 0) and _is_name_before(items, start):
                start -= 1
            if between or start < at:
                return Span(items[start].start, _end(read, number), Kind.ADDRESS)
    # "5 Baker Street", "12 Lenin street".
    for before in (at - 2, at - 3):
        if (
            before >= 0
            and _is_house_number(read, before)
            and all(_is_near(one) for one in items[before + 1 : at + 1])
        ):
            return Span(items[before].start, items[at].end, Kind.ADDRESS)
    return None


def _house(read: TextRead, at: int) -> Span | None:
    items = read.items
    if at + 1 < len(items) and _is_house_number(read, at + 1) and _is_near(items[at + 1]):
        return Span(items[at].start, _end(read, at + 1), Kind.ADDRESS)
    if at and items[at].gap == "-" and _is_house_number(read, at - 1, is_counting_checked=False):
        return Span(items[at - 1].start, _end(read, at), Kind.ADDRESS)
    return None


def _named(read: TextRead, at: int) -> Span | None:
    """«на Ленина 45»."""
    items = read.items
    number = at + 1
    if (
        number < len(items)
        and _is_house_number(read, number)
        and items[number].gap in (" ", ", ", "-")
    ):
        if items[at].folded.startswith(_CAPITALS):
            return None
        return Span(items[at].start, _end(read, number), Kind.ADDRESS)
    return None


def _is_house_number(read: TextRead, at: int, *, is_counting_checked: bool = True) -> bool:
    items = read.items
    if not items[at].is_number or len(items[at].raw) > _LONGEST_NUMBER:
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    return not (
        is_counting_checked
        and following is not None
        and len(following.gap) <= 1
        and is_counted(following)
    )


def _is_name_before(items: tuple[Item, ...], at: int) -> bool:
    before = items[at - 1]
    is_first = items[at].folded in _STREET
    return (
        not before.is_number
        and items[at].gap in (" ", "-")
        and (is_first or before.raw[0].isupper())
    )


def _is_near(item: Item) -> bool:
    return len(item.gap) <= _LONGEST_GAP and not is_apart(item.gap)


def _end(read: TextRead, at: int) -> int:
    """The end of what goes on from a number of a house: letters, blocks, flats."""
    items = read.items
    while at + 1 < len(items):
        following = items[at + 1]
        if not _is_near(following):
            break
        is_part = following.folded in _HOUSE or following.folded in _PART
        is_letter = (
            len(following.raw) == 1 and not following.is_number and following.gap in ("", "-", "/")
        )
        leads_on = at + 2 < len(items) and items[at + 2].is_number and _is_near(items[at + 2])
        if following.is_number and _is_house_number(read, at + 1):
            at += 1
        elif is_part and leads_on:
            at += 2
        elif is_letter:
            at += 1
        else:
            break
    return items[at].end
