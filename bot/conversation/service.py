"""One turn of a conversation: load, step, commit; the door sends after that and says when it
has (invariant 8).

It must not know how a reply is shown. A turn that is delivered again before it was sent
repeats the same
pure step from the state it began with; one that was sent is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from db.turns import FinishedTurn, Seen, Turns
from db.usage import UsageRow

from bot.conversation.events import CommandGiven, Event, TextTyped
from bot.conversation.guidebook import Guidebook
from bot.conversation.machine import step
from bot.conversation.replies import ForgetPerson, Note, Reply
from bot.conversation.state import State, state_from_json, state_to_json
from bot.search.engine import Search
from bot.search.findings import Question

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a process serves at a moment; swapped whole when the content changes."""

    book: Guidebook
    search: Search


@dataclass(frozen=True, slots=True)
class Delivery:
    """One update as a door delivers it. `person` is a keyed hash, `update_id` unique within
    the door.

    `guess` is the language code of the person's messenger, for the first words.
    """

    door: str
    update_id: int
    person: str
    event: Event
    guess: str | None = None


class Conversation:
    """The conversations of all persons through all doors. Turns of one person must not run at
    once.
    """

    def __init__(self, current: Callable[[], Edition], turns: Turns, clock: Clock) -> None:
        self._current = current
        self._turns = turns
        self._clock = clock

    async def turn(self, delivery: Delivery) -> tuple[Reply, ...]:
        """What to say, committed and ready to be sent; nothing when it has been said already.

        Raises `db.errors.StoreUnavailable` when the store does not answer: let the update be
        delivered again.
        """
        loaded = await self._turns.load(delivery.person, delivery.door, delivery.update_id)
        if loaded.seen is Seen.SENT:
            return ()
        stored = loaded.state if loaded.seen is Seen.NEW else loaded.before
        edition = self._current()
        before = state_from_json(stored)
        event = await self._with_findings(edition, before, delivery)
        after, replies = step(edition.book, replace(before, guess=delivery.guess), event)
        if loaded.seen is Seen.NEW:
            await self._turns.commit(self._finished(delivery, before, after, replies))
        return tuple(reply for reply in replies if not isinstance(reply, Note | ForgetPerson))

    async def sent(self, delivery: Delivery) -> None:
        """The replies of this delivery have reached the door; another delivery of it says
        nothing.
        """
        await self._turns.sent(delivery.door, delivery.update_id)

    async def _with_findings(self, edition: Edition, state: State, delivery: Delivery) -> Event:
        event = delivery.event
        match event:
            case TextTyped(text, None):
                pass
            case CommandGiven("ask", text) if text:
                pass
            case _:
                return event
        lang = edition.book.offered(state.lang or delivery.guess)
        findings = await edition.search.ask(Question(text, lang, state.citizenship))
        return TextTyped(text, findings)

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
            usage=tuple(_usage_row(reply, now) for reply in replies if isinstance(reply, Note)),
            at=now,
        )


def _usage_row(note: Note, now: datetime) -> UsageRow:
    return UsageRow(
        hour=now.replace(minute=0, second=0, microsecond=0),
        kind=str(note.kind),
        lang=note.lang,
        citizenship=str(note.citizenship) if note.citizenship else None,
        subject=note.subject,
    )
