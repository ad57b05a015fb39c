"""The navigation: which words a member sees, which pages stand behind them, and what is marked as the place one is at."""

import re
from dataclasses import dataclass

import pytest

from bot.web.staff.menu import MenuEntry, menu_for
from bot.web.staff.mount import PAGES
from db.staff import Role
from tests.web.staff.room import StaffHouse

TEXTS = ("Texts", ["Memos", "Review", "History", "Checks"])
FACTS = ("Facts", ["Facts", "Sources", "Contacts", "Glossary"])
OF_AUTHOR = [("Today", []), TEXTS, ("Translations", []), ("Questions", []), FACTS]
OF_EDITOR = [*OF_AUTHOR, ("Usage", [])]
OF_ADMIN = [*OF_EDITOR, ("Team", ["Staff", "Audit log"])]


@dataclass(frozen=True, slots=True)
class Menu:
    """The words with the pages behind them, the addresses they lead to, and whom aria-current marks as what."""

    words: list[tuple[str, list[str]]]
    addresses: set[str]
    marked: set[tuple[str, str]]


_LINK = re.compile(r'<a(?: class="(word)")? href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>')
_PAGES = re.compile(r'<ul class="pages".*?</ul>', re.DOTALL)


async def menu_at(house: StaffHouse, role: Role | str, path: str) -> Menu:
    client = await house.signed_in(role)
    html = (await client.get(path)).text
    groups = html.partition('<ul class="groups">')[2].partition('<div class="whoami">')[0]
    links = _LINK.findall(groups)
    behind = iter([[link[3] for link in _LINK.findall(pages)] for pages in _PAGES.findall(groups)])
    first_line = _LINK.findall(_PAGES.sub("", groups))
    return Menu(
        words=[(name, next(behind) if is_word else []) for is_word, _, _, name in first_line],
        addresses={address for _, address, _, _ in links},
        marked={(name, mark) for _, _, mark, name in links if mark},
    )


@pytest.mark.parametrize(
    ("role", "words"),
    [("author", OF_AUTHOR), ("editor", OF_EDITOR), ("admin", OF_ADMIN)],
)
async def test_a_member_sees_the_words_of_their_role(
    house: StaffHouse, role: str, words: list[tuple[str, list[str]]]
) -> None:
    assert (await menu_at(house, role, "/staff/")).words == words


async def test_every_page_with_a_label_is_reached_from_everywhere(house: StaffHouse) -> None:
    menu = await menu_at(house, "admin", "/staff/account")

    assert {f"/staff{page.path}" for page in PAGES if page.menu} == menu.addresses


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/staff/", {("Today", "page")}),
        ("/staff/memos", {("Texts", "true"), ("Memos", "page")}),
        ("/staff/memos/registration-first", {("Texts", "true"), ("Memos", "page")}),
        ("/staff/contacts/kg-embassy", {("Facts", "true"), ("Contacts", "page")}),
        ("/staff/facts", {("Facts", "true"), ("Facts", "page")}),
        ("/staff/translators/ky", {("Translations", "page")}),
        ("/staff/accounts", {("Team", "true"), ("Staff", "page")}),
        ("/staff/account", set()),
    ],
)
async def test_the_page_one_is_at_is_marked_and_its_word(
    house: StaffHouse, path: str, marked: set[tuple[str, str]]
) -> None:
    assert (await menu_at(house, "admin", path)).marked == marked


def test_a_word_stands_where_its_first_page_does_and_leads_there() -> None:
    memos = MenuEntry("/staff/memos", "memos", Role.EDITOR, "texts")
    usage = MenuEntry("/staff/usage", "usage", Role.AUTHOR)
    history = MenuEntry("/staff/history", "history", Role.AUTHOR, "texts")

    of_editor = menu_for(Role.EDITOR, (memos, usage, history))
    of_author = menu_for(Role.AUTHOR, (memos, usage, history))

    assert [(one.label, one.entries) for one in of_editor] == [
        ("texts", (memos, history)),
        ("usage", (usage,)),
    ]
    assert [(one.label, one.entries) for one in of_author] == [
        ("usage", (usage,)),
        ("texts", (history,)),
    ]
