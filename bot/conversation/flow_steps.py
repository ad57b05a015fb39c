"""What happens in a flow: going in, answering, going back, the look at the answers, the outcome. Pure.

A person stands where their answers lead (`bot.guide.walk`); nothing else is remembered. So a button of any year gives its
answer to the question as it is now, and what no longer fits is asked again.
"""

from dataclasses import replace
from datetime import date

from bot.conversation import flow_screens, screens
from bot.conversation.actions import Action
from bot.conversation.check import Check, Given, meant_by
from bot.conversation.flow_actions import (
    AnswerStep,
    AskStep,
    FlowAction,
    KeepDates,
    OpenChecks,
    OpenFlow,
    RestartFlow,
    ShowMonth,
    ShowOutcome,
    ShowRegions,
)
from bot.conversation.flow_reader import FlowReader, flow_reader, zone_of
from bot.conversation.flow_typed import NotSaid, Said, Which, read_typed
from bot.conversation.guidebook import Guidebook
from bot.conversation.replies import Button, KeepDate, Note, NoteKind, Page, Reply
from bot.conversation.screens import Reader
from bot.conversation.settling import Step, first_question
from bot.conversation.state import State
from bot.conversation.stays_draft import (
    DONE,
    StaysDraft,
    Wanted,
    draft_from_text,
    draft_to_text,
)
from bot.guide.fact_values import written_values
from bot.guide.flow import Flow, Outcome, Question, StaysQuestion
from bot.guide.rule import InputKind, read_answer, write_stays

_ZONE = "Europe/Moscow"


def perform_flow(book: Guidebook, state: State, action: FlowAction) -> Step:
    """What a button or command of the checks stands for."""
    if isinstance(action, OpenChecks):
        if not state.is_settled:
            return first_question(book, replace(state, pending=action))
        reader = Reader.of(book, state)
        note = Note(NoteKind.CHECKS_OPENED, reader.lang, state.citizenship)
        return replace(state, place=action), (flow_screens.checks(reader), note)
    flow = book.catalogue.flows.get(action.flow)
    if flow is None:
        after, replies = perform_flow(book, state, OpenChecks())
        return after, screens.with_notice_on_pages(Reader.of(book, state), "page-gone", replies)
    if not state.is_settled:
        # Every answer depends on the citizenship; it is asked first.
        return first_question(book, replace(state, pending=OpenFlow(flow.id)))
    reader = Reader.of(book, state)
    if reader.citizenship not in flow.readers:
        return replace(state, place=OpenChecks()), (flow_screens.not_for_you(reader, flow),)
    return _performed(reader, state, flow, action)


def _performed(reader: Reader, state: State, flow: Flow, action: Action) -> Step:
    match action:
        case RestartFlow():
            state = replace(state, check=Check(flow.id))
            started = Note(NoteKind.FLOW_STARTED, reader.lang, state.citizenship, flow.id)
            after, replies = _stand(flow_reader(reader, state, flow), state)
            return after, (*replies, started)
        case OpenFlow():
            if state.check is None or state.check.flow != flow.id:
                return _performed(reader, state, flow, RestartFlow(flow.id))
            state = replace(state, check=replace(state.check, looked=False))
            return _stand(flow_reader(reader, state, flow), state)
        case AnswerStep(_, step, value):
            return _answered(flow_reader(reader, state, flow), state, step, value)
        case AskStep(_, step):
            return _asked_again(flow_reader(reader, state, flow), state, step)
        case ShowMonth(_, step, month):
            return _shown_otherwise(flow_reader(reader, state, flow), state, step, month=month)
        case ShowRegions(_, step, page):
            return _shown_otherwise(flow_reader(reader, state, flow), state, step, regions=page)
        case ShowOutcome():
            here = flow_reader(reader, state, flow)
            return _stand(replace(here, check=replace(here.check, looked=True)), state)
        case KeepDates():
            return _kept(flow_reader(reader, state, flow), state)
        case _:
            return _stand(flow_reader(reader, state, flow), state)


def typed_in_flow(book: Guidebook, state: State, text: str) -> Step | None:
    """The step of a text that answers the open question, or that was meant to; None when it is something else."""
    here = _standing(book, state)
    asked = here.walked.asked if here else None
    if here is None or asked is None:
        return None
    found = read_typed(here, asked, text)
    if here.changed and not _is_no_answer(found):
        # It was meant for a question that another edition asked; the one that is open now they have not read yet.
        return _stand(here, state)
    match found:
        case Said(value, None):
            return _answered(here, state, asked.id, value)
        case Said(_, stay) if stay is not None:
            draft = draft_from_text(here.check.draft).with_stay(stay)
            return _stand(_with_draft(here, draft), state)
        case Which(values):
            return state, (_which(here, asked, values),)
        case NotSaid(key, is_near) if is_near:
            return state, (
                screens.with_notice(here.reader, key, flow_screens.question(here, asked)),
            )
        case _:
            return None


def _is_no_answer(found: Said | Which | NotSaid) -> bool:
    return isinstance(found, NotSaid) and not found.is_near


def asked_once_more(book: Guidebook, state: State, text: str) -> Step | None:
    """The open question with how an answer looks, for a text that is none; None outside a flow."""
    here = _standing(book, state)
    asked = here.walked.asked if here else None
    if here is None or asked is None:
        return None
    if here.changed:
        return _stand(here, state)
    found = read_typed(here, asked, text)
    key = found.key if isinstance(found, NotSaid) else "flow-goes-on"
    page = screens.with_notice(here.reader, key, flow_screens.question(here, asked))
    return state, (replace(page, in_place=False),)


def going_on_below(book: Guidebook, state: State) -> Page | None:
    """The open question, or the answers to look at, again for whoever asked something else in between; None outside a
    flow, and at its end.
    """
    here = _standing(book, state)
    if here is None:
        return None
    if here.walked.asked is not None:
        page = screens.with_notice(
            here.reader, "flow-goes-on", flow_screens.question(here, here.walked.asked)
        )
    elif here.walked.outcome is not None and not _is_at_end(here, here.walked.outcome):
        page = flow_screens.summary(here)
    else:
        return None
    return replace(page, in_place=False)


def back_in_flow(book: Guidebook, state: State) -> Action | None:
    """Where "back" leads inside a flow: to the question before."""
    here = _standing(book, state)
    if here is None:
        return None
    asked = here.walked.asked
    before = [one for one in here.questions if asked is None or one.id != asked.id]
    return AskStep(here.flow.id, before[-1].id) if before else OpenChecks()


def _standing(book: Guidebook, state: State) -> FlowReader | None:
    """The flow whose question is on the screen."""
    if not isinstance(state.place, OpenFlow) or not state.is_settled:
        return None
    flow = book.catalogue.flows.get(state.place.flow)
    reader = Reader.of(book, state)
    if flow is None or reader.citizenship not in flow.readers:
        return None
    return flow_reader(reader, state, flow)


def _stand(here: FlowReader, state: State) -> Step:
    """Show the person where they stand."""
    walked, flow = here.walked, here.flow
    page: Page
    subject = f"{flow.id}/{walked.path[-1]}"
    kind = NoteKind.FLOW_ASKED
    looked = here.check.looked
    if walked.asked is not None:
        page, looked = flow_screens.question(here, walked.asked), False
    elif walked.outcome is None:
        page, kind = flow_screens.leads_nowhere(here), NoteKind.FLOW_FAILED
    elif _is_at_end(here, walked.outcome):
        page, kind, looked = flow_screens.outcome(here, walked.outcome), NoteKind.FLOW_ENDED, True
    else:
        page, subject = flow_screens.summary(here), f"{flow.id}/summary"
    if here.changed:
        page = screens.with_notice(here.reader, "flow-changed", page)
    note = Note(kind, here.lang, state.citizenship, subject)
    check = replace(here.check, looked=looked)
    return replace(state, check=check, place=OpenFlow(flow.id)), (page, note)


def _is_at_end(here: FlowReader, end: Outcome) -> bool:
    """Whether the outcome is shown, and not the answers to look at first."""
    return here.check.looked or end.urgent or len(here.questions) <= 1


def _answered(here: FlowReader, state: State, step: str, value: str) -> Step:
    question = here.flow.question(step)
    if question is None:
        return _told_and_stand(here, state, "flow-question-gone")
    if isinstance(question, StaysQuestion):
        return _told_of_stays(here, state, question, value)
    if not here.allows(question, value):
        return _told_and_stand(here, state, "flow-answer-gone")
    return _stand(_moved(here, state, _with_answer(here, question, value)), state)


def _told_of_stays(here: FlowReader, state: State, question: StaysQuestion, value: str) -> Step:
    """One thing after another, until the person says that these are all."""
    draft = draft_from_text(here.check.draft)
    if value == DONE and draft.is_said:
        stays = write_stays(draft.stays)
        if not here.allows(question, stays):
            return _told_and_stand(_with_draft(here, StaysDraft()), state, "stays-unclear")
        return _stand(_moved(here, state, _with_answer(here, question, stays)), state)
    day = read_answer(InputKind.DATE, value)
    further = draft.with_day(day) if isinstance(day, date) else draft.with_word(value)
    if further is None:
        key = "stays-left-before" if draft.wanted is Wanted.LEFT else "flow-answer-gone"
        return _told_and_stand(here, state, key)
    if isinstance(day, date) and day > here.today:
        return _told_and_stand(here, state, "flow-day-in-future")
    return _stand(_with_draft(here, further), state)


def _asked_again(here: FlowReader, state: State, step: str) -> Step:
    """The other answers stay, and hold again as soon as this one is given."""
    question = here.flow.question(step)
    if question is None:
        return _told_and_stand(here, state, "flow-question-gone")
    given = {name: one for name, one in here.check.given.items() if name != step}
    check = replace(here.check, given=given, looked=False, draft="")
    return _stand(_moved(here, state, check), state)


def _shown_otherwise(
    here: FlowReader,
    state: State,
    step: str,
    *,
    month: str | None = None,
    regions: int = 1,
) -> Step:
    asked = here.walked.asked
    if asked is None or asked.id != step:
        # The button of a question that has been answered: it is asked again, as if its answer were to be changed.
        return _asked_again(here, state, step)
    page = flow_screens.question(here, asked, month=month, regions=regions)
    return replace(state, check=here.check, place=OpenFlow(here.flow.id)), (page,)


def _kept(here: FlowReader, state: State) -> Step:
    """Keep the dates of the outcome; whoever is not at one (any more) is shown where they stand."""
    end = here.walked.outcome
    dates = flow_screens.kept_dates(here, end) if end else {}
    if end is None or not dates:
        return _told_and_stand(here, state, "flow-no-date")
    zone = zone_of(here.reader, here.flow, here.check) or _ZONE
    catalogue = here.reader.book.catalogue
    values = written_values(catalogue)
    facts = {
        name: values[name]
        for name in here.walked.facts
        if name in values and here.reader.citizenship in catalogue.facts[name].applies
    }
    replies: list[Reply] = [
        KeepDate(
            flow=here.flow.id,
            name=name,
            day=day,
            zone=zone,
            answers=here.check.answers,
            facts=facts,
            mends=end.mends,
        )
        for name, day in dates.items()
    ]
    note = Note(NoteKind.DATE_KEPT, here.lang, state.citizenship, here.flow.id)
    page = replace(flow_screens.kept(here, dates), in_place=False)
    return replace(state, place=OpenFlow(here.flow.id)), (page, *replies, note)


def _with_answer(here: FlowReader, question: Question, value: str) -> Check:
    base = here.reader.book.catalogue.base_language
    given = {**here.check.given, question.id: Given(value, meant_by(question, base))}
    return replace(here.check, given=given, draft="", looked=False)


def _with_draft(here: FlowReader, draft: StaysDraft) -> FlowReader:
    return replace(here, check=replace(here.check, draft=draft_to_text(draft)))


def _moved(here: FlowReader, state: State, check: Check) -> FlowReader:
    """The same person, where these answers lead. What had changed is told once."""
    moved = flow_reader(here.reader, replace(state, check=check), here.flow)
    return replace(moved, changed=here.changed)


def _which(here: FlowReader, asked: Question, values: tuple[str, ...]) -> Page:
    rows = tuple(
        (Button(here.answer_in_words(asked, value), AnswerStep(here.flow.id, asked.id, value)),)
        for value in values
    )
    ask = (Button(here.words.say("button-back"), OpenFlow(here.flow.id)),)
    return here.reader.say("flow-which", (*rows, ask))


def _told_and_stand(here: FlowReader, state: State, key: str) -> Step:
    after, replies = _stand(here, state)
    return after, screens.with_notice_on_pages(here.reader, key, replies)
