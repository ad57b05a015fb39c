"""A draft of a memo begins, goes to review, comes back, or is thrown away. Publishing is not here."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.changes import Piece, shortened, word_changes
from bot.editorial.day import day_of
from bot.editorial.drafting import Drafted, drafted
from bot.editorial.edition import GUIDE
from bot.editorial.files.memos import SETTINGS, TEXT_SUFFIX
from bot.editorial.guide_source import with_memo_listed
from bot.editorial.published import Published
from bot.editorial.schema import is_id
from bot.editorial.snapshot import MEMOS
from bot.editorial.text_source import put_together
from bot.editorial.translation import TranslationState, translation_state, with_base
from bot.web.staff.draft_work import again, discarded, submitted, taken_back
from bot.web.staff.frame import Page, SignedIn, StaffRoom, fields, not_found, see_other, show
from bot.web.staff.memos.edit_page import title_of
from bot.web.staff.memos.looking import told
from bot.web.staff.memos.work import Work, subject_of, work_on
from db.audit import AuditLog
from db.drafts import Drafts
from db.staff import Role


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the draft and how it differs, word by word, from what it began from."""

    path: str
    is_new: bool
    is_gone: bool
    pieces: tuple[Piece, ...]


async def _new(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """A draft with the files of a memo that is not there yet, and its place in the guide."""
    form = await fields(request)
    memo, section = form.get("id", "").strip(), form.get("section", "")
    published = await asyncio.to_thread(room.published.on, day_of(room.clock()))
    drafts, now, subject = Drafts(room.engine), room.clock(), subject_of(memo)
    guide = published.snapshot.text(GUIDE) or ""
    listed = with_memo_listed(guide, section, memo) if is_id(memo) else None
    if not is_id(memo):
        return see_other(request, room, "/memos", "notice-memo-bad-id")
    if memo in published.edition.memos or await drafts.of(subject):
        return see_other(request, room, f"/memos/{memo}", "notice-memo-there")
    if listed is None:
        return see_other(request, room, "/memos", "notice-memo-no-section")
    draft = await drafts.open_for(staff.id, staff.name, subject, now)
    files = {GUIDE: listed, **_first_files(published, memo)}
    for path, text in files.items():
        await drafts.save(draft.id, path, published.snapshot.text(path), text, 0, now)
    await AuditLog(room.engine).add(staff.name, "draft-begun", subject, now=now)
    return see_other(request, room, f"/memos/{memo}", "notice-memo-begun")


def _first_files(published: Published, memo: str) -> dict[str, str]:
    base_language = published.edition.languages[0]
    return {
        f"{MEMOS}/{memo}/{SETTINGS}": f"id: {memo}\n",
        f"{MEMOS}/{memo}/{base_language}{TEXT_SUFFIX}": put_together("", "", "", ""),
    }


async def _before_submit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """All that the draft changes, once more, before somebody else looks at it."""
    work = await _own_work(request, room, staff, request.query_params)
    if work is None:
        return not_found(request, room, staff)
    found = await asyncio.to_thread(drafted, work.published, work.files())
    return show(
        request,
        room,
        staff,
        "memos/submit.html",
        work=work,
        title=title_of(work, staff.lang),
        files=_changed(work),
        problems=told(staff.lang, work, (*found.problems, *found.elsewhere)),
        behind=_behind(work, found),
    )


async def _submit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    work = await _own_work(request, room, staff, form)
    if work is None or work.draft is None:
        return not_found(request, room, staff)
    drafts, now = Drafts(room.engine), room.clock()
    found = await asyncio.to_thread(drafted, work.published, work.files())
    made_from = [lang for lang in _behind(work, found) if form.get(f"current-{lang}")]
    for path, text in _with_hashes(work, found, made_from):
        saved = await drafts.save(
            work.draft.id, path, work.base(path), text, work.version(path), now
        )
        if not isinstance(saved, int):  # another window writes just now: look again
            return see_other(request, room, f"/memos/{work.memo}/submit", "notice-draft-moved")
    work = await again(room, work, work.draft.id)
    return await submitted(room, work, form.get("note", ""), request)


async def _take_back(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    form = await fields(request)
    work = await work_on(room, staff, request.path_params["memo"], form.get("draft", ""))
    if work is None or work.draft is None or not work.may_take_back:
        return not_found(request, room, staff)
    return await taken_back(room, work, request)


async def _discard(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    work = await _own_work(request, room, staff, await fields(request))
    if work is None or work.draft is None:
        return not_found(request, room, staff)
    then = "/memos" if work.is_new else work.address
    return await discarded(room, work, then, request)


async def _own_work(
    request: Request, room: StaffRoom, staff: SignedIn, form: Mapping[str, str]
) -> Work | None:
    """The member's own open draft of the memo, or nothing."""
    work = await work_on(room, staff, request.path_params["memo"], form.get("draft", ""))
    return work if work and work.draft and work.may_write else None


def _changed(work: Work) -> list[ChangedFile]:
    changes = work.draft.changes if work.draft else ()
    return [
        ChangedFile(
            file.path,
            file.base is None,
            file.text is None,
            shortened(word_changes(file.base or "", file.text or "")),
        )
        for file in changes
    ]


def _behind(work: Work, found: Drafted) -> list[str]:
    """Languages whose text would not be up to date with the base text, once the draft is published."""
    memo = found.edition.memos.get(work.memo)
    if memo is None:
        return []
    base_language, *others = found.edition.languages
    return [
        lang
        for lang in others
        if lang not in memo.spoiled
        and translation_state(memo, lang, base_language) is TranslationState.OUTDATED
    ]


def _with_hashes(
    work: Work, found: Drafted, languages: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """The translations, each saying that it was made from the base text as it is now."""
    base = found.edition.text(work.memo, found.edition.languages[0])
    for lang in languages:
        text = found.edition.text(work.memo, lang)
        if base is not None and text is not None:
            yield text.file, with_base(work.text(text.file).encode(), base.hash).decode()


pages: tuple[Page, ...] = (
    Page("/memos/new", _new, Role.AUTHOR, ("POST",), "memo-new"),
    Page("/memos/{memo}/submit", _before_submit, Role.AUTHOR, ("GET",), "memo-before-submit"),
    Page("/memos/{memo}/submit", _submit, Role.AUTHOR, ("POST",), "memo-submit"),
    Page("/memos/{memo}/take-back", _take_back, Role.AUTHOR, ("POST",), "memo-take-back"),
    Page("/memos/{memo}/discard", _discard, Role.AUTHOR, ("POST",), "memo-discard"),
)
