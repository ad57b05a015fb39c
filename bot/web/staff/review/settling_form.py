"""A clash as a form: each place that both changed, with the text before, the published one and that of the draft; and the
form as files again. Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.changes import Piece, word_changes
from bot.editorial.publishing.merging import BothSides, joined
from bot.web.staff.review.standing import ClashingFile, Standing
from db.publications import Settled

THEIRS, OURS, OWN = "theirs", "ours", "own"


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place with its three texts, None where there is no file. `theirs` and `ours` differ from `base` so; `name` stands
    in the names of its fields.
    """

    name: str
    base: str | None
    published: str | None
    draft: str | None
    theirs: tuple[Piece, ...]
    ours: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownClash:
    path: str
    version: int
    places: tuple[ShownPlace, ...]


def shown_clash(clash: ClashingFile) -> ShownClash:
    path = clash.file.path
    places = tuple(
        _place(place_name(path, number), part)
        for number, part in enumerate(clash.parts)
        if isinstance(part, BothSides)
    )
    return ShownClash(path, clash.file.version, places)


def place_name(path: str, number: int) -> str:
    return f"{path}:{number}"


def settled(standing: Standing, form: Mapping[str, str]) -> dict[str, Settled] | None:
    """The files that clash, put together as the form says; None when it does not say so for every place."""
    files: dict[str, Settled] = {}
    for clash in standing.clashes:
        parts: list[bytes | None] = []
        for number, part in enumerate(clash.parts):
            if isinstance(part, BothSides):
                name = place_name(clash.file.path, number)
                choice = form.get(f"take:{name}", "")
                if choice not in (THEIRS, OURS, OWN):
                    return None
                parts.append(_chosen(part, choice, form.get(f"text:{name}", "")))
            else:
                parts.append(part)
        data = joined(parts)
        text = None if data is None else data.decode()
        files[clash.file.path] = Settled(clash.published, text, clash.file.version)
    return files


def _chosen(part: BothSides, choice: str, own: str) -> bytes | None:
    match choice:
        case "theirs":
            return part.theirs
        case "ours":
            return part.ours
        case _:
            typed = own.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
            # A text area shows no line end after the last line, and who types forgets it.
            return f"{typed}\n".encode() if typed and not typed.endswith("\n") else typed.encode()


def _place(name: str, part: BothSides) -> ShownPlace:
    base, theirs, ours = (
        None if text is None else text.decode() for text in (part.base, part.theirs, part.ours)
    )
    return ShownPlace(
        name,
        base,
        theirs,
        ours,
        word_changes(base or "", theirs or ""),
        word_changes(base or "", ours or ""),
    )
