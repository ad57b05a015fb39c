"""What waits for a review and for its day, and what was published last. It must not change anything but note what a killed
publisher has published.
"""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.frame import Page, SignedIn, StaffRoom, show
from bot.web.staff.links import draft_page, own_page_of, review_page, subject_titled
from bot.web.staff.own_drafts import published_now
from db.drafts import Draft, Drafts, DraftState
from db.publications import Publications
from db.staff import Role

_MOST = 30


async def _queue(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    for draft in await Publications(room.engine).claimed():
        await room.press.catch_up(draft, room.clock())
    drafts, edition = Drafts(room.engine), (await published_now(room)).edition
    scheduled = await drafts.in_state(DraftState.SCHEDULED)
    published = await drafts.in_state(DraftState.PUBLISHED)
    return show(
        request,
        room,
        staff,
        "review/queue.html",
        waiting=await drafts.in_state(DraftState.SUBMITTED),
        scheduled=sorted(scheduled, key=lambda one: one.publish_on or one.changed.date()),
        own=[one for one in await drafts.open_of(staff.id) if one.changes],
        published=tuple(reversed(published))[:_MOST],
        subject_words=lambda subject, lang: subject_titled(subject, edition, lang),
        review_page=review_page,
        own_page=_own_page,
    )


def _own_page(draft: Draft) -> str:
    return own_page_of(draft) or draft_page(draft)


pages: tuple[Page, ...] = (
    Page(
        "/review", _queue, Role.AUTHOR, ("GET",), "review", menu="menu-review", group="menu-texts"
    ),
)
