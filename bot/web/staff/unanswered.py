"""Questions without an answer: their groups, and one group with the memos that are nearest. It changes nothing.

What staff may see of a group, and what not, is decided in `unanswered_groups`.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.edition import Edition
from bot.editorial.examples import Example, suggested
from bot.search.findings import Question
from bot.web.staff.frame import Page, SignedIn, StaffRoom, message, show
from bot.web.staff.links import citizenship_name, language_name
from bot.web.staff.own_drafts import own_draft, published_now
from bot.web.staff.unanswered_groups import NOT_TOLD, OTHERS, Counts, Overview, QuestionGroup
from db.staff import Role
from db.unanswered import Unanswered

NOT_OURS_SUBJECT = "not-ours"
WHYS = ("unsure", "no")
PERIODS = (7, 30, 90)
_PATIENCE = 0.25  # seconds; after that the page says that it is not ready and asks again by itself
_PATIENCE_FOR_ONE = 20.0
_GROUPS = 50
_NEAREST = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Which questions: of one language, of one reason, of the last so many days. Other periods are not offered: from two
    that differ by a day one could tell who asked on it.
    """

    lang: str = ""
    why: str = ""
    days: int = PERIODS[1]

    @property
    def query(self) -> str:
        return urlencode({"lang": self.lang, "why": self.why, "days": self.days})


def choice_of(request: Request) -> Choice:
    asked = request.query_params
    days = asked.get("days", "")
    known = dict(zip(map(str, PERIODS), PERIODS, strict=True))
    why = asked.get("why", "")
    lang = asked.get("lang", "")
    return Choice(
        lang if len(lang) == 2 and lang.isalpha() else "",
        why if why in WHYS else "",
        known.get(days, PERIODS[1]),
    )


async def overview_of(room: StaffRoom, choice: Choice, patience: float) -> Overview | None:
    """None when the questions are not compared yet."""
    today = room.clock().date()
    first = today - timedelta(days=choice.days)
    rows = Unanswered(room.engine).rows(first, today + timedelta(days=1), choice.lang or None)
    asked = [one async for one in rows if not choice.why or one.row.why == choice.why]
    return await room.questions.of(asked, patience)


async def group_of(request: Request, room: StaffRoom, choice: Choice) -> QuestionGroup | None:
    overview = await overview_of(room, choice, _PATIENCE_FOR_ONE)
    groups = overview.groups if overview else ()
    return next((one for one in groups if one.id == request.path_params["group"]), None)


async def _list(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    choice = choice_of(request)
    overview = await overview_of(room, choice, _PATIENCE)
    published = await published_now(room)
    contents = published.edition.contents
    langs = contents.value.languages if contents else ()
    groups = overview.groups if overview else ()
    return show(
        request,
        room,
        staff,
        "unanswered/list.html",
        choice=choice,
        draft=await own_draft(room, staff, NOT_OURS_SUBJECT),
        overview=overview,
        groups=[
            {
                "one": group,
                "asked_in": named(group.languages, language_name, staff.lang),
                "citizenships": named(group.citizenships, citizenship_name, staff.lang),
            }
            for group in groups[:_GROUPS]
        ],
        more=max(len(groups) - _GROUPS, 0),
        langs=[(lang, language_name(lang, staff.lang)) for lang in langs],
        whys=WHYS,
        periods=PERIODS,
    )


async def _group(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    choice = choice_of(request)
    group = await group_of(request, room, choice)
    if group is None:
        return message(request, room, staff, 404, "unanswered-gone-title", "unanswered-gone-text")
    return await show_group(request, room, staff, choice, group)


async def show_group(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    choice: Choice,
    group: QuestionGroup,
    *,
    example: Example | None = None,
    trouble: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """The page of a group; with `example`, what was `typed` and why it was not taken."""
    edition = (await published_now(room)).edition
    contents = edition.contents
    if contents is None:
        return message(
            request, room, staff, 409, "unanswered-spoiled-title", "unanswered-spoiled-text"
        )
    titles = _titles(edition)
    nearest = [memo for memo in await _nearest(room, group) if memo in titles]
    likely = (lang for lang, _ in group.languages if lang in contents.value.question_languages)
    langs = contents.value.question_languages
    return show(
        request,
        room,
        staff,
        "unanswered/group.html",
        422 if example else 200,
        choice=choice,
        group=group,
        asked_in=named(group.languages, language_name, staff.lang),
        citizenships=named(group.citizenships, citizenship_name, staff.lang),
        nearest=[(memo, titles[memo]) for memo in nearest],
        memos=sorted(((m, t) for m, t in titles.items()), key=lambda one: one[1]),
        titles=titles,
        sections=[(one.id, one.title.in_language(staff.lang)) for one in contents.value.sections],
        langs=[(lang, language_name(lang, staff.lang)) for lang in langs],
        text=example.text if example else suggested(group.samples[0]),
        lang_of_text=typed.get("lang") or next(likely, langs[0]),
        flaw=str(example.flaw) if example and example.flaw else "",
        where=titles.get(example.where or "", "") if example else "",
        trouble=trouble,
        typed=typed,
    )


async def _nearest(room: StaffRoom, group: QuestionGroup) -> Sequence[str]:
    """The memos that the search thinks nearest to what is typical of the group, nearest first."""
    lang = next((lang for lang, _ in group.languages if len(lang) == 2), "ru")
    search = room.search()
    found = await asyncio.gather(
        *(search.ask(Question(suggested(sample), lang, None)) for sample in group.samples)
    )
    best: dict[str, int] = {}
    for findings in found:
        for place, finding in enumerate(findings.ranked):
            best[finding.memo] = min(best.get(finding.memo, place), place)
    return sorted(best, key=lambda memo: best[memo])[:_NEAREST]


def _titles(edition: Edition) -> dict[str, str]:
    base = edition.languages[0]
    return {
        memo: text.front.value.title
        for memo in edition.listed_memos
        if (text := edition.text(memo, base)) is not None
    }


def named(counts: Counts, name: Callable[[str, str], str], reader: str) -> list[tuple[str, int]]:
    """Languages or citizenships in the words of the member; "others" and "not told" have keys."""
    return [
        (value if value in (OTHERS, NOT_TOLD) else name(value, reader), count)
        for value, count in counts
    ]


pages: tuple[Page, ...] = (
    Page(
        "/unanswered",
        _list,
        Role.AUTHOR,
        ("GET",),
        "unanswered",
        menu="menu-unanswered",
        group="menu-questions",
    ),
    Page("/unanswered/{group}", _group, Role.AUTHOR, ("GET",), "unanswered-group"),
)
