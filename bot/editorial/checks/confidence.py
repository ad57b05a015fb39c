"""Facts of low confidence are shown with the advice to ask first beside them, or not at all."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Place, Problem, error
from bot.editorial.usage import facts_shown, says_check_first
from bot.guide.fact import Confidence


def check_confidence(edition: Edition, today: date) -> Iterator[Problem]:
    """The advice counts in the part where the fact is shown: in another part it would be read of other facts."""
    for text in edition.bodies():
        for branch in text.body.branches():
            if says_check_first(branch.blocks):
                continue
            for shown in facts_shown(branch.blocks):
                fact = edition.facts.get(shown.fact)
                if fact and fact.confidence is Confidence.LOW:
                    yield error(Place(text.file, shown.line), "low-confidence", fact=fact.id)
