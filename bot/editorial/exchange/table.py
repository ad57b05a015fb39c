"""The table that goes to a translator and comes back: one row a piece of text, whatever the file format.

A row carries a mark that says what it was made from, so that nothing else has to be kept between export and import.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bot.editorial.problem import Place, Problem, error, warning

SIZE_LIMIT = (
    20_000_000  # bytes of a table, unpacked too; all memos in one language have 500 thousand
)

_MARK = re.compile(
    r"(?P<base>[0-9a-f]{12})\.(?P<number>\d{1,4})\.(?P<total>\d{1,4})"
    r"\.(?P<place>[a-z0-9-]{1,40})\.(?P<source>[0-9a-f]{8})\.(?P<target>[0-9a-f]{8})"
)
_NOWHERE = "-"


class RowState(StrEnum):
    """What a translator finds: `CHECK` is a text whose source may have changed, nobody knows where."""

    TRANSLATED = "translated"
    CHANGED = "changed"
    CHECK = "check"
    NEW = "new"
    ONLY_HERE = "only-here"  # the base text has no such piece


@dataclass(frozen=True, slots=True)
class Mark:
    """`base` is the hash of the base text, `place` the piece of the translation (None: not there yet).

    The row is `number` of `total` in its memo. `source` and `target` are fingerprints of the texts that went out.
    """

    base: str
    number: int
    total: int
    place: str | None
    source: str
    target: str

    def __str__(self) -> str:
        place = self.place or _NOWHERE
        return f"{self.base}.{self.number}.{self.total}.{place}.{self.source}.{self.target}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it goes out. `part` is whom the piece is for ("for kg"), empty when for everybody."""

    id: str
    part: str
    kind: str
    source: str
    target: str
    state: RowState
    note: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    """What stands before the colon of a row's id is a memo, or the name of a YAML file with short texts."""

    base_language: str
    lang: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row as it came back. `line` and `cells` (by field) say where it stands: "E12", or the id of the unit."""

    id: str
    source: str
    target: str
    mark: str
    line: int
    cells: "Cells"

    @property
    def unit(self) -> str:
        """The memo, or the YAML file, that it is of."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Cells:
    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem of a row: `where` is its cell or unit. `is_guide`: the checks of the guide found it."""

    where: str
    problem: Problem
    is_guide: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """What could be read; a file that cannot be used has no rows and says why."""

    lang: str
    rows: tuple[ReturnedRow, ...]
    remarks: tuple[Remark, ...] = ()


def fingerprint(text: str) -> str:
    """Of a text as programs leave it: line ends and white space around it do not count."""
    return sha256(normal(text).encode()).hexdigest()[:8]


def normal(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def read_mark(text: str) -> Mark | None:
    found = _MARK.fullmatch(text.strip())
    if not found:
        return None
    place = found["place"]
    return Mark(
        found["base"],
        int(found["number"]),
        int(found["total"]),
        None if place == _NOWHERE else place,
        found["source"],
        found["target"],
    )


def refused(file: str, code: str, line: int = 1, where: str = "", **values: object) -> Remark:
    return Remark(where, error(Place(file, line), code, **values))


def doubted(file: str, code: str, line: int = 1, where: str = "", **values: object) -> Remark:
    return Remark(where, warning(Place(file, line), code, **values))
