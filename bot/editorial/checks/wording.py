"""Wrong names and calques that the glossary forbids. In quotation marks they may stand: so people say it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Problem, warning
from bot.editorial.prose import prose_of


def check_wording(edition: Edition, today: date) -> Iterator[Problem]:
    forbidden = _forbidden(edition)
    patterns = {lang: _pattern(list(beginnings)) for lang, beginnings in forbidden.items()}
    for prose in prose_of(edition):
        pattern = patterns.get(prose.lang)
        for found in pattern.finditer(prose.unquoted) if pattern else ():
            beginning = _beginning(found[0], forbidden[prose.lang])
            right = forbidden[prose.lang][beginning]
            yield warning(
                prose.place(found.start()), "forbidden-wording", text=found[0], right=right
            )


def _forbidden(edition: Edition) -> dict[str, dict[str, str]]:
    """By language: the beginning of a wrong name, and the right name."""
    by_language: dict[str, dict[str, str]] = defaultdict(dict)
    for term in edition.terms:
        for lang, beginnings in term.forbidden.items():
            for beginning in beginnings:
                by_language[lang][beginning] = term.names.get(lang, term.id)
    return by_language


def _pattern(beginnings: list[str]) -> re.Pattern[str]:
    """All beginnings at once, the longest first. An abbreviation matches only as it is written."""
    either = "|".join(
        re.escape(one) if one.isupper() else rf"(?i:{re.escape(one)})"
        for one in sorted(beginnings, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{either})\w*")


def _beginning(found: str, beginnings: dict[str, str]) -> str:
    return max((one for one in beginnings if found.lower().startswith(one.lower())), key=len)
