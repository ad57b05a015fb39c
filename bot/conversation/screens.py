"""The pages of the conversation: text and buttons for one reader. Pure look-ups, no decisions
about what comes next.
"""

from dataclasses import dataclass, replace

from bot.conversation import keyboards
from bot.conversation.actions import Action, OpenMemo, OpenMenu
from bot.conversation.guidebook import (
    Guidebook,
    differs_by_citizenship,
)
from bot.conversation.replies import Button, CardShown, ContactCard, Page, Reply, Rows
from bot.conversation.state import State
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.guide.danger import Danger
from bot.guide.fact import Confidence
from bot.i18n.interface import Words
from bot.render.blocks import contact_text
from bot.render.rich_text import MarkKind, RichText, RichTextBuilder, joined

# Telegram: a contact's first name; longer ones are cut by clients.
_LONGEST_CARD_NAME = 64


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a page is for. `citizenship` is the assumed one until the person has told theirs."""

    book: Guidebook
    lang: str
    citizenship: Citizenship
    is_assumed: bool

    @classmethod
    def of(cls, book: Guidebook, state: State) -> "Reader":
        return cls(
            book=book,
            lang=book.offered(state.lang or state.guess),
            citizenship=state.citizenship or FIRST_CORRIDOR,
            is_assumed=state.citizenship is None,
        )

    @property
    def words(self) -> Words:
        return self.book.words(self.lang)

    def page(self, text: RichText, rows: Rows) -> Page:
        citizenship = None if self.is_assumed else self.citizenship
        return Page(text, rows, lang=self.lang, citizenship=citizenship)

    def say(self, key: str, rows: Rows, **values: object) -> Page:
        return self.page(RichText(self.words.say(key, **values)), rows)


def pick_language(reader: Reader) -> Page:
    """The question in every language: the reader's is not known yet."""
    book = reader.book
    question = "\n".join(
        book.words(lang).say("pick-language") for lang in book.catalogue.languages
    )
    rows = (*keyboards.language_rows(book), _way_out(reader))
    return reader.page(RichText(question), rows)


def pick_citizenship(reader: Reader) -> Page:
    rows = (*keyboards.citizenship_rows(reader.words), _way_out(reader))
    return reader.say("pick-citizenship", rows)


def menu(reader: Reader) -> Page:
    return reader.say("menu", keyboards.menu_rows(reader.book, reader.words))


def section(reader: Reader, section_id: str) -> Page | None:
    found = reader.book.catalogue.section(section_id)
    if found is None:
        return None
    title = f"{found.icon} {found.title.in_language(reader.lang)}"
    rows = keyboards.section_rows(reader.book, section_id, reader.lang, reader.citizenship)
    text = (
        RichTextBuilder().add(title, MarkKind.BOLD).add("\n" + reader.words.say("section")).build()
    )
    return reader.page(text, rows)


def memo(reader: Reader, opened: OpenMemo) -> Page | None:
    """The asked page of a memo (the last one when it has fewer now), or None when the memo is
    not ours.
    """
    book = reader.book
    found = book.catalogue.memo(opened.memo, reader.lang, reader.citizenship)
    if found is None:
        return None
    lang = book.catalogue.base_language if opened.base else reader.lang
    pages = book.pages[opened.memo, lang, reader.citizenship]
    number = min(opened.page, len(pages))
    text = pages[number - 1]
    if reader.is_assumed and differs_by_citizenship(book.catalogue, found):
        text = joined([assumption(reader), text])
    rows = keyboards.memo_rows(
        book, found, number, base=opened.base, citizenship=reader.citizenship
    )
    return reader.page(text, rows)


def sos(reader: Reader) -> Page:
    """Whom to call now, then: what has happened?"""
    book, labels = reader.book, reader.book.labels[reader.lang]
    emergency = book.catalogue.contacts_for(reader.citizenship, frozenset({"emergency"}))
    text = joined(
        [
            RichText(reader.words.say("sos")),
            *(contact_text(contact, labels) for contact in emergency),
            RichText(reader.words.say("sos-choose")),
        ]
    )
    return reader.page(text, keyboards.danger_choice_rows(book, reader.words))


def danger(reader: Reader, found: Danger) -> Page:
    """Safety first, then whom to call and what to hold out. Nothing before it."""
    book, labels = reader.book, reader.book.labels[reader.lang]
    contact_ids = found.contacts.get(reader.citizenship, ())
    contacts = [book.catalogue.contacts[contact] for contact in contact_ids]
    say = RichTextBuilder().add(found.say.in_language(reader.lang), MarkKind.BOLD).build()
    text = joined([say, *(contact_text(contact, labels) for contact in contacts)])
    memo = book.catalogue.memo(found.memo, reader.lang, reader.citizenship)
    rows = [
        *danger_calls(reader, found),
        *keyboards.card_links(book, memo.cards if memo else (), reader.words),
        *keyboards.memo_link_rows(book, (found.memo,), reader.lang, reader.citizenship),
        keyboards.bottom_row(reader.words),
    ]
    return replace(reader.page(text, tuple(rows)), in_place=False)


def danger_calls(reader: Reader, found: Danger) -> list[tuple[Button, ...]]:
    contact_ids = found.contacts.get(reader.citizenship, ())
    return keyboards.contact_rows(reader.book, contact_ids, reader.words)


def danger_named(book: Guidebook, danger_id: str | None) -> Danger | None:
    return next((one for one in book.catalogue.dangers if one.id == danger_id), None)


def contact_cards(reader: Reader, contact_id: str, number: int = 0) -> list[ContactCard]:
    """A card for each phone of the contact, or for the one with this number while there is one;
    none when the contact is not ours.

    A doubtful number says so in the card's name: the card is what stays in the phone.
    """
    contact = reader.book.catalogue.contacts.get(contact_id)
    if contact is None:
        return []
    name = contact.name.in_language(reader.lang)
    doubt = f" ({reader.words.say('phone-unsure')})"
    cards = []
    # A phone that has been dropped since its button was sent: all that are left.
    for phone in contact.phones[max(number - 1, 0) : number] or contact.phones:
        ending = doubt if phone.confidence is Confidence.LOW else ""
        cards.append(ContactCard(name[: _LONGEST_CARD_NAME - len(ending)] + ending, phone.number))
    return cards


def card(reader: Reader, card_id: str, place: Action) -> CardShown | None:
    """The sentence to hold out, with the way back to the page it was opened from; None when it is not ours."""
    found = reader.book.catalogue.cards.get(card_id)
    if found is None:
        return None
    own, after = found.meaning_in(reader.lang), found.after_in(reader.lang)
    sentence = RichTextBuilder().add(found.russian, MarkKind.BOLD).build()
    return CardShown(
        russian=found.russian,
        own=own,
        text=joined([sentence, RichText(own), RichText(after)]),
        rows=keyboards.card_rows(reader.book, card_id, place, reader.lang, reader.citizenship),
        lang=reader.lang,
        citizenship=None if reader.is_assumed else reader.citizenship,
    )


def ask(reader: Reader) -> Page:
    return reader.say("ask", (keyboards.bottom_row(reader.words),))


def settings(reader: Reader) -> Page:
    words = reader.words
    citizenship = words.say(
        "citizenship-unknown" if reader.is_assumed else f"citizenship-{reader.citizenship}"
    )
    language = words.say("language-own-name")
    rows = keyboards.settings_rows(words)
    return reader.say("settings", rows, language=language, citizenship=citizenship)


def help_page(reader: Reader) -> Page:
    return reader.say("help", keyboards.help_rows(reader.words))


def privacy(reader: Reader) -> Page:
    kept = (
        "privacy-questions-kept" if reader.book.keeps_unanswered else "privacy-questions-not-kept"
    )
    questions = reader.words.say(kept)
    return reader.say("privacy", keyboards.privacy_rows(reader.words), questions=questions)


def ask_forget(reader: Reader) -> Page:
    return reader.say("forget-sure", keyboards.forget_rows(reader.words))


def forgotten(reader: Reader) -> Page:
    again = Button(reader.words.say("button-again"), OpenMenu())
    return Page(RichText(reader.words.say("forgotten")), ((again,),))


def not_text(reader: Reader, kind: str) -> Page:
    return reader.say(f"not-text-{kind}", keyboards.help_rows(reader.words))


def with_notice(reader: Reader, key: str, page: Page) -> Page:
    """The page with a line above it, for what did not go as the person expects."""
    return replace(page, text=joined([RichText(reader.words.say(key)), page.text]))


def with_notice_on_pages(
    reader: Reader, key: str, replies: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """The same over every page among these replies."""
    return tuple(
        with_notice(reader, key, reply) if isinstance(reply, Page) else reply for reply in replies
    )


def _way_out(reader: Reader) -> tuple[Button, ...]:
    """Under the first questions: help in danger needs no answer to them. The menu does."""
    row = keyboards.bottom_row(reader.words)
    return row[1:] if reader.is_assumed else row


def assumption(reader: Reader) -> RichText:
    citizenship = reader.words.say(f"citizenship-{reader.citizenship}")
    line = reader.words.say("citizenship-assumed", citizenship=citizenship)
    return RichTextBuilder().add(line, MarkKind.BOLD).build()
