"""From what search found to what is said: danger first, then the answer or an honest "not
sure".
"""

from bot.conversation import screens
from bot.conversation.replies import Note, NoteKind, Reply
from bot.conversation.screens import Reader
from bot.search.findings import Findings

_MOST_CANDIDATES = 2
_MOST_NEAREST = 3


def answer_question(reader: Reader, findings: Findings | None) -> tuple[Reply, ...]:
    """Replies to a question. The words of the question are nowhere in them."""
    found = findings or Findings()
    citizenship = None if reader.is_assumed else reader.citizenship
    replies: list[Reply] = []
    danger = screens.danger_named(reader.book, found.danger)
    if danger:
        replies.append(screens.danger(reader, danger))
        replies.append(Note(NoteKind.DANGER_SHOWN, reader.lang, citizenship, danger.id))
    memos = tuple(
        finding.memo
        for finding in found.ranked
        if reader.book.catalogue.memo(finding.memo, reader.lang, reader.citizenship)
    )
    if found.is_answered and memos:
        page = screens.answer(reader, memos[0], memos[1 : 1 + _MOST_CANDIDATES])
        if page:
            note = Note(NoteKind.QUESTION_ANSWERED, reader.lang, citizenship, memos[0])
            return (*replies, page, note)
    if danger:
        # The danger page leads to its memo; "not sure" below it would only confuse.
        return tuple(replies)
    note = Note(NoteKind.QUESTION_UNSURE, reader.lang, citizenship)
    return (screens.not_sure(reader, memos[:_MOST_NEAREST]), note)
