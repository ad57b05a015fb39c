"""Which buttons stand under a page. Labels come from the catalogue and the interface texts."""

from collections.abc import Callable, Iterable

from bot.conversation.actions import (
    Action,
    AskForget,
    AskQuestion,
    Forget,
    OpenDanger,
    OpenHotlines,
    OpenMemo,
    OpenMenu,
    OpenPrivacy,
    OpenSection,
    OpenSettings,
    OpenSos,
    PickCitizenship,
    PickLanguage,
    SetCitizenship,
    SetLanguage,
    ShowCard,
    ShowContact,
)
from bot.conversation.directory_actions import OpenDirectory, OpenDrawer, OpenSeries
from bot.conversation.flow_actions import OpenChecks, OpenFlow
from bot.conversation.guidebook import Guidebook
from bot.conversation.replies import Button, Rows
from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.guide.text import Block, ContactBlock, Heading, ListBlock, Paragraph, Quote, Span
from bot.i18n.interface import Words

_MOST_LINKS = 5
_MOST_CONTACTS = 8


def bottom_row(words: Words) -> tuple[Button, ...]:
    """On every page: the menu, and help in danger with one tap."""
    return (
        Button(words.say("button-menu"), OpenMenu()),
        Button(words.say("button-sos"), OpenSos()),
    )


def turning_rows(
    words: Words, page: int, pages: int, turn: Callable[[int], Action]
) -> list[tuple[Button, ...]]:
    """To the page before and the page after, where there are any."""
    row = []
    if page > 1:
        row.append(Button(words.say("button-previous"), turn(page - 1)))
    if page < pages:
        row.append(Button(words.say("button-next"), turn(page + 1)))
    return [tuple(row)] if row else []


def call_row(words: Words) -> tuple[Button, ...]:
    """People to talk to. Shorter than the label of the menu, which half a row cuts off."""
    return (Button(words.say("button-call"), OpenHotlines()),)


def ways_on_rows(book: Guidebook, words: Words) -> Rows:
    """For whoever got no answer: the sections and people. All of it on one screen, with some lines above it."""
    sos = Button(words.say("button-sos"), OpenSos())
    return (*_section_links(book, words), (*call_row(words), sos))


def _section_links(book: Guidebook, words: Words) -> list[tuple[Button, ...]]:
    return [
        (
            Button(
                f"{section.icon} {section.title.in_language(words.lang)}", OpenSection(section.id)
            ),
        )
        for section in book.catalogue.sections
    ]


def menu_rows(book: Guidebook, words: Words) -> Rows:
    return (
        *_section_links(book, words),
        (Button(words.say("button-ask"), AskQuestion()),),
        (Button(words.say("button-checks"), OpenChecks()),),
        (
            Button(words.say("button-hotlines"), OpenHotlines()),
            Button(words.say("button-sos"), OpenSos()),
        ),
        (Button(words.say("button-settings"), OpenSettings()),),
    )


def memo_rows(
    book: Guidebook, memo: Memo, page: int, *, base: bool, citizenship: Citizenship
) -> Rows:
    """Turning pages, cards to show, contacts to call, the base text of an outdated translation,
    the next memos, the way back.
    """
    words = book.words(memo.wanted)
    rows: list[tuple[Button, ...]] = []
    lang = book.catalogue.base_language if base else memo.wanted
    pages = len(book.pages[memo.id, lang, citizenship])
    rows += turning_rows(words, page, pages, lambda number: OpenMemo(memo.id, number, base))
    if memo.outdated and not base:
        rows.append((Button(words.say("button-base-text"), OpenMemo(memo.id, 1, base=True)),))
    if base:
        rows.append((Button(words.say("button-translation"), OpenMemo(memo.id)),))
    rows += check_links(book, memo.checks, words, citizenship)
    rows += card_links(book, memo.cards, words)
    rows += contact_rows(book, [*memo.contacts, *_contact_blocks(memo.blocks)], words)
    rows += directory_links(book, memo, citizenship, words)
    linked = _memo_links(memo.blocks)
    if page >= pages:  # what to read next is for the end: a screen holds a dozen buttons
        linked = [*linked, *memo.related]
    rows += memo_link_rows(book, linked, memo.wanted, citizenship, besides=memo.id)
    section = book.catalogue.section(memo.section)
    if section:
        label = f"{section.icon} {section.title.in_language(words.lang)}"
        rows.append((Button(label, OpenSection(section.id)),))
    rows.append(bottom_row(words))
    return tuple(rows)


def check_links(
    book: Guidebook, flow_ids: Iterable[str], words: Words, citizenship: Citizenship
) -> list[tuple[Button, ...]]:
    """Guided checks that are for this citizenship."""
    flows = (book.catalogue.flows.get(name) for name in flow_ids)
    return [
        (
            Button(
                words.say("button-check", title=flow.title.in_language(words.lang)),
                OpenFlow(flow.id),
            ),
        )
        for flow in flows
        if flow and citizenship in flow.readers
    ]


def card_links(book: Guidebook, card_ids: Iterable[str], words: Words) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    for card in (book.catalogue.cards[name] for name in card_ids):
        label = words.say("button-show-card", title=card.title.in_language(words.lang))
        rows.append((Button(label, ShowCard(card.id)),))
    return rows


def card_rows(
    book: Guidebook, card_id: str, place: Action, lang: str, citizenship: Citizenship
) -> Rows:
    """Back to the page that the card was opened from; with an emptied store, to the first memo that offers it."""
    words = book.words(lang)
    memos = book.catalogue.memos[lang, citizenship]
    offering = [memo.id for memo in memos.values() if card_id in memo.cards]
    here = isinstance(place, OpenMemo) and place.memo in offering
    back = place if here else next((OpenMemo(memo) for memo in offering), None)
    if not isinstance(back, OpenMemo):
        return (bottom_row(words),)
    label = words.say("button-back-to", title=memos[back.memo].title)
    return ((Button(label, back),), bottom_row(words))


def directory_links(
    book: Guidebook, memo: Memo, citizenship: Citizenship, words: Words
) -> list[tuple[Button, ...]]:
    """To the values by region that concern this reader, and to the drawer of contacts."""
    rows: list[tuple[Button, ...]] = []
    for series_id in memo.series:
        series = book.catalogue.series.get(series_id)
        if series and book.catalogue.regions_with(series_id, citizenship):
            title = series.title.in_language(words.lang)
            label = words.say("button-in-my-region", title=title)
            rows.append((Button(label, OpenSeries(series_id)),))
    if memo.directory == "all":
        rows.append((Button(words.say("button-directory"), OpenDirectory()),))
    elif memo.directory:
        label = words.say(f"drawer-{memo.directory}")
        rows.append((Button(label, OpenDrawer(memo.directory)),))
    return rows


def contact_rows(
    book: Guidebook, contact_ids: Iterable[str], words: Words
) -> list[tuple[Button, ...]]:
    """A button for each contact that has a phone; pressing it sends the contact as a card."""
    rows: list[tuple[Button, ...]] = []
    for contact_id in dict.fromkeys(contact_ids):
        contact = book.catalogue.contacts.get(contact_id)
        if contact and contact.phones:
            label = f"☎ {contact.phones[0].number} · {contact.name.in_language(words.lang)}"
            rows.append((Button(label, ShowContact(contact_id)),))
    return rows[:_MOST_CONTACTS]


def memo_link_rows(
    book: Guidebook,
    memo_ids: Iterable[str],
    lang: str,
    citizenship: Citizenship,
    besides: str = "",
) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    for memo_id in dict.fromkeys(memo_ids):
        memo = book.catalogue.memo(memo_id, lang, citizenship)
        if memo and memo_id != besides:
            rows.append((Button(memo.title, OpenMemo(memo_id)),))
    return rows[:_MOST_LINKS]


def section_rows(book: Guidebook, section_id: str, lang: str, citizenship: Citizenship) -> Rows:
    words = book.words(lang)
    section = book.catalogue.section(section_id)
    memos = section.memos if section else ()
    rows = [
        (Button(memo.title, OpenMemo(memo_id)),)
        for memo_id in memos
        if (memo := book.catalogue.memo(memo_id, lang, citizenship))
    ]
    return (*rows, bottom_row(words))


def danger_choice_rows(book: Guidebook, words: Words) -> Rows:
    dangers = [
        (Button(danger.title.in_language(words.lang), OpenDanger(danger.id)),)
        for danger in book.catalogue.dangers
    ]
    back = (
        Button(words.say("button-hotlines"), OpenHotlines()),
        Button(words.say("button-menu"), OpenMenu()),
    )
    return (*dangers, back)


def language_rows(book: Guidebook) -> Rows:
    """Each language named in itself."""
    return tuple(
        (Button(book.words(lang).say("language-own-name"), SetLanguage(lang)),)
        for lang in book.catalogue.languages
    )


def citizenship_rows(words: Words) -> Rows:
    return tuple(
        (Button(words.say(f"citizenship-button-{who}"), SetCitizenship(who)),)
        for who in Citizenship
    )


def settings_rows(words: Words) -> Rows:
    return (
        (Button(words.say("button-language"), PickLanguage()),),
        (Button(words.say("button-citizenship"), PickCitizenship()),),
        (
            Button(words.say("button-privacy"), OpenPrivacy()),
            Button(words.say("button-forget"), AskForget()),
        ),
        bottom_row(words),
    )


def privacy_rows(words: Words) -> Rows:
    return ((Button(words.say("button-forget"), AskForget()),), bottom_row(words))


def forget_rows(words: Words) -> Rows:
    return (
        (Button(words.say("button-forget-yes"), Forget()),),
        (Button(words.say("button-forget-no"), OpenMenu()),),
    )


def help_rows(words: Words) -> Rows:
    """The ways on from any page that has nothing of its own to offer."""
    return (
        (Button(words.say("button-ask"), AskQuestion()),),
        (Button(words.say("button-hotlines"), OpenHotlines()),),
        bottom_row(words),
    )


def _contact_blocks(blocks: Iterable[Block]) -> list[str]:
    return [block.contact for block in blocks if isinstance(block, ContactBlock)]


def _memo_links(blocks: Iterable[Block]) -> list[str]:
    return [span.memo for block in blocks for span in _spans(block) if span.memo]


def _spans(block: Block) -> list[Span]:
    match block:
        case Heading(spans) | Paragraph(spans):
            return list(spans)
        case ListBlock(items):
            return [span for item in items for span in item]
        case Quote(paragraphs):
            return [span for paragraph in paragraphs for span in paragraph]
        case ContactBlock():
            return []
