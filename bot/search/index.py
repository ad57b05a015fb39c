"""What is made of an edition of the content, once, so that questions can be measured against it. It decides nothing."""

import numpy as np

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR
from bot.search.alarm import Alarm
from bot.search.asked import Asked, made_ready
from bot.search.corpus import Kind, passages, titles_and_questions
from bot.search.evidence import Evidence
from bot.search.extraction import AnswerLines
from bot.search.findings import Question
from bot.search.language import Languages
from bot.search.material import Material
from bot.search.ngrams import Reading, as_sounded
from bot.search.taken_over import TakenOver
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
        self,
        catalogue: Catalogue,
        store: VectorStore,
        reading: Reading = as_sounded,
        before: "SearchIndex | None" = None,
    ) -> None:
        """Takes seconds for fifty memos: call it in a thread. Texts without a known vector are searched by their words alone.

        What is as it was in the index `before`, which has the same store and `reading`, is taken over from it.
        """
        self.catalogue = catalogue
        said = passages(catalogue)
        in_danger = _danger_texts(catalogue)
        texts = [*(one.text for one in said), *in_danger]
        self._material: Material = Material(
            texts, store, reading, before._material if before else None
        )
        self._kept: TakenOver = TakenOver(before._kept if before else None)
        material, kept = self._material, self._kept
        mostly_for = {
            memo.id: memo.mostly_for
            for memos in catalogue.memos.values()
            for memo in memos.values()
            if memo.mostly_for
        }
        # Questions of people who are in no danger: those of memos that no danger leads to.
        led_to = {danger.memo for danger in catalogue.dangers}
        questions = [one for one in said if one.kind is Kind.QUESTION]
        ordinary = [one.text for one in questions if one.memo not in led_to]
        asked = [one.text for one in said if one.kind in (Kind.TITLE, Kind.QUESTION)]
        lines = [one for one in said if one.kind is Kind.LINE]
        self._reading = reading
        self.evidence = Evidence(said, material, mostly_for, kept)
        base = catalogue.memos.get((catalogue.base_language, FIRST_CORRIDOR), {})
        related = {memo.id: memo.related for memo in base.values()}
        self.alarm = Alarm(catalogue.dangers, ordinary, related, material, kept)
        self.lines = kept.part("answers", lines, lambda: AnswerLines(lines, material))
        self.languages = kept.part(
            "languages",
            questions,
            lambda: Languages((one.lang, one.text) for one in questions),
        )
        is_known = self.evidence.has_meanings and all(
            material.lacking(texts) <= _MAY_LACK * len(texts) for texts in (asked, in_danger)
        )
        self._embedder = store.embedder if is_known else None
        kept.end()

    def made_ready(self, question: Question) -> Asked:
        """Slow: call it in a thread."""
        return made_ready(question, self._reading, self._embedder, self.languages)

    def reads(self, asked: Asked) -> bool:
        """Whether the question is in letters and words like ours, so that its meaning can be trusted."""
        wanted = np.unique(asked.pieces)
        known = self.evidence.knows(wanted) | self.alarm.knows(wanted)
        return len(wanted) > 0 and float(known.mean()) >= _LEAST_KNOWN


def texts_with_meaning(catalogue: Catalogue) -> list[str]:
    """The texts whose vectors are used: what people say in danger and in none, titles, questions. Each once.

    In this order they are learnt, danger first.
    """
    said = (one.text for one in titles_and_questions(catalogue))
    return list(dict.fromkeys([*_danger_texts(catalogue), *said]))


def _danger_texts(catalogue: Catalogue) -> list[str]:
    return [
        text
        for danger in catalogue.dangers
        for by_language in (danger.cries, danger.calm)
        for texts in by_language.values()
        for text in texts
    ]
