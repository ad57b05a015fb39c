"""Translations that call a thing otherwise than the glossary does.

Where the base text names a thing that has an official name, a current translation must name it so, or as the glossary
allows, at least once. Everyday words are not demanded: they have many right translations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.editorial.edition import Edition
from bot.editorial.files.glossary import Term
from bot.editorial.files.memos import MemoFiles, MemoText
from bot.editorial.problem import Place, Problem, warning
from bot.editorial.prose import FILLED_IN, Prose, front_prose, run_prose, said_in_memo
from bot.editorial.template import HeadingTemplate, QuoteTemplate, SpanTemplate, Words, runs_of
from bot.editorial.term_forms import Name, fold, names_of
from bot.editorial.translation import TranslationState, translation_state

DEMANDED = frozenset({"law", "document", "office", "action"})


def check_terms(edition: Edition, today: date) -> Iterator[Problem]:
    if edition.contents is None:
        return
    base_language, *others = edition.languages
    demands = edition.kept.of(_Demands, edition.terms, edition.languages)
    for memo_id in edition.listed_memos:
        memo = edition.memos.get(memo_id)
        base = memo.texts.get(base_language) if memo else None
        if memo is None or base is None or base_language in memo.spoiled:
            continue
        current = tuple(text for lang in others if (text := _current(memo, lang, base_language)))
        if current:
            yield from edition.kept.every(_missing, base, current, demands)


def _current(memo: MemoFiles, lang: str, base_language: str) -> MemoText | None:
    """What else an outdated translation lacks is what the base text has won since."""
    is_current = translation_state(memo, lang, base_language) is TranslationState.COMPLETE
    return memo.texts.get(lang) if is_current and lang not in memo.spoiled else None


class _Demand:
    """A term with the names by which the base text may call it and each translation must."""

    def __init__(self, term: Term, base_language: str, others: list[str]) -> None:
        self.term = term
        self.said = names_of([term.names.get(base_language, "")], base_language)
        # Letters that stand on the paper and on the door are right in every language.
        letters = [name for name in self.said if name.is_abbreviation]
        self.allowed = {
            lang: (*names_of([term.names[lang], *term.allowed.get(lang, ())], lang), *letters)
            for lang in others
            if lang in term.names and lang not in term.paraphrase
        }


class _Demands:
    def __init__(self, terms: tuple[Term, ...], languages: tuple[str, ...]) -> None:
        base_language, *others = languages
        self.all = [
            _Demand(term, base_language, others) for term in terms if term.kind in DEMANDED
        ]


@dataclass(frozen=True, slots=True)
class _Piece:
    """`section` is the number of the part and heading it stands under: translations are built alike."""

    prose: Prose
    folded: str
    section: tuple[int, int]


def _missing(
    base: MemoText, translations: tuple[MemoText, ...], demands: _Demands
) -> Iterator[Problem]:
    pieces = list(_unquoted_pieces(base))
    whole = "\n".join(piece.folded for piece in pieces)
    read = [_Translation(text) for text in translations]
    for demand in demands.all:
        found = _first([name for name in demand.said if name.may_be_in(whole)], pieces)
        if found is None:
            continue
        piece, said, line = found
        for translation in read:
            allowed = demand.allowed.get(translation.text.lang)
            if allowed and not translation.says(allowed):
                yield warning(
                    translation.place(piece.section),
                    "term-missing",
                    said=said,
                    line=line,
                    term=demand.term.names[translation.text.lang],
                )


def _first(names: list[Name], pieces: list[_Piece]) -> tuple[_Piece, str, int] | None:
    """Where one of the names stands first, the words that stand there and their line."""
    for piece in pieces:
        for name in names:
            if match := name.search(piece.prose.text, piece.folded):
                said = piece.prose.text[match.start() : match.end()]
                return piece, said, piece.prose.place(match.start()).line
    return None


def _unquoted_pieces(text: MemoText) -> Iterator[_Piece]:
    """The text without what is there to be said in Russian: that stays Russian in every language.

    Titles of other memos are left out too: they are translated there.
    """
    front = ((prose, (0, 0)) for prose in front_prose(text))
    for prose, section in chain(front, _body(text)):
        unquoted = Prose(prose.unquoted, prose.lang, prose.file, prose.starts, prose.lines)
        yield _Piece(unquoted, fold(unquoted.text), section)


def _unless_a_link(span: SpanTemplate) -> str:
    return span.text if isinstance(span, Words) and span.look.memo is None else FILLED_IN


def _body(text: MemoText) -> Iterator[tuple[Prose, tuple[int, int]]]:
    for part, branch in enumerate(text.body.branches(), 1):
        headings = 0
        for block in branch.blocks:
            headings += isinstance(block, HeadingTemplate)
            if not isinstance(block, QuoteTemplate):
                yield from (
                    (run_prose(run, text, _unless_a_link), (part, headings))
                    for run in runs_of(block)
                    if run
                )


class _Translation:
    def __init__(self, text: MemoText) -> None:
        self.text = text
        paragraphs = [prose.text for prose in said_in_memo(text).prose]
        self._paragraphs = [fold(paragraph) for paragraph in paragraphs]
        self._whole = "\n\n".join(paragraphs)
        self._folded = fold(self._whole)
        self._sections = {(0, 0): text.front.place("title").line}
        for prose, section in _body(text):
            self._sections.setdefault(section, prose.lines[0])

    def says(self, names: tuple[Name, ...]) -> bool:
        return any(name.search(self._whole, self._folded) for name in names) or any(
            name.is_spread_over(paragraph) for name in names for paragraph in self._paragraphs
        )

    def place(self, section: tuple[int, int]) -> Place:
        """Where the same part of the translation begins; the title when it is built otherwise."""
        return Place(self.text.file, self._sections.get(section, self._sections[0, 0]))
