"""What the editor of a check shows beside the form: what is wrong, how many ways lead through it, its drawing, a phone.

Nothing is written here. The work takes up to a second and runs in a thread.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from bot.editorial.checks.flows import paths_of
from bot.editorial.drafting import Drafted, drafted
from bot.editorial.files.flows import FlowFile
from bot.editorial.flow_written import as_written, graph_words
from bot.editorial.forms.flow_source import FlowSource
from bot.editorial.problem import Problem
from bot.render.flow_drawing import draw_svg
from bot.web.staff.flows.playing import Played, Wish, play
from bot.web.staff.flows.work import FlowWork, Place
from bot.web.staff.frame import ADDRESS, StaffRoom
from bot.web.staff.memos.looking import words_for

_UNREACHED = "flow-unreached"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the words of the member; `part` is the step or outcome that it stands in. `is_here`: in this file."""

    file: str
    line: int
    is_error: bool
    words: str
    part: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """`paths` is None while the check cannot be walked. `unreached` are steps and outcomes that nobody comes to."""

    steps: int
    outcomes: int
    paths: int | None
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """`drawing` and `played` are None while the file has faults that hide what it means."""

    told: tuple[Told, ...]
    proof: Proof
    drawing: Markup | None
    played: Played | None

    @property
    def errors(self) -> int:
        return sum(one.is_error for one in self.told)

    def errors_in(self, part: str) -> int:
        return sum(one.is_error for one in self.told if one.is_here and one.part == part)


async def look(room: StaffRoom, work: FlowWork, place: Place, wish: Wish) -> Look:
    """At the check with this text in its file."""
    return await asyncio.to_thread(_look, room, work, place, wish)


def _look(room: StaffRoom, work: FlowWork, place: Place, wish: Wish) -> Look:
    found = drafted(work.published, work.with_text(work.path, place.text))
    flow = found.edition.flows.get(work.flow)
    lang = work.staff.lang
    return Look(
        told=told(lang, work.path, place.source, (*found.problems, *found.elsewhere)),
        proof=_proof(work, place, found, flow),
        drawing=drawing(flow, lang, work, place) if flow else None,
        played=play(room.served(), found.edition, work.flow, wish) if flow else None,
    )


def _proof(work: FlowWork, place: Place, found: Drafted, flow: FlowFile | None) -> Proof:
    source = place.source
    unreached = [str(dict(one.values)["name"]) for one in found.problems if one.code == _UNREACHED]
    is_walked = flow is not None and not any(
        one.code in ("flow-circle", "flow-unknown-step") for one in found.problems
    )
    return Proof(
        steps=len(source.steps.entries) if source and source.steps else 0,
        outcomes=len(source.outcomes.entries) if source and source.outcomes else 0,
        paths=len(paths_of(found.edition, flow, work.published.day))
        if flow is not None and is_walked
        else None,
        unreached=tuple(unreached),
    )


def drawing(flow: FlowFile, lang: str, work: FlowWork, place: Place) -> Markup:
    """Each box leads to the form of its step; the one that is edited is marked."""
    draft = {"draft": work.draft.id} if work.draft else {}

    def link(name: str) -> str:
        return f"{ADDRESS}{work.address}?{urlencode({'part': name, **draft})}"

    words = graph_words(words_for("flows").words(lang), words_for("interface").words(lang))
    svg = draw_svg(as_written(flow), words, link)
    if place.part is not None and place.part.name:
        opened = f'<a href="{Markup.escape(link(place.part.name))}"'
        svg = svg.replace(f"{opened}>", f'{opened} aria-current="true">')
    return Markup(svg)  # noqa: S704 (the drawing escapes all that is written in a file)


def told(
    lang: str, path: str, source: FlowSource | None, problems: Iterable[Problem]
) -> tuple[Told, ...]:
    """Problems in the words of a member, errors first, those of the file before others."""
    words = words_for("editorial").words(lang)
    found = [
        Told(
            one.file,
            one.line,
            one.is_error,
            one.message(words),
            source.part_at(one.line) if source and one.file == path else "",
            one.file == path,
        )
        for one in problems
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_error, not one.is_here)))
