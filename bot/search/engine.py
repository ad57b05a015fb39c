"""The door of the search room: a question goes in, findings come out. Keeps and logs nothing of the question.

Callers hold a `Search`; which engine stands behind it is the choice of the composition root.
"""

from typing import Protocol

from bot.guide.catalogue import Catalogue
from bot.guide.memo import Memo
from bot.search.findings import Finding, Findings, Question, Verdict
from bot.search.ngrams import Document, Hit, NgramIndex
from bot.search.urgency import DangerMatcher

# Weights of the fields of a memo.
TITLE, SUMMARY, QUESTION = 2.0, 1.0, 1.0

# When the best memo is shown as the answer: its score, and its score by that of the next. Chosen
# on tests/search/calibration.tsv, where a wrong answer costs as much as a right one is worth; flat
# from 0.125 to 0.15.
GOOD_ENOUGH = 0.13
CLEARLY_BEST = 1.1


class Search(Protocol):
    async def ask(self, question: Question) -> Findings:
        """Never fails: what cannot be found is not sure, with nothing ranked."""
        ...


class NgramSearch:
    """Search by pieces of words, and by the words of danger. Made anew for each edition of the content."""

    def __init__(self, index: NgramIndex, dangers: DangerMatcher) -> None:
        self._index = index
        self._dangers = dangers

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> "NgramSearch":
        """Takes tenths of a second for a hundred memos: call it when content is loaded, not for each question."""
        texts: dict[tuple[str, str], Memo] = {}
        for memos in catalogue.memos.values():
            for memo in memos.values():
                # What search reads is the same for all citizenships; a fallback is the base text
                # once more.
                texts.setdefault((memo.id, memo.lang), memo)
        asked = {
            (memo_id, lang): questions
            for memo_id, by_language in catalogue.questions.items()
            for lang, questions in by_language.items()
            if questions
        }
        documents = (
            _document(key, texts.get(key), asked.get(key, ())) for key in {**texts, **asked}
        )
        return cls(NgramIndex(documents), DangerMatcher(catalogue.dangers))

    async def ask(self, question: Question) -> Findings:
        hits = self._index.search(question.text, question.lang)
        return Findings(
            ranked=tuple(Finding(memo=hit.key, score=hit.score) for hit in hits),
            verdict=Verdict.SURE if _is_sure(hits) else Verdict.UNSURE,
            danger=self._dangers.danger(question.text),
        )


def _document(key: tuple[str, str], memo: Memo | None, questions: tuple[str, ...]) -> Document:
    """What is known of a memo in one language; its questions alone where it has no text."""
    memo_id, lang = key
    said = ((memo.title, TITLE), (memo.summary, SUMMARY)) if memo else ()
    return Document(memo_id, lang, (*said, *((question, QUESTION) for question in questions)))


def _is_sure(hits: list[Hit]) -> bool:
    match hits:
        case []:
            return False
        case [only]:
            return only.score >= GOOD_ENOUGH
        case [best, second, *_]:
            return best.score >= max(GOOD_ENOUGH, second.score * CLEARLY_BEST)
    return False
