"""Wrong names that the glossary forbids, and calques. In quotation marks they may stand: so people say it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.editorial.edition import Edition
from bot.editorial.files.glossary import Term
from bot.editorial.files.wording import Phrase
from bot.editorial.problem import Problem, warning
from bot.editorial.prose import Said, said_in, said_in_names

_BETWEEN = r",?\s+"


def check_wording(edition: Edition, today: date) -> Iterator[Problem]:
    finders = edition.kept.of(_finders, edition.terms, edition.phrases)
    for said in chain(said_in(edition), [said_in_names(edition)]):
        yield from edition.kept.every(_wrong, said, finders)


def _wrong(said: Said, finders: Mapping[str, "_Finder"]) -> Iterator[Problem]:
    for prose in said.prose:
        finder = finders.get(prose.lang)
        for found, rule in finder.in_text(prose.unquoted) if finder else ():
            place = prose.place(found.start())
            yield warning(place, rule.code, text=found[0], right=rule.right)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Something wrong as a pattern, the code of the problem, and what is right."""

    pattern: str
    code: str
    right: str


def _finders(terms: tuple[Term, ...], phrases: tuple[Phrase, ...]) -> Mapping[str, "_Finder"]:
    by_language: dict[str, list[_Rule]] = defaultdict(list)
    for term in terms:
        for lang, beginnings in term.forbidden.items():
            right = term.names.get(lang, term.id)
            for beginning in beginnings:
                rule = _Rule(_pattern(f"{beginning}*"), "forbidden-wording", right)
                by_language[lang].append(rule)
    for phrase in phrases:
        rule = _Rule(_pattern(phrase.wrong), "calque", phrase.say)
        by_language[phrase.lang].append(rule)
    return {lang: _Finder(rules) for lang, rules in by_language.items()}


def _pattern(wrong: str) -> str:
    """Case counts only in an abbreviation."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in wrong.split())
    pattern = _BETWEEN.join(words)
    return pattern if wrong.strip("*").isupper() else rf"(?i:{pattern})"


class _Finder:
    """All rules of a language in one search, the longest first."""

    def __init__(self, rules: list[_Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: len(rule.pattern), reverse=True)
        either = "|".join(rule.pattern for rule in self._rules)
        self._any = re.compile(rf"(?<!\w)(?:{either})(?!\w)")

    def in_text(self, text: str) -> Iterator[tuple[re.Match[str], _Rule]]:
        for found in self._any.finditer(text):
            yield (
                found,
                next(rule for rule in self._rules if re.fullmatch(rule.pattern, found[0])),
            )
