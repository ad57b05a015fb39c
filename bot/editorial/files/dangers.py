"""dangers.yaml: wording that means present danger, and whom to call first."""

from bot.editorial.problem import Problem, error, nearest
from bot.editorial.schema import CITIZENSHIP_NAMES, FileModel, Id, Local, Text
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlNode
from bot.guide.citizenship import EVERYBODY, Citizenship, members
from bot.guide.danger import Danger


class DangerModel(FileModel):
    id: Id
    title: Local
    contacts: dict[str, list[Id]]
    memo: Id
    say: Local
    words: dict[str, list[Text]]
    unless: dict[str, list[Text]] = {}


def read_dangers(node: YamlNode | None, file: str) -> tuple[Table[Danger], list[Problem]]:
    return read_table(node, file, DangerModel, _danger)


def by_citizenship(named: dict[str, list[str]]) -> dict[Citizenship, tuple[str, ...]]:
    """The list of the narrowest key that fits, for every citizenship that has one. Unknown keys fit nobody."""
    narrowest_last = sorted(named, key=lambda name: len(members(name) or ()), reverse=True)
    return {
        citizenship: tuple(named[name])
        for name in narrowest_last
        for citizenship in sorted(members(name) or ())
    }


def unknown_citizenships(
    named: dict[str, list[str]] | list[str], entry: Entry[object], field: str
) -> list[Problem]:
    """Of the keys of a mapping, or of the items of a list."""
    is_mapping = isinstance(named, dict)
    return [
        error(
            entry.place(field, name if is_mapping else number), "unknown-citizenship", name=name
        ).suggesting(nearest(name, CITIZENSHIP_NAMES))
        for number, name in enumerate(named)
        if members(name) is None
    ]


def _danger(model: DangerModel, entry: Entry[DangerModel]) -> Made[Danger]:
    problems = unknown_citizenships(model.contacts, entry, "contacts")
    contacts = by_citizenship(model.contacts)
    if not problems and (unserved := EVERYBODY - contacts.keys()):
        place = entry.place("contacts")
        problems.append(error(place, "danger-without-contact", who=", ".join(sorted(unserved))))
    if problems:
        return None, problems
    return (
        Danger(
            id=model.id,
            title=model.title,
            memo=model.memo,
            say=model.say,
            contacts=contacts,
            words={lang: tuple(lines) for lang, lines in model.words.items()},
            unless={lang: tuple(lines) for lang, lines in model.unless.items()},
        ),
        [],
    )
