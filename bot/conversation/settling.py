"""Language and citizenship: the two questions of the beginning, and how they come after what a person has asked for. What
a choice leads to, the machine decides.
"""

from dataclasses import replace

from bot.conversation.actions import (
    Action,
    AskQuestion,
    OpenDanger,
    OpenHotlines,
    OpenMemo,
    OpenMenu,
    OpenPrivacy,
    OpenSection,
    PickCitizenship,
    PickLanguage,
)
from bot.conversation.directory_actions import DirectoryAction
from bot.conversation.flow_actions import OpenChecks, OpenDates, OpenFlow
from bot.conversation.guidebook import Guidebook
from bot.conversation.opening import page_of
from bot.conversation.replies import Note, NoteKind, Page, Reply
from bot.conversation.screens import Reader
from bot.conversation.state import State

Step = tuple[State, tuple[Reply, ...]]

# Pages to come back to after a choice of language or citizenship.
_RETURNED_TO = (
    OpenSection
    | OpenMemo
    | OpenHotlines
    | OpenDanger
    | DirectoryAction
    | OpenChecks
    | OpenFlow
    | OpenDates
    | AskQuestion
    | OpenPrivacy
)


def first_question(book: Guidebook, state: State) -> Step:
    """The question that is open."""
    action = PickLanguage() if state.lang is None else PickCitizenship()
    return settling_question(book, state, action)


def settling_question(book: Guidebook, state: State, action: Action) -> Step:
    """Ask for language or citizenship; the place stays, so that the answer leads back to it."""
    shown = page_of(Reader.of(book, state), action)
    assert shown is not None
    return state, (shown[0],)


def place_after(state: State) -> Action:
    """The page that waited or was left; never a choice or a question again, whatever the store
    held.
    """
    place = state.pending or state.place
    return place if isinstance(place, _RETURNED_TO) else OpenMenu()


def asked_to_settle(book: Guidebook, state: State, replies: tuple[Reply, ...]) -> Step:
    """Whoever has not chosen yet gets the answer first and the question after it."""
    answered = _answered_with(replies)
    if state.is_settled:
        return (replace(state, place=answered) if answered else state), replies
    after, questions = first_question(book, replace(state, pending=answered or state.pending))
    aside = tuple(replace(one, in_place=False) for one in questions if isinstance(one, Page))
    return after, (*replies, *aside)


def _answered_with(replies: tuple[Reply, ...]) -> Action | None:
    """The page to come back to in another language, or with the contacts of another citizenship: the danger, else
    the memo.
    """
    for reply in replies:
        match reply:
            case Note(NoteKind.DANGER_SHOWN, subject=str(danger)):
                return OpenDanger(danger)
            case Note(NoteKind.QUESTION_ANSWERED, subject=str(memo)):
                return OpenMemo(memo)
    return None
