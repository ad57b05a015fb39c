"""What is served now: the pages of the last good edition and the search in them. Part of the composition root.

No guidance and no rule of the conversation belongs here.
"""

import ctypes
import sys
from datetime import UTC, datetime
from threading import Lock

import structlog

from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.service import Serving
from bot.editorial.problem import Problem
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Interface
from bot.observability.metrics import Metrics
from bot.search.engine import MemoSearch
from bot.search.learning import Learning, Stopped
from bot.search.topics import Topics

log = structlog.get_logger(__name__)


class Shelf:
    """Holds what is served. It is swapped whole, so that a turn sees one edition from begin to end.

    One thread publishes, another learns what was published.
    """

    def __init__(
        self, interface: Interface, metrics: Metrics, learning: Learning, *, keeps_unanswered: bool
    ) -> None:
        self._interface = interface
        self._learning = learning
        self._metrics = metrics
        self._keeps_unanswered = keeps_unanswered
        self._serving: Serving | None = None
        self._search: MemoSearch | None = None
        self._swapping = Lock()

    def current(self) -> Serving:
        if self._serving is None:
            raise ContentError("No edition has been published yet.")
        return self._serving

    def publish(self, catalogue: Catalogue) -> None:
        """Draw the catalogue and serve it, its unchanged pages as they are. What is new in it can be opened at once, and is
        found by questions when it is learnt; what is gone is found no more. The first edition is read for the search
        here, which takes seconds: call it in a thread.
        """
        book = make_guidebook(
            catalogue,
            self._interface,
            keeps_unanswered=self._keeps_unanswered,
            before=self._serving.book if self._serving else None,
        )
        with self._swapping:
            if self._search is None:
                self._search = self._learning.search(catalogue)
            else:
                self._search = self._learning.meanwhile(catalogue, self._search)
            self._serving = Serving(book, self._search)
        self._metrics.editions.labels("published").inc()
        midnight = datetime.combine(catalogue.day, datetime.min.time(), UTC)
        self._metrics.content_day.set(midnight.timestamp())
        log.info("content.published", edition=catalogue.edition, day=catalogue.day.isoformat())

    def learn(self) -> None:
        """Find by words, some seconds later, and then by meaning what is new in the served edition; again, when another was
        served meanwhile. Embedding takes minutes when nothing is known: in a thread, one at a time.
        """
        learnt: Guidebook | None = None
        while (book := self.current().book) is not learnt and not self._learning.is_stopped:
            self._learn(book)
            learnt = book
        _give_memory_back()

    def _learn(self, book: Guidebook) -> None:
        catalogue, before = book.catalogue, self._search
        assert before is not None  # it is made with the first edition
        if not before.is_of(catalogue):
            before = self._learning.search(catalogue, before)
            self._serve(book, before)

        def goes_on(done: int, total: int) -> None:
            if self.current().book is not book:
                raise Stopped

        if missing := self._learning.lacks(catalogue):
            log.info("search.learning", texts=missing)
        if self._learning.learn(catalogue, goes_on):
            self._serve(book, self._learning.search(catalogue, before))
            log.info("search.learnt", edition=catalogue.edition)

    def _serve(self, book: Guidebook, search: MemoSearch) -> None:
        """Answer by this search, unless another book is served by now."""
        with self._swapping:
            if self.current().book is book:
                self._serving, self._search = Serving(book, search), search

    def topics(self, catalogue: Catalogue) -> Topics:
        """What groups questions without an answer, for staff. Slow: in a thread."""
        return self._learning.topics(catalogue)

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Keep the last good edition and say what is wrong with the new one."""
        self._metrics.editions.labels("refused").inc()
        for problem in problems:
            if problem.is_error:
                log.error(
                    "content.refused", file=problem.file, line=problem.line, code=problem.code
                )


def _give_memory_back() -> None:
    """What is freed after an index was made, up to 400 MB, the C library would keep: measured after six editions, 820 MB
    instead of 390. Costs some milliseconds; only glibc has it.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
