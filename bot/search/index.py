"""What is made of an edition of the content, once, so that questions can be measured against it. It decides nothing."""

from collections.abc import Iterable

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR
from bot.search.alarm import Alarm
from bot.search.asked import Asked, made_ready
from bot.search.corpus import Kind, Passage, passages
from bot.search.evidence import Evidence
from bot.search.extraction import AnswerLines
from bot.search.findings import Question
from bot.search.language import Languages
from bot.search.material import Material
from bot.search.ngrams import Reading, as_sounded
from bot.search.vectors import VectorStore

# Of the texts of a kind this share may lack a vector; where more do, words alone answer until they are learnt. Measured on
# 250 labelled questions: with half of the texts known and no cry among them, 11 alarms instead of 36;
# with a handful known, one question in seven is refused.
_MAY_LACK = 0.1

# A question with a smaller share of known pieces is not read: the model finds some meaning in any noise. Labelled
# questions in our languages have 0.68 at least, random letters of other scripts 0.1 at most.
_LEAST_KNOWN = 0.2


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
        self._material = material
        self.evidence = Evidence(said, material, mostly_for)
        base = catalogue.memos.get((catalogue.base_language, FIRST_CORRIDOR), {})
        related = {memo.id: memo.related for memo in base.values()}
        self.alarm = Alarm(catalogue.dangers, ordinary, related, material)
        self.lines = AnswerLines(said, material)
        self.languages = Languages(
            (one.lang, one.text) for one in said if one.kind is Kind.QUESTION
        )
        is_known = self.evidence.has_meanings and all(
            len(store.missing(texts)) <= _MAY_LACK * len(texts)
            for texts in (_asked_texts(said), _danger_texts(catalogue))
        )
        self._embedder = store.embedder if is_known else None

    def made_ready(self, question: Question) -> Asked:
        """Slow: call it in a thread."""
        return made_ready(question, self._reading, self._embedder, self.languages)

    def reads(self, asked: Asked) -> bool:
        """Whether the question is in letters and words like ours, so that its meaning can be trusted."""
        return self._material.share_known(asked.pieces) >= _LEAST_KNOWN


def texts_with_meaning(catalogue: Catalogue) -> list[str]:
    """The texts whose vectors are used: what people say in danger and in none, titles, questions. Each once.

    In this order they are learnt, danger first.
    """
    return list(dict.fromkeys([*_danger_texts(catalogue), *_asked_texts(passages(catalogue))]))


def _asked_texts(said: Iterable[Passage]) -> list[str]:
    return [one.text for one in said if one.kind in (Kind.TITLE, Kind.QUESTION)]


def _danger_texts(catalogue: Catalogue) -> list[str]:
    return [
        text
        for danger in catalogue.dangers
        for by_language in (danger.cries, danger.calm)
        for texts in by_language.values()
        for text in texts
    ]
