"""The machine: `step(book, state, event) -> (state, replies)`. A pure function and the only
place that decides
what comes next. No Telegram, SQL, clock or search in it.
"""

from dataclasses import replace
from typing import assert_never

from bot.conversation import directory, screens
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
)
from bot.conversation.answering import answer_question, none_of_these, voted
from bot.conversation.date_steps import perform_date
from bot.conversation.directory_actions import (
    AskLocation,
    OpenContact,
    OpenDirectory,
    ShowOffice,
)
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
    DateAction,
    FlowAction,
    OpenChecks,
    OpenDates,
    OpenFlow,
)
from bot.conversation.flow_steps import (
    asked_once_more,
    going_on_below,
    perform_flow,
    typed_in_flow,
)
from bot.conversation.guidebook import Guidebook
from bot.conversation.navigation import refuses_location, typed_action
from bot.conversation.opening import page_of
from bot.conversation.replies import (
    AskForLocation,
    CloseKeyboard,
    ForgetPerson,
    Note,
    NoteKind,
    Reply,
    Toast,
)
from bot.conversation.screens import Reader
from bot.conversation.settling import (
    Step,
    asked_to_settle,
    first_question,
    place_after,
    settling_question,
)
from bot.conversation.state import State
from bot.guide.place import Point
from bot.search.findings import Findings

COMMANDS: dict[str, Action] = {
    "menu": OpenMenu(),
    "ask": AskQuestion(),
    "check": OpenChecks(),
    "dates": OpenDates(),
    "sos": OpenSos(),
    "hotlines": OpenHotlines(),
    "language": PickLanguage(),
    "citizenship": PickCitizenship(),
    "settings": OpenSettings(),
    "help": OpenHelp(),
    "privacy": OpenPrivacy(),
    "forget": AskForget(),
}

_LONGEST_SLIP = 2  # words


def step(book: Guidebook, state: State, event: Event) -> Step:
    """What the person sees next, and what is remembered. Never raises for any state and event."""
    after, replies = _stepped(book, state, event)
    has_left = isinstance(state.place, AskLocation) and not isinstance(after.place, AskLocation)
    if has_left and not any(isinstance(reply, CloseKeyboard) for reply in replies):
        words = Reader.of(book, after).words
        replies = (CloseKeyboard(words.say("location-not-sent")), *replies)
    return after, replies


def _stepped(book: Guidebook, state: State, event: Event) -> Step:
    match event:
        case Started(payload):
            return _start(book, state, payload)
        case CommandGiven(name):
            action = COMMANDS.get(name)
            if action is None:
                return _with_notice(book, state, OpenHelp(), "unknown-command")
            return perform(book, state, action)
        case ButtonPressed(action, question=question):
            return perform(book, _restored(book, state, event), action, question)
        case TextTyped(text) if refuses_location(book, text):
            # Also when the store has forgotten that the keyboard is there.
            after, replies = perform(book, state, OpenDirectory())
            words = Reader.of(book, after).words
            return after, (CloseKeyboard(words.say("location-not-sent")), *replies)
        case TextTyped(text, findings):
            return _typed(book, state, text, findings)
        case NotTextSent(kind):
            return _not_understood(book, state, kind)
        case LocationSent(point):
            return _nearest(book, state, point)
        case _:
            assert_never(event)


def _typed(book: Guidebook, state: State, text: str, findings: Findings | None) -> Step:
    """A word that leads somewhere, an answer to the question of a check, or a question of the person's own."""
    action = typed_action(book, state, text)
    if action is None and not (findings and findings.danger):
        answered = typed_in_flow(book, state, text)
        if answered is not None:
            return answered
    if action is not None:
        return perform(book, state, action)
    if not _is_question(text, findings) and (again := asked_once_more(book, state, text)):
        return again
    return _aside(book, state, answer_question(Reader.of(book, state), findings, text))


def _is_question(text: str, findings: Findings | None) -> bool:
    """Whether a text in the middle of a check is a question of the person's own. A word or two that no memo answers is an
    answer gone wrong: nobody is sent away from a check by a slip in the name of a town, and staff do not get it to read.
    """
    if findings is None:
        return False
    is_long = len(text.split()) > _LONGEST_SLIP
    return bool(findings.danger or findings.is_answered or (findings.ranked and is_long))


def _aside(book: Guidebook, state: State, replies: tuple[Reply, ...]) -> Step:
    """Replies to something else than the page that is open. In the middle of a check they are on the screen and the check
    goes on below them: the place stays.
    """
    if going_on := going_on_below(book, state):
        return state, (*replies, going_on)
    return asked_to_settle(book, state, replies)


def perform(book: Guidebook, state: State, action: Action, question: str | None = None) -> Step:
    """Do what a button, command or typed word stands for. `question` is what the button's page had answered."""
    if isinstance(action, FlowAction):
        return perform_flow(book, state, action)
    if isinstance(action, DateAction):
        return perform_date(book, state, action)
    match action:
        case SetLanguage(lang):
            if lang not in book.catalogue.languages:
                return settling_question(book, state, PickLanguage())
            return _settle(book, replace(state, lang=lang))
        case SetCitizenship(citizenship):
            return _settle(book, replace(state, citizenship=citizenship))
        case PickLanguage() | PickCitizenship():
            return settling_question(book, state, action)
        case OpenMenu() if not state.is_settled:
            return first_question(book, state)
        case Unreadable():
            return _with_notice(book, state, OpenMenu(), "old-button")
        case ShowCard(card):
            return _hold_out(book, state, card)
        case ShowContact(contact, phone):
            return _call(book, state, contact, phone)
        case ShowOffice(contact):
            return _pin(book, state, contact)
        case AskLocation():
            words = Reader.of(book, state).words
            after, replies = _show(book, state, action)
            ask = AskForLocation(
                words.say("location-ask"),
                words.say("location-send"),
                words.say("location-refuse"),
            )
            return after, (*replies, ask)
        case Vote():
            return state, voted(Reader.of(book, state), action, question)
        case NoneOfThese():
            return state, none_of_these(Reader.of(book, state), question)
        case Forget():
            return _forget(book, state)
        case OpenDanger(danger) if screens.danger_named(book, danger) is None:
            # Remembered as a place, a made-up id would keep whatever somebody wrote into it.
            return _show(book, state, OpenSos())
        case _:
            return _show(book, state, action)


def _show(book: Guidebook, state: State, action: Action) -> Step:
    """Show the page of an action, or say that it is gone and show the menu."""
    reader = Reader.of(book, state)
    shown = page_of(reader, action)
    if shown is None:
        return _with_notice(book, state, OpenMenu(), "page-gone")
    page, note = shown
    return replace(state, place=action), (page, note) if note else (page,)


def _start(book: Guidebook, state: State, payload: str | None) -> Step:
    action = linked_action(book, payload)
    note = Note(NoteKind.STARTED, state.lang, state.citizenship)
    if action is None:
        after, replies = perform(book, state, OpenMenu())
        return after, (*replies, note)
    if isinstance(action, OpenFlow):
        after, replies = perform(book, state, action)
        return after, (*replies, note)
    after, replies = _show(book, state, action)
    if state.is_settled:
        return after, (*replies, note)
    # A deep link: the page first, the questions after it. Their answer opens the page again,
    # rightly this time.
    settling, questions = first_question(book, replace(after, pending=action))
    return settling, (*replies, *questions, note)


def linked_action(book: Guidebook, payload: str | None) -> Action | None:
    """What a deep link opens: a memo, a check or a section by its id."""
    if not payload:
        return None
    if any(payload in memos for memos in book.catalogue.memos.values()):
        return OpenMemo(payload)
    if payload in book.catalogue.flows:
        return OpenFlow(payload)
    return OpenSection(payload) if book.catalogue.section(payload) else None


def _settle(book: Guidebook, state: State) -> Step:
    """After a choice: the other question if it is open, else the page that waited, else the
    page where they were.
    """
    note = Note(NoteKind.SETTINGS_CHANGED, state.lang, state.citizenship)
    if not state.is_settled:
        after, replies = first_question(book, state)
    else:
        after, replies = perform(book, replace(state, pending=None), place_after(state))
    return after, (*replies, note)


def _not_understood(book: Guidebook, state: State, kind: NotTextKind) -> Step:
    reader = Reader.of(book, state)
    note = Note(NoteKind.NOT_UNDERSTOOD, reader.lang, state.citizenship, str(kind))
    return _aside(book, state, (screens.not_text(reader, kind), note))


def _nearest(book: Guidebook, state: State, point: Point) -> Step:
    """The point goes into the distances of one page, and nowhere else: not into the state, and
    not into what is noted.
    """
    if not point.is_on_earth:
        return _not_understood(book, state, NotTextKind.LOCATION)
    if isinstance(state.place, AskLocation):
        state = replace(state, place=OpenDirectory())
    reader = Reader.of(book, state)
    note = Note(NoteKind.NEAREST_SHOWN, reader.lang, state.citizenship)
    received = CloseKeyboard(reader.words.say("location-received"))
    return _aside(book, state, (received, directory.nearest(reader, point), note))


def _pin(book: Guidebook, state: State, contact: str) -> Step:
    reader = Reader.of(book, state)
    pin = directory.office_pin(reader, contact)
    if pin is None:  # the address is on the page
        return perform(book, state, OpenContact(contact))
    note = Note(NoteKind.CONTACT_SHOWN, reader.lang, state.citizenship, contact)
    return state, (pin, note)


def _call(book: Guidebook, state: State, contact: str, phone: int) -> Step:
    reader = Reader.of(book, state)
    cards = screens.contact_cards(reader, contact, phone)
    if not cards:
        return _with_notice(book, state, OpenHotlines(), "page-gone")
    note = Note(NoteKind.CONTACT_SHOWN, reader.lang, state.citizenship, contact)
    return state, (*cards, Toast(reader.words.say("contact-sent")), note)


def _hold_out(book: Guidebook, state: State, card_id: str) -> Step:
    """The card; where it is gone, the memo that it stood under, else the menu, with a line that says so."""
    reader = Reader.of(book, state)
    shown = screens.card(reader, card_id, state.place)
    if shown is None:
        back = state.place if isinstance(state.place, OpenMemo) else OpenMenu()
        return _with_notice(book, state, back, "card-gone")
    return state, (shown, Note(NoteKind.CARD_SHOWN, reader.lang, state.citizenship, card_id))


def _forget(book: Guidebook, state: State) -> Step:
    page = screens.forgotten(Reader.of(book, state))
    # The note says that somebody was forgotten, not in which language or of which citizenship.
    return State(), (page, ForgetPerson(), Note(NoteKind.FORGOTTEN, None, None))


def _with_notice(book: Guidebook, state: State, action: Action, key: str) -> Step:
    after, replies = perform(book, state, action)
    return after, screens.with_notice_on_pages(Reader.of(book, state), key, replies)


def _restored(book: Guidebook, state: State, pressed: ButtonPressed) -> State:
    """With an emptied store the button still knows for whom it was made."""
    lang = state.lang or (pressed.lang if pressed.lang in book.catalogue.languages else None)
    return replace(state, lang=lang, citizenship=state.citizenship or pressed.citizenship)
