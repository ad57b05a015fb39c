"""The directory over the published guidance: everybody reaches everything, nothing tells where
anybody is, and no keyboard is larger than Telegram takes.
"""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.actions import OpenMenu, ShowContact
from bot.conversation.directory_actions import (
    AskLocation,
    OpenContact,
    OpenDirectory,
    OpenDrawer,
    OpenNationwide,
    OpenRegion,
    OpenRegions,
    OpenSeries,
    ShowOffice,
)
from bot.conversation.events import ButtonPressed, LocationSent, TextTyped
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.machine import perform, step
from bot.conversation.replies import (
    AskForLocation,
    Button,
    CloseKeyboard,
    ContactCard,
    Note,
    NoteKind,
    OfficePin,
    Page,
)
from bot.conversation.state import State, state_to_json
from bot.guide.citizenship import Citizenship
from bot.guide.directory import Drawer
from bot.guide.place import Point
from bot.i18n.interface import load_interface
from bot.telegram.callbacks import pack, unpack
from tests.conversation.test_machine import GUIDES, buttons, guidebook, in_each_guide, pages

MOST_BUTTONS = 100
LONGEST_TEXT = 4096
MOSCOW = Point(55.76, 37.64)


@pytest.fixture(params=GUIDES)
def book(request: pytest.FixtureRequest) -> Guidebook:
    return guidebook(request.param)


def settled(lang: str = "ru", citizenship: Citizenship = Citizenship.UZ) -> State:
    return State(lang=lang, citizenship=citizenship)


def walked(book: Guidebook, state: State) -> dict[object, Page]:
    """Every page of the directory that can be reached by its buttons."""
    of_directory = (
        OpenDirectory
        | OpenDrawer
        | OpenContact
        | OpenRegions
        | OpenRegion
        | OpenSeries
        | OpenNationwide
    )
    found: dict[object, Page] = {}
    waiting: list[object] = [OpenDirectory(), *map(OpenSeries, book.catalogue.series)]
    while waiting:
        action = waiting.pop()
        if action in found:
            continue
        _, replies = perform(book, state, action)  # type: ignore[arg-type]
        [found[action]] = pages(replies)
        waiting += [
            button.action
            for button in buttons(found[action])
            if isinstance(button.action, of_directory)
        ]
    return found


@pytest.mark.parametrize("citizenship", Citizenship)
@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
def test_everybody_reaches_everybody_who_helps_them(
    book: Guidebook, lang: str, citizenship: Citizenship
) -> None:
    found = walked(book, settled(lang, citizenship))

    reached = {action.contact for action in found if isinstance(action, OpenContact)}
    assert reached == {
        contact.id for contact in book.catalogue.contacts.values() if citizenship in contact.serves
    }
    regions = {action.region for action in found if isinstance(action, OpenRegion)}
    assert regions >= {
        value.region
        for value in book.catalogue.regional
        if value.region and citizenship in value.applies
    }
    for action, page in found.items():
        assert len(page.text.text) <= LONGEST_TEXT, action
        assert len(buttons(page)) <= MOST_BUTTONS, action
        for button in buttons(page):
            data = pack(button.action, lang, citizenship)
            assert unpack(data) == ButtonPressed(button.action, lang, citizenship), data


def test_every_phone_of_a_contact_has_its_own_button(book: Guidebook) -> None:
    for contact in book.catalogue.contacts.values():
        _, replies = perform(book, settled(), OpenContact(contact.id))
        calls = [
            button.action
            for button in buttons(pages(replies)[0])
            if isinstance(button.action, ShowContact)
        ]
        for phone, action in zip(contact.phones, calls, strict=True):
            _, answer = perform(book, settled(), action)
            cards = [reply for reply in answer if isinstance(reply, ContactCard)]
            assert [card.phone for card in cards] == [phone.number]


def test_a_phone_that_is_gone_leaves_those_that_are_there() -> None:
    book = guidebook("small")

    _, replies = perform(book, settled(), ShowContact("uz-consulate-kazan", 9))

    cards = [reply.phone for reply in replies if isinstance(reply, ContactCard)]
    assert cards == ["+78430000001", "+78430000002"]


def test_a_value_is_never_without_its_source_its_day_and_its_doubt() -> None:
    book = guidebook("small")

    _, replies = perform(book, settled(), OpenRegion("tatarstan"))

    text = pages(replies)[0].text.text
    value = text[text.index("7\xa0300") : text.index("27\xa0093")]
    assert "Сначала спросите по телефону" in value
    assert "Газета" in value
    assert "05.10.2026" in value


def test_who_needs_no_patent_sees_no_price_of_one(book: Guidebook) -> None:
    for region in book.catalogue.regions:
        _, replies = perform(book, settled(citizenship=Citizenship.KG), OpenRegion(region))
        assert "Платёж за патент" not in pages(replies)[0].text.text


def test_who_has_not_told_a_citizenship_reads_whose_contacts_these_are() -> None:
    _, replies = perform(guidebook("small"), State(lang="ru"), OpenDrawer("consulates"))

    assert "Кыргызстан" in pages(replies)[0].text.text.partition("\n")[0]


def test_no_pin_is_sent_for_an_office_whose_place_is_not_known() -> None:
    """One in the middle of the city would send people to a wrong door."""
    book = guidebook("small")

    after, replies = perform(book, settled(), ShowOffice("uz-consulate-kazan"))

    assert not [reply for reply in replies if isinstance(reply, OfficePin)]
    assert after.place == OpenContact("uz-consulate-kazan")
    assert "Казань" in pages(replies)[0].text.text


def test_a_pin_stands_where_the_office_does() -> None:
    _, replies = perform(guidebook("small"), settled(), ShowOffice("mmc-moscow"))

    [pin] = [reply for reply in replies if isinstance(reply, OfficePin)]
    assert (pin.point, pin.address) == (Point(55.3, 37.2), "Москва, Варшавское шоссе, 64-й км")


# Where a person is


@in_each_guide
@settings(deadline=None, max_examples=200)
@given(
    latitude=st.floats(),
    longitude=st.floats(),
    place=st.sampled_from([OpenMenu(), AskLocation()]),
)
def test_any_location_is_answered_and_leaves_no_trace(
    content: str, latitude: float, longitude: float, place: OpenMenu | AskLocation
) -> None:
    book, state = guidebook(content), replace(settled(), place=place)

    after, replies = step(book, state, LocationSent(Point(latitude, longitude)))

    assert len(pages(replies)) == 1
    there, from_afar = (
        (json.dumps(state_to_json(one)), [r for r in said if isinstance(r, Note)])
        for one, said in (
            (after, replies),
            step(book, state, LocationSent(MOSCOW)),
        )
    )
    if Point(latitude, longitude).is_on_earth:
        assert there == from_afar, "nothing that is kept tells one place from another"


def test_the_keyboard_goes_when_the_location_comes() -> None:
    book = guidebook("small")
    asked, replies = perform(book, settled(), AskLocation())
    [ask] = [reply for reply in replies if isinstance(reply, AskForLocation)]

    after, replies = step(book, asked, LocationSent(MOSCOW))

    assert isinstance(replies[0], CloseKeyboard)
    assert isinstance(replies[1], Page)
    assert after.place == OpenDirectory()
    assert ask.send_label != ask.refuse_label
    _, replies = step(book, after, ButtonPressed(OpenMenu()))
    assert not [reply for reply in replies if isinstance(reply, CloseKeyboard)]


@pytest.mark.parametrize(
    "event",
    [ButtonPressed(OpenMenu()), ButtonPressed(OpenDrawer("state")), TextTyped("✖ Не отправлять")],
    ids=["menu", "drawer", "refused"],
)
def test_the_keyboard_goes_with_whoever_goes_elsewhere(event: ButtonPressed | TextTyped) -> None:
    book = guidebook("small")
    asked, _ = perform(book, settled(), AskLocation())

    after, replies = step(book, asked, event)

    assert len([reply for reply in replies if isinstance(reply, CloseKeyboard)]) == 1
    assert not isinstance(after.place, AskLocation)


def test_the_keyboard_goes_also_when_the_store_has_forgotten_it() -> None:
    _, replies = step(guidebook("small"), State(), TextTyped("✖ Жөнөтпөйм"))

    assert isinstance(replies[0], CloseKeyboard)
    assert pages(replies)


def test_who_has_chosen_nothing_is_answered_first_and_asked_then() -> None:
    after, replies = step(guidebook("small"), State(guess="ky"), LocationSent(MOSCOW))

    nearest, question = pages(replies)
    assert "≈" in nearest.text.text
    assert "Тилди тандаңыз" in question.text.text
    assert after.place == OpenMenu()


def test_near_a_city_its_region_is_one_tap_away(book: Guidebook) -> None:
    for where, region in ((MOSCOW, "moscow"), (Point(55.79, 49.12), "tatarstan")):
        _, replies = step(book, settled(), LocationSent(where))
        assert OpenRegion(region) in [button.action for button in buttons(pages(replies)[0])]
        assert NoteKind.NEAREST_SHOWN in [r.kind for r in replies if isinstance(r, Note)]


def test_a_list_that_has_become_shorter_shows_its_last_page(book: Guidebook) -> None:
    for action in (
        OpenDrawer("state", 99),
        OpenRegions(99),
        OpenRegion("moscow", 99),
        OpenNationwide(99),
    ):
        _, replies = perform(book, settled(), action)
        assert buttons(pages(replies)[0])


def test_long_lists_turn_their_pages() -> None:
    """Thirty contacts of one kind are on four pages, each with the way to its neighbours."""
    book = guidebook("small")
    [state_office] = [one for one in book.catalogue.contacts.values() if one.kind == "state"]
    many = {f"state-{n}": replace(state_office, id=f"state-{n}") for n in range(30)}
    crowded = make_guidebook(replace(book.catalogue, contacts=many), load_interface())

    def shown(page: int) -> list[str]:
        _, replies = perform(crowded, settled(), OpenDrawer(Drawer.STATE, page))
        found = buttons(pages(replies)[0])
        assert turns(found) == [n for n in (page - 1, page + 1) if 1 <= n <= 4]
        return [b.action.contact for b in found if isinstance(b.action, OpenContact)]

    assert [contact for page in range(1, 5) for contact in shown(page)] == list(many)


def turns(found: list[Button]) -> list[int]:
    return [button.action.page for button in found if isinstance(button.action, OpenDrawer)]
