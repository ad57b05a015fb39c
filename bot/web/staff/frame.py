"""What every staff page stands on: the room, who is signed in, the table of pages, and how a page is shown.

It must not know any page. `bot.web.staff.mount` lists them.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.editorial.day import MOSCOW
from bot.editorial.published import PublishedContent
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Interface, Words
from bot.press import Press
from bot.search.engine import Search
from bot.web.staff.cookies import drop_cookie, read_cookie, set_cookie
from bot.web.staff.menu import MenuEntry, MenuGroup, menu_for
from bot.web.staff.passwords import Passwords
from bot.web.staff.sealing import seal, unseal
from bot.web.staff.translation_queues import TranslationQueues
from bot.web.staff.unanswered_groups import QuestionGroups
from db.staff import Role

ADDRESS = "/staff"
LANGUAGES = ("ru", "ky", "en")
_TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "staff"
_NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class StaffRoom:
    """What pages are made from. `served` is the catalogue that persons are answered from now and `search` finds in it;
    `published` is the content as it lies in its folder, and `press` brings drafts there. `secret` is the key that all replicas share, `interface` has the
    words of the domain `staff`.
    """

    engine: AsyncEngine
    content_dir: Path
    published: PublishedContent
    press: Press
    clock: Callable[[], datetime]
    interface: Interface
    served: Callable[[], Catalogue]
    search: Callable[[], Search]
    queues: TranslationQueues
    questions: QuestionGroups
    secret: str
    passwords: Passwords = field(default_factory=Passwords)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The member whose browser asks, with the role of this moment."""

    id: int
    name: str
    role: Role
    lang: str
    session_id: str


Endpoint = Callable[[Request, StaffRoom, SignedIn], Awaitable[Response]]
OpenEndpoint = Callable[[Request, StaffRoom], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page for members of this role and above. `path` begins with a slash and stands under /staff; `name` is unique.
    With `menu`, the key of its label, it is in the navigation, behind the word with the key `group` if it has one;
    `largest` is how many bytes may be sent to it.
    """

    path: str
    endpoint: Endpoint
    role: Role
    methods: tuple[str, ...]
    name: str
    menu: str | None = None
    group: str | None = None
    largest: int = 1_048_576


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page for whoever has no session yet."""

    path: str
    endpoint: OpenEndpoint
    methods: tuple[str, ...]
    name: str
    largest: int = 16_384


def show(
    request: Request,
    room: StaffRoom,
    staff: SignedIn | None,
    template: str,
    status: int = 200,
    *,
    lang: str | None = None,
    **context: Any,
) -> HTMLResponse:
    """The template in `lang`, else the member's language, else what the browser asks for. In it `t("key", x=…)` and `tn("key", number)` are the words, `when` a
    moment (in Moscow's time) and `day` a date.
    """
    words = room.interface.words(lang or (staff.lang if staff else asked_language(request)))
    notice = _read_notice(request, room)
    html = _ENVIRONMENT.get_template(template).render(
        **context,
        staff=staff,
        lang=words.lang,
        languages=LANGUAGES,
        menu=_menu(request, staff),
        here=request.url.path,
        notice=words.say(notice[0], **notice[1]) if notice else None,
        t=words.say,
        tn=words.count,
        when=lambda moment: _when(moment, words),
        day=lambda value: _day(value, words),
    )
    response = HTMLResponse(html, status)
    if notice:
        drop_cookie(request, response, _NOTICE)
    return response


def see_other(
    request: Request, room: StaffRoom, path: str, notice: str = "", **values: str | int
) -> Response:
    """After a POST: go to this path (under /staff), where the notice with this key is shown once."""
    response = RedirectResponse(f"{ADDRESS}{path}", 303)
    if notice:
        told = json.dumps([notice, values], ensure_ascii=False)
        set_cookie(request, response, _NOTICE, seal(room.secret, _NOTICE, told), seconds=60)
    return response


def not_found(request: Request, room: StaffRoom, staff: SignedIn | None) -> Response:
    """There is no such page or thing."""
    return message(request, room, staff, 404, "not-found-title", "not-found-text")


def refused(request: Request, room: StaffRoom, staff: SignedIn) -> Response:
    """The page is there, but not for this role."""
    return message(request, room, staff, 403, "refused-title", "refused-text")


def message(
    request: Request, room: StaffRoom, staff: SignedIn | None, status: int, title: str, text: str
) -> HTMLResponse:
    """A page that only says something; `title` and `text` are keys."""
    return show(request, room, staff, "message.html", status, title=title, text=text)


async def fields(request: Request) -> dict[str, str]:
    """The text fields of a form, without files, each once."""
    form = await request.form(max_files=0, max_fields=500)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def asked_language(request: Request) -> str:
    """Of who is not signed in: the one in the address, else the first of the browser's that we speak."""
    chosen = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "").split(",")
    wanted = [chosen, *(one.partition(";")[0].strip()[:2].lower() for one in accepted)]
    return next((lang for lang in wanted if lang in LANGUAGES), LANGUAGES[0])


def _menu(request: Request, staff: SignedIn | None) -> tuple[MenuGroup, ...]:
    entries: tuple[MenuEntry, ...] = request.scope.get("staff_menu", ())
    return menu_for(staff.role, entries) if staff else ()


def _read_notice(request: Request, room: StaffRoom) -> tuple[str, dict[str, Any]] | None:
    sealed = read_cookie(request, _NOTICE)
    told = unseal(room.secret, _NOTICE, sealed) if sealed else None
    if told is None:
        return None
    key, values = json.loads(told)
    return key, values


def _when(moment: datetime, words: Words) -> str:
    return format_datetime(moment, "d MMM y, HH:mm", tzinfo=MOSCOW, locale=words.lang)


def _day(value: date, words: Words) -> str:
    return format_date(value, "d MMM y", locale=words.lang)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
