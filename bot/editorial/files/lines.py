"""Lines that people type, by language: example questions and other files that search reads and nobody sees.

A line is the text as it was written, with quotation marks or without: people type numbers and a bare "no" too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar

LONGEST = (
    300  # characters; what is longer is a story, and says too much to be an example of one thing
)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: Place


Lines = Mapping[str, tuple[Line, ...]]


def texts_of(lines: Lines) -> dict[str, tuple[str, ...]]:
    """The texts alone, by language."""
    return {lang: tuple(line.text for line in typed) for lang, typed in lines.items()}


def read_lines(
    node: YamlNode, file: str, languages: Sequence[str]
) -> tuple[dict[str, tuple[Line, ...]], list[Problem]]:
    """A mapping of language to list: all lines that could be read, beside the problems in the rest."""
    if not isinstance(node, YamlMap):
        return {}, [error(Place(file, node.line), "not-a-mapping")]
    lines: dict[str, tuple[Line, ...]] = {}
    problems: list[Problem] = []
    for key, listed in node.entries:
        place = Place(file, key.line)
        if key.text not in languages:
            known = ", ".join(languages)
            problem = error(place, "unknown-language", lang=key.text, known=known)
            problems.append(problem.suggesting(nearest(key.text, languages)))
        elif not isinstance(listed, YamlList):
            problems.append(error(place, "not-a-list"))
        else:
            read = [_line(item, file, key.text) for item in listed.items]
            lines[key.text] = tuple(one for one in read if isinstance(one, Line))
            problems += [one for one in read if isinstance(one, Problem)]
    return lines, problems


def _line(node: YamlNode, file: str, lang: str) -> Line | Problem:
    place = Place(file, node.line)
    if not isinstance(node, YamlScalar):
        return error(place, "not-a-text", field=lang)
    text = " ".join(node.text.split())
    if not text:
        return error(place, "line-empty")
    if len(text) > LONGEST:
        return error(place, "line-too-long", length=len(text), limit=LONGEST)
    return Line(text, place)
