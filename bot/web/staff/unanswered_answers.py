"""What becomes of a group of questions: an example of a memo, the beginning of a new memo, or not ours. Each is a draft.

After that its questions are deleted (ADR 8), and the audit log says how many, not what they said.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.adding_lines import with_line
from bot.editorial.edition import NOT_OURS
from bot.editorial.examples import Example, example_of
from bot.editorial.new_memo import first_files, with_example
from bot.editorial.schema import is_id
from bot.errors import ContentError
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, message, see_other
from bot.web.staff.own_drafts import Working, keep, working_on
from bot.web.staff.unanswered import (
    NOT_OURS_SUBJECT,
    Choice,
    choice_of,
    group_of,
    show_group,
)
from bot.web.staff.unanswered_groups import QuestionGroup
from db.staff import Role
from db.unanswered import Unanswered


@dataclass(frozen=True, slots=True)
class _Decision:
    """A group, and what a member typed about it. `working` is their draft of `subject`."""

    request: Request
    room: StaffRoom
    staff: SignedIn
    choice: Choice
    group: QuestionGroup
    form: Mapping[str, str]
    subject: str
    working: Working
    example: Example

    @property
    def lang(self) -> str:
        return self.form.get("lang", "")

    @property
    def is_sound(self) -> bool:
        """Whether the question may become an example at all."""
        contents = self.working.edition.contents
        is_known = contents is not None and self.lang in contents.value.question_languages
        return is_known and self.example.flaw is None

    async def back(self, trouble: str = "") -> Response:
        """The page again, with what was typed and what is wrong with it."""
        return await show_group(
            self.request,
            self.room,
            self.staff,
            self.choice,
            self.group,
            example=self.example,
            trouble=trouble,
            typed=self.form,
        )

    async def keep(self, files: Mapping[str, str], deed: str, to: str = "") -> Response:
        """The draft first: should the process die in between, the questions are still there."""
        if await keep(self.room, self.staff, self.subject, self.working, files):
            title, text = "unanswered-clash-title", "unanswered-clash-text"
            return message(self.request, self.room, self.staff, 409, title, text)
        await Unanswered(self.room.engine).settle(
            self.group.ids,
            by=self.staff.name,
            deed=deed,
            subject=self.subject,
            now=self.room.clock(),
        )
        path = to or f"/unanswered?{self.choice.query}"
        return see_other(
            self.request, self.room, path, f"unanswered-{deed}", number=self.group.count
        )


async def _decided(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    subject_of: Callable[[Mapping[str, str]], str],
) -> _Decision | None:
    """None when the group is not what it was: somebody was faster, or one more question has come into it."""
    form, choice = await fields(request), choice_of(request)
    group = await group_of(request, room, choice)
    if group is None:
        return None
    subject = subject_of(form)
    working = await working_on(room, staff, subject)
    example = await asyncio.to_thread(example_of, form.get("text", ""), working.edition)
    return _Decision(request, room, staff, choice, group, form, subject, working, example)


async def _answer(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """A memo answers it: the question becomes an example of that memo."""
    decision = await _decided(request, room, staff, lambda form: _subject(_chosen(form)))
    if decision is None:
        return _gone(request, room, staff)
    memo = _chosen(decision.form)
    if memo not in decision.working.edition.memos:
        return await decision.back("memo")
    if not decision.is_sound:
        return await decision.back()
    try:
        file, text = with_example(
            decision.working.snapshot, memo, decision.lang, decision.example.text
        )
    except ContentError:
        return await decision.back("file")
    return await decision.keep({file: text}, "questions-answered")


async def _new(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """No memo answers it yet: the draft of one begins, with the question as its first example."""
    decision = await _decided(request, room, staff, lambda form: _subject(form.get("id", "")))
    if decision is None:
        return _gone(request, room, staff)
    memo, title = decision.form.get("id", ""), decision.form.get("title", "").strip()
    if not decision.is_sound:
        return await decision.back()
    if not title:
        return await decision.back("title")
    working = decision.working
    section, base = decision.form.get("section", ""), working.edition.languages[0]
    try:
        files = first_files(working.snapshot, memo, title, section, base)
        file, text = with_example(working.snapshot, memo, decision.lang, decision.example.text)
    except ContentError:
        return await decision.back("id")
    return await decision.keep({**files, file: text}, "memo-begun", to=f"/memos/{memo}")


async def _not_ours(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """Nobody asks the guide for that: the search learns to decline it."""
    decision = await _decided(request, room, staff, lambda _: NOT_OURS_SUBJECT)
    if decision is None:
        return _gone(request, room, staff)
    if not decision.is_sound:
        return await decision.back()
    try:
        before = decision.working.snapshot.text(NOT_OURS) or ""
        text = with_line(before, NOT_OURS, decision.lang, decision.example.text)
    except ContentError:
        return await decision.back("file")
    return await decision.keep({NOT_OURS: text}, "questions-not-ours")


def _chosen(form: Mapping[str, str]) -> str:
    """The memo whose button was pressed, else the one chosen from all."""
    return form.get("memo", "") or form.get("other", "")


def _subject(memo: str) -> str:
    return f"memo/{memo}" if is_id(memo) else "memo/-"


def _gone(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    return message(request, room, staff, 409, "unanswered-gone-title", "unanswered-gone-text")


pages: tuple[Page, ...] = (
    Page("/unanswered/{group}/answer", _answer, Role.AUTHOR, ("POST",), "unanswered-answer"),
    Page("/unanswered/{group}/new", _new, Role.AUTHOR, ("POST",), "unanswered-new"),
    Page("/unanswered/{group}/not-ours", _not_ours, Role.AUTHOR, ("POST",), "unanswered-not-ours"),
)
