"""Which page an action opens. Shared by the machine, which shows it, and by navigation, which
reads its buttons.
"""

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
from bot.conversation.flow_actions import DateAction, FlowAction
from bot.conversation.replies import Note, NoteKind, Page
from bot.conversation.screens import Reader

HOTLINES_MEMO = "hotlines"


def page_of(reader: Reader, action: Action) -> tuple[Page, Note | None] | None:
    """The page that an action opens and how it is noted, or None when it opens none that
    exists.
    """
    page: Page | None
    kind: NoteKind | None = None
    subject: str | None = None
    if isinstance(action, FlowAction | DateAction):
        return None  # theirs hang on the answers and dates of the person: the machine shows them
    match action:
        case OpenMenu() | Unreadable():
            page, kind = screens.menu(reader), NoteKind.MENU_OPENED
        case OpenSection(section):
            page, kind, subject = (
                screens.section(reader, section),
                NoteKind.SECTION_OPENED,
                section,
            )
        case OpenMemo(memo):
            page, kind, subject = screens.memo(reader, action), NoteKind.MEMO_READ, memo
        case OpenHotlines():
            page, kind = screens.memo(reader, OpenMemo(HOTLINES_MEMO)), NoteKind.HOTLINES_OPENED
            page = page or screens.sos(reader)
        case OpenSos():
            page, kind = screens.sos(reader), NoteKind.DANGER_SHOWN
        case OpenDanger(danger_id):
            danger = screens.danger_named(reader.book, danger_id)
            page = screens.danger(reader, danger) if danger else screens.sos(reader)
            kind, subject = NoteKind.DANGER_SHOWN, danger.id if danger else None
        case (
            OpenDirectory()
            | OpenDrawer()
            | OpenContact()
            | OpenRegions()
            | OpenSeries()
            | OpenRegion()
            | OpenNationwide()
            | AskLocation()
        ):
            page, kind, subject = directory.page_of(reader, action)
        case AskQuestion():
            page = screens.ask(reader)
        case OpenSettings():
            page = screens.settings(reader)
        case OpenHelp():
            page = screens.help_page(reader)
        case OpenPrivacy():
            page = screens.privacy(reader)
        case AskForget():
            page = screens.ask_forget(reader)
        case PickLanguage():
            page = screens.pick_language(reader)
        case PickCitizenship():
            page = screens.pick_citizenship(reader)
        case (
            SetLanguage()
            | SetCitizenship()
            | ShowContact()
            | ShowCard()
            | ShowOffice()
            | Vote()
            | NoneOfThese()
            | Forget()
        ):
            page = None
        case _:
            assert_never(action)
    if page is None:
        return None
    return page, Note(kind, reader.lang, page.citizenship, subject) if kind else None
