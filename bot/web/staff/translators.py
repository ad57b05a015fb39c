"""Translators' first pages: languages, and in each what waits, with what the base text has won. "Still correct" is a draft.

No file is written: an editor publishes the draft.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.day import day_of
from bot.editorial.edition import Edition
from bot.editorial.exchange.exporting import Only
from bot.editorial.exchange.short_exporting import export_short_rows
from bot.editorial.files.memos import TEXT_SUFFIX
from bot.editorial.published import Published
from bot.editorial.snapshot import MEMOS
from bot.editorial.text_file import text_of
from bot.editorial.translation import accepted, translation_status
from bot.editorial.translation_queue import Order, in_order
from bot.errors import ContentError
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, see_other, show
from bot.web.staff.links import language_name, memo_editor
from bot.web.staff.own_drafts import (
    Working,
    drafted_files,
    keep,
    own_draft,
    published_now,
    working_on,
)
from db.audit import AuditLog
from db.staff import Role
from db.usage_days import EVERYTHING, Span, UsageDays

_READ_IN = timedelta(days=30)
_MEMO_READ = "memo-read"  # `NoteKind.MEMO_READ` of the conversation
_MOST_AT_ONCE = 500


def subject_of(lang: str) -> str:
    """What the drafts of translators are called."""
    return f"translation/{lang}"


def translated_languages(edition: Edition) -> tuple[str, ...]:
    return edition.languages[1:]


async def _languages(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    published = await published_now(room)
    rows = await asyncio.to_thread(_by_language, published, staff.lang)
    return show(request, room, staff, "translators/languages.html", rows=rows)


def _by_language(published: Published, reader: str) -> list[dict[str, object]]:
    edition, snapshot = published.edition, published.snapshot
    status = translation_status(edition)
    return [
        {
            "lang": lang,
            "name": language_name(lang, reader),
            "outdated": len(status[lang].outdated),
            "missing": len(status[lang].missing),
            "short": len(
                export_short_rows(snapshot, edition.languages[0], lang, Only.MISSING).rows
            ),
        }
        for lang in translated_languages(edition)
    ]


async def _queue(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    published, lang = await published_now(room), request.path_params["lang"]
    if lang not in translated_languages(published.edition):
        return not_found(request, room, staff)
    queue = await asyncio.to_thread(room.queues.of, published, lang)
    asked = request.query_params.get("order", "")
    order = Order(asked) if asked in tuple(Order) else Order.OLDEST
    reads, drafted = await reads_by_memo(room), await drafted_files(room)
    waiting = [
        {
            "one": one,
            "reads": reads.get(one.memo, 0),
            "drafted": drafted.get(file_of(one.memo, lang), ()),
            "editor": memo_editor(one.memo, lang),
        }
        for one in in_order(queue.memos, order, reads)
    ]
    waiting.sort(key=lambda one: bool(one["drafted"]))
    return show(
        request,
        room,
        staff,
        "translators/queue.html",
        waiting=waiting,
        queue=queue,
        draft=await own_draft(room, staff, subject_of(lang)),
        order=order,
        name=language_name(lang, staff.lang),
    )


async def _accept(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The chosen translations still say what the base texts say."""
    lang = request.path_params["lang"]
    form = await request.form(max_files=0, max_fields=_MOST_AT_ONCE)
    chosen = [name for name in form.getlist("memo") if isinstance(name, str)]
    working = await working_on(room, staff, subject_of(lang))
    if lang not in translated_languages(working.edition):
        return not_found(request, room, staff)
    files = _accepted(working, chosen, lang)
    clashed = await keep(room, staff, subject_of(lang), working, files)
    done = len(files) - len(clashed)
    path = f"/translators/{lang}"
    if done:
        log = AuditLog(room.engine)
        await log.add(
            staff.name, "translations-accepted", subject_of(lang), str(done), now=room.clock()
        )
    if done < len(set(chosen)):
        return see_other(
            request, room, path, "translators-accepted-some", done=done, all=len(set(chosen))
        )
    return see_other(
        request, room, path, "translators-accepted" if done else "translators-nothing-chosen"
    )


def _accepted(working: Working, memos: Sequence[str], lang: str) -> Mapping[str, str]:
    """By file; a translation that is gone or has errors is left out."""
    files: dict[str, str] = {}
    for memo in memos:
        try:
            file, data, _ = accepted(working.snapshot, working.edition, memo, lang)
        except ContentError:
            continue
        files[file] = text_of(data, file)[0] or ""
    return files


def file_of(memo: str, lang: str) -> str:
    return f"{MEMOS}/{memo}/{lang}{TEXT_SUFFIX}"


async def reads_by_memo(room: StaffRoom) -> Mapping[str, int]:
    """How often each memo was read in the last thirty days."""
    today = day_of(room.clock())
    counted = await UsageDays(room.engine).by_subject(
        Span(today - _READ_IN, today), EVERYTHING, (_MEMO_READ,)
    )
    return {memo: count for (_, memo), count in counted.items()}


pages: tuple[Page, ...] = (
    Page(
        "/translators", _languages, Role.AUTHOR, ("GET",), "translators", menu="menu-translators"
    ),
    Page("/translators/{lang}", _queue, Role.AUTHOR, ("GET",), "translators-queue"),
    Page("/translators/{lang}/accept", _accept, Role.AUTHOR, ("POST",), "translators-accept"),
)
