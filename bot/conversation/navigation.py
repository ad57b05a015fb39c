"""Typed words that lead somewhere: "menu", "back", the label of a button. Anything else is a
question.
"""

from bot.conversation import keyboards, screens
from bot.conversation.actions import (
    Action,
    OpenHotlines,
    OpenMemo,
    OpenMenu,
    OpenSection,
    PickCitizenship,
    PickLanguage,
)
from bot.conversation.directory_actions import (
    AskLocation,
    OpenContact,
    OpenDirectory,
    OpenDrawer,
    OpenNationwide,
    OpenRegion,
    OpenRegions,
)
from bot.conversation.flow_steps import back_in_flow
from bot.conversation.guidebook import Guidebook
from bot.conversation.opening import page_of
from bot.conversation.replies import Button, Rows
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.conversation.typed_label import folded_label
from bot.guide.directory import DRAWER_OF

# A label is short; whoever types more is asking something.
_LONGEST_LABEL = 80


def typed_action(book: Guidebook, state: State, text: str) -> Action | None:
    """The action of a navigation word in any language, or of a button on the page now shown."""
    if len(text) > _LONGEST_LABEL:
        return None
    typed = folded_label(text)
    if not typed:
        return None
    for lang in book.catalogue.languages:
        words = book.words(lang)
        if typed in _listed(words.say("words-menu")):
            return OpenMenu()
        if typed in _listed(words.say("words-back")):
            return back_in_flow(book, state) or parent(book, state.place)
    return next(
        (
            button.action
            for row in _visible_rows(book, state)
            for button in row
            if isinstance(button, Button) and folded_label(button.label) == typed
        ),
        None,
    )


def parent(book: Guidebook, place: Action) -> Action:
    """Where "back" leads: from a memo to its section, from a contact to its drawer, from anything
    else to the menu.
    """
    match place:
        case OpenMemo(memo):
            sections = (one.id for one in book.catalogue.sections if memo in one.memos)
            section = next(sections, None)
            return OpenSection(section) if section else OpenMenu()
        case OpenContact(contact_id):
            contact = book.catalogue.contacts.get(contact_id)
            return OpenDrawer(DRAWER_OF[contact.kind]) if contact else OpenDirectory()
        case OpenDrawer() | OpenNationwide() | OpenRegions() | AskLocation():
            return OpenDirectory()
        case OpenRegion():
            return OpenRegions()
        case OpenDirectory():
            return OpenHotlines()
        case _:
            return OpenMenu()


def refuses_location(book: Guidebook, text: str) -> bool:
    """Whether this is the key that takes the keyboard away, in any language."""
    typed = folded_label(text)
    return any(
        typed == folded_label(book.words(lang).say("location-refuse"))
        for lang in book.catalogue.languages
    )


def _visible_rows(book: Guidebook, state: State) -> Rows:
    reader = Reader.of(book, state)
    if not state.is_settled:
        every_language = [
            keyboards.citizenship_rows(book.words(lang)) for lang in book.catalogue.languages
        ]
        citizenships = tuple(row for rows in every_language for row in rows)
        return (*screens.pick_language(reader).rows, *citizenships)
    # Both questions can be opened from the settings without leaving the place.
    questions = (*keyboards.language_rows(book), *keyboards.citizenship_rows(reader.words))
    return (*_page_rows(reader, state.place), *questions)


def _page_rows(reader: Reader, place: Action) -> Rows:
    if isinstance(place, PickLanguage | PickCitizenship):
        return ()
    shown = page_of(reader, place)
    return shown[0].rows if shown else ()


def _listed(words: str) -> set[str]:
    return {folded_label(word) for word in words.split(",")}
