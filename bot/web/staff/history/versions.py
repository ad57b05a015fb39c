"""Versions of the content as pages show them. Reads the history in threads; it shows no page."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.edition import Edition
from bot.editorial.publishing.outcomes import Version
from bot.editorial.schema import is_id
from bot.editorial.snapshot import FLOWS, MEMOS, Snapshot
from bot.press import message_of
from bot.web.staff.frame import StaffRoom
from bot.web.staff.links import flow_title, memo_title, subject_titled


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """`subject` is what it was about (a kind and a name), None for a commit made by hand. `title` is the first line of what
    was said, `rest` what follows. `by` is who published it, where that is another one.

    `memos` are pairs of id and title, `files` what else was changed.
    """

    version: Version
    subject: tuple[str, str] | None
    title: str
    rest: str
    by: str | None
    memos: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


CHECK = "flow/"  # before the id of a check, where that of a memo could stand


def folder_of(memo: str) -> str | None:
    """The folder of a memo or the file of a check, None for all of the guide. The id has been checked."""
    if memo.startswith(CHECK):
        return f"{FLOWS}/{memo.removeprefix(CHECK)}.yaml"
    return f"{MEMOS}/{memo}" if memo else None


def asked_memo(asked: Mapping[str, str]) -> str | None:
    """The memo in an address, or the check behind `CHECK`; empty for all of the guide; None when it is none."""
    memo = asked.get("memo", "")
    return memo if not memo or is_id(memo.removeprefix(CHECK)) else None


def title_of(edition: Edition, memo: str, lang: str) -> str:
    """What the memo or check of an address is called; empty for all of the guide."""
    if memo.startswith(CHECK):
        return flow_title(edition, memo.removeprefix(CHECK), lang)
    return memo_title(edition, memo, lang) if memo else ""


async def versions(room: StaffRoom, memo: str = "") -> tuple[Version, ...]:
    """Newest first. The first call of a process reads all of the history."""
    folder = folder_of(memo)
    return await asyncio.to_thread(room.press.repository.history, [folder] if folder else [])


async def version_named(room: StaffRoom, commit: str) -> Version | None:
    found = await versions(room)
    return next((version for version in found if version.commit == commit), None)


async def edition_at(room: StaffRoom, commit: str) -> Snapshot | None:
    return await asyncio.to_thread(room.press.repository.at, commit)


async def before(room: StaffRoom, version: Version) -> Snapshot | None:
    """The guide before a version changed its files; None when they were new in the first one."""
    history = await asyncio.to_thread(room.press.repository.history, version.paths)
    older = history[history.index(version) + 1 :]
    return await edition_at(room, older[0].commit) if older else None


def shown_version(version: Version, edition: Edition, lang: str) -> ShownVersion:
    said = message_of(version)
    title, _, rest = said.said.partition("\n")
    memos: dict[str, str] = {}
    files: list[str] = []
    for path in version.paths:
        match path.split("/"):
            case [top, memo, _file] if top == MEMOS:
                memos[memo] = memo_title(edition, memo, lang)
            case _:
                files.append(path)
    by = said.by if said.by != version.author else None
    subject = subject_titled(said.subject, edition, lang) if said.subject else None
    return ShownVersion(
        version, subject, title, rest.strip(), by, tuple(memos.items()), tuple(files)
    )
