"""wording.yaml: what people do not say, by language, and what they say instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.schema import LANGUAGES, FileModel, Text, validated
from bot.editorial.table import Entry
from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode

_PHRASE = re.compile(r"\*?[\w-]+\*?(?: \*?[\w-]+\*?)*")


class _EntryModel(FileModel):
    wrong: Annotated[list[Text], Field(alias="not", min_length=1)]
    say: Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; `*` before or after a word stands for any letters. `say` is for staff to read."""

    lang: str
    wrong: str
    say: str


def read_wording(node: YamlNode | None, file: str) -> tuple[tuple[Phrase, ...], list[Problem]]:
    """Lists of entries by language."""
    if not isinstance(node, YamlMap):
        return (), [error(Place(file, node.line if node else 1), "not-a-mapping")]
    found: list[Phrase | Problem] = []
    for key, entries in node.entries:
        if key.text not in LANGUAGES:
            place = Place(file, key.line)
            problem = error(place, "unknown-language", lang=key.text, known=", ".join(LANGUAGES))
            found.append(problem.suggesting(nearest(key.text, LANGUAGES)))
        elif not isinstance(entries, YamlList):
            found.append(error(Place(file, key.line), "not-a-list"))
        else:
            for item in entries.items:
                found += _phrases(item, key.text, file)
    problems = [one for one in found if isinstance(one, Problem)]
    return tuple(one for one in found if isinstance(one, Phrase)), problems


def _phrases(item: YamlNode, lang: str, file: str) -> Iterator[Phrase | Problem]:
    model, problems = validated(_EntryModel, item, file)
    yield from problems
    if model is None or not isinstance(item, YamlMap):
        return
    entry = Entry(model, file, item)
    for number, wrong in enumerate(model.wrong):
        if _PHRASE.fullmatch(wrong):
            yield Phrase(lang, wrong, model.say)
        else:
            yield error(entry.place("not", number), "bad-phrase", text=wrong)
