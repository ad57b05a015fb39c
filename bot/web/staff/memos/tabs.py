"""The tabs of the editor of a memo: which file each stands for, the file as inputs, and inputs as the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.edition import Edition
from bot.editorial.files.memos import QUESTIONS, SETTINGS, TEXT_SUFFIX
from bot.editorial.lines_source import lines_by_language, with_lines
from bot.editorial.snapshot import MEMOS
from bot.editorial.text_source import put_together, taken_apart


class Kind(StrEnum):
    TEXT = "text"
    SETTINGS = "settings"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Tab:
    """`name` is the language of a text, or the kind; `path` the file inside the content folder."""

    name: str
    kind: Kind
    path: str


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a tab. `first_line` is where it begins in the file; 0 when its lines are no lines of the file."""

    name: str
    text: str
    first_line: int = 0


def tabs_of(edition: Edition, memo: str) -> tuple[Tab, ...]:
    """A tab for each language of the guide, the base first, then what the memo rests on and how people ask."""
    folder = f"{MEMOS}/{memo}"
    texts = (Tab(lang, Kind.TEXT, f"{folder}/{lang}{TEXT_SUFFIX}") for lang in edition.languages)
    return (
        *texts,
        Tab("settings", Kind.SETTINGS, f"{folder}/{SETTINGS}"),
        Tab("questions", Kind.QUESTIONS, f"{folder}/{QUESTIONS}"),
    )


def question_languages(edition: Edition) -> Sequence[str]:
    return edition.contents.value.question_languages if edition.contents else edition.languages


def inputs_of(tab: Tab, text: str, edition: Edition) -> tuple[Input, ...]:
    """The file as fields of a form."""
    match tab.kind:
        case Kind.TEXT:
            source = taken_apart(text)
            return (
                Input("title", source.title),
                Input("summary", source.summary),
                Input("body", source.body, source.first_line),
            )
        case Kind.SETTINGS:
            return (Input("body", text, 1),)
        case Kind.QUESTIONS:
            lines = lines_by_language(text)
            return tuple(
                Input(f"lines-{lang}", "\n".join(lines.get(lang, ())))
                for lang in question_languages(edition)
            )


def file_of(tab: Tab, before: str, form: Mapping[str, str], edition: Edition) -> str:
    """The fields of a form as the file, which was `before`; a field that is not sent stays as it was."""
    fields = {
        one.name: _cleaned(form.get(one.name, one.text)) for one in inputs_of(tab, before, edition)
    }
    match tab.kind:
        case Kind.TEXT:
            return put_together(before, fields["title"], fields["summary"], fields["body"])
        case Kind.SETTINGS:
            body = fields["body"]
            return before if body == before else f"{body.rstrip()}\n"
        case Kind.QUESTIONS:
            return with_lines(
                before,
                {name.removeprefix("lines-"): text.split("\n") for name, text in fields.items()},
            )


def _cleaned(text: str) -> str:
    """With the line ends of our files. No database and no file of ours holds the character 0."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
