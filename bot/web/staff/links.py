"""Where on the staff pages something of the content is edited, and what it is called there. It shows no page."""

from babel import Locale

from bot.editorial.edition import Edition
from bot.editorial.files.memos import QUESTIONS, SETTINGS, TEXT_SUFFIX
from bot.editorial.snapshot import FLOWS, MEMOS
from bot.i18n.interface import load_interface
from bot.web.staff.frame import ADDRESS
from db.drafts import Draft, DraftState

# Files that have forms of their own, by the last part of the address.
_FORMS = ("facts", "sources", "contacts", "glossary")
_GUIDE_WORDS = load_interface()  # what persons are told that languages and citizenships are called


def editor_of(file: str) -> str | None:
    """The address of the page that edits a content file; None where there is none."""
    match file.split("/"):
        case [top, memo, name] if top == MEMOS:
            return memo_editor(memo, _tab(name))
        case [top, name] if top == FLOWS:
            return f"{ADDRESS}/flows/{name.removesuffix('.yaml')}"
        case [name] if name.removesuffix(".yaml") in _FORMS:
            return f"{ADDRESS}/{name.removesuffix('.yaml')}"
    return None


def memo_editor(memo: str, tab: str) -> str:
    """`tab` is the language of a text, "settings" or "questions"."""
    return f"{ADDRESS}/memos/{memo}?tab={tab}"


def draft_page(draft: Draft) -> str:
    """The page of a draft as it is now: its author's while it is written, that of its review afterwards."""
    return f"{ADDRESS}/drafts/{draft.id}" if draft.state is DraftState.OPEN else review_page(draft)


def review_page(draft: Draft) -> str:
    return f"{ADDRESS}/review/{draft.id}"


def own_page_of(draft: Draft) -> str | None:
    """The address where its author goes on with a draft; None where that is the page of the draft itself."""
    kind, _, name = draft.subject.partition("/")
    match kind:
        case "memo":
            return f"{ADDRESS}/memos/{name}?draft={draft.id}"
        case "flow":
            return f"{ADDRESS}/flows/{name}?draft={draft.id}"
        case "translation":
            return f"{ADDRESS}/translators/{name}"
        case "not-ours":
            return f"{ADDRESS}/unanswered"
        case _:
            return f"{ADDRESS}/{kind}/_draft" if kind in _FORMS else None


def subject_words(subject: str, reader: str) -> tuple[str, str]:
    """The kind of a draft's subject and its name: a memo's id, a language in the words of the reader, or nothing."""
    kind, _, name = subject.partition("/")
    return kind, language_name(name, reader) if kind == "translation" else name


def subject_titled(subject: str, edition: Edition, reader: str) -> tuple[str, str]:
    """The same with the title of a memo or check in the place of its id."""
    kind, name = subject_words(subject, reader)
    titles = {"memo": memo_title, "flow": flow_title}
    return kind, titles[kind](edition, name, reader) if kind in titles else name


def flow_title(edition: Edition, flow: str, lang: str) -> str:
    """What a guided check is called in a language; its id while it cannot be read."""
    file = edition.flows.get(flow)
    return (file.title.in_language(lang) if file else "") or flow


def memo_title(edition: Edition, memo: str, lang: str) -> str:
    """What a memo is called in a language, else in the base language, else its id."""
    for one in (lang, *edition.languages[:1]):
        if (text := edition.text(memo, one)) and text.front.value.title:
            return text.front.value.title
    return memo


def language_name(lang: str, reader: str) -> str:
    """What a language is called by who reads another; its code where that is not known."""
    key = f"language-{lang}"
    said = _GUIDE_WORDS.words(reader).say(key)
    return str(Locale.parse(reader).languages.get(lang, lang)) if said == key else said


def citizenship_name(who: str, reader: str) -> str:
    key = f"citizenship-{who}"
    said = _GUIDE_WORDS.words(reader).say(key)
    return who if said == key else said


def _tab(name: str) -> str:
    if name == SETTINGS:
        return "settings"
    return "questions" if name == QUESTIONS else name.removesuffix(TEXT_SUFFIX)
