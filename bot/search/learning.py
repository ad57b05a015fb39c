"""Keeps the search in step with an edition: words at once, meaning as soon as its texts are embedded.

Slow, for threads: a first start on an unknown guide embeds for minutes, while persons are already answered by words.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.guide.catalogue import Catalogue
from bot.search.embedding import Embedder
from bot.search.engine import MemoSearch
from bot.search.fitted import Fitted, fitted_numbers
from bot.search.index import SearchIndex, texts_with_meaning
from bot.search.topics import Topics
from bot.search.vectors import FIRST_VECTORS, VectorStore

log = structlog.get_logger(__name__)

_FILE = "vectors.npz"


class Stopped(Exception):
    """Whoever is told of the progress raises it to end the learning; what was done is kept."""


class Learning:
    """Makes searches of catalogues. `cache_dir` keeps vectors from one start to the next."""

    def __init__(self, embedder: Embedder, cache_dir: Path, fitted: Fitted | None = None) -> None:
        self._cache = cache_dir / _FILE
        self._store = VectorStore(embedder, [FIRST_VECTORS, self._cache])
        self._fitted = fitted or fitted_numbers()
        self._stopped = threading.Event()
        self._alone = threading.Lock()

    def search(self, catalogue: Catalogue, before: MemoSearch | None = None) -> MemoSearch:
        """With the vectors that are known now. What `before` knows already is not read again."""
        index = SearchIndex(catalogue, self._store, before=before.index if before else None)
        return MemoSearch(catalogue, index, self._fitted)

    def meanwhile(self, catalogue: Catalogue, before: MemoSearch) -> MemoSearch:
        """At once: by what `before` knows of the catalogue."""
        return MemoSearch(catalogue, before.index, self._fitted)

    def topics(self, catalogue: Catalogue) -> Topics:
        """What puts questions without an answer together, for staff."""
        return Topics(catalogue, self._store)

    def lacks(self, catalogue: Catalogue) -> int:
        """How many texts of the catalogue are found by their words alone."""
        return len(self._store.missing(texts_with_meaning(catalogue)))

    def learn(
        self, catalogue: Catalogue, progress: Callable[[int, int], None] | None = None
    ) -> bool:
        """Embed what is missing and keep it. False when there was nothing, or the process stops."""

        def told(done: int, total: int) -> None:
            if self._stopped.is_set():
                raise Stopped
            if progress:
                progress(done, total)

        texts = texts_with_meaning(catalogue)
        with self._alone:
            if not self._store.missing(texts):
                return False
            try:
                self._store.learn(texts, told)
            except Stopped:
                return False
            finally:
                self._keep(texts)
        return True

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Let a thread that learns end within a moment."""
        self._stopped.set()

    def _keep(self, texts: list[str]) -> None:
        try:
            self._store.save(self._cache, texts)
        except OSError:
            # A folder that cannot be written costs the next start some minutes, and no answer.
            log.warning("search.vectors-not-kept", folder=str(self._cache.parent))
