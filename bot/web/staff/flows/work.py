"""A guided check as a member works on it: its published file, and the draft that lies over it. It must not write anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.forms.flow_source import FlowSource, Part, read_flow_source
from bot.editorial.schema import is_id
from bot.editorial.snapshot import FLOWS
from bot.web.staff.draft_work import DraftWork, begun
from bot.web.staff.frame import SignedIn, StaffRoom

FORM, YAML = "form", "yaml"
BODY = "body"  # the field with the whole file


def subject_of(flow: str) -> str:
    """What drafts and windows of a check are called."""
    return f"flow/{flow}"


def path_of(flow: str) -> str:
    return f"{FLOWS}/{flow}.yaml"


@dataclass(frozen=True, kw_only=True)
class FlowWork(DraftWork):
    flow: str

    @property
    def path(self) -> str:
        return path_of(self.flow)

    @property
    def saved(self) -> str:
        return self.text(self.path)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.published.edition.languages

    @property
    def is_new(self) -> bool:
        return self.published_text(self.path) is None


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of which text is edited. `source` is None for a text that is no YAML: only the whole of it can be edited
    then. `part` is the flow itself where the one asked for is not there.
    """

    tab: str
    text: str
    source: FlowSource | None
    part: Part | None


def place_in(text: str, file: str, asked: Mapping[str, str]) -> Place:
    source = read_flow_source(text, file)
    tab = YAML if source is None or asked.get("tab") == YAML else FORM
    parts = source.parts if source else {}
    return Place(tab, text, source, parts.get(asked.get("part", "")) or parts.get(""))


async def work_on(
    room: StaffRoom, staff: SignedIn, flow: str, draft_id: str = ""
) -> FlowWork | None:
    """The member's work on a check: in the draft with this id, else in their own, if there is one.

    None when there is no such check, neither published nor in any draft, or no such draft of it.
    """
    if not is_id(flow):
        return None
    subject = subject_of(flow)
    found = await begun(room, staff, subject, draft_id)
    if found is None or not (
        found.is_drafted or found.published.snapshot.text(path_of(flow)) is not None
    ):
        return None
    return FlowWork(
        flow=flow,
        subject=subject,
        address=f"/flows/{flow}",
        staff=staff,
        published=found.published,
        draft=found.draft,
    )
