"""The running text of memos as persons read it: facts filled in for a day, without what is shown only to be said or dialled.

Contacts and sources are not in it. In a translation neither is what stands there in Russian, to be shown or found on
a door: quotes, and words in quotation marks or brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.editorial.compiling import UNITS
from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoText
from bot.editorial.filling import Filler
from bot.editorial.prose import Prose, run_prose
from bot.editorial.sentences import Sentence, sentences_in, words_in
from bot.editorial.table import Table
from bot.editorial.template import Branch, QuoteTemplate, SpanTemplate, runs_of
from bot.errors import ContentError
from bot.guide.contact import Contact
from bot.guide.fact import Fact
from bot.i18n.interface import load_interface

_UNKNOWN = "5 000"  # in the place of a fact that has an error of its own
_SHOWN = re.compile(r"\([^()]*\)|«[^»]*»|„[^“]*“|“[^”]*”|\"[^\"]*\"")


def seen_texts(edition: Edition, today: date) -> "SeenTexts":
    """The texts of an edition on a day."""
    return edition.kept.of(SeenTexts, edition.languages, edition.facts, edition.contacts, today)


class SeenTexts:
    """Texts with the facts and contacts that hold on a day."""

    def __init__(
        self,
        languages: tuple[str, ...],
        facts: Table[Fact],
        contacts: Table[Contact],
        today: date,
    ) -> None:
        self._base_language = languages[0] if languages else ""
        units = load_interface(domain=UNITS)
        shown = facts.values(), contacts.values()
        self._fillers = {
            lang: Filler(*shown, today, units.words(lang), shows_gaps=True) for lang in languages
        }

    def branch(self, text: MemoText, branch: Branch) -> Iterator[Prose]:
        """Every paragraph, item and heading of a part."""
        filler = self._fillers.get(text.lang)

        def say(span: SpanTemplate) -> str:
            try:
                return filler.said(span) if filler else _UNKNOWN
            except ContentError:
                return _UNKNOWN

        for block in branch.blocks:
            if isinstance(block, QuoteTemplate) and text.lang != self._base_language:
                continue
            for run in runs_of(block):
                if run:
                    yield run_prose(run, text, say)

    def sentences(self, prose: Prose) -> Iterator[Sentence]:
        """The sentences as they stand, but their words without those that are there in Russian."""
        if prose.lang == self._base_language:
            yield from sentences_in(prose.text)
            return
        said = _SHOWN.sub(lambda shown: " " * len(shown[0]), prose.text)
        for sentence in sentences_in(prose.text):
            end = sentence.start + len(sentence.text)
            if words := words_in(said[sentence.start : end]):
                yield replace(sentence, words=words)
