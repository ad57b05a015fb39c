"""Stays while they are being told, one day after another: came, left, came again, left or still here.

Its written form stands in the state: stays as the walk keeps them, then what is asked for now.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.guide.rule import InputKind, Stay, read_answer, write_stays

STILL_HERE, MORE, DONE = "still-here", "more", "done"
# How long ago a stay may have begun: the year of the limit, and the unbroken stay that may have begun before it.
DAYS_OF_STAYS = 460


class Wanted(StrEnum):
    """What the person is asked for: when they came, when they left, or whether that is all."""

    ENTERED = "+"
    LEFT = "?"
    ALL = ""


@dataclass(frozen=True, slots=True)
class StaysDraft:
    """With `LEFT` wanted, the last stay is the one that is asked about."""

    stays: tuple[Stay, ...] = ()
    wanted: Wanted = Wanted.ENTERED

    @property
    def is_said(self) -> bool:
        """Whether the person may say that this is all."""
        return bool(self.stays) and self.wanted is Wanted.ALL

    def with_day(self, day: date) -> "StaysDraft | None":
        """A day in the place of what is wanted; None when they would have left before they came."""
        match self.wanted:
            case Wanted.LEFT:
                last = self.stays[-1]
                if day < last.entered:
                    return None
                return StaysDraft((*self.stays[:-1], replace(last, left=day)), Wanted.ALL)
            case _:
                return StaysDraft((*self.stays, Stay(day)), Wanted.LEFT)

    def with_word(self, word: str) -> "StaysDraft | None":
        """`STILL_HERE` and `MORE`, where they mean something."""
        if word == STILL_HERE and self.wanted is Wanted.LEFT:
            return replace(self, wanted=Wanted.ALL)
        if word == MORE and self.wanted is Wanted.ALL:
            return replace(self, wanted=Wanted.ENTERED)
        return None

    def with_stay(self, stay: Stay) -> "StaysDraft":
        """A whole stay that was said at once, in the place of one that is half told."""
        told = self.stays[:-1] if self.wanted is Wanted.LEFT else self.stays
        return StaysDraft((*told, stay), Wanted.ALL)


def draft_to_text(draft: StaysDraft) -> str:
    return write_stays(draft.stays) + draft.wanted


def draft_from_text(text: str) -> StaysDraft:
    """The draft that was written so; an empty one for anything else."""
    wanted = next((one for one in (Wanted.ENTERED, Wanted.LEFT) if text.endswith(one)), Wanted.ALL)
    stays = read_answer(InputKind.STAYS, text.removesuffix(wanted))
    if not isinstance(stays, tuple) or (not stays and wanted is not Wanted.ENTERED):
        return StaysDraft()
    return StaysDraft(stays, wanted)
