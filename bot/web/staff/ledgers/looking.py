"""What a member needs to know beside the form of an entry: how it is read, what a change does, what hangs on it.

Nothing is written here. The work takes a few hundred milliseconds at most and runs in a thread.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.editorial.checks.wording import check_wording
from bot.editorial.edition import CONTACTS, FACTS, GLOSSARY, SOURCES, Edition
from bot.editorial.files.glossary import Term
from bot.editorial.forms.hanging import Hanging, hanging_on
from bot.editorial.forms.readings import (
    ParagraphChange,
    SentenceRead,
    ValueInWords,
    paragraphs_changed,
    sentences_with,
    values_in_words,
)
from bot.editorial.kept import Kept
from bot.editorial.problem import Place
from bot.editorial.prose import said_in_memo
from bot.editorial.term_forms import fold, names_of
from bot.guide.catalogue import Catalogue
from bot.web.staff.ledgers.attempt import Attempt
from bot.web.staff.ledgers.phones import Phone, phones_of
from bot.web.staff.ledgers.telling import Told, told
from bot.web.staff.ledgers.work import Work

# So many places are named of a word that stands everywhere.
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class ReadOn:
    """A value with the sentences in which it is read on a day on which it holds."""

    value: ValueInWords
    sentences: tuple[SentenceRead, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """One thing that hangs on the entry in one manner, with all places of it that do; see `Hanging`."""

    how: str
    inside: str
    places: tuple[tuple[str | None, Place], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A word of the glossary that stands in texts: where, and in how many paragraphs of a language."""

    lang: str
    word: str
    count: int
    places: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """`readings` and `changes` are of facts, `changes` of contacts too, `phones` of contacts and sources, `standing` and
    `forbidden` of terms.

    `holds`: something hangs on the entry that keeps it from being deleted. `is_readable` is False when the entry has errors, so that nothing can be shown of it. `titles` names memos.
    """

    is_readable: bool
    holders: tuple[Holder, ...]
    holds: bool
    elsewhere: tuple[Told, ...]
    readings: tuple[ReadOn, ...] = ()
    changes: tuple[ParagraphChange, ...] = ()
    standing: tuple[Standing, ...] = ()
    forbidden: tuple[Told, ...] = ()
    phones: tuple[Phone, ...] = ()
    titles: Mapping[str, str] | None = None


def look(work: Work, name: str, tried: Attempt | None, lang: str, served: Catalogue) -> Look:
    """At an entry as it stands in the draft, or as it was tried out. `served` is what persons are answered from now."""
    found = tried.drafted if tried else None
    edition = found.edition if found else work.edition
    today = work.published.day
    hanging = hanging_on(work.edition, work.ledger, name) if work.ledger else ()
    made = Look(
        is_readable=_is_readable(edition, work.form.file, name),
        holders=_holders(hanging),
        holds=any(one.holds for one in hanging),
        elsewhere=told(tried.elsewhere if tried else (), lang),
        titles=titles_of(work.edition, lang),
    )
    if work.form.file == GLOSSARY:
        term = next((one for one in edition.terms if one.id == name), None)
        return _with_term(made, edition, term, lang) if term else made
    if not made.is_readable:
        return made
    made = replace(made, phones=phones_of(served, edition, work.form.file, name))
    changes = paragraphs_changed(work.published.edition, edition, frozenset({name}), today)
    fact = edition.facts.get(name) if work.form.file == FACTS else None
    if fact is None:
        return replace(made, changes=changes if work.form.file == CONTACTS else ())
    readings = tuple(
        ReadOn(one, sentences_with(edition, name, one.day))
        for one in values_in_words(fact, edition.languages, today)
    )
    return replace(made, changes=changes, readings=readings)


def titles_of(edition: Edition, lang: str) -> dict[str, str]:
    """What the memos are called, in the language or else in the base language."""
    titles = {}
    for memo_id, memo in edition.memos.items():
        texts = [memo.texts[one] for one in (lang, *edition.languages) if one in memo.texts]
        titles[memo_id] = texts[0].front.value.title if texts else memo_id
    return titles


def _holders(hanging: Iterable[Hanging]) -> tuple[Holder, ...]:
    places: dict[tuple[str, str], list[tuple[str | None, Place]]] = {}
    for one in hanging:
        places.setdefault((one.how, one.inside), []).append((one.lang, one.place))
    return tuple(
        Holder(how, inside, tuple(sorted(found, key=lambda pair: (pair[0] or "", pair[1].line))))
        for (how, inside), found in places.items()
    )


def _is_readable(edition: Edition, file: str, name: str) -> bool:
    tables = {FACTS: edition.facts, SOURCES: edition.sources, CONTACTS: edition.contacts}
    return file not in tables or tables[file].get(name) is not None


def _with_term(made: Look, edition: Edition, term: Term, lang: str) -> Look:
    """Where the names of a term stand, those that are allowed beside it too; and where a forbidden one does."""
    standing = []
    for one in edition.languages:
        written = [term.names.get(one, ""), *term.allowed.get(one, ())]
        for name in dict.fromkeys(filter(None, written)):
            found = _places(edition, one, name)
            standing.append(Standing(one, name, len(found), tuple(found[:_MOST_PLACES])))
    return replace(made, standing=tuple(standing), forbidden=_forbidden(edition, term, lang))


def _places(edition: Edition, lang: str, written: str) -> list[tuple[str, Place]]:
    names = names_of([written], lang)
    return [
        (memo_id, prose.place(found.start()))
        for memo_id in edition.listed_memos
        if (text := edition.text(memo_id, lang))
        for prose in edition.kept.of(said_in_memo, text).prose
        if (
            found := next(
                (m for n in names if (m := n.search(prose.text, fold(prose.text)))), None
            )
        )
    ]


def _forbidden(edition: Edition, term: Term, lang: str) -> tuple[Told, ...]:
    """Where texts have a name that this term forbids, as the check says it."""
    alone = replace(edition, terms=(term,), phrases=(), kept=Kept())
    return told(check_wording(alone, date.min), lang)
