"""The answers that a rule was given, by the kind it asked for.

A flow is proven to give each input an answer of its kind, so that another kind is a mistake of ours and not of a person.
"""

from collections.abc import Mapping
from datetime import date

from bot.errors import ContentError
from bot.guide.rule import Answer, Stay


def day_in(answers: Mapping[str, Answer], name: str) -> date:
    day = optional_day_in(answers, name)
    if day is None:
        raise ContentError(f"the rule was not given the day {name}")
    return day


def optional_day_in(answers: Mapping[str, Answer], name: str) -> date | None:
    answer = answers.get(name)
    if answer is None or isinstance(answer, date):
        return answer
    raise ContentError(f"{name} is no day")


def id_in(answers: Mapping[str, Answer], name: str) -> str | None:
    """The id of a choice or a region; None when the input was left out."""
    answer = answers.get(name)
    if answer is None or isinstance(answer, str):
        return answer
    raise ContentError(f"{name} is no id")


def stays_in(answers: Mapping[str, Answer], name: str) -> tuple[Stay, ...]:
    answer = answers.get(name)
    if isinstance(answer, tuple):
        return answer
    raise ContentError(f"{name} are no stays")
