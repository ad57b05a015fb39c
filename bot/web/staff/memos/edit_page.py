"""The editor of a memo: one file a tab, with what the member needs to see beside it. It must not write anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.changes import Piece, shortened, word_changes
from bot.editorial.files.memos import TEXT_SUFFIX
from bot.editorial.snapshot import MEMOS
from bot.editorial.text_source import TextSource, taken_apart
from bot.guide.citizenship import GROUPS, Citizenship
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.memos.looking import Look, Wish, look, wish_of, words_for
from bot.web.staff.memos.tabs import Input, Kind, Tab, inputs_of
from bot.web.staff.memos.work import Work, work_on
from db.drafts import Clash, Closed
from db.staff import Role


@dataclass(frozen=True, slots=True)
class ClashShown:
    """Another window has saved the same file: its text as inputs, and how it differs from what is typed here."""

    version: int
    theirs: tuple[Input, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The editor with this text in the file of its tab. `version` is what the next saving will name as seen."""

    work: Work
    tab: Tab
    text: str
    version: int
    wish: Wish
    look: Look
    clash: ClashShown | None = None
    closed: Closed | None = None


async def shown(
    room: StaffRoom,
    staff: SignedIn,
    work: Work,
    tab: Tab,
    form: Mapping[str, str],
    text: str | None = None,
    outcome: Clash | Closed | None = None,
) -> Shown:
    """The editor as a request finds it; `text` is what was typed, if that is not what stands in the draft."""
    typed = work.text(tab.path) if text is None else text
    wish = wish_of(form, work, tab)
    seen = await look(room, staff, work, tab, typed, wish)
    made = Shown(work, tab, typed, work.version(tab.path), wish, seen)
    match outcome:
        case Clash(text=theirs, version=version):
            inputs = inputs_of(tab, theirs or "", work.published.edition)
            pieces = shortened(word_changes(theirs or "", typed))
            return replace(made, version=version, clash=ClashShown(version, inputs, pieces))
        case Closed():
            return replace(made, closed=outcome)
        case None:
            return made


def render(
    request: Request,
    room: StaffRoom,
    staff: SignedIn,
    made: Shown,
    template: str,
    status: int = 200,
) -> Response:
    """One of the templates of the editor: the page, or the parts of it that change as one types."""
    work, tab = made.work, made.tab
    edition = work.published.edition
    interface = words_for("interface").words(staff.lang)
    base_language = edition.languages[0] if edition.languages else ""
    source = work.text(f"{MEMOS}/{work.memo}/{base_language}{TEXT_SUFFIX}")
    is_translation = tab.kind is Kind.TEXT and tab.name != base_language
    return show(
        request,
        room,
        staff,
        template,
        status,
        made=made,
        work=work,
        tab=tab,
        look=made.look,
        wish=made.wish,
        inputs=inputs_of(tab, made.text, edition),
        title=title_of(work, staff.lang),
        base=taken_apart(source) if is_translation and source else None,
        base_language=base_language,
        languages_of_guide=edition.languages,
        citizenships=tuple(Citizenship),
        groups=tuple(GROUPS),
        who=lambda name: interface.say(f"citizenship-{name}"),
        moved_on=_moved_on(work, tab),
    )


def title_of(work: Work, lang: str) -> str:
    """What the memo is called in a language, else in the base language, else its id."""
    for name in dict.fromkeys((lang, *work.published.edition.languages)):
        source: TextSource = taken_apart(work.text(f"{MEMOS}/{work.memo}/{name}{TEXT_SUFFIX}"))
        if source.title:
            return source.title
    return work.memo


def _moved_on(work: Work, tab: Tab) -> tuple[Piece, ...]:
    """What was published in this file since the draft of it began."""
    if not work.has_moved_on(tab.path):
        return ()
    pieces = word_changes(work.base(tab.path) or "", work.published_text(tab.path) or "")
    return shortened(pieces)


async def _edit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    asked = request.query_params
    work = await work_on(room, staff, request.path_params["memo"], asked.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    made = await shown(room, staff, work, work.tab(asked.get("tab", "")), asked)
    return render(request, room, staff, made, "memos/edit.html")


pages: tuple[Page, ...] = (Page("/memos/{memo}", _edit, Role.AUTHOR, ("GET",), "memo"),)
