"""What is made of an edition of the content, once, so that questions can be measured against it. It decides nothing."""

from bot.guide.catalogue import Catalogue
from bot.search.alarm import Alarm
from bot.search.asked import Asked, made_ready
from bot.search.corpus import Kind, passages
from bot.search.evidence import Evidence
from bot.search.extraction import AnswerLines
from bot.search.findings import Question
from bot.search.language import Languages
from bot.search.material import Material
from bot.search.ngrams import Reading, as_sounded
from bot.search.vectors import VectorStore


class SearchIndex:
    """Built once for each edition; then only read, from any thread."""

    def __init__(
        self, catalogue: Catalogue, store: VectorStore, reading: Reading = as_sounded
    ) -> None:
        """Takes seconds for fifty memos: call it in a thread. Texts without a known vector are searched by their words alone."""
        said = passages(catalogue)
        material = Material(
            [*(one.text for one in said), *_danger_texts(catalogue)], store, reading
        )
        mostly_for = {
            memo.id: memo.mostly_for
            for memos in catalogue.memos.values()
            for memo in memos.values()
            if memo.mostly_for
        }
        # Questions of people who are in no danger: those of memos that no danger leads to.
        led_to = {danger.memo for danger in catalogue.dangers}
        ordinary = [
            one.text for one in said if one.kind is Kind.QUESTION and one.memo not in led_to
        ]
        self._reading = reading
        self._embedder = store.embedder
        self.evidence = Evidence(said, material, mostly_for)
        self.alarm = Alarm(catalogue.dangers, ordinary, material)
        self.lines = AnswerLines(said, material)
        self.languages = Languages(
            (one.lang, one.text) for one in said if one.kind is Kind.QUESTION
        )

    def made_ready(self, question: Question) -> Asked:
        """Slow: call it in a thread."""
        return made_ready(
            question, self._reading, self._embedder if self.evidence.has_meanings else None
        )


def texts_with_meaning(catalogue: Catalogue) -> list[str]:
    """The texts whose vectors are used: titles, questions, and what people say in danger and in none. Each once."""
    asked = (one.text for one in passages(catalogue) if one.kind in (Kind.TITLE, Kind.QUESTION))
    return list(dict.fromkeys([*asked, *_danger_texts(catalogue)]))


def _danger_texts(catalogue: Catalogue) -> list[str]:
    return [
        text
        for danger in catalogue.dangers
        for by_language in (danger.cries, danger.calm)
        for texts in by_language.values()
        for text in texts
    ]
