"""The queues of translators, read again only when the content has changed. It shows no page."""

from pathlib import Path
from threading import Lock

from bot.editorial.published import Published
from bot.editorial.translation_queue import TranslationQueue, translation_queue


class TranslationQueues:
    """One a process; for threads. The history of the folder is looked through once for each edition and language."""

    def __init__(self, content_dir: Path) -> None:
        self._content_dir = content_dir
        self._last: dict[str, tuple[str, TranslationQueue]] = {}
        self._lock = Lock()

    def of(self, published: Published, lang: str) -> TranslationQueue:
        with self._lock:
            edition, queue = self._last.get(lang, ("", None))
            fingerprint = published.edition.fingerprint
            if queue is None or edition != fingerprint:
                queue = translation_queue(
                    self._content_dir, published.edition, published.snapshot, lang
                )
                self._last[lang] = fingerprint, queue
            return queue
