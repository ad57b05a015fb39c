"""The navigation of the staff pages: a few words on one line, and the pages behind the word one is at. Knows no page."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.staff import Role


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the navigation. `path` is its address and `label` the key of its name; `group` is the key of the word
    it stands behind, and without one it stands alone.
    """

    path: str
    label: str
    role: Role
    group: str | None = None

    def leads_to(self, path: str) -> bool:
        """Is this address the page, or one under it? Under the first page lie all, so it is only itself."""
        return path == self.path or (
            not self.path.endswith("/") and path.startswith(f"{self.path}/")
        )


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A word of the first line: `label` is its key, and it leads to the first of its pages."""

    label: str
    entries: tuple[MenuEntry, ...]

    def leads_to(self, path: str) -> bool:
        return any(entry.leads_to(path) for entry in self.entries)


def menu_for(role: Role, entries: Iterable[MenuEntry]) -> tuple[MenuGroup, ...]:
    """What a member of this role sees, in the order of the entries. A group stands where its first page does."""
    groups: dict[str, tuple[MenuEntry, ...]] = {}
    for entry in entries:
        if role.may(entry.role):
            label = entry.group or entry.label
            groups[label] = (*groups.get(label, ()), entry)
    return tuple(MenuGroup(label, pages) for label, pages in groups.items())
