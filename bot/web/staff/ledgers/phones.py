"""A contact or a source as persons see it, drawn as a phone shows it. It decides nothing of what stands there."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from bot.conversation import directory
from bot.conversation.guidebook import make_guidebook
from bot.conversation.screens import Reader
from bot.editorial.compiling import presentable
from bot.editorial.edition import CONTACTS, SOURCES, Edition
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.guide.contact import Contact
from bot.guide.source import Citation
from bot.render.memo_pages import sources_text
from bot.web.staff.ledgers.rows import words_for
from bot.web.staff.phone import drawn, keys_of


@dataclass(frozen=True, slots=True)
class Phone:
    """What is shown in one language, with the labels of the buttons under it."""

    lang: str
    text: Markup
    keys: tuple[tuple[str, ...], ...] = ()


def phones_of(served: Catalogue, edition: Edition, file: str, name: str) -> tuple[Phone, ...]:
    """The page of a contact, or the lines of a source under a memo, in every language that persons can choose."""
    if file == CONTACTS and (contact := edition.contacts.get(name)):
        return _contact(served, edition, contact)
    source = edition.sources.get(name) if file == SOURCES else None
    if source is None or not source.show:
        return ()
    labels = make_guidebook(served, words_for("interface"), only=()).labels
    citations = (Citation(presentable(source)),)
    return tuple(Phone(lang, drawn(sources_text(citations, one))) for lang, one in labels.items())


def _contact(served: Catalogue, edition: Edition, contact: Contact) -> tuple[Phone, ...]:
    cities = edition.places.city_regions()
    shown = replace(contact, region=cities.get(contact.city or "", contact.region))
    catalogue = replace(
        served,
        contacts=MappingProxyType({**served.contacts, shown.id: shown}),
        sources=MappingProxyType(
            {key: presentable(one) for key, one in edition.sources.values().items()}
        ),
        regions=MappingProxyType(edition.places.regions.values()),
    )
    book = make_guidebook(catalogue, words_for("interface"), only=())
    reader = next((one for one in Citizenship if one in shown.serves), FIRST_CORRIDOR)
    found = []
    for lang in catalogue.languages:
        page = directory.contact(Reader(book, lang, reader, is_assumed=False), shown.id)
        if page:
            keys = tuple(tuple(key.label for key in row) for row in keys_of(page, ""))
            found.append(Phone(lang, drawn(page.text), keys))
    return tuple(found)
