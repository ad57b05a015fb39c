"""One block or contact of the guide → rich text. Knows nothing of pages."""

from bot.guide.contact import Contact, Phone
from bot.guide.fact import Confidence
from bot.guide.text import (
    Block,
    ContactBlock,
    Emphasis,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Spans,
)
from bot.render.labels import Labels
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

_MARKS: dict[Emphasis, tuple[MarkKind, ...]] = {
    Emphasis.PLAIN: (),
    Emphasis.BOLD: (MarkKind.BOLD,),
    Emphasis.ITALIC: (MarkKind.ITALIC,),
}


def block_text(block: Block, contacts: dict[str, Contact], labels: Labels) -> RichText:
    """The block as rich text; a contact that is not in `contacts` gives an empty one."""
    match block:
        case Heading(spans):
            return RichTextBuilder().append(spans_text(spans), MarkKind.BOLD).build()
        case Paragraph(spans):
            return spans_text(spans)
        case Quote(paragraphs):
            inside = joined([spans_text(spans) for spans in paragraphs])
            return RichTextBuilder().append(inside, MarkKind.QUOTE).build()
        case ListBlock():
            return list_text(block)
        case ContactBlock(contact):
            found = contacts.get(contact)
            return contact_text(found, labels) if found else RichText("")


def spans_text(spans: Spans) -> RichText:
    builder = RichTextBuilder()
    for span in spans:
        # A memo opens by the button under the page; a link to the bot itself would leave the
        # conversation.
        marks = (MarkKind.ITALIC,) if span.memo else _MARKS[span.emphasis]
        builder.add(span.text, *marks, url=span.url)
    return builder.build()


def list_text(block: ListBlock) -> RichText:
    lines = []
    for number, item in enumerate(block.items, block.start):
        sign = f"{number}. " if block.ordered else "• "
        lines.append(RichTextBuilder().add(sign).append(spans_text(item)).build())
    return joined(lines, "\n")


def contact_text(contact: Contact, labels: Labels) -> RichText:
    """Name, what to call about, phones (each alone at the end of its line), hours, languages,
    address.
    """
    lang = labels.lang
    lines = [RichTextBuilder().add(contact.name.in_language(lang), MarkKind.BOLD).build()]
    if contact.purpose:
        lines.append(RichText(contact.purpose.in_language(lang)))
    lines += [phone_line(phone, labels) for phone in contact.phones]
    if contact.hours:
        lines.append(RichText(contact.hours.in_language(lang)))
    if contact.languages:
        names = ", ".join(labels.language_names.get(code, code) for code in contact.languages)
        lines.append(RichText(labels.spoken.format(languages=names)))
    if contact.address:
        lines.append(RichText(contact.address.in_language(lang)))
    if contact.url:
        lines.append(RichTextBuilder().add(_shown_address(contact.url), url=contact.url).build())
    if contact.email:
        # Telegram finds an address by itself; it refuses a link to one.
        lines.append(RichText(contact.email))
    if contact.confidence is Confidence.LOW:
        lines.append(RichTextBuilder().add(labels.unsure_contact, MarkKind.ITALIC).build())
    return joined(lines, "\n")


def phone_line(phone: Phone, labels: Labels) -> RichText:
    """The number at the end of its line, with the doubt that there is about it."""
    builder = RichTextBuilder().add("☎ ").add(phone.number)
    if phone.confidence is Confidence.LOW:
        builder.add(" ").add(f"({labels.unsure_phone})", MarkKind.ITALIC)
    return builder.build()


def _shown_address(url: str) -> str:
    return url.removeprefix("https://").removeprefix("http://").removesuffix("/")
