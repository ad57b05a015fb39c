"""Mistakes that show only when files are read together, or on a day."""

from tests.editorial.mistake import CRIES, KY, MEMO, QUESTIONS, RU, TAKEN, Mistake, said

LONG = "слово " * 200
FACT_30 = "values: [{value: 30}]"

CARDS = "cards.yaml"
RUSSIAN = "Верните, пожалуйста, мой паспорт."
MEANING = "ky: Паспортумду кайтарып бериңиз."

CALENDAR = "calendar.yaml"
OF_2026 = """- year: 2026
  weekdays_off: [2026-01-01, 2026-11-04]
  worked_days: 259
  source: law
  checked: 2026-11-20
"""

MISTAKES_BETWEEN_FILES = {
    # --- sentences
    "a sentence that nobody reads to the end": said(
        f"Идите. Если {'слово ' * 20}кончилось.", "sentence-too-long", is_warning=True
    ),
    # --- cards to show
    "a card that is not there": Mistake(
        "unknown-card", f"{TAKEN}/memo.yaml", "[passport-back]", "[passport]", "cards"
    ),
    "a card that no memo offers": Mistake(
        "unused-card", f"{TAKEN}/memo.yaml", "cards: [passport-back]", "", "- id", True, CARDS
    ),
    "a sentence too long for one screen": Mistake(
        "card-too-long", CARDS, RUSSIAN, "Верните мне мой паспорт. " * 5, "russian"
    ),
    "a button of a card too long": Mistake(
        "card-too-long",
        CARDS,
        "ru: Верните паспорт",
        "ru: Верните мне скорее этот мой паспорт",
        "{ru",
    ),
    "a word that makes the card small": Mistake(
        "card-word-too-long", CARDS, RUSSIAN, "Верните паспорт" + "!" * 20, "russian"
    ),
    "a sentence nobody would understand": Mistake(
        "card-without-meaning", CARDS, MEANING, "", "meaning"
    ),
    "a letter that cannot be drawn": Mistake(
        "card-letter", CARDS, RUSSIAN, "Верните 🛂", "russian"
    ),
    "a number on a card": Mistake(
        "number-of-fact", CARDS, RUSSIAN, "Верните паспорт за 30 дней", "russian"
    ),
    "a phone on a card": Mistake("phone-in-prose", CARDS, RUSSIAN, "Звоните 112", "russian"),
    "a way round on a card": Mistake(
        "way-round-blocking", CARDS, MEANING, "ky: VPN бериңиз.", "ky: VPN"
    ),
    "an undesirable organisation in a text": said("Об этом писала Медуза.", "endangering-words"),
    "a placeholder on a card": Mistake(
        "placeholder-in-front", CARDS, RUSSIAN, "Верните {late-fine}", "russian"
    ),
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
    # --- regions
    "a city that is not there": Mistake(
        "unknown-city", "contacts.yaml", "city: moscow", "city: moskow", "city: moskow"
    ),
    "a region of a contact that is not there": Mistake(
        "unknown-region", "contacts.yaml", "region: perm-", "region: permm-", "region: permm-"
    ),
    "a region of a fact that is not there": Mistake(
        "unknown-region", "facts.yaml", "region: moscow", "region: moskow", "region: moskow"
    ),
    "a series that is not there": Mistake(
        "unknown-series", "facts.yaml", "series: wage", "series: wages", "series: wages"
    ),
    "a series of a memo that is not there": Mistake(
        "unknown-series", MEMO, "contacts: [rf", "series: [wages]\ncontacts: [rf", "series"
    ),
    "a source of places that is not there": Mistake(
        "unknown-source", "regions.yaml", "source: law", "source: atlas", "source: atlas"
    ),
    # --- days off
    "this year without days off": Mistake(
        "calendar-year-missing", CALENDAR, OF_2026, "", "- year", shown_in=CALENDAR
    ),
    "a source of days off that is not there": Mistake(
        "unknown-source", CALENDAR, "source: law", "source: lore", "source: lore"
    ),
    "a region with two values": Mistake(
        "series-repeated",
        "facts.yaml",
        "series: wage\n  values",
        "series: wage\n  region: moscow\n  values",
        "series: wage\n  region: moscow\n  values: [{value: 27093",
    ),
    "a country with two values": Mistake(
        "series-repeated",
        "facts.yaml",
        "  region: moscow\n",
        "",
        "series: wage\n  values: [{value: 27093",
    ),
    "one series of two kinds": Mistake(
        "series-differs",
        "facts.yaml",
        "kind: money\n  statement: The minimum wage in all",
        "kind: count\n  statement: The minimum wage in all",
        "kind: count",
    ),
    "one series for two kinds of people": Mistake(
        "series-differs",
        "facts.yaml",
        "applies: [all]\n  series: wage\n  values",
        "applies: [eaeu]\n  series: wage\n  values",
        "applies: [eaeu]\n  series",
    ),
    "a value of a region that begins later": Mistake(
        "no-value-today",
        "facts.yaml",
        "[{value: 27093}]",
        "[{value: 27093, from: 2026-11-25}]",
        "values: [{value: 27093",
        True,
    ),
    "a value of a region that runs out": Mistake(
        "value-runs-out",
        "facts.yaml",
        "[{value: 27093}]",
        "[{value: 27093, until: 2027-06-30}]",
        "values: [{value: 27093",
        True,
    ),
    "a name of a region not translated": Mistake(
        "text-lacks-language", "regions.yaml", ", ky: Пермь крайы", "", "name: {ru: Перм", True
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
    "a calque": said("Сделайте в течение дня", "calque", is_warning=True),
    "a thing called otherwise than in the glossary": Mistake(
        "term-missing", KY, "- Патент: ", "- Иш кагазы: ", "## Канча турат", True
    ),
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
        "base-in-base-text", RU, "title:", "base: 123456789012\ntitle:", "base:"
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
    # --- lines that people type
    "seven questions": Mistake(
        "few-questions", QUESTIONS, "  - кто делает прописка\n", "", "- где прописка", True
    ),
    "a question twice in a file": Mistake(
        "line-twice", QUESTIONS, "- кто делает прописка", "- Где  прописка?", "- Где  прописка?"
    ),
    "a question twice, on another keyboard": Mistake(
        "line-twice", QUESTIONS, "- ким кылат каттоо", "- канча кун каттоо", "- канча кун"
    ),
    "a question of two memos": Mistake(
        "line-twice",
        f"{TAKEN}/questions.yaml",
        "- when passport",
        "- when propiska",
        "- when",
        shown_in=QUESTIONS,
    ),
    "a question of a memo that is not ours": Mistake(
        "line-twice", "not-ours.yaml", "[какая погода]", "[Где прописка]", "ru:"
    ),
    "a cry that is calm": Mistake(
        "line-twice", CRIES, "[могут ли забрать паспорт]", "[Отдайте паспорт!]", "  ru: [Отд"
    ),
    "a cry that is not ours": Mistake(
        "line-twice", "not-ours.yaml", "[ob-havo qanday]", "[Pasportimni bering]", "uz:"
    ),
    "lines of a danger that is not there": Mistake(
        "unknown-danger", "dangers.yaml", "- id: passport-taken", "- id: taken", "", False, CRIES
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
