"""A small content folder without a single problem, for tests to break. Two memos, three languages, invented facts."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.editorial.checking import check
from bot.editorial.edition import Edition, edition_of
from bot.editorial.published import Published
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.editorial.translation import accept
from tests.support.small_flow import FLOW, FLOW_FACTS, FLOW_TEXT

TODAY = date(2026, 11, 24)

# A memo has 120 words at least; these say nothing that a check could stumble over.
_FILLER = {
    "ru": "Носите паспорт с собой и никому его не отдавайте. ",
    "ky": "Паспортуңузду жаныңызга ала жүрүңүз, эч кимге бербеңиз. ",
    "en": "Carry your passport with you and give it to nobody. ",
}

_FILES = {
    "guide.yaml": """\
languages: [ru, ky, en]
question_languages: [ru, ky, en, uz]
sections:
  - id: registration
    title: {ru: Регистрация, ky: Каттоо, en: Registration}
    icon: "🏠"
    memos: [registration-first, passport-taken]
""",
    "facts.yaml": """\
- id: reg-kg-days
  kind: days
  statement: Kyrgyz citizens register within 30 days.
  applies: [kg]
  values: [{value: 30}]
  source: treaty
  article: "97"
  checked: 2026-11-20
  confidence: high
- id: reg-uz-days
  kind: days
  statement: Uzbek citizens register within 15 days.
  applies: [uz]
  values: [{value: 15}]
  source: treaty
  article: "3"
  checked: 2026-11-10
  confidence: medium
- id: reg-days
  kind: working-days
  statement: The rest register within 7 working days.
  applies: [tj, other-eaeu, other-visa-free, visa]
  values: [{value: 7}]
  source: law
  checked: 2026-11-20
  confidence: high
- id: patent-price
  kind: money
  statement: The monthly price.
  applies: [all]
  values:
    - {value: 8900, from: 2026-01-01, until: 2026-12-31}
    - {value: 10000, from: 2027-01-01}
  source: law
  checked: 2026-11-20
  confidence: high
- id: late-fine
  kind: money
  statement: The fine for being late.
  applies: [all]
  values: [{value: {min: 2000, max: 5000}}]
  source: law
  checked: 2026-11-20
  confidence: high
- id: rule-day
  kind: date
  statement: The day of the rule.
  applies: [all]
  values: [{value: 2026-01-01}]
  source: paper
  checked: 2026-11-20
  confidence: low
- id: wage-moscow
  kind: money
  statement: The minimum wage in Moscow.
  applies: [all]
  series: wage
  region: moscow
  values:
    - {value: 39730, from: 2026-01-01, until: 2026-12-31}
    - {value: 41000, from: 2027-01-01}
  source: law
  checked: 2026-11-20
  confidence: high
- id: wage-everywhere
  kind: money
  statement: The minimum wage in all of Russia.
  applies: [all]
  series: wage
  values: [{value: 27093}]
  source: law
  checked: 2026-11-12
  confidence: low
- id: host-files
  kind: text
  statement: The host files.
  applies: [all]
  source: law
  checked: 2026-11-20
  confidence: high
"""
    + FLOW_FACTS,
    "sources.yaml": """\
- id: treaty
  title: {ru: Договор, ky: Келишим, en: Treaty}
  kind: treaty
  date: 2014-05-29
  url: https://example.org/treaty
  show_link: false
  checked: 2026-11-20
- id: law
  title: {ru: Закон, ky: Мыйзам, en: Law}
  kind: law
  date: 2006
  url: https://example.org/law
  checked: 2026-11-20
- id: paper
  title: {ru: Газета, ky: Гезит, en: Paper}
  kind: press
  url: https://www.azattyk.org/a/1.html
  show: false
  checked: 2026-11-20
""",
    "regions.yaml": """\
source: law
series:
  - id: wage
    title: {ru: Зарплата, ky: Айлык, en: Wage}
    about: {ru: За месяц., ky: Бир айга., en: For a month.}
regions:
  - id: moscow
    name: {ru: Москва, ky: Москва, en: Moscow}
    country: ru
    zone: Europe/Moscow
    cities:
      - {id: moscow, name: {ru: Москва, ky: Москва, en: Moscow}, latitude: 55.752, longitude: 37.6178}
  - id: perm-territory
    name: {ru: Пермский край, ky: Пермь крайы, en: Perm Territory}
    country: ru
    zone: Asia/Yekaterinburg
    cities:
      - {id: perm, name: {ru: Пермь, ky: Пермь, en: Perm}, latitude: 58.0105, longitude: 56.2502}
  - id: bishkek
    name: {ru: Бишкек, ky: Бишкек, en: Bishkek}
    country: kg
    cities:
      - {id: bishkek, name: {ru: Бишкек, ky: Бишкек, en: Bishkek}, latitude: 42.87, longitude: 74.59}
""",
    "calendar.yaml": """\
- year: 2026
  weekdays_off: [2026-01-01, 2026-11-04]
  worked_days: 259
  source: law
  checked: 2026-11-20
- year: 2027
  weekdays_off: [2027-01-01, 2027-02-22]
  working_saturdays: [2027-02-20]
  worked_days: 260
  source: law
  checked: 2026-11-20
""",
    "contacts.yaml": """\
- id: rf-112
  kind: emergency
  name: {ru: Помощь, ky: Жардам, en: Help}
  short_numbers: ["112"]
  serves: [all]
  for: {ru: Опасность., ky: Коркунуч., en: Danger.}
  source: law
  checked: 2026-11-15
  confidence: high
- id: kg-embassy
  kind: embassy
  name: {ru: Посольство, ky: Элчилик, en: Embassy}
  phones:
    - {number: "+74992374452", confidence: low}
  hours: {ru: "пн–пт 9:00–18:00", ky: "дш–жм 9:00–18:00", en: "Mon–Fri 9:00–18:00"}
  languages: [ky, ru]
  city: moscow
  serves: [kg]
  email: embassy@example.org
  source: law
  checked: 2026-11-15
  confidence: medium
- id: ngo-perm
  kind: ngo
  name: {ru: Фонд, ky: Фонд, en: Charity}
  phones: [{number: "+73420000000"}]
  region: perm-territory
  latitude: 58.01
  longitude: 56.23
  serves: [all]
  source: law
  checked: 2026-11-15
  confidence: medium
""",
    "dangers.yaml": """\
- id: passport-taken
  title: {ru: Забрали паспорт, ky: Паспортту алды, en: Passport taken}
  contacts: {kg: [kg-embassy, rf-112], all: [rf-112]}
  memo: passport-taken
  say: {ru: Звоните 112., ky: 112 номерине чалыңыз., en: Call 112.}
  words:
    ru: ["забрал* паспорт"]
    ky: ["паспорт* алып кой*"]
    en: ["took my passport"]
  unless:
    ru: ["прошлом году"]
""",
    "cards.yaml": """\
- id: passport-back
  title: {ru: Верните паспорт, ky: Паспортумду бериңиз, en: Give my passport back}
  russian: Верните, пожалуйста, мой паспорт.
  meaning:
    ky: Паспортумду кайтарып бериңиз.
    en: Please give my passport back.
  after: {ru: Не спорьте., ky: Талашпаңыз., en: Do not argue.}
""",
    "glossary.yaml": """\
terms:
  - id: registration
    ru: регистрация
    ky: каттоо
    en: registration
    forbidden: {ru: ["прописк"], ky: ["эсепке туруу", "УЖУ"]}
  - id: patent
    kind: document
    ru: патент на работу (патент)
    ky: иштөө патенти
    en: work patent
    allowed: {ky: [патент], en: [patent]}
""",
    "wording.yaml": """\
ru:
  - {not: ["в течени*"], say: за}
ky:
  - not: ["тарабынан", "*ган учурда", "иш жүргүз*"]
    say: кыскасын
""",
    "not-ours.yaml": """\
ru: [какая погода]
uz: [ob-havo qanday]
""",
    "dangers/passport-taken.yaml": """\
cries:
  ru: [отдайте паспорт]
  uz: [pasportimni bering]
calm:
  ru: [могут ли забрать паспорт]
""",
    FLOW: FLOW_TEXT,
    "memos/registration-first/memo.yaml": """\
id: registration-first
related: [passport-taken]
relies: [host-files]
contacts: [rf-112]
contacts_for: {kg: [kg-embassy]}
""",
    "memos/passport-taken/memo.yaml": """\
id: passport-taken
relies: [host-files]
cards: [passport-back]
contacts: [rf-112]
""",
}

_TEXTS = {
    "ru": """\
---
title: Регистрация по адресу
summary: За сколько встать на учёт и кто подаёт.
---

::: for kg
Встаньте на учёт **до {reg-kg-days|gen}** со дня въезда.
:::
::: for uz
Встаньте на учёт за {reg-uz-days}.
:::
::: for others
Встаньте на учёт за {reg-days}.
:::

## Сколько стоит
- Патент: {patent-price}.
- Штраф: {late-fine}.
- Правило действует {rule-day|from}. {check-first}

::: only kg
Позвоните: {phone:kg-embassy}
:::

1. Паспорт: [памятка](memo:passport-taken).
2. Закон: [текст](https://example.org/закон).

> «Зарегистрируйте меня, пожалуйста»

%s

{contact:rf-112}
""",
    "ky": """\
---
title: Дарек боюнча каттоо
summary: Канча күндө катталуу керек жана ким тапшырат.
---

::: for kg
**{reg-kg-days|gen} ичинде** катталыңыз.
:::
::: for uz
{reg-uz-days|gen} ичинде катталыңыз.
:::
::: for others
{reg-days|gen} ичинде катталыңыз.
:::

## Канча турат
- Патент: {patent-price}.
- Айып пул: {late-fine}.
- Эреже {rule-day|from} иштейт. {check-first}

::: only kg
Чалыңыз: {phone:kg-embassy}
:::

1. Паспорт: [маалымкат](memo:passport-taken).
2. Мыйзам: [текст](https://example.org/закон).

> «Зарегистрируйте меня, пожалуйста»

%s

{contact:rf-112}
""",
    "en": """\
---
title: Registration at your address
summary: How soon to register, and who files.
---

::: for kg
Register **within {reg-kg-days}** of entry.
:::
::: for uz
Register within {reg-uz-days}.
:::
::: for others
Register within {reg-days}.
:::

## What it costs
- Patent: {patent-price}.
- Fine: {late-fine}.
- The rule holds {rule-day|from}. {check-first}

::: only kg
Call: {phone:kg-embassy}
:::

1. Passport: [memo](memo:passport-taken).
2. Law: [text](https://example.org/закон).

> «Зарегистрируйте меня, пожалуйста»

%s

{contact:rf-112}
""",
}
_SHORT_TEXTS = {
    "ru": "---\ntitle: Забрали паспорт\nsummary: Что делать.\n---\n\n%s\n",
    "ky": "---\ntitle: Паспортту алып койду\nsummary: Эмне кылуу керек.\n---\n\n%s\n",
    "en": "---\ntitle: Passport taken\nsummary: What to do.\n---\n\n%s\n",
}


# A memo has eight questions in each language at least.
_ASKED = {
    "ru": ["где", "когда", "как", "зачем", "кому", "сколько стоит", "сколько ждать", "кто делает"],
    "ky": ["кайда", "качан", "кантип", "эмнеге", "кимге", "канча турат", "канча күн", "ким кылат"],
    "en": ["where", "when", "how", "why", "for whom", "what price", "how long", "who does"],
    "uz": ["qayerda", "qachon", "qanday", "nega", "kimga", "qancha turadi", "necha kun", "kim"],
}
_THINGS = {
    "registration-first": {"ru": "прописка", "ky": "каттоо", "en": "propiska", "uz": "ro‘yxat"},
    "passport-taken": {"ru": "паспорт", "ky": "паспортум", "en": "passport", "uz": "pasportim"},
}


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A content folder in a directory of the test's own."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def read(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence, which must be there."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def line_of(self, name: str, text: str) -> int:
        """The first line that holds the text."""
        lines = self.read(name).split("\n")
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def accept_translations(self) -> None:
        for memo in ("registration-first", "passport-taken"):
            for lang in ("ky", "en"):
                accept(self.root, memo, lang)

    def edition(self) -> Edition:
        """What the folder says now."""
        # What is as `make_content` wrote it is not read again.
        return edition_of(take_snapshot(self.root), good_edition())


def make_content(root: Path) -> ContentFolder:
    """Write the folder; `check` finds nothing in it on `TODAY`."""
    for folder in {(root / name).parent for name in good_snapshot().files}:
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in good_snapshot().files.items():
        (root / name).write_bytes(data)
    return ContentFolder(root)


@cache
def good_snapshot() -> Snapshot:
    """What `make_content` writes. Put together once a process: accepting its translations reads the folder many times."""
    with TemporaryDirectory() as name:
        folder = ContentFolder(Path(name))
        for file, text in _FILES.items():
            folder.write(file, text)
        for lang, filler in _FILLER.items():
            paragraphs = "\n\n".join([(filler * 9).strip()] * 2)
            folder.write(f"memos/registration-first/{lang}.md", _TEXTS[lang] % paragraphs)
            folder.write(f"memos/passport-taken/{lang}.md", _SHORT_TEXTS[lang] % paragraphs)
        for memo, things in _THINGS.items():
            folder.write(f"memos/{memo}/questions.yaml", _questions(things))
        folder.accept_translations()
        return take_snapshot(folder.root)


@cache
def good_edition() -> Edition:
    """The edition of `good_snapshot`; one of a changed folder takes over from it what did not change."""
    return edition_of(good_snapshot())


@cache
def good_published() -> Published:
    """What `PublishedContent` says of an untouched folder on `TODAY`."""
    return Published(good_snapshot(), good_edition(), check(good_edition(), TODAY), TODAY)


def _questions(things: dict[str, str]) -> str:
    lines: list[str] = []
    for lang, thing in things.items():
        lines += [f"{lang}:", *(f"  - {asked} {thing}" for asked in _ASKED[lang])]
    return "\n".join(lines) + "\n"
