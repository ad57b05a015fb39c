"""The machine over the published guidance: whatever persons do, there is a page, and the way on is short."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.app import first_catalogue
from bot.conversation.actions import (
    Action,
    NoneOfThese,
    OpenDanger,
    OpenMemo,
    OpenMenu,
    OpenSection,
    OpenSos,
    SetLanguage,
    ShowContact,
    Vote,
)
from bot.conversation.directory_actions import (
    OpenContact,
    OpenDrawer,
    OpenRegion,
    OpenSeries,
    ShowOffice,
)
from bot.conversation.drawing import draw, edges
from bot.conversation.events import (
    ButtonPressed,
    CommandGiven,
    Event,
    LocationSent,
    NotTextKind,
    NotTextSent,
    Started,
    TextTyped,
)
from bot.conversation.flow_actions import (
    AnswerStep,
    AskStep,
    DropDate,
    KeepDates,
    MoveDate,
    OpenDate,
    OpenFlow,
    RestartFlow,
    ShowMonth,
    ShowOutcome,
)
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.kept_date import KeptDate
from bot.conversation.machine import COMMANDS, step
from bot.conversation.replies import (
    Button,
    CardShown,
    ContactCard,
    FileShown,
    KeptQuestion,
    Note,
    NoteKind,
    OfficePin,
    Page,
    Reply,
    Toast,
)
from bot.conversation.state import State, state_from_json, state_to_json
from bot.guide.citizenship import Citizenship
from bot.guide.place import Point
from bot.i18n.interface import load_interface
from bot.search.findings import Finding, Findings, Line, Verdict
from tests.conversation.test_actions import ACTIONS, CHECKS, FLOW_ACTIONS, IDS
from tests.support.bot import REAL_CONTENT, SMALL_CONTENT, Clock, settings_for


@cache
def guidebook(content: str) -> Guidebook:
    folder = REAL_CONTENT if content == "real" else SMALL_CONTENT
    return make_guidebook(first_catalogue(settings_for(folder, folder), Clock()), load_interface())


# Compiling the published guidance takes seconds of each worker.
GUIDES = [pytest.param("real", marks=pytest.mark.slow), "small"]
in_each_guide = pytest.mark.parametrize("content", GUIDES)


@pytest.fixture(params=GUIDES)
def book(request: pytest.FixtureRequest) -> Guidebook:
    return guidebook(request.param)


READERS = [(lang, who) for lang in ("ru", "ky", "en") for who in Citizenship]
KEPT = st.builds(
    KeptDate,
    st.sampled_from(["a1", "b2"]),
    st.sampled_from(["register-by", "days-left", "gone"]),
    st.sampled_from(["deadline", "gone"]),
    st.dates(date(2026, 11, 1), date(2027, 12, 31)),
    st.sampled_from(["Europe/Moscow", "Asia/Vladivostok"]),
    st.booleans(),
)
STATES = st.builds(
    State,
    lang=st.none() | st.sampled_from(["ru", "ky", "en", "uz", "xx"]),
    citizenship=st.none() | st.sampled_from(list(Citizenship)),
    place=ACTIONS,
    pending=st.none() | ACTIONS,
    check=st.none() | CHECKS,
    guess=st.none() | st.sampled_from(["ky", "ru", "de", ""]),
    now=st.none() | st.just(datetime(2026, 11, 24, 21, 30, tzinfo=UTC)),
    dates=st.lists(KEPT, max_size=2).map(tuple),
)
FINDINGS = st.builds(
    Findings,
    ranked=st.lists(
        st.builds(
            Finding,
            memo=st.sampled_from(["registration-first", "passport-taken", "work-patent", "gone"]),
            score=st.floats(0, 1),
        ),
        max_size=4,
    ).map(tuple),
    verdict=st.sampled_from(Verdict),
    lines=st.lists(
        st.builds(Line, block=st.integers(-2, 30), item=st.none() | st.integers(-2, 9)), max_size=5
    ).map(tuple),
    asked_in=st.none() | st.sampled_from(["ky", "uz", "xx"]),
    danger=st.none() | st.sampled_from(["passport-taken", "gone"]),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Started, payload=st.none() | st.sampled_from(["registration-first", "work"]) | IDS),
    st.builds(
        CommandGiven, name=st.sampled_from([*COMMANDS, "check", "x"]), argument=st.text(max_size=5)
    ),
    st.builds(
        ButtonPressed,
        action=ACTIONS,
        lang=st.none() | st.sampled_from(["ky", "xx"]),
        citizenship=st.none() | st.sampled_from(list(Citizenship)),
        question=st.none() | st.text(max_size=20),
    ),
    st.builds(TextTyped, text=st.text(max_size=60), findings=st.none() | FINDINGS),
    st.builds(NotTextSent, kind=st.sampled_from(list(NotTextKind))),
    st.builds(LocationSent, st.builds(Point, st.floats(), st.floats())),
    st.builds(
        LocationSent, st.builds(Point, st.floats(-90, 90), st.sampled_from([-180, 0, 37.6, 180]))
    ),
)


def pages(replies: tuple[Reply, ...]) -> list[Page]:
    return [reply for reply in replies if isinstance(reply, Page)]


def buttons(page: Page | CardShown) -> list[Button]:
    return [button for row in page.rows for button in row if isinstance(button, Button)]


@in_each_guide
@settings(deadline=None, max_examples=300)
@given(state=STATES, event=EVENTS)
def test_whatever_is_done_something_is_shown_and_no_page_is_a_dead_end(
    content: str, state: State, event: Event
) -> None:
    _, replies = step(guidebook(content), state, event)

    shown = [reply for reply in replies if isinstance(reply, Page | CardShown)]
    # A card to call, a pin on the map, a file and thanks for a vote leave the page as it is.
    aside = ContactCard | OfficePin | Toast | FileShown
    assert shown or any(isinstance(reply, aside) for reply in replies)
    for page in shown:
        assert page.text
        assert buttons(page)
        assert all(button.label.strip() for button in buttons(page))


SECRET = "жылкычыбек-7310604210"


@in_each_guide
@settings(deadline=None, max_examples=200)
@given(
    state=STATES,
    findings=FINDINGS,
    pressed=st.sampled_from([Vote("registration-first", helped=False), NoneOfThese()]),
)
def test_the_words_of_a_question_go_to_the_staff_and_nowhere_else(
    content: str, state: State, findings: Findings, pressed: Action
) -> None:
    told = []
    for event in (TextTyped(SECRET, findings), ButtonPressed(pressed, question=SECRET)):
        after, replies = step(guidebook(content), state, event)
        told += [reply.text for reply in replies if isinstance(reply, KeptQuestion)]
        others = [reply for reply in replies if not isinstance(reply, KeptQuestion)]
        assert SECRET not in str((after, others))

    # Whoever says no to an answer has asked what we have none for, whatever was found.
    assert told in ([SECRET], [SECRET, SECRET])


@settings(deadline=None, max_examples=60)
@given(st.lists(EVENTS, max_size=8))
def test_any_conversation_can_be_told_twice(events: list[Event]) -> None:
    """The step is a pure function: the same state and event give the same answer."""
    state = State()
    for event in events:
        first, again = (
            step(guidebook("small"), state, event),
            step(guidebook("small"), state, event),
        )
        assert first == again
        state = first[0]


# What persons do with a check: press what is on the screen, type, or press a button of another time.
TYPED = st.sampled_from(
    [
        "1",
        "14.05",
        "кечээ",
        "31 февраля",
        "завтра",
        "беш",
        "Казань",
        "казан",
        "артка",
        "🤷",
        "9" * 80,
    ]
)
DEEDS = st.lists(st.integers(0, 40) | TYPED | FLOW_ACTIONS, min_size=1, max_size=14)


@in_each_guide
@settings(deadline=None, max_examples=60)
@given(
    deeds=DEEDS, lang=st.sampled_from(["ru", "ky", "en"]), who=st.sampled_from(list(Citizenship))
)
def test_whatever_is_done_in_a_check_it_answers_and_outlives_a_restart(
    content: str, deeds: list[int | str | Action], lang: str, who: Citizenship
) -> None:
    book = guidebook(content)
    state, replies = step(book, State(lang=lang, citizenship=who), CommandGiven("check"))
    for deed in deeds:
        on_screen = buttons(pages(replies)[-1])
        match deed:
            case int():
                event: Event = ButtonPressed(on_screen[deed % len(on_screen)].action)
            case str():
                event = TextTyped(deed)
            case _:
                event = ButtonPressed(deed)
        state, answered = step(book, state, event)
        assert pages(answered) or any(
            isinstance(reply, Toast | FileShown | CardShown | ContactCard) for reply in answered
        )
        assert all(0 < len(page.text.text) <= 4096 for page in pages(answered))
        assert all(max(map(len, page.rows)) <= 8 for page in pages(answered))
        assert state_from_json(state_to_json(state)) == replace(state, guess=None)
        if pages(answered):
            replies = answered
        if not state.is_settled:
            return


# No shrinking: each example walks the guidance, and the message names the page.
@in_each_guide
@settings(deadline=None, max_examples=100, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    state=STATES.filter(lambda state: state.is_settled and state.lang in {"ru", "ky", "en"}),
    event=EVENTS,
)
def test_the_menu_and_the_hotlines_are_within_two_taps(
    content: str, state: State, event: Event
) -> None:
    book = guidebook(content)
    after, replies = step(book, state, event)
    if not after.is_settled:  # just forgotten: the questions of the first contact come first
        return
    for page in pages(replies):
        for wanted in (NoteKind.MENU_OPENED, NoteKind.HOTLINES_OPENED):
            assert any(taps(book, after, page, wanted, 2)), (
                f"{wanted} from {page.text.text[:60]!r}"
            )


def taps(book: Guidebook, state: State, page: Page, wanted: NoteKind, most: int) -> list[bool]:
    """Whether `wanted` is reached by each of the buttons, directly or with one more tap on the bottom row."""
    found = []
    for button in buttons(page):
        after, replies = step(book, state, ButtonPressed(button.action))
        notes = {reply.kind for reply in replies if isinstance(reply, Note)}
        if wanted in notes:
            return [True]
        if most > 1 and isinstance(button.action, OpenMenu | OpenSos):
            found += [any(taps(book, after, next_page, wanted, 1)) for next_page in pages(replies)]
    return found


@pytest.mark.parametrize(("lang", "citizenship"), READERS)
def test_everybody_reaches_every_memo_and_the_whole_of_it(
    book: Guidebook, lang: str, citizenship: Citizenship
) -> None:
    """Menu, section, memo, and then page after page: all of it by buttons alone."""
    state = State(lang=lang, citizenship=citizenship)
    read: dict[str, int] = {}
    state, menu = step(book, state, CommandGiven("menu"))
    for section in labelled(menu, "OpenSection"):
        _, memos = step(book, state, ButtonPressed(section.action))
        for memo in labelled(memos, "OpenMemo"):
            read[memo.action.memo] = pages_turned(book, state, memo)  # type: ignore[union-attr]

    assert read == {
        memo: len(book.pages[memo, lang, citizenship])
        for memo in book.catalogue.memos[lang, citizenship]
    }


MADE_UP = "9063847152"


@pytest.mark.parametrize(
    "action",
    [
        kind(MADE_UP)
        for kind in (
            OpenContact,
            OpenDanger,
            OpenDrawer,
            OpenMemo,
            OpenRegion,
            OpenSection,
            OpenSeries,
            SetLanguage,
            ShowContact,
            ShowOffice,
        )
    ]
    + [Vote(MADE_UP, helped=True), Vote(MADE_UP, helped=False)]
    + [kind(MADE_UP) for kind in (OpenFlow, RestartFlow, ShowOutcome, KeepDates)]
    + [kind(MADE_UP) for kind in (OpenDate, DropDate)]
    + [
        MoveDate(MADE_UP, "2026-12-01"),
        AskStep("register-by", MADE_UP),
        ShowMonth("register-by", MADE_UP, "2026-12"),
        AnswerStep(MADE_UP, "held", "free"),
        AnswerStep("register-by", MADE_UP, "free"),
        *(
            AnswerStep("register-by", step, MADE_UP)
            for step in ("held", "place", "entered", "trips", "room")
        ),
    ],
    ids=str,
)
def test_a_made_up_button_is_not_remembered(action: Action) -> None:
    """A client of somebody's own making can press anything, also a telephone number."""
    pressed = ButtonPressed(action, lang=MADE_UP)
    for state in (State(), State(lang="ru", citizenship=Citizenship.UZ)):
        after, replies = step(guidebook("small"), state, pressed)
        assert pages(replies) or any(isinstance(reply, Toast) for reply in replies)
        assert MADE_UP not in str(state_to_json(after))
        assert MADE_UP not in str([reply for reply in replies if isinstance(reply, Note)])


def labelled(replies: tuple[Reply, ...], action: str) -> list[Button]:
    return [
        button
        for page in pages(replies)
        for button in buttons(page)
        if type(button.action).__name__ == action
    ]


def pages_turned(book: Guidebook, state: State, memo: Button) -> int:
    count, turning = 1, memo
    while True:
        state, replies = step(book, state, ButtonPressed(turning.action))
        forward = [
            button
            for button in labelled(replies, "OpenMemo")
            if button.action.memo == memo.action.memo  # type: ignore[union-attr]
            and button.action.page == count + 1  # type: ignore[union-attr]
        ]
        if not forward:
            return count
        count, turning = count + 1, forward[0]


def test_the_drawing_has_the_first_contact_and_the_way_to_a_memo() -> None:
    found = edges(guidebook("small"))

    assert ("Start", "PickLanguage", "start") in found
    assert ("PickLanguage", "PickCitizenship", "SetLanguage") in found
    assert ("Menu", "Section", "OpenSection") in found
    assert ("Section", "Memo", "OpenMemo") in found
    assert ("Checks", "Flow", "OpenFlow") in found
    assert ("Flow", "Flow", "AnswerStep") in found
    assert ("Flow", "Flow", "KeepDates") in found
    assert draw(guidebook("small")).startswith("stateDiagram-v2")
