"""Every kind of mistake in the content is named with its file, its line and a code.

A row breaks a good content folder in one place. `at` is text that begins on the line where the mistake must be
shown; an empty one is the first line. It is in the broken file, unless `shown_in` names another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.editorial.checking import check
from bot.editorial.problem import Problem, Severity
from bot.i18n.interface import LOCALES, load_interface
from tests.support.content import TODAY, ContentFolder

FIRST, TAKEN = "memos/registration-first", "memos/passport-taken"
RU, KY, MEMO = f"{FIRST}/ru.md", f"{FIRST}/ky.md", f"{FIRST}/memo.yaml"
LONG = "слово " * 200


@dataclass(frozen=True)
class Mistake:
    """Replace `old` by `new` in `file`; the problem `code` is expected there, on the line of `at`."""

    code: str
    file: str
    old: str
    new: str
    at: str
    is_warning: bool = False
    shown_in: str | None = None


def said(instead: str, code: str, at: str = "", *, is_warning: bool = False) -> Mistake:
    """A mistake in the words of the Russian text."""
    return Mistake(
        code, RU, "## Сколько стоит", instead, at or instead.partition("\n")[0], is_warning
    )


FACT_30 = "values: [{value: 30}]"

MISTAKES = {
    # --- YAML by itself
    "a colon in an unquoted title": Mistake(
        "yaml-colon", RU, "title: Регистрация по", "title: Регистрация: по", "title: Регистрация:"
    ),
    "a bracket left open": Mistake("yaml-syntax", MEMO, "[rf-112]", "[rf-112", "contacts_for"),
    "a tab": Mistake("yaml-tab", "facts.yaml", "  kind: days", "\tkind: days", "\tkind"),
    "an alias": Mistake("yaml-alias", "facts.yaml", 'article: "97"', "article: *x", "*x"),
    "a tag": Mistake("yaml-tag", "facts.yaml", 'article: "97"', "article: !x 9", "!x"),
    "brackets without end": Mistake("yaml-too-deep", MEMO, "[host-files]", "[" * 20, "relies"),
    "two documents": Mistake("yaml-two-documents", MEMO, "relies:", "---\nrelies:", "---"),
    "a list as the name of a field": Mistake(
        "yaml-complex-key", MEMO, "relies:", "? [a]\n: b\nrelies:", "? [a]"
    ),
    "a field twice": Mistake(
        "duplicate-key", "facts.yaml", '  article: "97"', "  kind: days", "  kind: days\n  ch"
    ),
    "a phone without quotes": Mistake(
        "unquoted-phone", "contacts.yaml", '"+74992374452"', "+74992374452", "+7499"
    ),
    "a short number without quotes": Mistake(
        "unquoted-phone", "contacts.yaml", '["112"]', "[112]", "[112]"
    ),
    "hours without quotes": Mistake(
        "unquoted-time", "contacts.yaml", '"пн–пт 9:00–18:00"', "18:00", "18:00"
    ),
    "an unquoted yes": Mistake("unquoted-switch", "sources.yaml", "en: Law", "en: yes", "yes"),
    "a number where text stands": Mistake(
        "unquoted-number", "facts.yaml", 'article: "97"', "article: 97", "article: 97"
    ),
    # --- the shape of the files
    "an entry that is no mapping": Mistake(
        "not-a-mapping",
        "facts.yaml",
        "- id: host-files",
        "- nothing\n- id: host-files",
        "- nothing",
    ),
    "a field left out": Mistake(
        "missing-field", "facts.yaml", "  confidence: medium\n", "", "reg-uz-days"
    ),
    "a field misspelt": Mistake(
        "unknown-field", "facts.yaml", "confidence: medium", "confidense: medium", "confidense"
    ),
    "a field left empty": Mistake(
        "empty-field", "facts.yaml", "statement: The host files.", "statement:", "statement:\n"
    ),
    "a list where text stands": Mistake(
        "not-a-text", "facts.yaml", 'article: "3"', "article: [3]", "[3]"
    ),
    "text where a list stands": Mistake(
        "wrong-type", MEMO, "relies: [host-files]", "relies: x", "relies"
    ),
    "a kind that is none": Mistake(
        "unknown-choice", "facts.yaml", "kind: working-days", "kind: work-days", "work-days"
    ),
    "five related memos": Mistake(
        "too-many", MEMO, "[passport-taken]", "[a, b, c, d, e]", "related"
    ),
    "an id with capitals": Mistake(
        "bad-id", "facts.yaml", "source: treaty", "source: Treaty", "Treaty"
    ),
    "a day that no month has": Mistake(
        "bad-date", "facts.yaml", "checked: 2026-11-10", "checked: 2026-11-31", "2026-11-31"
    ),
    "a language that is no code": Mistake(
        "bad-language", "contacts.yaml", "[ky, ru]", "[kyrgyz, ru]", "kyrgyz"
    ),
    "a phone with spaces": Mistake(
        "bad-phone", "contacts.yaml", '"+74992374452"', '"+7 499 237-44-52"', "+7 499"
    ),
    "a short number with letters": Mistake(
        "bad-short-number", "contacts.yaml", '["112"]', '["11b"]', "11b"
    ),
    "an address without https": Mistake(
        "bad-url", "sources.yaml", "https://example.org/law", "example.org/law", "example.org/law"
    ),
    "a name that is a list": Mistake(
        "bad-local-text",
        "contacts.yaml",
        "{ru: Помощь, ky: Жардам, en: Help}",
        "[Помощь]",
        "[Помощь]",
    ),
    "an empty translation of a name": Mistake(
        "bad-translation", "contacts.yaml", "ky: Жардам", 'ky: " "', 'ky: " "'
    ),
    "a citizenship that is none": Mistake(
        "unknown-citizenship", "facts.yaml", "applies: [kg]", "applies: [kgz]", "kgz"
    ),
    "a citizenship that is none, in a part": Mistake(
        "unknown-citizenship", RU, "::: for uz", "::: for uzb", "::: for uzb"
    ),
    "a citizenship that is none, for a danger": Mistake(
        "unknown-citizenship", "dangers.yaml", "contacts: {kg:", "contacts: {kgz:", "contacts:"
    ),
    "two facts of one id": Mistake(
        "duplicate-id",
        "facts.yaml",
        "- id: reg-uz-days",
        "- id: reg-kg-days",
        "- id: reg-kg-days\n  kind: days\n  statement: Uz",
    ),
    "a memo in two places": Mistake(
        "duplicate-id",
        "guide.yaml",
        ", passport-taken]",
        ", passport-taken, passport-taken]",
        "memos:",
    ),
    "words where a number stands": Mistake(
        "bad-value", "facts.yaml", FACT_30, "values: [{value: thirty}]", "thirty"
    ),
    "a range upside down": Mistake(
        "bad-value", "facts.yaml", "{min: 2000, max: 5000}", "{min: 5000, max: 2000}", "min: 5000"
    ),
    "a number without a value": Mistake(
        "fact-without-values", "facts.yaml", "  " + FACT_30 + "\n", "", "reg-kg-days"
    ),
    "an end before its start": Mistake(
        "until-before-from", "facts.yaml", "until: 2026-12-31", "until: 2025-12-31", "2025-12-31"
    ),
    "a contact without a way to it": Mistake(
        "contact-unreachable", "contacts.yaml", '  short_numbers: ["112"]\n', "", "rf-112"
    ),
    "a term without id": Mistake(
        "bad-term", "glossary.yaml", "- id: registration", "- ids: x", "- ids"
    ),
    "an id that is not the folder": Mistake(
        "memo-id-not-folder", MEMO, "id: registration-first", "id: registration-frist", "id:"
    ),
    # --- Markdown
    "no front matter": Mistake("no-front-matter", RU, "---\n", "", ""),
    "front matter left open": Mistake(
        "front-matter-not-closed", RU, "без регистрации\n---", "без регистрации\n", ""
    ),
    "a placeholder in the title": Mistake(
        "placeholder-in-front", RU, "title: Регистрация", 'title: "{reg-kg-days} x"  #', "title:"
    ),
    "a part left open": Mistake(
        "part-not-closed", RU, ":::\n\n1. Паспорт", "\n\n1. Паспорт", "only kg"
    ),
    "a part inside a part": said("::: only kg\n::: only uz\nx\n:::", "part-not-closed", "only uz"),
    "a part never opened": said(":::", "part-not-opened", ":::\n- Патент"),
    "a part of no kind": said("::: fro kg\nx\n:::", "unknown-part"),
    "a part for nobody": said("::: only\nx\n:::", "part-for-nobody"),
    "a part nobody is left for": Mistake(
        "part-for-nobody-left",
        RU,
        "::: for others",
        "::: for all\nx\n:::\n::: for others",
        "others",
        True,
    ),
    "two parts for the same people": Mistake(
        "part-twice", RU, "::: for uz", "::: for kg", "::: for kg\nВстаньте на учёт за {reg-uz"
    ),
    "a heading of the wrong level": said("### Сколько", "heading-level"),
    "a list in a list": Mistake("nested-list", RU, "- Штраф", "  - Штраф", "- Штраф"),
    "two paragraphs in an item": said("- раз\n\n  два", "paragraphs-in-item"),
    "an empty item": said("- \n- x", "empty-item", "- \n- x"),
    "bold in italic": said("*раз **два***", "nested-emphasis"),
    "a table": said("| а | б |\n|---|---|\n| в | г |", "unsupported-markdown"),
    "a picture": said("![картина](x.png)", "unsupported-markdown"),
    "HTML": said("<b>жирно</b>", "unsupported-markdown"),
    "code": said("`код`", "unsupported-markdown"),
    "a hard break": said("раз  \nдва", "unsupported-markdown"),
    "a bare link": said("https://example.org", "bare-link"),
    "a link with a space": said("[раз](https://exa mple.org)", "broken-link"),
    "a link with a second text": said('[раз](https://example.org "два")', "link-title"),
    "a link to a phone": said("[раз](tel:112)", "link-target"),
    "a stray bracket": said("раз {reg-days", "stray-brace"),
    "a placeholder that is none": said("{Reg days}", "bad-placeholder"),
    "a form that is none": said("{reg-days|genitive}", "unknown-form"),
    "a contact in a sentence": said("Звоните: {contact:rf-112}", "contact-not-alone"),
    # --- names that lead nowhere
    "a fact that is not there": said("{late-fien}", "unknown-fact"),
    "a fact to rely on that is not there": Mistake(
        "unknown-fact", MEMO, "[host-files]", "[host-files, host]", "relies"
    ),
    "a contact that is not there": said("{contact:rf-113}", "unknown-contact"),
    "a phone that is not there": said("Звоните: {phone:rf-113}", "unknown-contact"),
    "a button that is not there": Mistake(
        "unknown-contact", MEMO, "kg: [kg-embassy]", "kg: [kg]", "kg: [kg]"
    ),
    "a source that is not there": Mistake(
        "unknown-source", "facts.yaml", "source: treaty", "source: treatise", "treatise"
    ),
    "a link to no memo": said("[раз](memo:passport)", "unknown-memo"),
    "a danger with no memo": Mistake(
        "unknown-memo", "dangers.yaml", "memo: passport-taken", "memo: passport", "memo: passport"
    ),
    "a memo related to itself": Mistake(
        "related-to-itself",
        MEMO,
        "related: [passport-taken]",
        "related: [registration-first]",
        "related",
    ),
    "a fact that nobody uses": Mistake(
        "unused-fact", "facts.yaml", "- id: host-files", "- id: host-pays", "host-pays", True
    ),
    "a source that nobody uses": Mistake(
        "unused-source",
        "facts.yaml",
        "source: paper",
        "source: law",
        "- id: paper",
        True,
        "sources.yaml",
    ),
    "a language that is none": Mistake(
        "unknown-language", "contacts.yaml", "ky: Жардам", "kg: Жардам", "kg: Жардам"
    ),
    "a name not translated": Mistake(
        "text-lacks-language", "contacts.yaml", ", ky: Жардам", "", "{ru: Помощь", True
    ),
    "a listed memo without a folder": Mistake(
        "memo-without-folder",
        "guide.yaml",
        "passport-taken]",
        "passport-taken, visa-help]",
        "visa-help",
    ),
    "a folder that is not listed": Mistake(
        "memo-not-listed", "guide.yaml", ", passport-taken]", "]", "", True, f"{TAKEN}/memo.yaml"
    ),
    # --- who sees what
    "a citizenship without an answer": Mistake(
        "citizenship-unanswered", RU, "::: for others", "::: for tj", "::: for kg"
    ),
    "a fact shown to the wrong people": Mistake(
        "fact-not-for", RU, "за {reg-uz-days}", "за {reg-kg-days}", "за {reg-kg-days}"
    ),
    "a fact shown to everybody": said("Срок: {reg-kg-days}", "fact-not-for"),
    "a contact shown to the wrong people": said(
        "Звоните: {phone:kg-embassy}", "contact-not-for", is_warning=True
    ),
    "too many buttons": Mistake(
        "too-many-contacts",
        MEMO,
        "{kg: [kg-embassy]}",
        "{kg: [kg-embassy, a, b, c]}",
        "contacts_for",
    ),
    "a memo that rests on nothing": Mistake(
        "rests-on-nothing", f"{TAKEN}/memo.yaml", "relies: [host-files]\n", "", "id:"
    ),
    # --- days
    "values that overlap": Mistake(
        "values-overlap", "facts.yaml", "until: 2026-12-31", "until: 2027-01-01", "value: 10000"
    ),
    "values with a gap": Mistake(
        "values-gap", "facts.yaml", "until: 2026-12-31", "until: 2026-12-30", "value: 10000"
    ),
    "a value that begins later": Mistake(
        "no-value-today",
        "facts.yaml",
        FACT_30,
        "values: [{value: 30, from: 2026-11-25}]",
        "{reg-kg-days",
        shown_in=RU,
    ),
    "a value that runs out": Mistake(
        "value-runs-out",
        "facts.yaml",
        FACT_30,
        "values: [{value: 30, until: 2026-12-31}]",
        "{reg-kg-days",
        True,
        RU,
    ),
    "a statement shown as a value": said("{host-files}", "fact-has-no-text"),
    "a check from tomorrow": Mistake(
        "checked-in-future",
        "facts.yaml",
        "checked: 2026-11-10",
        "checked: 2026-11-25",
        "2026-11-25",
        True,
    ),
    "a check that is overdue": Mistake(
        "review-overdue",
        "facts.yaml",
        "checked: 2026-11-10",
        "checked: 2026-05-10",
        "2026-05-10",
        True,
    ),
    "a review that is overdue": Mistake(
        "review-overdue",
        "contacts.yaml",
        "confidence: high",
        "confidence: high\n  review: 2026-11-23",
        "review:",
        True,
    ),
    # --- values in their sentences
    "a date in the genitive": said("{rule-day|gen}", "form-impossible"),
    "a range as a number": said("{late-fine|number}", "form-impossible"),
    "a phone that the contact has not": Mistake(
        "contact-without-phone",
        "contacts.yaml",
        'phones:\n    - {number: "+74992374452", confidence: low}',
        "url: https://example.org",
        "{phone:kg-embassy}",
        shown_in=RU,
    ),
    # --- numbers in prose
    "a number of a fact": said("За 15 дней", "number-of-fact"),
    "a sum of a fact, another way": said("Штраф 5 тыс. руб.", "number-of-fact"),
    "a spelt number of a fact": said("За семь рабочих дней", "number-of-fact"),
    "an adjective of a fact": said("30-дневный срок", "number-of-fact"),
    "a number of a fact in Kyrgyz": Mistake(
        "number-of-fact", KY, "## Канча турат", "## 15 күндө", "## 15"
    ),
    "a number of a fact in the title": Mistake(
        "number-of-fact", RU, "title: Регистрация", "title: 30 дней,", "title:"
    ),
    "a date of a fact": said("С 1 января 2026 года", "number-of-fact"),
    "a number that no fact has": said("Ждите 10 дней", "number-without-fact", is_warning=True),
    "the number of a law": said("По ст. 18.8 КоАП", "law-in-prose", is_warning=True),
    "a phone in the text": said("Звоните +7 499 237-44-52", "phone-in-prose"),
    "a short number in the text": said("Звоните 112.", "phone-in-prose"),
    # --- length
    "a long title": Mistake("title-too-long", RU, "title: ", f"title: {LONG[:60]}", "title:"),
    "a long summary": Mistake(
        "summary-too-long", RU, "summary: ", f"summary: {LONG[:250]}", "summary:"
    ),
    "a long danger": Mistake(
        "danger-title-too-long",
        "dangers.yaml",
        "ru: Забрали",
        "ru: Забрали и не отдают мой",
        "title:",
    ),
    "a long paragraph": said(LONG, "block-too-long"),
    "a long text": said(f"{LONG[:999]}\n\n" * 8, "text-too-long", "title:"),
    "many words": said(
        f"{LONG[:999]}\n\n{LONG[:999]}", "too-many-words", "title:", is_warning=True
    ),
    # --- wording
    "a wrong name": said("Нужна прописка", "forbidden-wording", is_warning=True),
    "an unsure fact without a warning": Mistake(
        "low-confidence", RU, " {check-first}", "", "rule-day"
    ),
    "a source that endangers the reader": Mistake(
        "endangering-source", "sources.yaml", "  show: false\n", "", "azattyk"
    ),
    "the name of such a source": Mistake(
        "endangering-name", "sources.yaml", "ru: Закон", "ru: Азаттык", "Азаттык"
    ),
    "a link that endangers the reader": said(
        "[раз](https://www.svoboda.org/a/1)", "endangering-link"
    ),
    "a way round a block": said("Включите VPN", "way-round-blocking"),
    # --- translations
    "a hash in the base text": Mistake(
        "base-in-base-text", RU, "questions:", "base: 123456789012\nquestions:", "base:"
    ),
    "a base text that has changed": Mistake(
        "translation-outdated", RU, "## Сколько", "## А сколько", "base:", True, KY
    ),
    "a translation without a fact": Mistake(
        "translation-lacks", KY, "- Патент: {patent-price}.", "- Патент.", "::: for kg"
    ),
    "a translation with one more fact": Mistake(
        "translation-adds", KY, "{reg-uz-days|gen}", "{reg-uz-days|gen} {reg-days}", "{reg-uz-days"
    ),
    "a translation of other parts": Mistake(
        "parts-differ",
        KY,
        "::: for others",
        "::: for tj other-eaeu other-visa-free visa",
        "::: for tj",
        True,
    ),
    # --- dangers
    "a danger with nobody to call": Mistake(
        "danger-without-contact", "dangers.yaml", ", all: [rf-112]", "", "contacts:"
    ),
    "a danger with somebody else to call": Mistake(
        "danger-without-phone", "dangers.yaml", "all: [rf-112]", "all: [kg-embassy]", "contacts:"
    ),
    "a danger without words": Mistake(
        "danger-without-words", "dangers.yaml", '    en: ["took my passport"]\n', "", "words:"
    ),
    "a star that stands alone": Mistake(
        "danger-star", "dangers.yaml", "алып кой*", "алып *", "алып *"
    ),
    "the same words for two dangers": Mistake(
        "danger-words-twice",
        "dangers.yaml",
        "- id: passport-taken",
        """\
- id: held
  title: {ru: Держат, ky: Кармашат, en: Held}
  contacts: {all: [rf-112]}
  memo: passport-taken
  say: {ru: Звоните., ky: Чалыңыз., en: Call.}
  words: {ru: ["держат"], ky: ["кармап"], en: ["took my passport"]}
- id: passport-taken""",
        'en: ["took my passport"]\n  unless',
        True,
    ),
}


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


# Mistakes in whole files, which no replacement of text can make.
WHOLE_FILES: dict[str, tuple[str, Callable[[Path], object], str, int]] = {
    "a file that is missing": ("facts.yaml", Path.unlink, "file-missing", 1),
    "an empty file": ("facts.yaml", lambda path: path.write_bytes(b""), "empty-file", 1),
    "a folder in the place of a file": (
        "facts.yaml",
        _replace_by_folder,
        "not-a-file",
        1,
    ),
    "a large file": (
        "facts.yaml",
        lambda path: path.write_bytes(b"#" * 2_000_000),
        "file-too-large",
        1,
    ),
    "a picture": (RU, lambda path: path.write_bytes(b"\x89PNG\n\x1a\n\0\0"), "binary-file", 1),
    "another encoding": (
        RU,
        lambda path: path.write_bytes(path.read_text("utf-8").encode("cp1251", "replace")),
        "not-utf-8",
        2,
    ),
    "an invisible character": (
        RU,
        lambda path: path.write_bytes(path.read_bytes().replace(b"---\n\n", b"---\n\x0b\n", 1)),
        "control-character",
        7,
    ),
    "a byte order mark": (
        RU,
        lambda path: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes()),
        "byte-order-mark",
        1,
    ),
    "line ends of Windows": (
        RU,
        lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")),
        "windows-line-ends",
        1,
    ),
    "two edits not put together": (
        RU,
        lambda path: path.write_bytes(
            path.read_bytes().replace(b"---\n\n", b"---\n<<<<<<< HEAD\n", 1)
        ),
        "merge-marker",
        7,
    ),
    "a text without a body": (
        RU,
        lambda path: path.write_bytes(b"---\ntitle: x\nsummary: y\n---\n"),
        "empty-text",
        4,
    ),
    "a file that is no list": (
        "sources.yaml",
        lambda path: path.write_bytes(b"id: x"),
        "not-a-list",
        1,
    ),
    "a memo that is empty for some": (
        f"{TAKEN}/ru.md",
        lambda path: path.write_text("---\ntitle: x\nsummary: y\n---\n::: only kg\nx\n:::\n"),
        "nothing-to-show",
        1,
    ),
    "few words": (
        f"{TAKEN}/ru.md",
        lambda path: path.write_text("---\ntitle: x\nsummary: y\n---\nx\n"),
        "too-few-words",
        2,
    ),
    "a file of no use": ("fact.yaml", lambda path: path.write_bytes(b"[]"), "unknown-file", 1),
    "a translation nobody can choose": (
        f"{FIRST}/fr.md",
        lambda path: path.write_bytes(b"Bonjour"),
        "unknown-file",
        1,
    ),
    "a memo without its base text": (RU, Path.unlink, "memo-without-base", 1),
    "a translation that is missing": (KY, Path.unlink, "translation-missing", 1),
}

# A race or a lack of rights, which a test run by root cannot make.
UNTESTED = {"file-unreadable", "did-you-mean"}

WORDS = load_interface(domain="editorial", fallback="en")


def problems_in(content: ContentFolder, day: date = TODAY) -> tuple[Problem, ...]:
    return check(content.edition(), day)


def test_good_content_has_no_problem(content: ContentFolder) -> None:
    assert problems_in(content) == ()


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line(content: ContentFolder, mistake: Mistake) -> None:
    content.replace(mistake.file, mistake.old, mistake.new)
    file = mistake.shown_in or mistake.file
    text = content.read(file)
    assert mistake.at in text
    line = text.count("\n", 0, text.index(mistake.at)) + 1

    found = [problem for problem in problems_in(content) if problem.code == mistake.code]

    assert (file, line) in [(problem.file, problem.line) for problem in found]
    severity = Severity.WARNING if mistake.is_warning else Severity.ERROR
    assert {problem.severity for problem in found} == {severity}
    for lang in ("en", "ru"):
        message = found[0].message(WORDS.words(lang))
        assert message != mistake.code, "the code has no sentence"
        assert not _names(message) & dict(found[0].values).keys(), "a name was not filled in"


@pytest.mark.parametrize(
    ("name", "spoil", "code", "line"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys()
)
def test_a_spoiled_file_is_named(
    content: ContentFolder, name: str, spoil: Callable[[Path], object], code: str, line: int
) -> None:
    spoil(content.path(name))

    assert (name, line, code) in [(p.file, p.line, p.code) for p in problems_in(content)]


def test_every_message_has_a_mistake_that_shows_it() -> None:
    shown = {mistake.code for mistake in MISTAKES.values()} | {
        code for _, _, code, _ in WHOLE_FILES.values()
    }

    assert _messages("en").keys() == shown | UNTESTED


def test_every_message_is_there_in_russian_with_the_same_names_in_it() -> None:
    english, russian = _messages("en"), _messages("ru")

    assert english.keys() == russian.keys()
    for code, text in english.items():
        assert _names(text) == _names(russian[code]), code


def test_what_was_probably_meant_is_suggested(content: ContentFolder) -> None:
    content.replace(RU, "{late-fine}", "{late-fien}")

    [problem] = [problem for problem in problems_in(content) if problem.code == "unknown-fact"]

    assert problem.message(WORDS.words("en")).endswith("Did you mean late-fine?")


def test_one_broken_file_does_not_hide_mistakes_in_others(content: ContentFolder) -> None:
    content.replace("facts.yaml", "kind: days", "kind: [")
    content.replace(RU, "https://example.org", "https://rferl.org")

    codes = {problem.code for problem in problems_in(content)}

    assert {"yaml-syntax", "endangering-link"} <= codes
    assert "unknown-fact" not in codes, (
        "nothing can be said about facts when their file is unreadable"
    )


def test_a_fact_with_an_error_is_not_reported_as_missing_too(content: ContentFolder) -> None:
    content.replace("facts.yaml", "checked: 2026-11-10", "checked: yesterday")

    assert [problem.code for problem in problems_in(content)] == ["bad-date"]


def test_an_outdated_translation_may_lag_behind_the_base_text(content: ContentFolder) -> None:
    content.replace(RU, "- Патент: {patent-price}.", "- Патент.")

    assert {problem.code for problem in problems_in(content)} == {"translation-outdated"}


def test_a_value_that_begins_in_december_is_no_mistake_today(content: ContentFolder) -> None:
    day = date(2026, 12, 31)
    assert problems_in(content, day) == problems_in(content, day + timedelta(days=1)) == ()


def _messages(lang: str) -> dict[str, str]:
    with (LOCALES / lang / "LC_MESSAGES" / "editorial.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
