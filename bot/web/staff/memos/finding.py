"""Facts, contacts, memos and cards by words that a member remembers, with what is written to use them. It changes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.editorial.compiling import UNITS
from bot.editorial.published import Published
from bot.guide.fact import Fact, FactKind, FactValue, Range
from bot.guide.text import LocalText
from bot.i18n.interface import Words
from bot.i18n.values import Form, forms_of, in_words
from bot.web.staff.memos.looking import words_for
from bot.web.staff.memos.tabs import Kind, Tab

MOST = 12
_SHORT = 160  # characters of a line that shows where a fact stands already
_PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)[|}]")


@dataclass(frozen=True, slots=True)
class Insertion:
    """`written` is what goes into the text, `shown` how it will read there, if it is seen."""

    written: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """`kind`: fact, contact, memo, card or phrase. `name` is for the member; `about` says more."""

    kind: str
    id: str
    name: str
    about: str
    insertions: tuple[Insertion, ...]


def found_for(query: str, published: Published, tab: Tab, lang: str) -> tuple[Found, ...]:
    """What has all words of the query in it, best first, at most `MOST`; nothing without a word."""
    words = query.casefold().split()
    if not words:
        return ()
    candidates = (
        _in_text(published, lang) if tab.kind is Kind.TEXT else _in_settings(published, lang)
    )
    scored = [
        (sum(word in f"{one.id} {one.name}".casefold() for word in words), one)
        for one, said in candidates
        if all(word in said for word in words)
    ]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(one for _, one in scored[:MOST])


Candidates = Iterator[tuple[Found, str]]
"""What can be found, with everything that is looked through, in small letters."""


def _in_text(published: Published, lang: str) -> Candidates:
    edition, words = published.edition, words_for(UNITS).words(lang)
    used = _lines_with(published, lang)
    for entry in edition.facts:
        fact = entry.value
        insertions = tuple(_fact_insertions(fact, published, words))
        if insertions:  # a statement without a value cannot stand in a text
            lines = used.get(fact.id, ())
            about = next((line for line in lines if len(line) <= _SHORT), "")
            found = Found("fact", fact.id, fact.statement, about, insertions)
            shown = (one.shown for one in insertions)
            yield found, _folded([fact.id, fact.statement, *shown, *lines])
    for one in edition.contacts:
        contact = one.value
        name, phones = contact.name.in_language(lang), [phone.number for phone in contact.phones]
        ways = [Insertion(f"{{contact:{contact.id}}}")]
        if phones:
            ways.append(Insertion(f"{{phone:{contact.id}}}", phones[0]))
        said = _folded([contact.id, *_said(contact.name), *_said(contact.purpose), *phones])
        yield Found("contact", contact.id, name, ", ".join(phones), tuple(ways)), said
    for memo_id, title, said in _memos(published, lang):
        link = Insertion(f"[{title}](memo:{memo_id})")
        yield Found("memo", memo_id, title, "", (link,)), said


def _in_settings(published: Published, lang: str) -> Candidates:
    """Settings name things by their ids."""
    edition, used = published.edition, _lines_with(published, lang)
    for entry in edition.facts:
        fact = entry.value
        found = Found("fact", fact.id, fact.statement, "", (Insertion(fact.id),))
        yield found, _folded([fact.id, fact.statement, *used.get(fact.id, ())])
    for one in edition.contacts:
        contact = one.value
        name = contact.name.in_language(lang)
        found = Found("contact", contact.id, name, "", (Insertion(contact.id),))
        yield found, _folded([contact.id, *_said(contact.name), *_said(contact.purpose)])
    for memo_id, title, said in _memos(published, lang):
        yield Found("memo", memo_id, title, "", (Insertion(memo_id),)), said
    for card_entry in edition.cards:
        card = card_entry.value
        title = card.title.in_language(lang)
        found = Found("card", card.id, title, card.russian, (Insertion(card.id),))
        yield found, _folded([card.id, card.russian, *_said(card.title)])


def _lines_with(published: Published, lang: str) -> Mapping[str, Sequence[str]]:
    """The lines that show each fact, in the language and in the base language: statements are in English, and members
    remember the words of the guide.
    """
    lines: dict[str, list[str]] = defaultdict(list)
    for one in dict.fromkeys((lang, *published.edition.languages[:1])):
        for memo in published.edition.memos.values():
            text = memo.texts.get(one)
            source = published.snapshot.text(text.file) if text else None
            for line in (source or "").split("\n"):
                for name in _PLACEHOLDER.findall(line):
                    lines[name].append(line.strip("-> "))
    return lines


def _fact_insertions(fact: Fact, published: Published, words: Words) -> Iterator[Insertion]:
    """The plain form first, then the others in which the value can be said."""
    value = fact.value_on(published.day)
    if value is None:
        if fact.values:
            yield Insertion(f"{{{fact.id}}}")
        return
    forms = forms_of(fact.kind, is_range=isinstance(value, Range))
    for form in sorted(forms, key=lambda one: (one is not Form.PLAIN, one)):
        name = f"|{form}" if form else ""
        shown = _shown(fact.kind, value, form, words)
        if shown is not None:
            yield Insertion(f"{{{fact.id}{name}}}", shown)


def _shown(kind: FactKind, value: FactValue, form: Form, words: Words) -> str | None:
    try:
        return in_words(kind, value, form, words)
    except ValueError:
        return None


def _memos(published: Published, lang: str) -> Iterator[tuple[str, str, str]]:
    for memo_id in published.edition.listed_memos:
        memo = published.edition.memos.get(memo_id)
        titles = {one.lang: one.front.value.title for one in memo.texts.values()} if memo else {}
        title = titles.get(lang) or next(iter(titles.values()), memo_id)
        yield memo_id, title, _folded([memo_id, *titles.values()])


def _said(text: LocalText | None) -> Iterable[str]:
    if text is None:
        return ()
    return (*text.by_language.values(), text.anywhere or "")


def _folded(parts: Iterable[str]) -> str:
    return " ".join(parts).casefold()
