"""guide.yaml: languages, sections, and the order of the memos."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bot.editorial.problem import Place, Problem, error
from bot.editorial.schema import FileModel, Id, Language, Local, Text, validated
from bot.editorial.table import Entry
from bot.editorial.yaml_tree import YamlMap, YamlNode
from bot.guide.memo import Section


class _SectionModel(FileModel):
    id: Id
    title: Local
    icon: Text
    memos: list[Id]


class GuideModel(FileModel):
    languages: Annotated[list[Language], Field(min_length=1)]
    question_languages: list[Language] = []
    checks: list[Id] = []
    sections: Annotated[list[_SectionModel], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the guide is made of; the first language is the base.

    `question_languages` are those that search knows questions in: persons ask in more languages than texts are in.
    `checks` are guided checks in the order that they are offered in; those that are not named come after them.
    """

    languages: tuple[str, ...]
    question_languages: tuple[str, ...]
    sections: tuple[Section, ...]
    checks: tuple[str, ...] = ()

    @property
    def base_language(self) -> str:
        return self.languages[0]

    def section_of(self) -> dict[str, str]:
        """The section of each memo."""
        return {memo: section.id for section in self.sections for memo in section.memos}


def read_guide(node: YamlNode | None, file: str) -> tuple[Entry[Contents] | None, list[Problem]]:
    model, problems = validated(GuideModel, node, file)
    if model is None or not isinstance(node, YamlMap):
        return None, problems
    contents = Contents(
        tuple(model.languages),
        tuple(model.question_languages or model.languages),
        tuple(Section(s.id, s.title, s.icon, tuple(s.memos)) for s in model.sections),
        tuple(model.checks),
    )
    entry = Entry(contents, file, node)
    problems += _repeated(model, entry)
    missing = [lang for lang in contents.languages if lang not in contents.question_languages]
    if missing:
        place = entry.place("question_languages")
        problems.append(error(place, "question-languages-lack", missing=", ".join(missing)))
    return (None if problems else entry), problems


def _repeated(model: GuideModel, entry: Entry[Contents]) -> list[Problem]:
    """A memo in two places has no one section; a language twice has no one meaning."""
    names = [
        (f"language {lang}", entry.place("languages", i)) for i, lang in enumerate(model.languages)
    ]
    names += [
        (f"question language {lang}", entry.place("question_languages", i))
        for i, lang in enumerate(model.question_languages)
    ]
    for number, section in enumerate(model.sections):
        names.append((f"section {section.id}", entry.place("sections", number, "id")))
        names += [
            (memo, entry.place("sections", number, "memos", position))
            for position, memo in enumerate(section.memos)
        ]
    seen: dict[str, Place] = {}
    problems = []
    for name, place in names:
        if name in seen:
            problems.append(error(place, "duplicate-id", name=name, first=seen[name].line))
        seen.setdefault(name, place)
    return problems
