"""What a turn leaves for staff and admins: usage counts, and questions that found no answer, masked (ADR 8).

Nothing of the person goes into either. It must not decide what is kept: the machine says that.
"""

import re

from bot.conversation.replies import KeptQuestion, Note, Reply
from bot.guide.citizenship import Citizenship
from bot.search.masking import masked, without_masks
from db.unanswered import UnansweredRow
from db.usage import UsageRow

# What somebody wants to know is said by then; a longer story says more about them.
_LONGEST = 300
_FEWEST_WORDS = 2

_WORD = re.compile(r"[^\W\d_]+")


def usage_rows(replies: tuple[Reply, ...]) -> tuple[UsageRow, ...]:
    return tuple(
        UsageRow(
            kind=str(reply.kind),
            lang=reply.lang,
            citizenship=_code(reply.citizenship),
            subject=reply.subject,
        )
        for reply in replies
        if isinstance(reply, Note)
    )


def unanswered_rows(replies: tuple[Reply, ...]) -> tuple[UnansweredRow, ...]:
    """The questions among these replies, but those of which masking leaves nothing to read."""
    return tuple(
        UnansweredRow(
            text=text,
            why=str(reply.why),
            lang=reply.lang,
            citizenship=_code(reply.citizenship),
            memo=reply.memo,
        )
        for reply in replies
        if isinstance(reply, KeptQuestion) and (text := _readable(reply.text))
    )


def _readable(text: str) -> str:
    """The masked text, short; empty when there is too little left to be read."""
    safe = masked(text)
    if len(safe) > _LONGEST:
        safe = safe[:_LONGEST].rpartition(" ")[0] + "…"
    return safe if len(_WORD.findall(without_masks(safe))) >= _FEWEST_WORDS else ""


def _code(citizenship: Citizenship | None) -> str | None:
    return str(citizenship) if citizenship else None
