"""contacts.yaml: hotlines and offices."""

from typing import Annotated, Literal

from pydantic import Field

from bot.editorial.files.facts import REVIEW_AFTER
from bot.editorial.problem import Problem, error
from bot.editorial.schema import (
    Citizenships,
    Day,
    Email,
    FileModel,
    Id,
    Language,
    Latitude,
    Local,
    Longitude,
    PhoneNumber,
    ShortNumber,
    Text,
    Url,
    together,
)
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlNode
from bot.guide.contact import Contact, Phone
from bot.guide.fact import Confidence
from bot.guide.place import Point

_Confidence = Annotated[Confidence, Field(strict=False)]


class _PhoneModel(FileModel):
    number: PhoneNumber
    confidence: _Confidence | None = None


class ContactModel(FileModel):
    id: Id
    kind: Literal[
        "emergency",
        "hotline",
        "embassy",
        "consulate",
        "state",
        "ngo",
        "union",
        "legal-aid",
        "shelter",
    ]
    name: Local
    phones: list[_PhoneModel] = []
    short_numbers: list[ShortNumber] = []
    hours: Local | None = None
    languages: list[Language] = []
    address: Local | None = None
    city: Id | None = None
    region: Id | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    serves: Citizenships
    url: Url | None = None
    email: Email | None = None
    show_link: bool = True
    purpose: Local | None = Field(default=None, alias="for")
    source: Id
    checked: Day
    review: Day | None = None
    confidence: _Confidence
    note: Text | None = None


def read_contacts(node: YamlNode | None, file: str) -> tuple[Table[Contact], list[Problem]]:
    return read_table(node, file, ContactModel, _contact)


def _contact(model: ContactModel, entry: Entry[ContactModel]) -> Made[Contact]:
    problems = []
    if not (model.phones or model.short_numbers or model.url or model.email or model.address):
        problems.append(error(entry.place("id"), "contact-unreachable", contact=model.id))
    if model.city and model.region:
        problems.append(error(entry.place("region"), "city-and-region", contact=model.id))
    if (model.latitude is None) != (model.longitude is None):
        field = "longitude" if model.latitude is None else "latitude"
        problems.append(error(entry.place(field), "half-a-point", contact=model.id))
    if problems:
        return None, problems
    point = None
    if model.latitude is not None and model.longitude is not None:
        point = Point(model.latitude, model.longitude)
    phones = [Phone(p.number, p.confidence or model.confidence) for p in model.phones]
    phones += [Phone(number, model.confidence) for number in model.short_numbers]
    return (
        Contact(
            id=model.id,
            kind=model.kind,
            name=model.name,
            purpose=model.purpose,
            phones=tuple(phones),
            hours=model.hours,
            languages=tuple(model.languages),
            address=model.address,
            city=model.city,
            region=model.region,
            point=point,
            serves=together(model.serves),
            url=model.url if model.show_link else None,
            email=model.email,
            source=model.source,
            checked=model.checked,
            review=model.review or model.checked + REVIEW_AFTER,
            confidence=model.confidence,
        ),
        [],
    )
