"""A field of a form as a template draws it, and what may be chosen in it."""

from dataclasses import dataclass

from bot.editorial.edition import Edition
from bot.editorial.schema import CITIZENSHIP_NAMES
from bot.guide.citizenship import GROUPS
from bot.i18n.interface import Words

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Input:
    """`widget`: text, area, select, ticks or switch. `values` are what is in it, `options` pairs of value and label."""

    name: str
    label: str
    widget: str
    values: tuple[str, ...] = ()
    type: str = "text"
    options: Options = ()
    hint: str = ""
    problems: tuple[str, ...] = ()
    lang: str = ""
    list: str = ""
    rows: int = 2
    required: bool = False

    @property
    def value(self) -> str:
        return next(iter(self.values), "")


@dataclass(frozen=True, slots=True)
class Group:
    """A field. With one input it has no name of its own; `rows` are those of a list, the last one to be filled in."""

    name: str
    label: str
    inputs: tuple[Input, ...] = ()
    rows: tuple[tuple[Input, ...], ...] = ()
    hint: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        every = (*self.inputs, *(one for row in self.rows for one in row))
        return bool(self.problems) or any(one.problems for one in every)


def references(edition: Edition, to: str, lang: str) -> Options:
    """Ids with their names in a language."""
    match to:
        case "sources":
            return tuple(
                (one.value.id, one.value.title.in_language(lang)) for one in edition.sources
            )
        case "series":
            return tuple(
                (one.value.id, one.value.title.in_language(lang)) for one in edition.places.series
            )
        case "regions":
            return tuple(
                (one.value.id, one.value.name.in_language(lang)) for one in edition.places.regions
            )
        case _:
            return tuple(
                (city.id, city.name.in_language(lang))
                for region in edition.places.regions
                for city in region.value.cities
            )


def audience_name(name: str, words: Words, interface: Words) -> str:
    """A citizenship or a group of them in words."""
    if name in GROUPS:
        return words.say(f"group-{name}")
    return interface.say(f"citizenship-{name}") if name in CITIZENSHIP_NAMES else name
