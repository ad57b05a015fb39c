"""The pages of the directory: contacts by kind, by region and by distance, and the values of a
region. Pure look-ups, like `screens`; the buttons are in `directory_keyboards`.
"""

from typing import assert_never

from bot.conversation import directory_keyboards as keyboards
from bot.conversation.directory_actions import (
    AskLocation,
    DirectoryAction,
    OpenContact,
    OpenDirectory,
    OpenDrawer,
    OpenNationwide,
    OpenRegion,
    OpenRegions,
    OpenSeries,
)
from bot.conversation.replies import NoteKind, OfficePin, Page, Rows
from bot.conversation.screens import Reader, assumption
from bot.guide.contact import Contact
from bot.guide.directory import (
    DRAWER_OF,
    Drawer,
    NearOffice,
    nearest_offices,
    nearest_region,
    serving,
)
from bot.guide.fact import Confidence
from bot.guide.place import Point, Region
from bot.guide.regional import RegionalValue
from bot.guide.source import Citation
from bot.i18n.values import number_in_words
from bot.render.blocks import contact_text, phone_line
from bot.render.memo_pages import checked_text, sources_text
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

# Further away the nearest city that the guide knows is hardly that of the person's region.
_SAME_REGION_KM = 60


def page_of(
    reader: Reader, action: DirectoryAction
) -> tuple[Page | None, NoteKind | None, str | None]:
    """The page that an action opens, and its kind and subject for the notes of usage."""
    match action:
        case OpenDirectory():
            return directory(reader), NoteKind.DIRECTORY_OPENED, None
        case OpenDrawer(name):
            return drawer(reader, action), NoteKind.DIRECTORY_OPENED, name
        case OpenNationwide():
            return nationwide(reader, action), NoteKind.DIRECTORY_OPENED, None
        case OpenContact(contact_id):
            return contact(reader, contact_id), NoteKind.CONTACT_OPENED, contact_id
        case OpenRegions():
            return regions(reader, action), NoteKind.REGION_OPENED, None
        case OpenSeries():
            return series(reader, action), NoteKind.REGION_OPENED, None
        case OpenRegion(region_id):
            return region(reader, action), NoteKind.REGION_OPENED, region_id
        case AskLocation():
            return ask_location(reader), None, None
        case _:
            assert_never(action)


def directory(reader: Reader) -> Page:
    drawers = [drawer for drawer in Drawer if _in_drawer(reader, drawer)]
    return reader.say("directory", keyboards.directory_rows(reader.words, drawers))


def drawer(reader: Reader, opened: OpenDrawer) -> Page | None:
    if opened.drawer not in set(Drawer):
        return None
    contacts = _in_drawer(reader, Drawer(opened.drawer))
    title = _bold(reader.words.say(f"drawer-{opened.drawer}"))
    rows = keyboards.drawer_rows(reader.words, contacts, reader.book.catalogue.cities, opened)
    key = "directory-choose" if contacts else "directory-empty"
    return _page(reader, [title, RichText(reader.words.say(key))], rows)


def contact(reader: Reader, contact_id: str) -> Page | None:
    """All that is known of a contact, with where it was read and when that was checked."""
    catalogue = reader.book.catalogue
    found = catalogue.contacts.get(contact_id)
    if found is None:
        return None
    labels = reader.book.labels[reader.lang]
    parts = [contact_text(found, labels)]
    city = catalogue.cities.get(found.city or "")
    if city and not found.address:
        name = city.name.in_language(reader.lang)
        parts.append(RichText(reader.words.say("address-unknown", city=name)))
    if reader.citizenship not in found.serves and not reader.is_assumed:
        parts.append(_bold(reader.words.say("contact-for-others")))
    source = catalogue.sources.get(found.source)
    if source and source.show:
        parts.append(sources_text((Citation(source),), labels))
    parts.append(checked_text(found.checked, labels))
    region = catalogue.regions.get(found.region or "")
    rows = keyboards.contact_rows(reader.words, found, region, DRAWER_OF[found.kind])
    return reader.page(joined(parts), rows)


def office_pin(reader: Reader, contact_id: str) -> OfficePin | None:
    """A pin only where the office itself is known to stand: one in the middle of its city would
    send people to the wrong door.
    """
    found = reader.book.catalogue.contacts.get(contact_id)
    if found is None or found.point is None:
        return None
    name = found.name.in_language(reader.lang)
    address = found.address.in_language(reader.lang) if found.address else name
    return OfficePin(name, address, found.point)


def regions(reader: Reader, opened: OpenRegions) -> Page:
    """The regions of which there is anything to tell."""
    catalogue = reader.book.catalogue
    contacts = serving(catalogue.contacts.values(), reader.citizenship)
    known = {one.region for one in contacts}
    known |= {one.region for one in catalogue.regional if reader.citizenship in one.applies}
    listed = [region for region in catalogue.regions.values() if region.id in known]
    rows = keyboards.regions_rows(reader.words, listed, opened)
    return _page(reader, [RichText(reader.words.say("regions"))], rows)


def series(reader: Reader, opened: OpenSeries) -> Page | None:
    """The regions that have a value, for one who reads of it in a memo."""
    catalogue = reader.book.catalogue
    found = catalogue.series.get(opened.series)
    if found is None:
        return None
    listed = catalogue.regions_with(opened.series, reader.citizenship)
    parts = [_bold(found.title.in_language(reader.lang))]
    if found.about:
        parts.append(RichText(found.about.in_language(reader.lang)))
    parts.append(RichText(reader.words.say("series" if listed else "series-for-others")))
    rows = keyboards.series_rows(reader.words, listed, opened)
    return _page(reader, parts, rows)


def region(reader: Reader, opened: OpenRegion) -> Page | None:
    """The values that hold in a region, and the offices there."""
    catalogue = reader.book.catalogue
    found = catalogue.regions.get(opened.region)
    if found is None:
        return None
    contacts = [
        one
        for one in serving(catalogue.contacts.values(), reader.citizenship)
        if one.region == found.id
    ]
    values = catalogue.values_in(found, reader.citizenship)
    key = "region-offices" if contacts else "region-no-offices"
    parts = [
        _bold(found.name.in_language(reader.lang)),
        *(_value(reader, value, found) for value in values),
        RichText(reader.words.say(key)),
    ]
    return _page(reader, parts, keyboards.region_rows(reader.words, contacts, opened))


def nationwide(reader: Reader, opened: OpenNationwide) -> Page:
    contacts = [
        one
        for one in serving(reader.book.catalogue.contacts.values(), reader.citizenship)
        if one.region is None
    ]
    title = _bold(reader.words.say("nationwide"))
    rows = keyboards.nationwide_rows(reader.words, contacts, opened)
    return _page(reader, [title, RichText(reader.words.say("directory-choose"))], rows)


def ask_location(reader: Reader) -> Page:
    return reader.say("nearest-ask", keyboards.ask_location_rows(reader.words))


def nearest(reader: Reader, here: Point) -> Page:
    """The offices nearest to a point on Earth. Nothing on the page tells the point."""
    catalogue = reader.book.catalogue
    contacts = serving(catalogue.contacts.values(), reader.citizenship)
    cities = catalogue.cities
    offices = nearest_offices(contacts, cities, here)
    parts = [RichText(reader.words.say("nearest" if offices else "nearest-none"))]
    parts += [_near(reader, office) for office in offices]
    if any(office.to_centre for office in offices):
        parts.append(RichText(reader.words.say("nearest-to-centre")))
    if offices and catalogue.places_source:
        title = catalogue.places_source.title.in_language(reader.lang)
        parts.append(RichTextBuilder().add(title, MarkKind.ITALIC).build())
    there = nearest_region(catalogue.regions.values(), here, _SAME_REGION_KM)
    rows = keyboards.nearest_rows(reader.words, [one.contact for one in offices], cities, there)
    return _page(reader, parts, rows)


def _in_drawer(reader: Reader, one: Drawer) -> tuple[Contact, ...]:
    contacts = reader.book.catalogue.contacts.values()
    return serving((c for c in contacts if DRAWER_OF[c.kind] is one), reader.citizenship)


def _value(reader: Reader, value: RegionalValue, where: Region) -> RichText:
    """A value with its doubt, its source and the day of its check: nobody sees it without."""
    words, labels = reader.words, reader.book.labels[reader.lang]
    found = reader.book.catalogue.series[value.series]
    title = found.title.in_language(reader.lang)
    if value.text is None:
        return RichTextBuilder().add(f"{title}: ").add(words.say("value-unknown")).build()
    line = RichTextBuilder().add(f"{title}: ")
    line.add(value.text.in_language(reader.lang), MarkKind.BOLD)
    if value.since:
        line.add(" " + words.say("value-since", date=labels.format_date(value.since)))
    lines = [line.build()]
    if value.region is None:
        lines.append(RichText(words.say("value-nationwide")))
    if found.about:
        lines.append(RichText(found.about.in_language(reader.lang)))
    if value.confidence is Confidence.LOW:
        lines.append(_bold(words.say("value-unsure")))
    if value.citation:
        lines.append(sources_text((value.citation,), labels))
    lines.append(checked_text(value.checked, labels))
    return joined(lines, "\n")


def _near(reader: Reader, office: NearOffice) -> RichText:
    words, labels = reader.words, reader.book.labels[reader.lang]
    # Closer than a kilometre nobody needs the figure, and the middle of a city is not so exact.
    kilometres = number_in_words(max(1, round(office.kilometres)), words)
    city = reader.book.catalogue.cities.get(office.contact.city or "")
    if office.to_centre and city:
        name = city.name.in_language(reader.lang)
        distance = words.say("distance-to-city", kilometres=kilometres, city=name)
    else:
        distance = words.say("distance", kilometres=kilometres)
    lines = [_bold(office.contact.name.in_language(reader.lang)), RichText(distance)]
    if office.contact.address:
        lines.append(RichText(office.contact.address.in_language(reader.lang)))
    lines += [phone_line(phone, labels) for phone in office.contact.phones]
    return joined(lines, "\n")


def _page(reader: Reader, parts: list[RichText], rows: Rows) -> Page:
    """A page that lists what one citizenship finds; who has not told theirs reads whose it is."""
    first = [assumption(reader)] if reader.is_assumed else []
    return reader.page(joined([*first, *parts]), rows)


def _bold(text: str) -> RichText:
    return RichTextBuilder().add(text, MarkKind.BOLD).build()
