"""The editor of a check: a form for one of its parts, or the whole file, with what stands beside. It must not write."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bot.editorial.changes import Piece, shortened, word_changes
from bot.editorial.file_changes import file_changes
from bot.editorial.forms.flow_fields import READERS, FlowField, choices_of
from bot.editorial.forms.flow_source import FlowSource, Part
from bot.guide.citizenship import Citizenship
from bot.guide.rule import Rule
from bot.guide.rules import RULES
from bot.web.staff.flows.looking import Look, look
from bot.web.staff.flows.playing import Wish, wish_of
from bot.web.staff.flows.work import BODY, FORM, YAML, FlowWork, Place, place_in, work_on
from bot.web.staff.frame import Page, SignedIn, StaffRoom, not_found, show
from bot.web.staff.memos.edit_page import ClashShown
from bot.web.staff.memos.looking import words_for
from bot.web.staff.memos.tabs import Input
from db.drafts import Clash, Closed
from db.staff import Role

KINDS = ("choice", "date", "number", "region", "stays", "by", "rule")


@dataclass(frozen=True, slots=True)
class Shown:
    """The editor with a text that is typed or kept. `is_refused`: what was typed cannot be written into the file."""

    work: FlowWork
    place: Place
    version: int
    wish: Wish
    look: Look
    clash: ClashShown | None = None
    closed: Closed | None = None
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a part by their names, and what its selects offer."""

    part: Part
    fields: Mapping[str, FlowField]
    lines: Mapping[str, int]
    choices: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]
    rule: Rule | None
    dates: tuple[str, ...]


def inputs_of(place: Place, languages: tuple[str, ...]) -> tuple[Input, ...]:
    """What can be typed at a place, as fields of a form."""
    if place.tab == YAML or place.source is None or place.part is None:
        return (Input(BODY, place.text, 1),)
    fields = place.source.fields(place.part, languages)
    return tuple(Input(one.name, one.value) for one in fields)


async def shown(
    room: StaffRoom,
    staff: SignedIn,
    work: FlowWork,
    form: Mapping[str, str],
    text: str | None = None,
    outcome: Clash | Closed | None = None,
) -> Shown:
    """The editor as a request finds it; `text` is what was typed, if that is not what stands in the draft."""
    place = place_in(work.saved if text is None else text, work.path, form)
    wish = wish_of(form, work.languages, work.published.day, staff.lang)
    seen = await look(room, work, place, wish)
    made = Shown(work, place, work.version(work.path), wish, seen)
    match outcome:
        case Clash(text=theirs, version=version):
            there = place_in(theirs or "", work.path, form)
            inputs = inputs_of(there, work.languages)
            pieces = _pieces(there, place, work.languages)
            return replace(made, version=version, clash=ClashShown(version, inputs, pieces))
        case Closed():
            return replace(made, closed=outcome)
        case None:
            return made


def _pieces(theirs: Place, mine: Place, languages: tuple[str, ...]) -> tuple[Piece, ...]:
    """How what is typed here differs from what the other window has saved."""
    if mine.tab == YAML:
        return changed_lines(theirs.text, mine.text)
    then, now = (
        "\n".join(f"{one.name}: {one.text}" for one in inputs_of(place, languages) if one.text)
        for place in (theirs, mine)
    )
    return shortened(word_changes(then, now))


def changed_lines(then: str, now: str) -> tuple[Piece, ...]:
    """The changed lines of a long file alone."""
    return tuple(piece for one in file_changes(then, now) for piece in one.pieces)


def form_of(place: Place, languages: tuple[str, ...], lang: str) -> Form | None:
    source, part = place.source, place.part
    if source is None or part is None or place.tab != FORM:
        return None
    rule = part.data.get("rule")
    return Form(
        part=part,
        fields={one.name: one for one in source.fields(part, languages)},
        lines=source.lines_of_texts(part),
        choices=tuple(str(choice["id"]) for _, choice in choices_of(part.data)),
        targets=tuple(named_parts(source, languages, lang)),
        questions=tuple(
            (name, said)
            for name, said in named_parts(source, languages, lang)
            if source.parts[name].kind in KINDS[:5]
        ),
        rule=RULES.get(rule) if isinstance(rule, str) else None,
        dates=source.dates,
    )


def named_parts(
    source: FlowSource, languages: tuple[str, ...], lang: str
) -> list[tuple[str, str]]:
    """Steps and outcomes, each with its first words in the language, else with its id."""
    return [(name, said_of(part, languages, lang)) for name, part in source.parts.items() if name]


def said_of(part: Part, languages: tuple[str, ...], lang: str) -> str:
    texts = part.data.get("title" if part.kind in ("outcome", "head") else "text")
    if isinstance(texts, dict):
        for one in dict.fromkeys((lang, *languages)):
            if isinstance(said := texts.get(one), str) and said.strip():
                return " ".join(said.split())
    return part.name


def render(
    request: Request, room: StaffRoom, made: Shown, template: str, status: int = 200
) -> Response:
    """One of the templates of the editor: the page, or the parts of it that change as one types."""
    work, place, staff = made.work, made.place, made.work.staff
    interface = words_for("interface").words(staff.lang)
    source = place.source
    head = source.parts[""] if source else None
    return show(
        request,
        room,
        staff,
        template,
        status,
        made=made,
        work=work,
        place=place,
        look=made.look,
        wish=made.wish,
        form=form_of(place, work.languages, staff.lang),
        body=inputs_of(place, work.languages)[0] if place.tab == YAML else None,
        parts_of_flow=[
            (part, said_of(part, work.languages, staff.lang)) for part in source.parts.values()
        ]
        if source
        else [],
        title=(said_of(head, work.languages, staff.lang) if head else "") or work.flow,
        languages_of_guide=work.languages,
        citizenships=tuple(Citizenship),
        readers=READERS,
        kinds=KINDS,
        rules=tuple(RULES.values()),
        who=lambda name: (
            interface.say(f"citizenship-{name}")
            if name in set(Citizenship)
            else room.interface.words(staff.lang).say(f"group-{name}")
        ),
        moved_on=changed_lines(work.base(work.path) or "", work.published_text(work.path) or "")
        if work.has_moved_on(work.path)
        else (),
    )


async def _edit(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    asked = request.query_params
    work = await work_on(room, staff, request.path_params["flow"], asked.get("draft", ""))
    if work is None:
        return not_found(request, room, staff)
    made = await shown(room, staff, work, asked)
    return render(request, room, made, "flows/edit.html")


pages: tuple[Page, ...] = (Page("/flows/{flow}", _edit, Role.AUTHOR, ("GET",), "flow"),)
