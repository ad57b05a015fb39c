"""dangers/<danger id>.yaml: whole messages of people in this danger, and of people who only use its words.

The words by which a danger is recognised are another file: `bot.editorial.files.dangers`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.editorial.files.lines import Lines, read_lines
from bot.editorial.problem import Problem
from bot.editorial.schema import FileModel, validated
from bot.editorial.yaml_tree import YamlMap, YamlNode


class DangerLinesModel(FileModel):
    """The two mappings are read line by line, so that a mistake in one spoils no other."""

    cries: object = None
    calm: object = None


@dataclass(frozen=True, slots=True)
class DangerLines:
    """`cries` are typed when the danger is there, `calm` when it is past, or somebody wants to know the law."""

    cries: Lines = field(default_factory=dict)
    calm: Lines = field(default_factory=dict)


def read_danger_lines(
    node: YamlNode, file: str, languages: Sequence[str]
) -> tuple[DangerLines, list[Problem]]:
    _, problems = validated(DangerLinesModel, node, file)
    written = {key.text: value for key, value in node.entries} if isinstance(node, YamlMap) else {}
    read: dict[str, Lines] = {}
    for kind in DangerLinesModel.model_fields.keys() & written.keys():
        read[kind], found = read_lines(written[kind], file, languages)
        problems += found
    return DangerLines(**read), problems
