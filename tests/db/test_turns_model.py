"""Whatever order loads, commits, sendings and second deliveries come in, SQLite keeps what a dict would."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from db.engine import make_engine
from db.turns import FinishedTurn, LoadedTurn, Seen, SqlTurns, UsageRow
from db.usage import Days, Usage
from tests.db.counts import expect_counts_of_the_events, persons

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = Days(NOON.date(), NOON.date())
UPDATES = st.integers(1, 4)
PLACES = st.integers(0, 3)
RARELY = st.sampled_from([False, False, False, False, True])


@dataclass(frozen=True, slots=True)
class Handled:
    sent: bool
    before: object | None


class TurnsBesideADict(RuleBasedStateMachine):
    """Every update belongs to one person for good, as with Telegram."""

    turns_begun = Bundle("turns_begun")

    migrated: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="joldosh-model-"))
        path = shutil.copy(self.migrated, self.folder / "joldosh.db")
        self.loop = asyncio.Runner()
        self.engine = make_engine(f"sqlite:///{path}")
        self.store = SqlTurns(self.engine)
        self.states: dict[str, object | None] = {}
        self.handled: dict[int, Handled] = {}
        self.used = 0
        self.known: set[str] = set()
        self.came = 0

    @rule(target=turns_begun, update=UPDATES, after=PLACES, forget=RARELY)
    def load(self, update: int, after: int, forget: bool) -> FinishedTurn:
        person = "a1b2" if update % 2 else "c3d4"
        loaded = self.loop.run(self.store.load(person, "telegram", update))
        assert loaded == self._expected(person, update)
        before = loaded.before if loaded.seen == Seen.UNSENT else loaded.state
        usage = (UsageRow("memo-read"),) * after
        return FinishedTurn(
            person, "telegram", update, before, {"place": after}, forget, usage, NOON
        )

    @rule(turn=turns_begun)
    def commit(self, turn: FinishedTurn) -> None:
        self.loop.run(self.store.commit(turn))
        self._keep(turn)

    @rule(turn=turns_begun)
    def commit_twice_at_once(self, turn: FinishedTurn) -> None:
        async def both() -> None:
            await asyncio.gather(self.store.commit(turn), self.store.commit(turn))

        self.loop.run(both())
        self._keep(turn)

    @rule(turn=turns_begun)
    def sent(self, turn: FinishedTurn) -> None:
        self.loop.run(self.store.sent("telegram", turn.update_id))
        if turn.update_id in self.handled:
            self.handled[turn.update_id] = Handled(sent=True, before=None)

    @rule(update=UPDATES, after=PLACES, is_answered=st.booleans())
    def a_turn_in_order(self, update: int, after: int, is_answered: bool) -> None:
        turn = self.load(update, after, forget=False)
        self.commit(turn)
        if is_answered:
            self.sent(turn)

    @rule()
    def restart(self) -> None:
        self.loop.run(self.store.close())
        self.store = SqlTurns(self.engine)

    @rule()
    def every_use_is_counted_once(self) -> None:
        counted = self.loop.run(Usage(self.engine).by_kind(TODAY))
        assert counted.get("memo-read", 0) == self.used
        self.loop.run(expect_counts_of_the_events(self.engine))

    @rule()
    def every_person_is_counted_until_they_are_forgotten(self) -> None:
        [groups] = self.loop.run(persons(self.engine)).values() or [{}]
        assert sum(groups.values()) == self.came

    def teardown(self) -> None:
        self.loop.run(self.store.close())
        self.loop.run(self.engine.dispose())
        self.loop.close()
        shutil.rmtree(self.folder)

    def _expected(self, person: str, update: int) -> LoadedTurn:
        state = self.states.get(person)
        match self.handled.get(update):
            case None:
                return LoadedTurn(state, Seen.NEW, None)
            case Handled(sent=False, before=before):
                return LoadedTurn(state, Seen.UNSENT, before)
            case Handled():
                return LoadedTurn(state, Seen.SENT, None)

    def _keep(self, turn: FinishedTurn) -> None:
        if turn.update_id in self.handled:
            return
        self.handled[turn.update_id] = Handled(sent=False, before=turn.before)
        self.used += len(turn.usage)
        self.came += turn.person not in self.known
        self.known.add(turn.person)
        if turn.forget:
            self.states.pop(turn.person, None)
            self.known.discard(turn.person)
        else:
            self.states[turn.person] = turn.after


def test_any_order_of_events_is_kept_like_a_dict_would(migrated_sqlite: Path) -> None:
    class Machine(TurnsBesideADict):
        migrated = migrated_sqlite

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
