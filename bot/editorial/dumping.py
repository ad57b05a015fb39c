"""A catalogue as plain data, as one kind of reader sees it: for other programs and for comparing editions.

Its shape is a contract; fields are added, none is renamed. Nothing that is for staff only is in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from bot.editorial.compiling import UNITS
from bot.editorial.flow_texts import block_in_words
from bot.guide.card import Card
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.fact import Fact
from bot.guide.flow import Flow
from bot.guide.memo import Memo
from bot.guide.source import Citation
from bot.guide.text import LocalText
from bot.i18n.interface import Interface, Words, load_interface
from bot.i18n.values import Form, in_words

Json = dict[str, object]


def dump(
    catalogue: Catalogue,
    lang: str,
    citizenship: Citizenship,
    pages: Callable[[Memo], list[str]],
    units: Interface | None = None,
) -> Json:
    """What a reader of `lang` and `citizenship` sees. `pages` gives the plain text of a memo's pages."""
    words = (units or load_interface(domain=UNITS)).words(lang)
    memos = catalogue.memos.get((lang, citizenship), {})
    return {
        "edition": catalogue.edition,
        "day": catalogue.day.isoformat(),
        "sections": [
            {
                "id": section.id,
                "title": section.title.in_language(lang),
                "icon": section.icon,
                "memos": [memo_id for memo_id in section.memos if memo_id in memos],
            }
            for section in catalogue.sections
        ],
        "memos": [_memo(memo, pages(memo), catalogue.cards) for memo in memos.values()],
        "contacts": [
            _contact(contact, catalogue, lang)
            for contact in catalogue.contacts.values()
            if citizenship in contact.serves
        ],
        "facts": [
            _fact(fact, catalogue, words)
            for fact in catalogue.facts.values()
            if citizenship in fact.applies
        ],
        "regions": [
            {
                "id": region.id,
                "name": region.name.in_language(lang),
                "country": region.country,
                "cities": [
                    {"id": city.id, "name": city.name.in_language(lang), **asdict(city.centre)}
                    for city in region.cities
                ],
            }
            for region in catalogue.regions.values()
        ],
        "series": [
            {"id": series.id, "title": series.title.in_language(lang)}
            for series in catalogue.series.values()
        ],
        "flows": [
            _flow(flow, catalogue, lang, citizenship)
            for flow in catalogue.flows.values()
            if citizenship in flow.readers
        ],
    }


def _memo(memo: Memo, pages: list[str], cards: Mapping[str, Card]) -> Json:
    return {
        "id": memo.id,
        "section": memo.section,
        "title": memo.title,
        "summary": memo.summary,
        "pages": pages,
        "sources": [_citation(citation, memo.wanted) for citation in memo.citations],
        "checked": memo.checked.isoformat(),
        "lang": memo.lang,
        "fallback": memo.is_fallback,
        "outdated": memo.outdated,
        "contacts": list(memo.contacts),
        "related": list(memo.related),
        "cards": [_card(cards[name], memo.wanted) for name in memo.cards],
    }


def _flow(flow: Flow, catalogue: Catalogue, lang: str, citizenship: Citizenship) -> Json:
    """In the texts of outcomes `{result:…}` and `{answer:…}` wait for the answers of a person."""
    return {
        "id": flow.id,
        "title": flow.title.in_language(lang),
        "about": flow.about.in_language(lang),
        "start": flow.start,
        "steps": list(flow.steps),
        "outcomes": [
            {
                "id": outcome.id,
                "title": outcome.title.in_language(lang),
                "text": "\n\n".join(block_in_words(block) for block in page.blocks),
                "sources": [_citation(citation, lang) for citation in page.citations],
                "checked": page.checked.isoformat() if page.checked else None,
                "memos": list(outcome.memos),
                "contacts": [
                    name
                    for name in page.contacts
                    if citizenship in catalogue.contacts[name].serves
                ],
                "keep": list(outcome.keep),
                "urgent": outcome.urgent,
            }
            for outcome in flow.outcomes.values()
            if (page := outcome.pages.get((lang, citizenship)))
        ],
        "dates": {name: title.in_language(lang) for name, title in flow.dates.items()},
    }


def _card(card: Card, lang: str) -> Json:
    return {
        "id": card.id,
        "title": card.title.in_language(lang),
        "russian": card.russian,
        "meaning": card.meaning_in(lang),
        "after": card.after_in(lang),
    }


def _citation(citation: Citation, lang: str) -> Json:
    source = citation.source
    return {
        "title": source.title.in_language(lang),
        "kind": source.kind,
        "date": source.dated,
        "url": source.url,
        "articles": list(citation.articles),
    }


def _contact(contact: Contact, catalogue: Catalogue, lang: str) -> Json:
    """`city` and `region` are names; the ids stand beside them. The point is that of the office."""
    city = catalogue.cities.get(contact.city or "")
    region = catalogue.regions.get(contact.region or "")

    def said(text: LocalText | None) -> str | None:
        return text.in_language(lang) if text else None

    return {
        "id": contact.id,
        "kind": contact.kind,
        "name": said(contact.name),
        "for": said(contact.purpose),
        "phones": [asdict(phone) for phone in contact.phones],
        "hours": said(contact.hours),
        "languages": list(contact.languages),
        "address": said(contact.address),
        "city": said(city.name) if city else None,
        "city_id": contact.city,
        "region": said(region.name) if region else None,
        "region_id": contact.region,
        "latitude": contact.point.latitude if contact.point else None,
        "longitude": contact.point.longitude if contact.point else None,
        "url": contact.url,
        "email": contact.email,
        "checked": contact.checked.isoformat(),
        "confidence": str(contact.confidence),
    }


def _fact(fact: Fact, catalogue: Catalogue, words: Words) -> Json:
    """`text` is how memos show the value on the catalogue's day; None when there is none."""
    value = fact.value_on(catalogue.day)
    source = catalogue.sources.get(fact.source)
    return {
        "id": fact.id,
        "kind": str(fact.kind),
        "text": None if value is None else in_words(fact.kind, value, Form.PLAIN, words),
        "applies": sorted(fact.applies),
        "source": source.title.in_language(words.lang) if source and source.show else None,
        "article": fact.article,
        "series": fact.series,
        "region": fact.region,
        "checked": fact.checked.isoformat(),
        "confidence": str(fact.confidence),
    }
