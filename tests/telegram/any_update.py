"""Any update that Telegram can send, as JSON, made from aiogram's own types.

It knows no kind of update by name: a field that aiogram learns tomorrow is sent tomorrow.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.client.default import Default
from aiogram.types import Chat, ContentType, Message, TelegramObject, Update
from hypothesis import strategies as st
from typing_extensions import TypeAliasType

Json = dict[str, Any]
Values = st.SearchStrategy[Any]

KINDS = tuple(name for name in Update.model_fields if name != "update_id")
# A message is one of these things. The other fields say more about it.
CONTENTS = frozenset(kind.value for kind in ContentType) & frozenset(Message.model_fields)

# Telegram takes NUL and lone halves of surrogate pairs out; all else can be typed.
TYPED = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_INJECTIONS = st.sampled_from(
    [
        "'; DROP TABLE turns; --",
        '{"update_id": 1}',
        "<script>alert(1)</script>",
        "{0} {person} %s %(text)s ${jndi:ldap://x}",
        "/start\n/forget",
        "/ask@other_bot паспорт",
        "../../../etc/passwd",
        "\u202e\u200f\u2066אבג\u2069",
        "\x01\x07\x1b[31m\r\n\x7f\x85\u2028\ufeff",
        "👨‍👩‍👧‍👦🇰🇬🏳️‍🌈",
        "e\u0301\u0489\u0338",
        "где зарегистрироваться",
        "паспортумду алып койду",
    ]
)
# Of full length, without a choice for each character.
_LONG = (_INJECTIONS | st.text(TYPED, min_size=1, max_size=3)).map(
    lambda piece: (piece * 4096)[:4096]
)
TEXTS = _INJECTIONS | st.text(TYPED, min_size=1, max_size=40) | _LONG

_SIMPLE: dict[Any, Values] = {
    bool: st.booleans(),
    # "at most 52 significant bits"
    int: st.integers(-(2**52), 2**52) | st.integers(0, 3),
    float: st.floats(-180, 180),
    str: st.text(TYPED, max_size=8),
    datetime: st.integers(0, 2**31 - 1),
    timedelta: st.integers(0, 2**31 - 1),
    Any: st.text(TYPED, max_size=8),
}
# Where aiogram's types say less than Telegram's documentation does.
_BY_NAME: dict[tuple[type[TelegramObject], str], Values] = {
    (Chat, "type"): st.sampled_from(["private", "group", "supergroup", "channel"]),
    (Message, "text"): TEXTS,
    (Message, "caption"): TEXTS,
}
# Deeper than a reply to a forwarded message with its parts is only more of the same.
_DEEPEST = 4
_MOST_OPTIONAL = 3


def updates(*kinds: str) -> st.SearchStrategy[Json]:
    """Updates of these kinds, or of any."""

    def of_kind(kind: str) -> st.SearchStrategy[Json]:
        body = _values(Update.model_fields[kind].annotation, 1)
        return st.fixed_dictionaries({"update_id": st.integers(1, 2**31 - 1), kind: body})

    return st.sampled_from(kinds or KINDS).flatmap(of_kind)


def messages(*contents: str) -> st.SearchStrategy[Json]:
    """Messages that are one of these things each, as every message is."""

    def of_content(content: str) -> st.SearchStrategy[Json]:
        value = _field(Message, content, 2).filter(lambda one: one not in ([], False, 0, ""))
        rest = _object(Message, 1, without=CONTENTS)
        return st.builds(lambda body, one: {**body, content: one}, rest, value)

    return st.sampled_from(contents).flatmap(of_content)


@cache
def _object(
    model: type[TelegramObject], depth: int, *, without: Collection[str] = frozenset()
) -> st.SearchStrategy[Json]:
    """The JSON of an object: required fields, and now and then some of the others."""
    fields = {name: field for name, field in model.model_fields.items() if name not in without}
    # A type of many kinds has its kind's name as a default: Telegram always sends it.
    always = [
        name
        for name, field in fields.items()
        if field.is_required() or get_origin(field.annotation) is Literal
    ]
    others = [name for name in fields if name not in always] if depth < _DEEPEST else []

    @st.composite
    def made(draw: Callable[[Values], Any]) -> Json:
        some = st.lists(st.sampled_from(others or [""]), max_size=_MOST_OPTIONAL, unique=True)
        chosen = [*always, *(draw(some) if others else [])]
        return {
            fields[name].alias or name: draw(_field(model, name, depth + 1)) for name in chosen
        }

    return made()


def _field(model: type[TelegramObject], name: str, depth: int) -> Values:
    if (model, name) in _BY_NAME:
        return _BY_NAME[model, name]
    return _values(model.model_fields[name].annotation, depth)


def _values(annotation: Any, depth: int) -> Values:
    """JSON that a field with this annotation can hold; never null, as Telegram leaves such fields out."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _values(arguments[0], depth)
    if isinstance(annotation, TypeAliasType):
        return _values(annotation.__value__, depth)
    if origin in {Union, UnionType}:
        kinds = [one for one in arguments if one not in {NoneType, Default}]
        # At the bottom only what contains nothing more, so that every tree ends.
        plain = [one for one in kinds if one in _SIMPLE] if depth >= _DEEPEST else []
        return st.one_of([_values(one, depth) for one in plain or kinds])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        return st.lists(_values(arguments[0], depth), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, TelegramObject):
        return st.deferred(lambda: _object(annotation, depth))
    return _SIMPLE[annotation]
