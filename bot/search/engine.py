"""The door of the search room: a question goes in, findings come out. Keeps and logs nothing of the question.

Callers hold a `Search`; which engine stands behind it is the choice of the composition root.
"""

import asyncio
from typing import Protocol

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR
from bot.search.asked import Asked
from bot.search.findings import Findings, Line, Question, Verdict
from bot.search.fitted import Fitted
from bot.search.index import SearchIndex
from bot.search.ranking import Ranked, ranked, verdict

_MOST_FINDINGS = 10


class Search(Protocol):
    async def ask(self, question: Question) -> Findings:
        """Never fails: what cannot be found is not sure, with nothing ranked."""
        ...


class MemoSearch:
    """Search by pieces of words and by meaning, with an ear for danger. Made anew for each edition of the content.

    Of a memo it tells places of lines, never words: they are read from `catalogue`, which is what persons are shown.
    """

    def __init__(self, catalogue: Catalogue, index: SearchIndex, fitted: Fitted) -> None:
        """`index` may be that of an earlier edition, for as long as the one of `catalogue` is being made. Then what is new is
        not found yet, and what is gone is not found any more.
        """
        self.index = index
        self._catalogue = catalogue
        self._fitted = fitted
        memos = {memo_id for memos in catalogue.memos.values() for memo_id in memos}
        keys = index.evidence.keys
        self._rows = [at for at, key in enumerate(keys) if key is None or key in memos]
        self._keys = tuple(keys[at] for at in self._rows)
        self._dangers = frozenset(danger.id for danger in catalogue.dangers)

    def is_of(self, catalogue: Catalogue) -> bool:
        """Whether everything that this catalogue says can be found."""
        return self.index.catalogue is catalogue

    async def ask(self, question: Question) -> Findings:
        # Reading for meaning takes tens of milliseconds, in C code that lets other threads run.
        return await asyncio.to_thread(self.ask_now, question)

    def ask_now(self, question: Question) -> Findings:
        """Blocks for as long as the question is read."""
        asked = self.index.made_ready(question)
        if not len(asked.pieces):
            return Findings()
        side = self._fitted.plain if asked.parts is None else self._fitted.full
        found = ranked(self._keys, self.index.evidence.of(asked)[self._rows], side.memos)
        heard = self.index.alarm.of(asked, found)
        # Of what is not read the nearest memos may be offered, and nothing is believed.
        is_read = heard.is_matched or self.index.reads(asked)
        decided = verdict(found, side.memos) if is_read else Verdict.UNSURE
        is_urgent = (
            is_read
            and heard.danger in self._dangers
            and heard.chance(side.alarm) >= side.alarm.least
        )
        is_hopeless = decided is Verdict.UNSURE and found.nowhere >= side.memos.hopeless
        return Findings(
            ranked=() if is_hopeless else found.findings[:_MOST_FINDINGS],
            verdict=decided,
            lines=self._answering(question, found) if decided is Verdict.SURE else (),
            danger=heard.danger if is_urgent else None,
            asked_in=self._other_language(asked) if is_read else None,
        )

    def _answering(self, question: Question, found: Ranked) -> tuple[Line, ...]:
        who = question.citizenship or FIRST_CORRIDOR
        memo = self._catalogue.memo(found.findings[0].memo, question.lang, who)
        return self.index.lines.best(memo, question.text, self._fitted.lines) if memo else ()

    def _other_language(self, asked: Asked) -> str | None:
        likely = max(asked.spoken, key=asked.spoken.__getitem__, default=None)
        if likely is None or likely == asked.question.lang:
            return None
        return likely if asked.spoken[likely] >= self._fitted.language.least else None
