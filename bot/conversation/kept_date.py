"""A date that a person has asked to be reminded of, as the conversation sees it. It must not know how it is stored."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KeptDate:
    """`name` is which date of the flow it is; `zone` a name of the IANA data base. `settled`: the person has done it."""

    id: str
    flow: str
    name: str
    day: date
    zone: str
    settled: bool = False
