"""The value of a fact in writing, to tell whether it is another now. It is for no person's eyes."""

from datetime import date
from typing import assert_never

from bot.guide.catalogue import Catalogue
from bot.guide.fact import FactValue, Range
from bot.guide.text import LocalText


def written(value: FactValue) -> str:
    """Equal values are written alike, by any release."""
    match value:
        case int():
            return str(value)
        case Range(low, high):
            return f"{low}-{high}"
        case date():
            return value.isoformat()
        case LocalText():
            return value.in_language("ru")  # that of the law; a better translation changes no fact
        case _:
            assert_never(value)


def written_values(catalogue: Catalogue) -> dict[str, str]:
    """Of all facts with a value on the day of the catalogue, by id."""
    values = ((fact.id, fact.value_on(catalogue.day)) for fact in catalogue.facts.values())
    return {fact: written(value) for fact, value in values if value is not None}
