"""Which fields the entries of each file have in their forms, in the order in which new entries are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from bot.editorial.edition import CONTACTS, FACTS, GLOSSARY, SOURCES
from bot.editorial.files.contacts import ContactModel
from bot.editorial.files.sources import SourceModel
from bot.editorial.forms.fields import (
    ChoiceByLanguageField,
    ChoiceField,
    ChoicesField,
    Field,
    LocalField,
    NamesByLanguageField,
    NamesField,
    ReferenceField,
    SwitchField,
    TextField,
)
from bot.editorial.forms.ledger import Data
from bot.editorial.forms.posted import FieldProblem, Posted, wrong
from bot.editorial.forms.rows import PhonesField, ValuesField
from bot.editorial.schema import CITIZENSHIP_NAMES, ID_LENGTH, LANGUAGES, is_id
from bot.guide.fact import Confidence, FactKind

ID = "id"

SOURCE_KINDS: tuple[str, ...] = get_args(SourceModel.model_fields["kind"].annotation)
CONTACT_KINDS: tuple[str, ...] = get_args(ContactModel.model_fields["kind"].annotation)
TERM_KINDS = ("law", "document", "office", "action", "everyday")
CONFIDENCES = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class EntryForm:
    """`subject` is what a draft of the file is called. `like` are fields by which a new entry finds its neighbour."""

    subject: str
    file: str
    fields: tuple[Field, ...]
    like: tuple[str, ...]

    def inputs(self, data: Data) -> dict[str, Sequence[str]]:
        """The texts of every input, by its name. The id is no input: it is for ever."""
        return {
            name: texts
            for field in self.fields
            for name, texts in field.inputs(data.get(field.name)).items()
        }

    def read(self, posted: Posted, before: Data) -> tuple[dict[str, object], list[FieldProblem]]:
        """What the entry should say, fields that have no input as they were, and what is wrong with the inputs."""
        data: dict[str, object] = {ID: before[ID]} if ID in before else {}
        problems = posted.problems()
        for field in self.fields:
            value, found = field.read(posted, before.get(field.name))
            problems += found
            if value is not None or (field.name in before and before[field.name] is None):
                data[field.name] = value
            elif field.is_required:
                problems.append(wrong(field.name, "missing-field", field=field.name))
        return {
            **data,
            **{key: one for key, one in before.items() if key not in self._names},
        }, problems

    @property
    def _names(self) -> frozenset[str]:
        return frozenset({field.name for field in self.fields} | {ID})

    def neighbour(self, entries: Mapping[str, Data], new: Data) -> str | None:
        """Behind which entry a new one belongs: the last that is most like it; None for the end of the file."""
        for name in self.like:
            same = [
                key for key, one in entries.items() if new.get(name) and one.get(name) == new[name]
            ]
            if same:
                return same[-1]
        return None


def id_problems(name: str, taken: Mapping[str, object]) -> list[FieldProblem]:
    """Why this cannot be the id of a new entry."""
    if not is_id(name):
        return [wrong(ID, "bad-id", text=name, limit=ID_LENGTH)]
    if name in taken:
        return [wrong(ID, "duplicate-id", name=name, first=taken[name])]
    return []


FACT_FORM = EntryForm(
    subject="facts",
    file=FACTS,
    like=("series", "source"),
    fields=(
        ChoiceField("kind", tuple(FactKind), is_required=True),
        TextField("statement", is_required=True, shape="area"),
        ChoicesField("applies", CITIZENSHIP_NAMES, is_required=True),
        ReferenceField("series", "series"),
        ReferenceField("region", "regions"),
        ValuesField(),
        ReferenceField("source", "sources", is_required=True),
        TextField("article"),
        TextField("checked", is_required=True, shape="day"),
        ChoiceField("confidence", CONFIDENCES, is_required=True),
        TextField("review", shape="day"),
        TextField("note", shape="area"),
    ),
)

SOURCE_FORM = EntryForm(
    subject="sources",
    file=SOURCES,
    like=("kind",),
    fields=(
        LocalField("title", is_required=True),
        ChoiceField("kind", SOURCE_KINDS, is_required=True),
        TextField("date"),
        TextField("url", shape="url"),
        SwitchField("show_link"),
        SwitchField("show"),
        TextField("checked", is_required=True, shape="day"),
        TextField("review", shape="day"),
        TextField("note", shape="area"),
    ),
)

CONTACT_FORM = EntryForm(
    subject="contacts",
    file=CONTACTS,
    like=("kind",),
    fields=(
        ChoiceField("kind", CONTACT_KINDS, is_required=True),
        LocalField("name", is_required=True),
        PhonesField(),
        NamesField("short_numbers"),
        LocalField("hours"),
        ChoicesField("languages", LANGUAGES),
        ChoicesField("serves", CITIZENSHIP_NAMES, is_required=True),
        LocalField("address"),
        ReferenceField("city", "cities"),
        ReferenceField("region", "regions"),
        TextField("latitude"),
        TextField("longitude"),
        TextField("url", shape="url"),
        TextField("email", shape="email"),
        SwitchField("show_link"),
        LocalField("for"),
        ReferenceField("source", "sources", is_required=True),
        TextField("checked", is_required=True, shape="day"),
        ChoiceField("confidence", CONFIDENCES, is_required=True),
        TextField("review", shape="day"),
        TextField("note", shape="area"),
    ),
)

TERM_FORM = EntryForm(
    subject="glossary",
    file=GLOSSARY,
    like=("kind",),
    fields=(
        ChoiceField("kind", TERM_KINDS),
        TextField("ru", is_required=True),
        TextField("ky", is_required=True),
        TextField("en", is_required=True),
        TextField("uz"),
        TextField("uz_cyrl"),
        TextField("tg"),
        TextField("gloss_ru", shape="area"),
        TextField("gloss_ky", shape="area"),
        NamesByLanguageField("also"),
        NamesByLanguageField("allowed"),
        ChoicesField("paraphrase", LANGUAGES),
        NamesByLanguageField("forbidden"),
        NamesByLanguageField("colloquial"),
        NamesField("confusable"),
        ChoiceByLanguageField("confidence", CONFIDENCES),
        TextField("note", shape="area"),
    ),
)

FORMS: Mapping[str, EntryForm] = MappingProxyType(
    {form.subject: form for form in (FACT_FORM, SOURCE_FORM, CONTACT_FORM, TERM_FORM)}
)
