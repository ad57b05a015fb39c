"""A memo as a member works on it: the published files, and the draft that lies over them. It must not write anything."""

from dataclasses import dataclass
from functools import cached_property

from bot.editorial.schema import is_id
from bot.web.staff.draft_work import DraftWork, begun
from bot.web.staff.frame import SignedIn, StaffRoom
from bot.web.staff.memos.tabs import Tab, tabs_of


def subject_of(memo: str) -> str:
    """What drafts and windows of a memo are called."""
    return f"memo/{memo}"


@dataclass(frozen=True, kw_only=True)
class Work(DraftWork):
    memo: str

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        return tabs_of(self.published.edition, self.memo)

    @property
    def is_new(self) -> bool:
        """Whether nobody has published the memo yet."""
        return self.memo not in self.published.edition.memos

    def tab(self, name: str) -> Tab:
        """The tab of this name, else the first."""
        return next((tab for tab in self.tabs if tab.name == name), self.tabs[0])


async def work_on(room: StaffRoom, staff: SignedIn, memo: str, draft_id: str = "") -> Work | None:
    """The member's work on a memo: in the draft with this id, else in their own, if there is one.

    None when there is no such memo, neither published nor in any draft, or no such draft of it.
    """
    if not is_id(memo):
        return None
    subject = subject_of(memo)
    found = await begun(room, staff, subject, draft_id)
    if found is None or not (found.is_drafted or memo in found.published.edition.memos):
        return None
    return Work(
        memo=memo,
        subject=subject,
        address=f"/memos/{memo}",
        staff=staff,
        published=found.published,
        draft=found.draft,
    )
