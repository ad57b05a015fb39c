"""The types of fields in content files, and pydantic's errors turned into problems with lines.

The shape of each file stands beside what is made of it, in `bot.editorial.files`. Strict: a text is a text, an
unknown field is an error.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.yaml_tree import YamlMap, YamlNode, YamlScalar, locate, value_of
from bot.guide.citizenship import GROUPS, Citizenship, members
from bot.guide.text import LocalText

Audience = frozenset[Citizenship]
CITIZENSHIP_NAMES = (*map(str, Citizenship), *GROUPS)

# Languages that texts may be written in ahead of the day when guide.yaml offers them to persons.
LANGUAGES = ("ru", "ky", "en", "uz", "tg")

# Ids stand in buttons of at most 64 bytes, beside a language, a citizenship and a page.
ID_LENGTH = 40
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PARTIAL_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,10})?")
_COUNTRY = re.compile(r"[a-z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_NUMBER = re.compile(r"\d{2,5}")
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")


class FileModel(BaseModel):
    """A mapping in a content file."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True
    )


def is_id(text: str) -> bool:
    return len(text) <= ID_LENGTH and _ID.fullmatch(text) is not None


def _fail(code: str, **values: str | int) -> PydanticCustomError:
    return PydanticCustomError(code, code, values)


def _text(text: str) -> str:
    if not text.strip():
        raise _fail("empty-field")
    return text.strip()


def _shaped(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise _fail(code, text=text)
        return text

    return check


def _id(text: str) -> str:
    if not is_id(text):
        raise _fail("bad-id", text=text, limit=ID_LENGTH)
    return text


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # a day that no month has
        pass
    raise _fail("bad-date", text=_shown(value))


def _partial_day(value: object) -> str:
    text = str(value) if isinstance(value, int) else value  # a bare year is a number to YAML
    if not isinstance(text, str) or not _PARTIAL_DAY.fullmatch(text):
        raise _fail("bad-date", text=_shown(value))
    return text


def _local_text(value: object) -> LocalText:
    if isinstance(value, str):
        return LocalText(anywhere=_text(value))
    if not isinstance(value, dict) or not value:
        raise _fail("bad-local-text")
    for lang, text in value.items():
        if not isinstance(text, str) or not text.strip():
            raise _fail("bad-translation", lang=lang)
    return LocalText({lang: text.strip() for lang, text in value.items()})


def _degrees(limit: int) -> Callable[[object], float]:
    """Degrees as they are written: YAML's own numbers with a point are texts to us."""

    def read(value: object) -> float:
        text = str(value) if isinstance(value, int | str) else ""
        if not _DEGREES.fullmatch(text) or abs(float(text)) > limit:
            raise _fail("bad-degrees", text=_shown(value), limit=limit)
        return float(text)

    return read


def _audience(name: object) -> Audience:
    if not isinstance(name, str) or (audience := members(name)) is None:
        raise _fail("unknown-citizenship", name=_shown(name))
    return audience


def together(audiences: Iterable[Audience]) -> Audience:
    """Everybody who is in one of them."""
    return frozenset().union(*audiences)


Text = Annotated[str, AfterValidator(_text)]
Id = Annotated[str, AfterValidator(_id)]
Day = Annotated[date, PlainValidator(_day)]
PartialDay = Annotated[str, PlainValidator(_partial_day)]
Language = Annotated[str, AfterValidator(_shaped(_LANGUAGE, "bad-language"))]
PhoneNumber = Annotated[str, AfterValidator(_shaped(_PHONE, "bad-phone"))]
ShortNumber = Annotated[str, AfterValidator(_shaped(_SHORT_NUMBER, "bad-short-number"))]
Country = Annotated[str, AfterValidator(_shaped(_COUNTRY, "bad-country"))]
Email = Annotated[str, AfterValidator(_shaped(_EMAIL, "bad-email"))]
Latitude = Annotated[float, PlainValidator(_degrees(90))]
Longitude = Annotated[float, PlainValidator(_degrees(180))]
Url = Annotated[str, AfterValidator(_shaped(_URL, "bad-url"))]
Local = Annotated[LocalText, PlainValidator(_local_text)]
CitizenshipName = Annotated[Audience, PlainValidator(_audience)]
Citizenships = Annotated[list[CitizenshipName], Field(min_length=1)]

M = TypeVar("M", bound=FileModel)


def validated(
    model: type[M], node: YamlNode | None, file: str, line: int = 1
) -> tuple[M | None, list[Problem]]:
    """The node as a model, or None with what is wrong with it. `line` serves when there is no node."""
    if not isinstance(node, YamlMap):
        where = Place(file, node.line if node is not None else line)
        return None, [error(where, "not-a-mapping")]
    try:
        return model.model_validate(value_of(node)), []
    except ValidationError as invalid:
        return None, [_problem(details, model, node, file) for details in invalid.errors()]


def _problem(details: ErrorDetails, model: type[FileModel], root: YamlMap, file: str) -> Problem:
    path = details["loc"]
    kind = details["type"]
    node, line = locate(root, *path)
    place = Place(file, line)
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    values = {key: str(value) for key, value in details.get("ctx", {}).items()}
    match kind:
        case "missing":
            return error(place, "missing-field", field=name)
        case "extra_forbidden":
            return error(place, "unknown-field", field=name).suggesting(
                nearest(name, _fields(model))
            )
        case "string_type":
            return error(place, _text_problem(node, name), **_written(node, name))
        case "enum" | "literal_error":
            written = _shown(details["input"])
            allowed = values["expected"].replace("'", "").replace(" or ", ", ")
            suggestion = nearest(written, allowed.split(", "))
            return error(
                place, "unknown-choice", field=name, text=written, allowed=allowed
            ).suggesting(suggestion)
        case "too_long":
            return error(place, "too-many", field=name, limit=values["max_length"])
        case "too_short":
            return error(place, "empty-field", field=name)
        case "unknown-citizenship":
            return error(place, kind, **values).suggesting(
                nearest(values["name"], CITIZENSHIP_NAMES)
            )
        case _ if "-" in kind:  # ours: see `_fail`
            return error(place, kind, **{"field": name, **values})
        case _:
            return error(place, "wrong-type", field=name, expected=kind.removesuffix("_type"))


def _text_problem(node: YamlNode, name: str) -> str:
    match node:
        case YamlScalar(_, False) if value_of(node) is None:
            return "empty-field"
        case YamlScalar(_, False):
            is_phone = name in ("number", "short_numbers", "phones")
            return "unquoted-phone" if is_phone else "unquoted-number"
        case _:
            return "not-a-text"


def _written(node: YamlNode, name: str) -> dict[str, str]:
    return {"field": name, "text": node.text if isinstance(node, YamlScalar) else ""}


def _fields(model: type[FileModel]) -> list[str]:
    """Names of fields as they are written, those of models inside included."""
    names: list[str] = []
    for name, info in model.model_fields.items():
        names.append(info.alias or name)
        for inner in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, FileModel):
                names += _fields(inner)
    return names


def _shown(value: object) -> str:
    return "" if value is None else str(value)[:80]
