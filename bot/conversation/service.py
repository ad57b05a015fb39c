"""One turn of a conversation: load, step, commit; the door sends after that and says when it
has (invariant 8).

It must not know how a reply is shown. A turn that is delivered again before it was sent
repeats the same
pure step from the state it began with; one that was sent is dropped.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from time import perf_counter

import db.errors
from bot.conversation.date_keeping import Owner
from bot.conversation.dates_kept import (
    DateRoom,
    as_seen,
    looks_at_dates,
    to_change,
    to_keep,
)
from bot.conversation.events import CommandGiven, Event, TextTyped
from bot.conversation.guidebook import Guidebook
from bot.conversation.keeping import unanswered_rows, usage_rows
from bot.conversation.machine import step
from bot.conversation.replies import ChangeDate, ForgetPerson, KeepDate, KeptQuestion, Note, Reply
from bot.conversation.state import State, state_from_json, state_to_json
from bot.errors import StoreUnavailable
from bot.search.engine import Search
from bot.search.findings import Question
from db import kept_date as stored
from db.locks import PersonLocks
from db.turns import Answered, FinishedTurn, Seen, Turns

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Serving:
    """What a process serves at a moment; swapped whole when the content changes."""

    book: Guidebook
    search: Search


class Failure(StrEnum):
    """Why an update was not answered. Only a `MISTAKE` is ours; the others are delivered again."""

    MISTAKE = "mistake"
    STORE = "store"
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One update as a door delivers it. `person` is a keyed hash, `update_id` unique within
    the door.

    `guess` is the language code of the person's messenger, for the first words. `address` is where
    the door reaches them: it is kept sealed, and only of who wants to be reminded.
    """

    door: str
    update_id: int
    person: str
    event: Event
    guess: str | None = None
    address: str = field(default="", repr=False)


class Conversation:
    """The conversations of all persons through all doors. Turns of one person must not run at
    once.
    """

    def __init__(
        self,
        current: Callable[[], Serving],
        turns: Turns,
        locks: PersonLocks,
        clock: Clock,
        dates: DateRoom | None = None,
    ) -> None:
        """Without a room for `dates` none can be kept."""
        self._dates = dates
        self._current = current
        self._turns = turns
        self._locks = locks
        self._clock = clock

    @asynccontextmanager
    async def turn(self, delivery: Delivery) -> AsyncIterator[tuple[Reply, ...]]:
        """A turn of this person, alone: what to say, committed; nothing when it has been said
        before.

        The door sends inside the context. Leaving it without an error notes that everything
        was sent;
        leaving it with one lets the next delivery of the same update say it again. Raises
        `StoreUnavailable` when the store does not answer: let the update be delivered again.
        """
        began = perf_counter()
        async with self._telling_of_the_store(), self._locks.hold(delivery.person):
            replies = await self._committed(delivery)
            yield replies
            if replies:
                answered = Answered(self._clock(), perf_counter() - began)
                await self._turns.sent(delivery.door, delivery.update_id, answered)

    def failed(self, failure: Failure) -> None:
        """Count an update that the door could not answer."""
        self._turns.failed(str(failure), self._clock())

    async def _committed(self, delivery: Delivery) -> tuple[Reply, ...]:
        loaded = await self._turns.load(delivery.person, delivery.door, delivery.update_id)
        if loaded.seen is Seen.SENT:
            return ()
        stored = loaded.state if loaded.seen is Seen.NEW else loaded.before
        serving = self._current()
        before = state_from_json(stored)
        dates = await self._dates_of(delivery.person, before, delivery.event)
        now = self._clock()
        hinted = replace(before, guess=delivery.guess, now=now, dates=as_seen(dates))
        seen, event = await self._with_findings(serving, hinted, delivery.event)
        after, replies = step(serving.book, seen, event)
        if loaded.seen is Seen.NEW:
            turn = self._finished(delivery, before, after, replies)
            if serving.book.keeps_unanswered:
                turn = replace(turn, unanswered=unanswered_rows(replies))
            if self._dates and delivery.address:
                turn = replace(turn, date_changes=to_change(replies, dates, now))
                if after.lang and after.citizenship:
                    reached = delivery.door, delivery.address
                    owner = Owner(delivery.person, *reached, after.lang, after.citizenship)
                    kept = to_keep(replies, owner, self._dates.sealing, now)
                    turn = replace(turn, keep=kept)
            await self._turns.commit(turn)
        unsaid = Note | KeptQuestion | ForgetPerson | KeepDate | ChangeDate
        return tuple(reply for reply in replies if not isinstance(reply, unsaid))

    async def _dates_of(
        self, person: str, before: State, event: Event
    ) -> tuple[stored.KeptDate, ...]:
        if self._dates is None or not looks_at_dates(before, event):
            return ()
        return await self._dates.kept.of_person(person)

    @asynccontextmanager
    async def _telling_of_the_store(self) -> AsyncIterator[None]:
        """The store's own error in the words of our tree, so that no door needs to know the
        store.
        """
        try:
            yield
        except db.errors.StoreUnavailable as error:
            raise StoreUnavailable(str(error)) from error

    async def _with_findings(
        self, serving: Serving, state: State, event: Event
    ) -> tuple[State, Event]:
        match event:
            case TextTyped(text, None):
                pass
            case CommandGiven("ask", text) if text:
                pass
            case _:
                return state, event
        book = serving.book
        question = Question(text, book.offered(state.lang or state.guess), state.citizenship)
        findings = await serving.search.ask(question)
        asked_in = findings.asked_in
        if state.lang is None and asked_in in book.catalogue.languages:
            # Nothing tells better in which language somebody reads who has not chosen one. Asked once more, since
            # the lines that answer are those of the text in that language.
            state = replace(state, guess=asked_in)
            findings = await serving.search.ask(replace(question, lang=asked_in))
        return state, TextTyped(text, findings)

    def _finished(
        self, delivery: Delivery, before: State, after: State, replies: tuple[Reply, ...]
    ) -> FinishedTurn:
        now = self._clock()
        return FinishedTurn(
            person=delivery.person,
            door=delivery.door,
            update_id=delivery.update_id,
            before=state_to_json(before),
            after=state_to_json(after),
            forget=any(isinstance(reply, ForgetPerson) for reply in replies),
            usage=usage_rows(replies),
            at=now,
            lang=after.lang,
            citizenship=str(after.citizenship) if after.citizenship else None,
        )
