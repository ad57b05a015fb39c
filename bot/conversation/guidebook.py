"""Everything that a step reads: the catalogue, its rendered pages and the interface texts.
Immutable.

Made once for each edition and day, so that a step only looks things up. It must not change
what the
catalogue says.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.i18n.interface import Interface, Words, load_interface
from bot.render.labels import Labels
from bot.render.memo_pages import memo_pages
from bot.render.rich_text import RichText

# Languages that a contact may speak or a person may choose.
_LANGUAGES = ("ky", "ru", "en", "uz", "tg", "kk", "hy", "az")

PageKey = tuple[str, str, Citizenship]


@dataclass(frozen=True, slots=True)
class Guidebook:
    """`pages` has the pages of every memo by (memo id, language, citizenship). `keeps_unanswered` says whether questions
    without an answer are kept for staff; the page on privacy tells. `units` are the texts of that domain, for values that
    are worked out while somebody asks.
    """

    catalogue: Catalogue
    interface: Interface
    units: Interface
    labels: Mapping[str, Labels]
    pages: Mapping[PageKey, tuple[RichText, ...]]
    keeps_unanswered: bool = True

    def words(self, lang: str | None) -> Words:
        return self.interface.words(lang if lang in self.catalogue.languages else None)

    def offered(self, lang: str | None) -> str:
        """The language itself when persons can choose it, else the base language."""
        if lang in self.catalogue.languages:
            return lang or self.catalogue.base_language
        return self.catalogue.base_language


def make_guidebook(
    catalogue: Catalogue,
    interface: Interface,
    *,
    units: Interface | None = None,
    keeps_unanswered: bool = True,
    only: Collection[str] | None = None,
    before: Guidebook | None = None,
) -> Guidebook:
    """Render every memo for every reader; with `only`, these memos, and no other can be opened. Pages that would be the
    same as in the book `before` are taken from it.
    """
    labels = {lang: _labels(interface.words(lang), lang) for lang in catalogue.languages}
    units = units or load_interface(domain="units")
    book = Guidebook(catalogue, interface, units, labels, {}, keeps_unanswered)
    known = _pages_drawn_before(book, before) if before else {}
    pages = {
        (memo_id, lang, citizenship): known.get((memo_id, lang, citizenship))
        or memo_pages(
            memo, _shown_for(catalogue, memo, citizenship), catalogue.contacts, labels[lang]
        )
        for (lang, citizenship), memos in catalogue.memos.items()
        for memo_id, memo in memos.items()
        if only is None or memo_id in only
    }
    return replace(book, pages=pages)


def _pages_drawn_before(
    book: Guidebook, before: Guidebook
) -> Mapping[PageKey, tuple[RichText, ...]]:
    """The pages that would be drawn of the very same things."""
    now, then = book.catalogue, before.catalogue
    if now.contacts != then.contacts:
        return {}
    return {
        (memo_id, lang, citizenship): pages
        for (memo_id, lang, citizenship), pages in before.pages.items()
        if book.labels.get(lang) == before.labels[lang]
        and (memo := now.memo(memo_id, lang, citizenship))
        and memo == (earlier := then.memo(memo_id, lang, citizenship))
        and _shown_for(now, memo, citizenship) == _shown_for(then, earlier, citizenship)
    }


def _shown_for(catalogue: Catalogue, memo: Memo, citizenship: Citizenship) -> Citizenship | None:
    """Whom the page names; nobody when everybody reads the same."""
    return citizenship if differs_by_citizenship(catalogue, memo) else None


def differs_by_citizenship(catalogue: Catalogue, memo: Memo) -> bool:
    """Whether somebody of another citizenship reads another text in the same language."""
    texts = (catalogue.memo(memo.id, memo.wanted, who) for who in Citizenship)
    return any(text is not None and text.blocks != memo.blocks for text in texts)


def _labels(words: Words, lang: str) -> Labels:
    return Labels(
        lang=lang,
        shown_for=words.say("shown-for"),
        outdated=words.say("translation-outdated"),
        fallback=words.say("translation-missing"),
        checked=words.say("checked-on"),
        page_of=words.say("page-of"),
        in_short=words.say("in-short"),
        sources=words.say("sources"),
        article=words.say("article"),
        unsure_phone=words.say("phone-unsure"),
        unsure_contact=words.say("contact-unsure"),
        spoken=words.say("languages-spoken"),
        language_names={code: words.say(f"language-{code}") for code in _LANGUAGES},
        citizenship_names={who: words.say(f"citizenship-{who}") for who in Citizenship},
        format_date=_numeric_date,
    )


def _numeric_date(day: date) -> str:
    """Read the same in every language of the corridor."""
    return day.strftime("%d.%m.%Y")
