"""Facts of low confidence are shown with the advice to ask first, or not at all."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Place, Problem, error
from bot.editorial.usage import facts_shown, says_check_first
from bot.guide.citizenship import Citizenship
from bot.guide.fact import Confidence


def check_confidence(edition: Edition, today: date) -> Iterator[Problem]:
    for _, text in edition.texts():
        reported: set[int] = set()
        for citizenship in Citizenship:
            blocks = list(text.body.blocks_for(citizenship))
            if says_check_first(blocks):
                continue
            for shown in facts_shown(blocks):
                fact = edition.facts.get(shown.fact)
                if fact and fact.confidence is Confidence.LOW and shown.line not in reported:
                    reported.add(shown.line)
                    place = Place(text.file, shown.line)
                    yield error(place, "low-confidence", fact=fact.id, who=citizenship)
