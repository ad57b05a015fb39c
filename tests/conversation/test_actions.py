"""What is written into buttons can be read back, now and in years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.actions import (
    Action,
    AskForget,
    AskQuestion,
    Forget,
    NoneOfThese,
    OpenDanger,
    OpenHelp,
    OpenHotlines,
    OpenMemo,
    OpenMenu,
    OpenPrivacy,
    OpenSection,
    OpenSettings,
    OpenSos,
    PickCitizenship,
    PickLanguage,
    SetCitizenship,
    SetLanguage,
    ShowCard,
    ShowContact,
    Unreadable,
    Vote,
    read,
    written,
)
from bot.conversation.check import Check, Given
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
from bot.conversation.flow_actions import (
    AnswerStep,
    AskStep,
    DelayDate,
    DropDate,
    KeepDates,
    MoveDate,
    OpenChecks,
    OpenDate,
    OpenDates,
    OpenFlow,
    RestartFlow,
    SendCalendar,
    SettleDate,
    ShowMonth,
    ShowOutcome,
    ShowRegions,
)
from bot.conversation.state import State, state_from_json, state_to_json
from bot.guide.citizenship import Citizenship

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,35}", fullmatch=True)
# The names of a flow, of a step and of an answer share one button.
FLOWS = st.sampled_from(["register-by", "days-left"]) | st.from_regex(
    r"[a-z][a-z0-9-]{0,11}", fullmatch=True
)
STEPS = st.sampled_from(["held", "place", "entered", "trips", "room", "work-out"]) | FLOWS
ANSWERS = st.sampled_from(["free", "moscow", "2026-11-20", "7", "still-here", "more", "done"])
MONTHS = st.from_regex(r"20[0-9]{2}-[0-9]{2}", fullmatch=True)
DATES = st.from_regex(r"[0-9a-f]{32}", fullmatch=True) | st.sampled_from(["a1", "b2"])
FLOW_ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.sampled_from([OpenChecks(), OpenDates(), SendCalendar()]),
    st.builds(OpenFlow, FLOWS),
    st.builds(RestartFlow, FLOWS),
    st.builds(AnswerStep, FLOWS, STEPS, ANSWERS | FLOWS),
    st.builds(AskStep, FLOWS, STEPS),
    st.builds(ShowMonth, FLOWS, STEPS, MONTHS),
    st.builds(ShowRegions, FLOWS, STEPS, st.integers(1, 999)),
    st.builds(ShowOutcome, FLOWS),
    st.builds(KeepDates, FLOWS),
    st.builds(OpenDate, DATES),
    st.builds(MoveDate, st.sampled_from(["a1", "b2"]), MONTHS | st.dates().map(str)),
    st.builds(SettleDate, DATES),
    st.builds(DelayDate, DATES),
    st.builds(DropDate, DATES),
)
CHECKS = st.builds(
    Check,
    FLOWS,
    st.dictionaries(
        STEPS, st.builds(Given, ANSWERS | FLOWS, st.from_regex(r"[0-9a-f]{8}", fullmatch=True))
    ),
    draft=st.sampled_from(["", "2026-01-02/2026-02-01", "2026-05-14/?", "+"]),
    looked=st.booleans(),
)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.sampled_from(
        [
            OpenMenu(),
            OpenHotlines(),
            OpenSos(),
            OpenDirectory(),
            AskLocation(),
            AskQuestion(),
            NoneOfThese(),
            OpenSettings(),
            PickLanguage(),
            PickCitizenship(),
            OpenHelp(),
            OpenPrivacy(),
            AskForget(),
            Forget(),
        ]
    ),
    st.builds(OpenSection, IDS),
    st.builds(OpenMemo, IDS, st.integers(1, 999), st.booleans()),
    st.builds(OpenDanger, IDS),
    st.builds(ShowCard, IDS),
    st.builds(Vote, IDS, st.booleans()),
    st.builds(ShowContact, IDS, st.integers(0, 99)),
    st.builds(OpenDrawer, IDS, st.integers(1, 999)),
    st.builds(OpenContact, IDS),
    st.builds(ShowOffice, IDS),
    st.builds(OpenRegions, st.integers(1, 999)),
    st.builds(OpenSeries, IDS, st.integers(1, 999)),
    st.builds(OpenRegion, IDS, st.integers(1, 999)),
    st.builds(OpenNationwide, st.integers(1, 999)),
    st.builds(SetLanguage, st.sampled_from(["ru", "ky", "en", "uz", "tg"])),
    st.builds(SetCitizenship, st.sampled_from(list(Citizenship))),
    FLOW_ACTIONS,
)


@given(ACTIONS)
def test_an_action_reads_back_as_itself(action: Action) -> None:
    assert read(written(action)) == action


@given(st.text(max_size=100))
def test_any_text_reads_as_some_action(text: str) -> None:
    assert read(written(read(text))) == (OpenMenu() if read(text) == Unreadable() else read(text))


@pytest.mark.parametrize(
    ("sent_in_2026", "means"),
    [
        ("menu", OpenMenu()),
        ("m:registration-first", OpenMemo("registration-first")),
        ("m:registration-first:2", OpenMemo("registration-first", 2)),
        ("m:registration-first:1:b", OpenMemo("registration-first", 1, base=True)),
        ("s:work", OpenSection("work")),
        ("hot", OpenHotlines()),
        ("sos", OpenSos()),
        ("c:ru-112", ShowContact("ru-112")),
        ("show:need-interpreter", ShowCard("need-interpreter")),
        ("c:ru-112:2", ShowContact("ru-112", 2)),
        ("dir", OpenDirectory()),
        ("dr:consulates", OpenDrawer("consulates")),
        ("dr:state:3", OpenDrawer("state", 3)),
        ("o:kg-embassy-moscow", OpenContact("kg-embassy-moscow")),
        ("v:kg-embassy-moscow", ShowOffice("kg-embassy-moscow")),
        ("rs", OpenRegions()),
        ("rs:2", OpenRegions(2)),
        ("sr:patent-price", OpenSeries("patent-price")),
        ("sr:patent-price:2", OpenSeries("patent-price", 2)),
        ("r:moscow", OpenRegion("moscow")),
        ("r:moscow:2", OpenRegion("moscow", 2)),
        ("ru", OpenNationwide()),
        ("ru:2", OpenNationwide(2)),
        ("near", AskLocation()),
        ("d:passport-taken", OpenDanger("passport-taken")),
        ("lang:ky", SetLanguage("ky")),
        ("cit:kg", SetCitizenship(Citizenship.KG)),
        ("forget!", Forget()),
        ("vote:y:registration-first", Vote("registration-first", helped=True)),
        ("vote:n:registration-first", Vote("registration-first", helped=False)),
        ("none", NoneOfThese()),
        ("checks", OpenChecks()),
        ("q:register-by", OpenFlow("register-by")),
        ("q!:register-by", RestartFlow("register-by")),
        ("q:register-by:entered", AskStep("register-by", "entered")),
        ("q:register-by:entered:2026-05-14", AnswerStep("register-by", "entered", "2026-05-14")),
        ("q:days-left:trips:still-here", AnswerStep("days-left", "trips", "still-here")),
        ("qm:register-by:entered:2026-05", ShowMonth("register-by", "entered", "2026-05")),
        ("qr:patent-steps:region:3", ShowRegions("patent-steps", "region", 3)),
        ("qo:register-by", ShowOutcome("register-by")),
        ("qk:register-by", KeepDates("register-by")),
        ("dates", OpenDates()),
        ("ics", SendCalendar()),
        ("date:0a1b", OpenDate("0a1b")),
        ("date:0a1b:2026-05", MoveDate("0a1b", "2026-05")),
        ("date:0a1b:2026-05-14", MoveDate("0a1b", "2026-05-14")),
        ("done:0a1b", SettleDate("0a1b")),
        ("later:0a1b", DelayDate("0a1b")),
        ("drop:0a1b", DropDate("0a1b")),
    ],
)
def test_buttons_sent_in_2026_keep_their_meaning(sent_in_2026: str, means: Action) -> None:
    """These lines are a promise to messages that lie in people's phones: add lines, change none."""
    assert read(sent_in_2026) == means


@given(
    st.builds(
        State,
        lang=st.none() | st.sampled_from(["ru", "ky", "en"]),
        citizenship=st.none() | st.sampled_from(list(Citizenship)),
        place=ACTIONS,
        pending=st.none() | ACTIONS,
        check=st.none() | CHECKS,
    )
)
def test_a_state_reads_back_as_itself(state: State) -> None:
    assert state_from_json(state_to_json(state)) == state


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["lang", "citizenship", "place", "pending", "check", "x"]),
                inner,
                max_size=5,
            )
        ),
        max_leaves=8,
    )
)
def test_spoiled_stored_states_are_forgotten_not_feared(stored: object) -> None:
    state = state_from_json(stored)

    assert state_from_json(state_to_json(state)) == state
