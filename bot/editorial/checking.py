"""All checks of an edition on a day. Errors keep it from being published; warnings do not."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from bot.editorial.checks.calendar import check_calendar
from bot.editorial.checks.cards import check_cards
from bot.editorial.checks.citizenship import check_citizenships
from bot.editorial.checks.completeness import check_completeness
from bot.editorial.checks.confidence import check_confidence
from bot.editorial.checks.dangers import check_dangers
from bot.editorial.checks.days import check_days
from bot.editorial.checks.endangering import check_endangering
from bot.editorial.checks.flows import check_flows
from bot.editorial.checks.forms import check_forms
from bot.editorial.checks.languages import check_languages
from bot.editorial.checks.length import check_lengths
from bot.editorial.checks.lines import check_lines
from bot.editorial.checks.numbers import check_numbers
from bot.editorial.checks.phones import check_phones
from bot.editorial.checks.references import check_references
from bot.editorial.checks.regional import check_regional
from bot.editorial.checks.sentences import check_sentences
from bot.editorial.checks.terms import check_terms
from bot.editorial.checks.translations import check_translations
from bot.editorial.checks.wording import check_wording
from bot.editorial.edition import Edition
from bot.editorial.problem import Problem, sorted_problems

Check = Callable[[Edition, date], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    check_references,
    check_completeness,
    check_citizenships,
    check_days,
    check_regional,
    check_forms,
    check_numbers,
    check_phones,
    check_translations,
    check_languages,
    check_lengths,
    check_sentences,
    check_wording,
    check_terms,
    check_confidence,
    check_endangering,
    check_dangers,
    check_cards,
    check_lines,
    check_flows,
    check_calendar,
)


def check(edition: Edition, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with an edition on a day, by file and line. Never raises for bad content."""
    found = chain.from_iterable(one(edition, today) for one in CHECKS)
    return sorted_problems((*edition.problems, *found))
