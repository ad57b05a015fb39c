"""The fields of a flow's form: where each stands in the data of its part, how it reads, and what it makes of the data.

A field whose text did not change leaves the data as they are. Whether something may stand there is the business of the
checks, so that the form says the same as `joldosh content check`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.text_file import UNPRINTABLE
from bot.guide.citizenship import GROUPS, Citizenship
from bot.guide.rule import Rule

Data = dict[str, object]
Way = tuple[str | int, ...]

# Everybody first, then groups, then citizenships: the keys by which files name readers.
READERS = ("all", *(name for name in GROUPS if name != "all"), *Citizenship)
TICKED = "yes"
TICKS = "ticks"  # the field that says that boxes which were not sent are empty

_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
_BREAKS = re.compile("[\x85\u2028\u2029]")
# New fields are put in this order; what a part has already stays where it stands.
_ORDER = [
    "id",
    "urgent",
    "title",
    "about",
    "for",
    "dates",
    "start",
    "ask",
    "by",
    "rule",
    "with",
    "past",
    "ahead",
    "min",
    "max",
    "text",
    "hint",
    "label",
    "choices",
    "next",
    "steps",
    "outcomes",
    "memos",
    "contacts",
    "contacts_for",
    "relies",
    "keep",
    "mends",
]
_ORDER_OF_CHOICE = ("id", "label", "next", "for")


class Shape(StrEnum):
    LINE = "line"
    LINES = "lines"  # a text of several lines
    NUMBER = "number"
    NAMES = "names"  # ids with commas between them
    ONE = "one"  # one of several ids
    TICK = "tick"  # true, or not there
    MEMBER = "member"  # whether the last step of the way is in the list before it


@dataclass(frozen=True, slots=True)
class FlowField:
    """`way` leads through the data of the part. `value` is how it reads now."""

    name: str
    shape: Shape
    way: Way
    value: str


def fields_of_head(data: Data, languages: Sequence[str], dates: Sequence[str]) -> list[FlowField]:
    """What the flow as a whole says. `dates` are those that its rules work out."""
    found = [*_texts(data, languages, "title"), *_texts(data, languages, "about")]
    found += _members(data, ("for",), "for", READERS)
    found.append(_field(data, "start", Shape.ONE, ("start",)))
    for name in dates:
        found += _texts(data, languages, f"date-{name}", ("dates", name))
    return found


def fields_of_step(data: Data, languages: Sequence[str], rule: Rule | None) -> list[FlowField]:
    kind = kind_of_step(data)
    if kind == "by":
        return list(_ways(data, READERS))
    if kind == "rule":
        return [
            _field(data, "rule", Shape.ONE, ("rule",)),
            *(
                _field(data, f"with-{name}", Shape.ONE, ("with", name))
                for name in _keys(data.get("with"), rule.inputs if rule else ())
            ),
            *_ways(data, rule.routes if rule else ()),
        ]
    found = [*_texts(data, languages, "text"), *_texts(data, languages, "hint")]
    if kind == "choice":
        for number, choice in choices_of(data):
            found += _choice(data, languages, number, str(choice.get("id")))
        return found
    limits = {"date": ("past", "ahead"), "number": ("min", "max")}.get(kind, ())
    found += [_field(data, name, Shape.NUMBER, (name,)) for name in limits]
    return [*found, _field(data, "next", Shape.ONE, ("next",))]


def fields_of_outcome(
    data: Data, languages: Sequence[str], dates: Sequence[str]
) -> list[FlowField]:
    """`dates` are those that can be kept."""
    found = [
        *_texts(data, languages, "title"),
        *_texts(data, languages, "text", shape=Shape.LINES),
    ]
    found += [_field(data, name, Shape.NAMES, (name,)) for name in ("memos", "contacts", "relies")]
    found += [
        _field(data, f"contacts-{who}", Shape.NAMES, ("contacts_for", who)) for who in READERS[1:]
    ]
    found += _members(data, ("keep",), "keep", _keys(data.get("keep"), dates))
    return [*found, *(_field(data, name, Shape.TICK, (name,)) for name in ("urgent", "mends"))]


def kind_of_step(data: Mapping[str, object]) -> str:
    """choice, date, number, region, stays, by or rule; empty where the step says nothing that is known."""
    ask = data.get("ask")
    if ask in ("choice", "date", "number", "region", "stays"):
        return str(ask)
    return next((name for name in ("by", "rule") if name in data), "")


def choices_of(data: Mapping[str, object]) -> Iterator[tuple[int, Data]]:
    """The choices of a step with their numbers, each id once."""
    seen: set[str] = set()
    choices = data.get("choices")
    for number, one in enumerate(choices if isinstance(choices, list) else ()):
        if isinstance(one, dict) and isinstance(name := one.get("id"), str) and name not in seen:
            seen.add(name)
            yield number, one


def written_into(data: Data, fields: Sequence[FlowField], form: Mapping[str, str]) -> Data:
    """The data with what the form says; a field that is not sent, or reads as before, stays."""
    made = deepcopy(data)
    has_ticks = TICKS in form
    for one in fields:
        is_box = one.shape in (Shape.TICK, Shape.MEMBER)
        typed = form.get(one.name, "" if is_box and has_ticks else one.value)
        typed = cleaned(typed, one.shape)
        if typed != one.value:
            _write(made, one, typed)
    return made


def cleaned(text: str, shape: Shape) -> str:
    """As it can stand in a file: no character that it refuses, no blanks at the ends of lines."""
    text = _BREAKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = UNPRINTABLE.sub("", text)
    if shape is not Shape.LINES:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _choice(data: Data, languages: Sequence[str], number: int, name: str) -> Iterator[FlowField]:
    way: Way = ("choices", number)
    yield from _texts(data, languages, f"choice-{name}-label", (*way, "label"))
    yield _field(data, f"choice-{name}-next", Shape.ONE, (*way, "next"))
    yield from _members(data, (*way, "for"), f"choice-{name}-for", READERS)


def _texts(
    data: Data,
    languages: Sequence[str],
    name: str,
    way: Way = (),
    shape: Shape = Shape.LINE,
) -> Iterator[FlowField]:
    for lang in languages:
        yield _field(data, f"{name}-{lang}", shape, (*(way or (name,)), lang))


def _members(data: Data, way: Way, name: str, members: Sequence[str]) -> Iterator[FlowField]:
    for one in members:
        yield _field(data, f"{name}-{one}", Shape.MEMBER, (*way, str(one)))


def _ways(data: Data, names: Sequence[str]) -> Iterator[FlowField]:
    for name in _keys(data.get("next"), names):
        yield _field(data, f"way-{name}", Shape.ONE, ("next", name))


def _keys(now: object, known: object) -> list[str]:
    """What is known, and what the file has besides."""
    has = now if isinstance(now, dict | list) else ()
    known_names = known if isinstance(known, Mapping | list | tuple) else ()
    return list(dict.fromkeys(str(one) for one in (*known_names, *has)))


def _field(data: Data, name: str, shape: Shape, way: Way) -> FlowField:
    if shape is Shape.MEMBER:
        members = at(data, way[:-1])
        return FlowField(
            name, shape, way, TICKED if isinstance(members, list) and way[-1] in members else ""
        )
    value = at(data, way)
    match shape, value:
        case _, None:
            text = ""
        case Shape.TICK, _:
            text = TICKED if value is True else ""
        case Shape.NAMES, list():
            text = ", ".join(map(str, value))
        case Shape.LINES, str():
            text = value.strip("\n")
        case _, bool():
            text = "true" if value else "false"
        case _, str() | int():
            text = " ".join(str(value).split()) if shape is not Shape.LINES else str(value)
        case _:
            text = ""
    return FlowField(name, shape, way, text)


def at(data: object, way: Way) -> object:
    for step in way:
        match data, step:
            case dict(), _:
                data = data.get(step)
            case list(), int() if step < len(data):
                data = data[step]
            case _:
                return None
    return data


def _write(data: Data, field: FlowField, text: str) -> None:
    way = field.way
    match field.shape:
        case Shape.MEMBER:
            now = at(data, way[:-1])
            members = [one for one in now if one != way[-1]] if isinstance(now, list) else []
            _put(data, way[:-1], [*members, way[-1]] if text else members)
        case Shape.TICK:
            _put(data, way, True if text else None)
        case Shape.NUMBER:
            _put(data, way, int(text) if _NUMBER.fullmatch(text) else text)
        case Shape.NAMES:
            _put(data, way, [name for name in re.split(r"[\s,;]+", text) if name])
        case Shape.LINES:
            before = at(data, way)
            ends = isinstance(before, str) and before.endswith("\n")
            is_long = "\n" in text or ends or before is None
            _put(data, way, f"{text}\n" if text and is_long else text)
        case _:
            _put(data, way, text)


def _put(data: Data, way: Way, value: object) -> None:
    """What is empty goes, and a mapping that has nothing left with it."""
    name, inner = way[0], way[1:]
    holder = data if isinstance(name, str) else None
    if holder is None:
        return
    assert isinstance(name, str)
    if not inner:
        if value is None or value in ("", []):
            holder.pop(name, None)
        else:
            _insert(holder, name, value)
        return
    below = holder.get(name)
    if isinstance(inner[0], int):  # into a list: its entries are there
        if isinstance(below, list) and isinstance(entry := below[inner[0]], dict):
            _put(entry, inner[1:], value)
        return
    made = dict(below) if isinstance(below, dict) else {}
    _put(made, inner, value)
    if made:
        _insert(holder, name, made)
    else:
        holder.pop(name, None)


def _insert(data: Data, name: str, value: object) -> None:
    """A new key goes behind the last one that stands before it by the order of fields."""
    order = _ORDER_OF_CHOICE if "label" in data else _ORDER
    if name in data or name not in order:
        data[name] = value
        return
    before = set(order[: order.index(name)])
    keys = list(data)
    position = max((number + 1 for number, key in enumerate(keys) if key in before), default=0)
    keys.insert(position, name)
    made = {key: value if key == name else data[key] for key in keys}
    data.clear()
    data.update(made)
