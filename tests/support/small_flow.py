"""A guided check for the small content folder: a question of every kind, a way by citizenship and a rule, and no problem."""

FLOW = "flows/appeal-by.yaml"

FLOW_TEXT = """\
id: appeal-by
title: {ru: Обжалование, ky: Даттануу, en: Appeal}
about: {ru: До какого дня подать., ky: Кайсы күнгө чейин берүү керек., en: By which day to file.}
dates:
  deadline: {ru: Жалоба, ky: Даттануу, en: Appeal}
start: kind
steps:
  - id: kind
    ask: choice
    text: {ru: Что вам дали?, ky: Сизге эмне беришти?, en: What were you given?}
    choices:
      - {id: fine, label: {ru: Штраф, ky: Айып пул, en: A fine}, next: got}
      - {id: expulsion, label: {ru: Выдворение, ky: Чыгаруу, en: Expulsion}, next: got}
      - {id: closed-entry, label: {ru: Запрет, ky: Тыюу, en: A ban}, next: trips, for: [no-visa]}
  - id: got
    ask: date
    past: 400
    text: {ru: Когда получили?, ky: Качан алдыңыз?, en: When did you get it?}
    hint: {ru: День на бумаге., ky: Кагаздагы күн., en: The day on the paper.}
    next: count
  - id: trips
    ask: stays
    text: {ru: Когда вы были в России?, ky: Россияда качан болдуңуз?, en: When were you in Russia?}
    next: how-many
  - id: how-many
    ask: number
    min: 0
    max: 9
    text: {ru: Сколько у вас штрафов?, ky: Канча айып пулуңуз бар?, en: How many fines have you?}
    next: place
  - id: place
    ask: region
    text: {ru: Где вы жили?, ky: Кайда жашадыңыз?, en: Where did you live?}
    next: whose
  - id: whose
    by: citizenship
    next: {kg: embassy, uz: got, tj: got, other-eaeu: got, other-visa-free: got}
  - id: count
    rule: appeal-deadline
    with: {got: got, kind: kind}
    next: {in-time: in-time, last-day: last-day, late: late, unknown-year: late}
outcomes:
  - id: in-time
    title: {ru: Вы успеваете, ky: Үлгүрөсүз, en: You are in time}
    text:
      ru: |
        Подайте до {result:deadline}. Осталось: {result:days-left|gen}.

        ::: only kg
        Позвоните: {phone:kg-embassy}
        :::
      ky: |
        {result:deadline} чейин бериңиз. Калды: {result:days-left}.

        ::: only kg
        Чалыңыз: {phone:kg-embassy}
        :::
      en: |
        File by {result:deadline}. Left: {result:days-left}.

        ::: only kg
        Call: {phone:kg-embassy}
        :::
    memos: [registration-first]
    contacts: [rf-112]
    contacts_for: {kg: [kg-embassy]}
    relies: [host-files]
    keep: [deadline]
  - id: last-day
    urgent: true
    title: {ru: Сегодня последний день, ky: Бүгүн акыркы күн, en: Today is the last day}
    text: {ru: Подайте сегодня., ky: Бүгүн бериңиз., en: File today.}
    memos: [registration-first]
    contacts: [rf-112]
    keep: [deadline]
  - id: late
    title: {ru: Позвоните юристу, ky: Юристке чалыңыз, en: Call a lawyer}
    text: {ru: "Вы получили: {answer:got}. Штраф: {late-fine}.", ky: "Сиз алдыңыз: {answer:got}. Айып пул: {late-fine}.", en: "You got it: {answer:got}. The fine: {late-fine}."}
    memos: [passport-taken]
    contacts: [rf-112]
  - id: embassy
    title: {ru: Позвоните в посольство, ky: Элчиликке чалыңыз, en: Call the embassy}
    text: {ru: "Вы жили здесь: {answer:place}.", ky: "Сиз бул жерде жашадыңыз: {answer:place}.", en: "You lived here: {answer:place}."}
    memos: [registration-first]
    contacts: [kg-embassy]
"""

FLOW_FACTS = """\
- id: expel-appeal-days
  kind: days
  statement: An appeal is filed within 12 days.
  applies: [all]
  values: [{value: 12}]
  source: law
  checked: 2026-11-20
  confidence: high
- id: ban-appeal-months
  kind: months
  statement: A ban is contested within 3 months.
  applies: [all]
  values: [{value: 3}]
  source: law
  checked: 2026-11-20
  confidence: high
- id: count-koap-terms
  kind: text
  statement: The term starts on the day after.
  applies: [all]
  source: law
  checked: 2026-11-20
  confidence: high
"""
