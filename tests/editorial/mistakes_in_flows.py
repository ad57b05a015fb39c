"""Mistakes in a guided check: in the shape of its file, in its ways, in what its outcomes show."""

from tests.editorial.mistake import MEMO, RU, Mistake
from tests.support.small_flow import FLOW

FINE = "{ru: Штраф, ky: Айып пул, en: A fine}"
EXPULSION = (
    "      - {id: expulsion, label: {ru: Выдворение, ky: Чыгаруу, en: Expulsion}, next: got"
)
START = "start: kind\nsteps:\n"
ISLAND = """\
start: kind
steps:
  - id: isle
    ask: number
    min: 0
    max: 9
    text: {ru: Сколько?, ky: Канча?, en: How many?}
    next: shore
  - id: shore
    ask: date
    past: 9
    text: {ru: Когда?, ky: Качан?, en: When?}
    next: late
"""
IN_TIME_CONTACTS = "contacts: [rf-112]\n    contacts_for: {kg: [kg-embassy]}\n    relies"
RU_LATE = 'ru: "Вы получили: {answer:got}. Штраф: {late-fine}."'


def flaw(code: str, old: str, new: str, at: str, *, is_warning: bool = False) -> Mistake:
    return Mistake(code, FLOW, old, new, at, is_warning)


def in_late(code: str, said: str, *, is_warning: bool = False) -> Mistake:
    """A mistake in what an outcome that everybody can get to says in Russian."""
    return flaw(code, RU_LATE, f'ru: "{said}"', f'text: {{ru: "{said[:9]}', is_warning=is_warning)


MISTAKES_IN_FLOWS = {
    # --- the shape of the file
    "a check with another name than its file": flaw(
        "flow-id-not-file", "id: appeal-by\n", "id: appeal\n", "id: appeal"
    ),
    "a step that is two things": flaw(
        "flow-step-kind",
        "    by: citizenship\n",
        "    by: citizenship\n    rule: wait\n",
        "- id: whose",
    ),
    "a number without its end": flaw("missing-field", "    max: 9\n", "", "- id: how-many"),
    "a question that leads nowhere": flaw(
        "missing-field", "    next: how-many\n", "", "- id: trips"
    ),
    "a field of another kind of question": flaw(
        "flow-field-not-here", "    next: place\n", "    past: 30\n    next: place\n", "past: 30"
    ),
    "a field that no step has": flaw(
        "unknown-field", "    next: place\n", "    then: place\n", "then: place"
    ),
    "a question of no known kind": flaw("unknown-choice", "ask: region", "ask: city", "ask: city"),
    "a way that is no name": flaw(
        "flow-bad-next", "next: how-many", "next: [how-many]", "next: [how"
    ),
    "one way for every citizenship": flaw(
        "flow-next-ways",
        "next: {kg: embassy, uz: got, tj: got, other-eaeu: got, other-visa-free: got}",
        "next: got",
        "next: got\n  - id: count",
    ),
    "a way for each answer of a number": flaw(
        "flow-next-one", "next: place\n", "next: {yes-it-is: place}\n", "next: {yes"
    ),
    "a number from nine to none": flaw("flow-number-range", "min: 0", "min: 10", "max: 9"),
    "a citizenship that is none": flaw(
        "unknown-citizenship", "next: {kg: embassy", "next: {kz: embassy", "kz: embassy"
    ),
    "two steps with one id": flaw(
        "duplicate-id", "- id: trips", "- id: got", "- id: got\n    ask: stays"
    ),
    "two choices with one id": flaw(
        "duplicate-id", "{id: expulsion", "{id: fine", "{id: fine, label: {ru: Выдворение"
    ),
    "a list in a question": flaw(
        "flow-not-one-line", "ru: Где вы жили?", 'ru: "- Где?"', 'ru: "- Где'
    ),
    "one text for every language": flaw(
        "flow-text-one-language",
        "text: {ru: Где вы жили?, ky: Кайда жашадыңыз?, en: Where did you live?}",
        "text: Где вы жили?",
        "text: Где",
    ),
    # --- texts
    "a missing language": flaw("flow-text-missing", ", ky: Айып пул", "", "label: {ru: Штраф"),
    "too long a label": flaw(
        "flow-text-long", "ru: Штраф,", f"ru: Штраф {'и ещё ' * 7},", "ru: Штраф и"
    ),
    "too long a title": flaw(
        "flow-text-long", "ru: Обжалование", f"ru: Обжалование{'!' * 40}", "{ru: Обж"
    ),
    "too long an outcome": in_late("flow-text-long", "Позвоните. " * 240),
    "names too long for a button": flaw(
        "flow-names-long",
        "{id: closed-entry",
        "{id: entry-that-is-closed-for-some-years",
        "- id: kind",
    ),
    "a question of regions too long for a button": Mistake(
        "flow-names-long",
        "regions.yaml",
        "- id: perm-territory",
        "- id: perm-territory-and-all-that-lies-around",
        "- id: place",
        shown_in=FLOW,
    ),
    # --- ways
    "a start that is not there": flaw("flow-unknown-step", "start: kind", "start: kinds", "start"),
    "an unknown step": flaw("flow-unknown-step", "next: how-many", "next: how", "next: how"),
    "a choice that leads to no step": flaw(
        "flow-unknown-step", "next: trips, for", "next: trip, for", "- {id: closed"
    ),
    "an island of two steps": flaw("flow-unreached", START, ISLAND, "- id: isle"),
    "the second step of the island": flaw("flow-unreached", START, ISLAND, "- id: shore"),
    "an outcome that nobody gets to": flaw(
        "flow-unreached", "{kg: embassy,", "{kg: got,", "- id: embassy"
    ),
    "a dead circle": flaw("flow-circle", "next: how-many", "next: trips", "- id: trips"),
    "a circle of three": flaw("flow-circle", "{kg: embassy,", "{kg: trips,", "- id: trips"),
    "a citizenship without an outcome": flaw(
        "flow-no-way-on", ", other-visa-free: got}", "}", "- id: whose"
    ),
    "nothing to choose for some": flaw(
        "flow-no-way-on",
        f"{FINE}, next: got}}\n{EXPULSION}}}",
        f"{FINE}, next: got, for: [no-visa]}}\n{EXPULSION}, for: [no-visa]}}",
        "- id: kind",
    ),
    # --- rules
    "an unknown rule": flaw(
        "flow-unknown-rule", "rule: appeal-deadline", "rule: appeal-line", "rule: appeal-l"
    ),
    "a route missing": flaw("flow-route-missing", ", last-day: last-day", "", "next: {in-time"),
    "no way for a year without days off": flaw(
        "flow-route-missing", ", unknown-year: late", "", "next: {in-time"
    ),
    "an unknown route": flaw(
        "flow-unknown-route", ", late: late", ", late: late, lost: late", "next: {in"
    ),
    "an answer that the rule needs": flaw(
        "flow-input-missing", "with: {got: got, kind: kind}", "with: {kind: kind}", "with: {k"
    ),
    "an answer that the rule does not take": flaw(
        "flow-unknown-input", "kind: kind}", "kind: kind, where: place}", "with: {got"
    ),
    "an answer of the wrong kind": flaw(
        "flow-input-kind", "{got: got,", "{got: how-many,", "with: {got"
    ),
    "an answer of no question": flaw(
        "flow-unknown-step", "{got: got,", "{got: whose,", "with: {got"
    ),
    "choices that the rule does not know": flaw(
        "flow-input-choices", "{id: expulsion", "{id: exile", "with: {got"
    ),
    "a fact of the rule that is not there": Mistake(
        "flow-rule-fact",
        "facts.yaml",
        "- id: ban-appeal-months",
        "- id: ban-appeal-month",
        "rule: appeal-deadline",
        shown_in=FLOW,
    ),
    # --- what outcomes show
    "a result that no path has": in_late("flow-result-missing", "Срок: {result:end}"),
    "a result of other paths": flaw(
        "flow-result-missing", "{answer:place}", "{result:deadline}", 'text: {ru: "Вы жили'
    ),
    "a result in a form that it has not": flaw(
        "form-impossible", "{result:days-left|gen}", "{result:days-left|from}", "Подайте до"
    ),
    "an answer that is not asked": in_late("flow-answer-missing", "Где: {answer:place}"),
    "an outcome without a contact for one citizenship": flaw(
        "flow-outcome-no-contact",
        IN_TIME_CONTACTS,
        "contacts_for: {kg: [kg-embassy]}\n    relies",
        "- id: in-time",
    ),
    "a contact that does not serve": flaw(
        "flow-outcome-no-contact",
        IN_TIME_CONTACTS,
        "contacts: [kg-embassy]\n    relies",
        "contacts: [kg-embassy]\n    relies",
    ),
    "a contact without a phone": Mistake(
        "flow-outcome-no-contact",
        "contacts.yaml",
        '  phones:\n    - {number: "+74992374452", confidence: low}\n',
        "",
        "contacts: [kg-embassy]",
        shown_in=FLOW,
    ),
    "a contact that is not there": flaw(
        "unknown-contact", "    contacts: [kg-embassy]\n", "    contacts: [kg]\n", "contacts: [kg]"
    ),
    "a phone for those who get there and are not served": in_late(
        "contact-not-for", "Звоните: {phone:kg-embassy}", is_warning=True
    ),
    "an outcome without a memo": flaw(
        "empty-field", "memos: [passport-taken]", "memos: []", "memos: []"
    ),
    "an unknown memo": flaw(
        "unknown-memo", "memos: [passport-taken]", "memos: [passport]", "memos: [pass"
    ),
    "an unknown memo in a link": in_late("unknown-memo", "[раз](memo:passport)"),
    "an unknown fact": in_late("unknown-fact", "Штраф: {late-fien}"),
    "an unknown fact to rely on": flaw(
        "unknown-fact", "relies: [host-files]", "relies: [host]", "relies"
    ),
    "a fact that is not for the readers": in_late("fact-not-for", "Срок: {reg-kg-days}"),
    "an unsure fact without a warning": in_late("low-confidence", "С дня: {rule-day}"),
    "a fact without a value on the day": Mistake(
        "no-value-today",
        "facts.yaml",
        "values: [{value: {min: 2000, max: 5000}}]",
        "values: [{value: {min: 2000, max: 5000}, from: 2026-11-25}]",
        'text: {ru: "Вы получили',
        shown_in=FLOW,
    ),
    "a part of somebody forgotten": flaw(
        "citizenship-unanswered",
        "::: only kg\n        Позв",
        "::: for kg\n        Позв",
        "::: for kg",
    ),
    "the number of a law": in_late("law-in-prose", "По ст. 30.3 КоАП", is_warning=True),
    "the number of a fact": in_late("number-of-fact", "За 30 дней"),
    "a phone": in_late("phone-in-prose", "Звоните 112"),
    "a way round a block": in_late("way-round-blocking", "Включите VPN"),
    "a check that is not there": Mistake(
        "unknown-flow", MEMO, "contacts: [rf", "checks: [appeal]\ncontacts: [rf", "checks"
    ),
    "a result in a memo": Mistake(
        "result-in-memo", RU, "## Сколько стоит", "{result:deadline}", "{result:deadline}"
    ),
    # --- dates to keep
    "a date that nothing works out": flaw(
        "flow-date-missing", "keep: [deadline]", "keep: [end]", "keep: [end]"
    ),
    "a date without a title": flaw(
        "flow-date-untitled",
        "  deadline: {ru: Жалоба",
        "  appeal: {ru: Жалоба",
        "keep: [deadline]",
    ),
}
