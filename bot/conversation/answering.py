"""From what search found to what is said: danger first, then the answer, a question back or an honest "not sure"; and
what the person says to the answer. The words of a question go into `KeptQuestion` and into nothing else.
"""

from bot.conversation import answer_screens, screens
from bot.conversation.actions import Vote
from bot.conversation.replies import KeptQuestion, Note, NoteKind, Page, Reply, Toast, WhyKept
from bot.conversation.screens import Reader
from bot.guide.citizenship import Citizenship
from bot.guide.danger import Danger
from bot.guide.memo import Memo
from bot.render.rich_text import RichText
from bot.search.findings import Findings, Verdict

_MOST_CANDIDATES = 2
_MOST_NEAREST = 2


def answer_question(reader: Reader, findings: Findings | None, text: str) -> tuple[Reply, ...]:
    """Replies to a question."""
    found = findings or Findings()
    danger = screens.danger_named(reader.book, found.danger)
    memos = _memos(reader, found)
    if danger:
        page, others = _in_danger(reader, danger, found, memos)
    else:
        page, others = _at_peace(reader, text, found, memos)
    return (answer_screens.with_language_of_question(reader, page, found.asked_in), *others)


def _in_danger(
    reader: Reader, danger: Danger, found: Findings, memos: tuple[Memo, ...]
) -> tuple[Page, tuple[Reply, ...]]:
    """The page of the danger, and below it only what adds something: "which?" or "not sure" would confuse, and a long
    page would push the telephone numbers off the screen.
    """
    page = screens.danger(reader, danger)
    shown = _note(reader, NoteKind.DANGER_SHOWN, danger.id)
    if found.verdict is not Verdict.SURE or not memos:
        return page, (shown,)
    best = memos[0]
    lines = _lines(reader, found, best)
    if best.id == danger.memo and not lines:
        return page, (shown,)
    answered = _note(reader, NoteKind.QUESTION_ANSWERED, best.id)
    return page, (shown, answer_screens.short_answer(reader, best, lines, danger), answered)


def _at_peace(
    reader: Reader, text: str, found: Findings, memos: tuple[Memo, ...]
) -> tuple[Page, tuple[Reply, ...]]:
    match found.verdict, memos:
        case Verdict.SURE, (best, *others):
            nearest = tuple(memo.id for memo in others[:_MOST_CANDIDATES])
            page = answer_screens.answer(reader, best, _lines(reader, found, best), nearest)
            return page, (_note(reader, NoteKind.QUESTION_ANSWERED, best.id),)
        case Verdict.WHICH, (one, other, *_):
            page = answer_screens.which(reader, (one.id, other.id))
            return page, (_note(reader, NoteKind.QUESTION_UNCLEAR),)
    kept = _kept(reader, text, WhyKept.UNSURE, None)
    if not found.ranked:
        refused = _note(reader, NoteKind.QUESTION_REFUSED)
        return answer_screens.out_of_scope(reader), (refused, *kept)
    page = answer_screens.not_sure(reader, tuple(memo.id for memo in memos[:_MOST_NEAREST]))
    return page, (_note(reader, NoteKind.QUESTION_UNSURE), *kept)


def voted(reader: Reader, vote: Vote, question: str | None) -> tuple[Reply, ...]:
    """A word of thanks, or a page with the ways on. A memo that is gone, or made up, is not noted."""
    memo = reader.book.catalogue.memo(vote.memo, reader.lang, reader.citizenship)
    kind = NoteKind.QUESTION_HELPED if vote.helped else NoteKind.QUESTION_MISSED
    notes = (_note(reader, kind, memo.id),) if memo else ()
    if vote.helped:
        return Toast(reader.words.say("thanks")), *notes
    kept = _kept(reader, question, WhyKept.NO, memo.id if memo else None)
    return answer_screens.missed(reader, memo), *notes, *kept


def none_of_these(reader: Reader, question: str | None) -> tuple[Reply, ...]:
    unsure = _note(reader, NoteKind.QUESTION_UNSURE)
    kept = _kept(reader, question, WhyKept.NO, None)
    return answer_screens.not_sure(reader, ()), unsure, *kept


def _memos(reader: Reader, found: Findings) -> tuple[Memo, ...]:
    catalogue = reader.book.catalogue
    ids = dict.fromkeys(finding.memo for finding in found.ranked)
    memos = (catalogue.memo(memo, reader.lang, reader.citizenship) for memo in ids)
    return tuple(memo for memo in memos if memo)


def _lines(reader: Reader, found: Findings, best: Memo) -> tuple[RichText, ...]:
    """None when the best memo is not there (any more): the lines would be those of another."""
    if found.ranked[0].memo != best.id:
        return ()
    places = tuple((line.block, line.item) for line in found.lines)
    return answer_screens.lines_of(reader, best, places)


def _note(reader: Reader, kind: NoteKind, subject: str | None = None) -> Note:
    return Note(kind, reader.lang, _told(reader), subject)


def _kept(
    reader: Reader, text: str | None, why: WhyKept, memo: str | None
) -> tuple[KeptQuestion, ...]:
    """Signs and pictures alone tell the staff nothing."""
    if text is None or not any(map(str.isalnum, text)):
        return ()
    return (KeptQuestion(text, reader.lang, _told(reader), why, memo),)


def _told(reader: Reader) -> Citizenship | None:
    return None if reader.is_assumed else reader.citizenship
