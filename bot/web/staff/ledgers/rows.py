"""The entries of a file as rows of a list: what they are called, how sure they are, what hangs on them. It changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bot.editorial.compiling import UNITS
from bot.editorial.edition import CONTACTS, FACTS, GLOSSARY, SOURCES
from bot.editorial.forms.ledger import Data
from bot.editorial.mentions import Manner, ReviewedKind, mentions
from bot.editorial.status import SOON
from bot.guide.contact import Contact
from bot.guide.fact import Confidence, Fact
from bot.guide.source import Source
from bot.guide.text import LocalText
from bot.i18n.interface import Interface, load_interface
from bot.i18n.values import Form, in_words
from bot.web.staff.ledgers.work import Work

# What a list can be narrowed to, by the file.
FILTERS: Mapping[str, tuple[str, ...]] = {
    FACTS: ("due", "overdue", "low", "unused", "unsourced", "changed"),
    SOURCES: ("due", "overdue", "unused", "unlinked", "changed"),
    CONTACTS: ("due", "overdue", "low", "phoneless", "unsourced", "changed"),
    GLOSSARY: ("low", "untranslated", "changed"),
}
SORTS: Mapping[str, tuple[str, ...]] = {
    FACTS: ("file", "review", "checked", "title", "id"),
    SOURCES: ("file", "review", "checked", "title", "id"),
    CONTACTS: ("file", "review", "checked", "title", "id"),
    GLOSSARY: ("file", "title", "id"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`about` is the value, the phones, the link or the other languages. `marks` are the filters that the row passes.
    `hanging` is how many memos, or facts and contacts, hang on it; None where that is not counted.
    """

    id: str
    title: str
    about: str = ""
    kind: str = ""
    checked: date | None = None
    review: date | None = None
    source: str = ""
    hanging: int | None = None
    marks: frozenset[str] = field(default_factory=frozenset)
    found_by: str = ""


@cache
def words_for(domain: str) -> Interface:
    """The texts of a domain, read once."""
    return load_interface(domain=domain)


def rows_of(work: Work, lang: str) -> list[Row]:
    """Every entry of the file in its order, with the member's draft. An entry with errors is there with its id."""
    if work.ledger is None:
        return []
    make = _MAKERS[work.form.file](work, lang)
    changed = {one.id for one in work.changes}
    return [
        _marked(
            make(name, work.ledger.data(name) or {}), *(["changed"] if name in changed else [])
        )
        for name in work.ledger.entries
    ]


def chosen(rows: list[Row], query: str, mark: str, kind: str, sort: str) -> list[Row]:
    """The rows with every word of the query, of one mark and one kind, in an order."""
    words = query.casefold().split()
    fitting = [
        row
        for row in rows
        if (not mark or mark in row.marks)
        and (not kind or row.kind == kind)
        and all(word in row.found_by for word in words)
    ]
    match sort:
        case "review":
            return sorted(fitting, key=lambda row: row.review or date.max)
        case "checked":
            return sorted(fitting, key=lambda row: row.checked or date.min)
        case "title":
            return sorted(fitting, key=lambda row: row.title.casefold())
        case "id":
            return sorted(fitting, key=lambda row: row.id)
        case _:
            return fitting


Maker = Callable[[str, Data], Row]


def _facts(work: Work, lang: str) -> Maker:
    memos = _memos_by_name(work, ReviewedKind.FACT)
    words, today = words_for(UNITS).words(lang), work.published.day

    def row(name: str, data: Data) -> Row:
        fact = work.edition.facts.get(name)
        if fact is None:
            return _spoiled(name, data, "statement")
        value = fact.value_on(today)
        about = in_words(fact.kind, value, Form.PLAIN, words) if value is not None else ""
        marks = _age_marks(fact, today)
        marks |= {"low"} if fact.confidence is Confidence.LOW else set()
        marks |= {"unused"} if not memos[name] and fact.series is None else set()
        marks |= {"unsourced"} if work.edition.sources.get(fact.source) is None else set()
        return Row(
            name,
            fact.statement,
            about,
            fact.kind,
            fact.checked,
            fact.review,
            fact.source,
            memos[name],
            frozenset(marks),
            _folded(
                name, fact.statement, about, fact.source, fact.article, fact.note, fact.series
            ),
        )

    return row


def _sources(work: Work, lang: str) -> Maker:
    resting = Counter(
        [one.value.source for one in work.edition.facts]
        + [one.value.source for one in work.edition.contacts]
    )
    if work.edition.places.source:
        resting[work.edition.places.source[0]] += 1

    def row(name: str, data: Data) -> Row:
        source = work.edition.sources.get(name)
        if source is None:
            return _spoiled(name, data, "title")
        marks = _age_marks(source, work.published.day)
        marks |= set() if resting[name] else {"unused"}
        marks |= set() if source.url else {"unlinked"}
        return Row(
            name,
            source.title.in_language(lang),
            source.url or "",
            source.kind,
            source.checked,
            source.review,
            "",
            resting[name],
            frozenset(marks),
            _folded(name, *_texts(source.title), source.url, source.dated),
        )

    return row


def _contacts(work: Work, lang: str) -> Maker:
    memos = _memos_by_name(work, ReviewedKind.CONTACT)

    def row(name: str, data: Data) -> Row:
        contact = work.edition.contacts.get(name)
        if contact is None:
            return _spoiled(name, data, "name")
        phones = ", ".join(phone.number for phone in contact.phones)
        doubts = {contact.confidence, *(phone.confidence for phone in contact.phones)}
        marks = _age_marks(contact, work.published.day)
        marks |= {"low"} if Confidence.LOW in doubts else set()
        marks |= set() if phones else {"phoneless"}
        marks |= {"unsourced"} if work.edition.sources.get(contact.source) is None else set()
        return Row(
            name,
            contact.name.in_language(lang),
            phones,
            contact.kind,
            contact.checked,
            contact.review,
            contact.source,
            memos[name],
            frozenset(marks),
            _folded(
                name,
                *_texts(contact.name),
                *_texts(contact.purpose),
                *_texts(contact.address),
                phones,
                contact.city,
                contact.source,
            ),
        )

    return row


def _terms(work: Work, lang: str) -> Maker:
    languages = work.edition.languages

    def row(name: str, data: Data) -> Row:
        names = {one: str(data[one]) for one in ("ru", "ky", "en", "uz", "tg") if data.get(one)}
        sure = data.get("confidence")
        doubts = set(sure.values()) if isinstance(sure, dict) else set()
        marks = {"low"} if Confidence.LOW in doubts else set()
        marks |= {"untranslated"} if any(one not in names for one in languages) else set()
        title = names.get(lang) or names.get(languages[0] if languages else "") or name
        about = " · ".join(names[one] for one in languages if one in names and one != lang)
        return Row(
            name,
            title,
            about,
            str(data.get("kind") or ""),
            marks=frozenset(marks),
            found_by=_folded(name, *_strings(data)),
        )

    return row


_MAKERS: Mapping[str, Callable[[Work, str], Maker]] = {
    FACTS: _facts,
    SOURCES: _sources,
    CONTACTS: _contacts,
    GLOSSARY: _terms,
}


def _memos_by_name(work: Work, kind: ReviewedKind) -> Counter[str]:
    """How many memos show or name each, or lead to it."""
    pairs = {
        (one.name, one.inside)
        for one in mentions(work.edition)
        if one.kind is kind and one.manner is not Manner.CHECK
    }
    return Counter(name for name, _ in pairs)


def _age_marks(thing: Fact | Source | Contact, today: date) -> set[str]:
    """What was compared today is not asked for once more, although its next look may be near."""
    if thing.review < today:
        return {"overdue", "due"}
    return {"due"} if thing.review <= today + SOON and thing.checked < today else set()


def _spoiled(name: str, data: Data, title: str) -> Row:
    """An entry with an error of its own, which no part of the guide can use."""
    said = next(iter(_strings(data.get(title))), name)
    return Row(name, said, marks=frozenset({"spoiled"}), found_by=_folded(name, said))


def _marked(row: Row, *marks: str) -> Row:
    return replace(row, marks=row.marks | set(marks)) if marks else row


def _texts(text: LocalText | None) -> tuple[str, ...]:
    return (*text.by_language.values(), text.anywhere or "") if text else ()


def _strings(data: object) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from _strings(value)
        case list():
            for value in data:
                yield from _strings(value)


def _folded(*parts: str | None) -> str:
    return " ".join(part for part in parts if part).casefold()
