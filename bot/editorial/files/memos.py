"""The files of one memo: `memo.yaml`, the base text, its translations, and what people ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from bot.editorial.base_hash import base_hash
from bot.editorial.files.dangers import unknown_citizenships
from bot.editorial.files.lines import Lines
from bot.editorial.markdown import MarkdownReader
from bot.editorial.parts import read_parts
from bot.editorial.problem import Place, Problem, error
from bot.editorial.schema import FileModel, Id, Text, validated
from bot.editorial.table import Entry
from bot.editorial.template import Body
from bot.editorial.yaml_tree import YamlMap, YamlNode, YamlScalar, locate, read_yaml
from bot.guide.citizenship import EVERYBODY, Citizenship, members

SETTINGS = "memo.yaml"
QUESTIONS = "questions.yaml"
TEXT_SUFFIX = ".md"
BUTTONS = 4  # under a memo, of each kind: more push the text off a small screen
FENCE = "---"


class SettingsModel(FileModel):
    id: Id
    related: Annotated[list[Id], Field(max_length=BUTTONS)] = []
    contacts: Annotated[list[Id], Field(max_length=BUTTONS)] = []
    relies: list[Id] = []
    cards: Annotated[list[Id], Field(max_length=BUTTONS)] = []
    contacts_for: dict[str, list[Id]] = {}
    series: Annotated[list[Id], Field(max_length=BUTTONS)] = []
    directory: (
        Literal["all", "hotlines", "consulates", "state", "legal-aid", "shelters", "ngos"] | None
    ) = None
    checks: Annotated[list[Id], Field(max_length=BUTTONS)] = []
    mostly_for: list[str] = []


class FrontMatterModel(FileModel):
    title: Text
    summary: Text
    base: object = None  # read as it stands: a hash of digits alone is a number to YAML
    questions: object = None  # stood here once, and does in older states of the texts


@dataclass(frozen=True, slots=True)
class Settings:
    """`contacts_for` and `mostly_for` have the keys as they were written: citizenships or groups."""

    related: tuple[str, ...]
    contacts: tuple[str, ...]
    relies: tuple[str, ...]
    contacts_for: Mapping[str, tuple[str, ...]]
    cards: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    directory: str | None = None
    checks: tuple[str, ...] = ()
    mostly_for: tuple[str, ...] = ()

    @property
    def asked_by(self) -> frozenset[Citizenship]:
        """Whom `mostly_for` names; nobody when everybody asks."""
        return frozenset().union(*(members(key) or () for key in self.mostly_for))

    def contacts_of(self, citizenship: Citizenship) -> tuple[str, ...]:
        """Contacts for this citizenship, those of the narrowest key first, the common ones last; each once."""
        fitting = [
            (len(audience), names)
            for key, names in self.contacts_for.items()
            if citizenship in (audience := members(key) or frozenset())
        ]
        narrowest_first = [names for _, names in sorted(fitting, key=lambda pair: pair[0])]
        return tuple(
            dict.fromkeys(name for names in (*narrowest_first, self.contacts) for name in names)
        )


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`base` is the hash of the base text a translation was made from."""

    title: str
    summary: str
    base: str | None


@dataclass(frozen=True, slots=True)
class MemoText:
    """One language's text of a memo. `hash` is what a translation made from this text carries as `base`."""

    lang: str
    front: Entry[FrontMatter]
    body: Body
    hash: str

    @property
    def file(self) -> str:
        return self.front.file

    @property
    def readers(self) -> frozenset[Citizenship]:
        """Every citizenship can open every memo."""
        return EVERYBODY


@dataclass(frozen=True, slots=True)
class MemoFiles:
    """`spoiled` are languages whose text is there and has errors: what could be read of it is in `texts`, so that
    its other mistakes are found in the same look. `questions` are what people type who need this memo.
    """

    id: str
    folder: str
    settings: Entry[Settings] | None
    texts: Mapping[str, MemoText]
    spoiled: frozenset[str]
    questions: Lines


def read_settings(
    node: YamlNode | None, file: str, memo_id: str
) -> tuple[Entry[Settings] | None, list[Problem]]:
    model, problems = validated(SettingsModel, node, file)
    if model is None or not isinstance(node, YamlMap):
        return None, problems
    settings = Settings(
        related=tuple(model.related),
        contacts=tuple(model.contacts),
        relies=tuple(model.relies),
        contacts_for=MappingProxyType(
            {key: tuple(ids) for key, ids in model.contacts_for.items()}
        ),
        cards=tuple(model.cards),
        series=tuple(model.series),
        directory=model.directory,
        checks=tuple(model.checks),
        mostly_for=tuple(model.mostly_for),
    )
    entry = Entry(settings, file, node)
    problems += unknown_citizenships(model.contacts_for, entry, "contacts_for")
    problems += unknown_citizenships(model.mostly_for, entry, "mostly_for")
    if model.id != memo_id:
        problems.append(
            error(entry.place("id"), "memo-id-not-folder", name=model.id, folder=memo_id)
        )
    return (None if problems else entry), problems


def read_text(text: str, file: str, lang: str) -> tuple[MemoText | None, list[Problem]]:
    """A Markdown file with its front matter: all of it that could be read, beside the problems in the rest."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, [error(Place(file, 1), "no-front-matter")]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        return None, [error(Place(file, 1), "front-matter-not-closed")]
    front, problems = _front_matter("\n".join(lines[1:end]), file)
    body_lines = lines[end + 1 :]
    reader = MarkdownReader(file)
    body, part_problems = read_parts(body_lines, end + 2, file, reader.blocks)
    problems += [*part_problems, *reader.problems]
    if not body.parts:
        problems.append(error(Place(file, end + 1), "empty-text"))
    if front is None or not body.parts:
        return None, problems
    made_of = base_hash(front.value.title, front.value.summary, body_lines)
    return MemoText(lang, front, body, made_of), problems


def _front_matter(text: str, file: str) -> tuple[Entry[FrontMatter] | None, list[Problem]]:
    node, found = read_yaml(text, file, first_line=2)
    problems = list(found)
    if node is None and problems:
        return None, problems
    model, invalid = validated(FrontMatterModel, node, file)
    problems += invalid
    if model is None or not isinstance(node, YamlMap):
        return None, problems
    base = locate(node, "base")[0]
    front = FrontMatter(
        title=" ".join(model.title.split()),
        summary=" ".join(model.summary.split()),
        base=base.text or None if isinstance(base, YamlScalar) else None,
    )
    entry = Entry(front, file, node)
    problems += [
        error(entry.place(field), "placeholder-in-front", field=field)
        for field, value in (("title", front.title), ("summary", front.summary))
        if "{" in value or "}" in value
    ]
    if "questions" in model.model_fields_set:
        problems.append(error(entry.place("questions"), "questions-in-text", file=QUESTIONS))
    return entry, problems
