"""sources.yaml: laws, treaties, pages and newspapers that facts rest on."""

from typing import Literal

from bot.editorial.files.facts import REVIEW_AFTER
from bot.editorial.problem import Problem
from bot.editorial.schema import Day, FileModel, Id, Local, PartialDay, Url
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlNode
from bot.guide.source import Source


class SourceModel(FileModel):
    id: Id
    title: Local
    kind: Literal[
        "law", "treaty", "government", "court", "official-page", "press", "ngo", "dataset"
    ]
    date: PartialDay | None = None
    url: Url | None = None
    show_link: bool = True
    show: bool = True
    checked: Day
    review: Day | None = None
    note: str | None = None


def read_sources(node: YamlNode | None, file: str) -> tuple[Table[Source], list[Problem]]:
    return read_table(node, file, SourceModel, _source)


def _source(model: SourceModel, entry: Entry[SourceModel]) -> Made[Source]:
    return (
        Source(
            id=model.id,
            title=model.title,
            kind=model.kind,
            dated=model.date,
            url=model.url,
            show=model.show,
            show_link=model.show_link,
            checked=model.checked,
            review=model.review or model.checked + REVIEW_AFTER,
        ),
        [],
    )
