"""Mistakes that one file shows by itself: its bytes, its YAML, its fields, its Markdown."""

from collections.abc import Callable
from pathlib import Path

from tests.editorial.mistake import CRIES, FIRST, KY, MEMO, QUESTIONS, RU, TAKEN, Mistake, said

FACT_30 = "values: [{value: 30}]"
CALENDAR = "calendar.yaml"

MISTAKES_IN_FILES = {
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
    # --- places
    "a place beyond the pole": Mistake(
        "bad-degrees", "regions.yaml", "latitude: 55.752", "latitude: 95.752", "- {id: moscow"
    ),
    "a place beyond the edge": Mistake(
        "bad-degrees", "contacts.yaml", "longitude: 56.23", "longitude: 180.1", "longitude"
    ),
    "degrees that are no number": Mistake(
        "bad-degrees", "contacts.yaml", "latitude: 58.01", "latitude: 58 N", "latitude"
    ),
    "half a place": Mistake(
        "half-a-point", "contacts.yaml", "  longitude: 56.23\n", "", "latitude"
    ),
    "a city and a region": Mistake(
        "city-and-region",
        "contacts.yaml",
        "  city: moscow\n",
        "  city: moscow\n  region: moscow\n",
        "region: moscow",
    ),
    "a city in two regions": Mistake(
        "duplicate-id", "regions.yaml", "id: perm,", "id: moscow,", "- {id: moscow, name: {ru: Пе"
    ),
    "a country in full": Mistake(
        "bad-country", "regions.yaml", "country: kg", "country: Kyrgyzstan", "country: Ky"
    ),
    "a zone that is none": Mistake(
        "unknown-zone", "regions.yaml", "zone: Europe/Moscow", "zone: Europe/Moskow", "zone: Eu"
    ),
    "a region of Russia without a zone": Mistake(
        "region-without-zone", "regions.yaml", "    zone: Europe/Moscow\n", "", "- id: moscow"
    ),
    # --- days off
    "a day off of another year": Mistake(
        "calendar-other-year", CALENDAR, "2026-11-04", "2025-11-04", "weekdays_off"
    ),
    "a day off on a weekend": Mistake(
        "calendar-weekend-off", CALENDAR, "2026-11-04", "2026-11-07", "weekdays_off"
    ),
    "a worked Saturday on a Sunday": Mistake(
        "calendar-not-saturday", CALENDAR, "2027-02-20", "2027-02-21", "working_saturdays"
    ),
    "a day off twice": Mistake(
        "calendar-day-twice", CALENDAR, "2026-11-04", "2026-01-01", "weekdays_off"
    ),
    "a day off left out": Mistake("calendar-sum", CALENDAR, ", 2026-11-04", "", "worked_days"),
    "a year twice": Mistake(
        "duplicate-id", CALENDAR, "year: 2027", "year: 2026", "year: 2026\n  weekdays_off: [2027"
    ),
    "a day off that no month has": Mistake(
        "bad-date", CALENDAR, "2026-11-04", "2026-11-31", "weekdays_off"
    ),
    "an address without @": Mistake(
        "bad-email", "contacts.yaml", "embassy@example", "embassy.example", "email"
    ),
    "a region without a series": Mistake(
        "region-without-series", "facts.yaml", "  series: wage\n  region", "  region", "region"
    ),
    "a series without values": Mistake(
        "fact-has-no-text",
        "facts.yaml",
        "statement: The host files.",
        "statement: The host files.\n  series: wage",
        "series: wage\n  applies",
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
    "a term with one allowed name that is no list": Mistake(
        "bad-term", "glossary.yaml", "ky: [патент]", "ky: патент", "- id: patent"
    ),
    "a phrase with a star in its middle": Mistake(
        "bad-phrase", "wording.yaml", "в течени*", "в теч*ие", "в теч*ие"
    ),
    "wording in a language that is none": Mistake(
        "unknown-language", "wording.yaml", "ky:", "kg:", "kg:"
    ),
    "an id that is not the folder": Mistake(
        "memo-id-not-folder", MEMO, "id: registration-first", "id: registration-frist", "id:"
    ),
    # --- lines that people type
    "questions in a text": Mistake(
        "questions-in-text", RU, "title:", "questions: [где прописка]\ntitle:", "questions:"
    ),
    "a question left empty": Mistake(
        "line-empty", QUESTIONS, "- где прописка", "-", "-\n  - когда"
    ),
    "a question of many words": Mistake(
        "line-too-long", QUESTIONS, "- где прописка", f"- {'где ' * 80}", "- где где"
    ),
    "a question that is a list": Mistake(
        "not-a-text", QUESTIONS, "- где прописка", "- [где прописка]", "- [где"
    ),
    "a question that looks like a switch": Mistake(
        "unquoted-switch", QUESTIONS, "- where propiska", "- no", "- no"
    ),
    "questions in a language that nobody asks in": Mistake(
        "unknown-language", QUESTIONS, "uz:", "uk:", "uk:"
    ),
    "questions of no language": Mistake("not-a-list", QUESTIONS, "uz:\n", "uz:\n  more:\n", "uz:"),
    "a language of texts that nobody asks in": Mistake(
        "question-languages-lack",
        "guide.yaml",
        "question_languages: [ru, ky, en, uz]",
        "question_languages: [ru, ky]",
        "question_languages",
    ),
    "a language of questions twice": Mistake(
        "duplicate-id", "guide.yaml", "en, uz]", "en, uz, uz]", "question_languages"
    ),
    "nothing to decline": Mistake(
        "line-empty", "not-ours.yaml", "[какая погода]", "[какая погода, '']", "ru:"
    ),
    "lines of a danger that are neither": Mistake(
        "unknown-field", CRIES, "calm:", "clam:", "clam:"
    ),
    "a cry left empty": Mistake("line-empty", CRIES, "[отдайте паспорт]", "['']", "  ru:"),
    "a cry in a language that nobody asks in": Mistake(
        "unknown-language", CRIES, "uz:", "tg:", "  tg:"
    ),
    # --- Markdown
    "no front matter": Mistake("no-front-matter", RU, "---\n", "", ""),
    "front matter left open": Mistake(
        "front-matter-not-closed", RU, "кто подаёт.\n---", "кто подаёт.\n", ""
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
        5,
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
        5,
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
    "a memo that nobody asks for": (f"{FIRST}/questions.yaml", Path.unlink, "few-questions", 1),
    "lines of a danger under another ending": (
        "dangers/passport-taken.yml",
        lambda path: path.write_bytes(b"calm: {}"),
        "unknown-file",
        1,
    ),
    "a cry of two dangers": (
        "dangers/police-now.yaml",
        lambda path: path.write_text("cries:\n  ru: [отдайте паспорт]\n", encoding="utf-8"),
        "line-twice",
        2,
    ),
    "questions in a bare list": (
        f"{FIRST}/questions.yaml",
        lambda path: path.write_text("- где прописка\n", encoding="utf-8"),
        "not-a-mapping",
        1,
    ),
    "a memo without its base text": (RU, Path.unlink, "memo-without-base", 1),
    "a translation that is missing": (KY, Path.unlink, "translation-missing", 1),
}
