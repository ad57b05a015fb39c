"""The desk of the day: the first page after the sign-in, with what asks for somebody's hand. It must not change anything.

It has to be there at once. What takes longer, as after a new edition, says so and comes by itself.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.published import Published
from bot.editorial.status import Reviewed, due_for_review
from bot.editorial.translation import translation_status
from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from bot.web.staff.links import draft_page, editor_of, language_name, own_page_of, subject_words
from bot.web.staff.own_drafts import published_now
from bot.web.staff.unanswered import Choice, overview_of
from bot.web.staff.unanswered_groups import Overview
from db.drafts import Draft, Drafts, DraftState
from db.staff import Role

# What is not ready by then comes by itself a second later.
_PATIENCE = 0.12
_MOST = 8

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileProblems:
    """`line` is that of the first one. `editor` is the address that mends the file, None where no page does."""

    file: str
    errors: int
    warnings: int
    line: int
    editor: str | None


@dataclass(frozen=True, slots=True)
class ContentToday:
    """`outdated` and `missing` count translations by language. Facts and contacts `due` are overdue first."""

    files: tuple[FileProblems, ...]
    outdated: tuple[tuple[str, int, int], ...]
    due: tuple[Reviewed, ...]

    @property
    def errors(self) -> int:
        return sum(one.errors for one in self.files)

    @property
    def warnings(self) -> int:
        return sum(one.warnings for one in self.files)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.due)


async def _day(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    drafts = Drafts(room.engine)
    content, questions, waiting, own, published = await asyncio.gather(
        _soon(_content(room)),
        overview_of(room, Choice(), _PATIENCE),
        drafts.in_state(DraftState.SUBMITTED, DraftState.SCHEDULED),
        drafts.open_of(staff.id),
        drafts.in_state(DraftState.PUBLISHED),
    )
    return show(
        request,
        room,
        staff,
        "day.html",
        content=content,
        names={} if content is None else _names(content, staff.lang),
        questions=questions,
        groups=_largest(questions),
        waiting=_newest(waiting),
        own=_newest(own),
        published=_newest(published),
        most=_MOST,
        subject_words=subject_words,
        draft_page=draft_page,
        own_page=_own_page,
    )


def _own_page(draft: Draft) -> str:
    """Memos and ledgers have an editor; elsewhere what is left to do is to look at the draft and to send it."""
    kind = draft.subject.partition("/")[0]
    page = None if kind in ("translation", "not-ours") else own_page_of(draft)
    return page or draft_page(draft)


async def _content(room: StaffRoom) -> ContentToday:
    published = await published_now(room)
    return await asyncio.to_thread(_content_today, published)


def _content_today(published: Published) -> ContentToday:
    status = translation_status(published.edition)
    others = published.edition.languages[1:]
    return ContentToday(
        _by_file(published),
        tuple((lang, len(status[lang].outdated), len(status[lang].missing)) for lang in others),
        due_for_review(published.edition, published.day),
    )


def _by_file(published: Published) -> tuple[FileProblems, ...]:
    """The files with most errors first; that a translation waits is told elsewhere."""
    told = [
        one
        for one in published.problems
        if one.code not in ("translation-outdated", "translation-missing")
    ]
    errors = Counter(one.file for one in told if one.is_error)
    lines: dict[str, int] = {}
    for one in sorted(told, key=lambda one: (not one.is_error, one.line)):
        lines.setdefault(one.file, one.line)
    all_of_them = Counter(one.file for one in told)
    files = (
        FileProblems(file, errors[file], count - errors[file], lines[file], editor_of(file))
        for file, count in all_of_them.items()
    )
    return tuple(sorted(files, key=lambda one: (-one.errors, -one.warnings, one.file)))


def _names(content: ContentToday, reader: str) -> dict[str, str]:
    return {lang: language_name(lang, reader) for lang, _, _ in content.outdated}


def _largest(questions: Overview | None) -> list[tuple[str, int]]:
    groups = questions.groups[:3] if questions else ()
    return [(one.samples[0], one.count) for one in groups]


def _newest(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    return tuple(reversed(drafts))


async def _soon(work: Awaitable[T]) -> T | None:
    """None when it takes longer than the page can wait; it is finished all the same, for the next look."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=_PATIENCE)
    if done:
        return task.result()
    _UNDER_WAY.add(task)
    task.add_done_callback(_finished)
    return None


def _finished(task: asyncio.Future[Any]) -> None:
    _UNDER_WAY.discard(task)
    if not task.cancelled():
        task.exception()  # the next look meets it again, and tells it


# Asyncio itself forgets a task that nobody holds.
_UNDER_WAY: set[asyncio.Future[Any]] = set()

pages: tuple[Page, ...] = (Page("/", _day, Role.AUTHOR, ("GET",), "desk", menu="menu-desk"),)
