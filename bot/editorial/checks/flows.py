"""Guided checks, proven: every step is reached by a real walk, every choice leads on, nobody is trapped, and every outcome
has what it shows.

The ways are first looked at as they are written (names, circles, islands), then walked with answers of every sort for each
citizenship (`bot.guide.paths`), since only a walk knows what a rule finds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.editorial.edition import Edition
from bot.editorial.files.calendar import Calendar
from bot.editorial.files.flows import FlowFile, OutcomeFile, nearest_name
from bot.editorial.files.regions import Places
from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.table import Table
from bot.editorial.template import AnswerShown, ResultShown, Words
from bot.editorial.usage import spans_in
from bot.guide.citizenship import Citizenship
from bot.guide.fact import Fact, FactKind
from bot.guide.flow import ByCitizenship, ByRule, ChoiceQuestion, RegionQuestion, ways_on
from bot.guide.paths import Path, all_paths
from bot.guide.regional import RegionalValue
from bot.guide.rule import Circumstances, Rule
from bot.guide.rules import RULES
from bot.guide.text import LocalText
from bot.guide.walk import Regions, kind_of, unit_of
from bot.i18n.values import forms_of

LABEL = 40  # characters of a choice: Android shows about 35 in a row of one button
TITLE = 40  # of a flow; it is a button too
OUTCOME_TITLE = 120
QUESTION = 250
OUTCOME = 2500  # of an outcome's text, so that it fits one message with the working, the sources and a notice
# A button has 64 bytes. The rest is for `q:`, two colons, the language and the longest citizenship (`|ky|other-visa-free`).
NAMES = 41
_A_DAY = "2026-05-14"
_FILLED_IN = 12  # characters that a placeholder counts as
# Today first, since mostly it is enough; then a week, and a year to either side.
_DAYS_AROUND = (*range(7), *(days for n in range(1, 13) for days in (30 * n, -30 * n)))


def check_flows(edition: Edition, today: date) -> Iterator[Problem]:
    for flow in edition.flows.values():
        named = [*_names(edition, flow), *_rules(edition, flow)]
        yield from named
        yield from edition.kept.every(_texts, flow, edition.languages)
        yield from edition.kept.every(_payloads, flow, edition.places)
        yield from _contacts(edition, flow)
        if not any(problem.is_error for problem in named) and _can_be_walked(edition, flow):
            yield from _proof(edition, flow, today)


def _can_be_walked(edition: Edition, flow: FlowFile) -> bool:
    """Not while something that the rules read has a mistake of its own: one mistake is named once, where it is."""
    read = {
        fact
        for file in flow.steps.values()
        if isinstance(file.step, ByRule) and file.step.rule in RULES
        for fact in RULES[file.step.rule].facts
    }
    ledgers = edition.facts.is_whole and edition.calendar.is_whole
    return ledgers and not read & edition.facts.spoiled


def _names(edition: Edition, flow: FlowFile) -> Iterator[Problem]:
    """Ways to steps that are not there, and what outcomes name."""
    known = {*flow.steps, *flow.outcomes}
    if flow.start not in known:
        place = flow.place("start")
        yield error(place, "flow-unknown-step", name=flow.start).suggesting(
            nearest_name(flow, flow.start)
        )
    for name, step in flow.steps.items():
        for target in ways_on(step.step):
            if target not in known:
                place = flow.step_place(name, *_way_to(flow, name, target))
                yield error(place, "flow-unknown-step", name=target).suggesting(
                    nearest_name(flow, target)
                )
    for name, outcome in flow.outcomes.items():
        for number, memo in enumerate(outcome.memos):
            if memo not in edition.listed_memos and edition.contents:
                place = flow.outcome_place(name, "memos", number)
                yield error(place, "unknown-memo", name=memo).suggesting(
                    nearest(memo, edition.listed_memos)
                )
        for number, fact in enumerate(outcome.relies):
            if edition.facts.lacks(fact):
                place = flow.outcome_place(name, "relies", number)
                yield error(place, "unknown-fact", name=fact).suggesting(
                    nearest(fact, edition.facts.entries)
                )


def _way_to(flow: FlowFile, name: str, target: str) -> tuple[int | str, ...]:
    """Where in a step the way to this target is written."""
    match flow.steps[name].step:
        case ChoiceQuestion(choices=choices):
            number = next(n for n, choice in enumerate(choices) if choice.next == target)
            return ("choices", number, "next")
        case ByRule(next=ways):
            return ("next", next(route for route, to in ways.items() if to == target))
        case _:
            return ("next",)


def _rules(edition: Edition, flow: FlowFile) -> Iterator[Problem]:
    for name, file in flow.steps.items():
        step = file.step
        if not isinstance(step, ByRule):
            continue
        rule = RULES.get(step.rule)
        if rule is None:
            place = flow.step_place(name, "rule")
            yield error(place, "flow-unknown-rule", name=step.rule).suggesting(
                nearest(step.rule, RULES)
            )
            continue
        yield from _inputs(flow, step, rule)
        for fact in rule.facts:
            if edition.facts.lacks(fact):
                place = flow.step_place(name, "rule")
                yield error(place, "flow-rule-fact", fact=fact, rule=rule.name)
        for route in sorted(set(rule.routes) - step.next.keys()):
            place = flow.step_place(name, "next")
            yield error(place, "flow-route-missing", route=route, rule=rule.name)
        for route in sorted(step.next.keys() - set(rule.routes)):
            place = flow.step_place(name, "next", route)
            yield error(place, "flow-unknown-route", route=route, rule=rule.name).suggesting(
                nearest(route, rule.routes)
            )


def _inputs(flow: FlowFile, step: ByRule, rule: Rule) -> Iterator[Problem]:
    for name in sorted(rule.inputs.keys() - step.inputs.keys() - rule.optional):
        place = flow.step_place(step.id, "with")
        yield error(place, "flow-input-missing", input=name, rule=rule.name)
    for name, source in step.inputs.items():
        place = flow.step_place(step.id, "with", name)
        if name not in rule.inputs:
            yield error(place, "flow-unknown-input", input=name, rule=rule.name).suggesting(
                nearest(name, rule.inputs)
            )
            continue
        file = flow.steps.get(source)
        if file is None or isinstance(file.step, ByCitizenship | ByRule):
            yield error(place, "flow-unknown-step", name=source).suggesting(
                nearest_name(flow, source)
            )
        elif kind_of(file.step) is not rule.inputs[name]:
            wanted = rule.inputs[name]
            yield error(place, "flow-input-kind", step=source, wanted=wanted, rule=rule.name)


def _texts(flow: FlowFile, languages: tuple[str, ...]) -> Iterator[Problem]:
    """A text in every language, short enough for a phone."""
    for path, text, limit in _local_texts(flow):
        place = flow.place(*path)
        missing = [lang for lang in languages if lang not in text.by_language]
        if missing:
            yield error(place, "flow-text-missing", langs=", ".join(missing), field=str(path[-1]))
        for lang, said in text.by_language.items():
            if len(said) > limit:
                where = flow.place(*path, lang)
                yield error(
                    where, "flow-text-long", field=str(path[-1]), length=len(said), limit=limit
                )
    for name, outcome in flow.outcomes.items():
        for lang, body in outcome.texts.items():
            for citizenship in sorted(flow.reached.get(name, frozenset())):
                spans = spans_in(body.blocks_for(citizenship))
                length = sum(
                    len(span.text) if isinstance(span, Words) else _FILLED_IN for span in spans
                )
                if length > OUTCOME:
                    where = flow.outcome_place(name, "text", lang)
                    yield error(
                        where, "flow-text-long", field="text", length=length, limit=OUTCOME
                    )
                    break


def _payloads(flow: FlowFile, places: Places) -> Iterator[Problem]:
    """Names short enough for a button."""
    for name, file in flow.steps.items():
        if isinstance(file.step, ByCitizenship | ByRule):
            continue  # no button carries it
        values = [_A_DAY]
        if isinstance(file.step, ChoiceQuestion):
            values = [choice.id for choice in file.step.choices]
        elif isinstance(file.step, RegionQuestion):
            values = [*places.regions.values(), _A_DAY]
        length = len(flow.id) + len(name) + max(map(len, values))
        if length > NAMES:
            place = flow.step_place(name, "id")
            yield error(place, "flow-names-long", step=name, length=length, limit=NAMES)


def _local_texts(flow: FlowFile) -> Iterator[tuple[tuple[int | str, ...], LocalText, int]]:
    """Every text of the file with its path and the most letters that it may have."""
    model = flow.entry.value
    yield ("title",), model.title, TITLE
    yield ("about",), model.about, QUESTION
    for name, title in model.dates.items():
        yield ("dates", name), title, TITLE
    for number, step in enumerate(model.steps):
        for field, text in (("text", step.text), ("hint", step.hint)):
            if text is not None:
                yield ("steps", number, field), text, QUESTION
        for position, choice in enumerate(step.choices or ()):
            yield ("steps", number, "choices", position, "label"), choice.label, LABEL
    for number, outcome in enumerate(model.outcomes):
        yield ("outcomes", number, "title"), outcome.title, OUTCOME_TITLE
        # How long it is for a reader is measured without its parts for others.
        yield ("outcomes", number, "text"), outcome.text, 10 * OUTCOME


def _contacts(edition: Edition, flow: FlowFile) -> Iterator[Problem]:
    """Whoever comes to an outcome finds somebody to call."""
    for name, outcome in flow.outcomes.items():
        for contact in dict.fromkeys(_named_contacts(outcome)):
            if edition.contacts.lacks(contact):
                place = flow.outcome_place(name, "contacts")
                yield error(place, "unknown-contact", name=contact).suggesting(
                    nearest(contact, edition.contacts.entries)
                )
        alone = [
            who
            for who in Citizenship
            if who in flow.reached.get(name, frozenset())
            and not any(_can_call(edition, one, who) for one in outcome.contacts_of(who))
        ]
        if alone:
            place = flow.outcome_place(name, "contacts")
            yield error(place, "flow-outcome-no-contact", outcome=name, who=", ".join(alone))


def _named_contacts(outcome: OutcomeFile) -> list[str]:
    return [
        *outcome.contacts,
        *(name for names in outcome.contacts_for.values() for name in names),
    ]


def _can_call(edition: Edition, name: str, who: Citizenship) -> bool:
    contact = edition.contacts.get(name)
    return contact is not None and who in contact.serves and bool(contact.phones)


def _proof(edition: Edition, file: FlowFile, today: date) -> Iterator[Problem]:
    circle = next(iter(_circle(file)), None)
    if circle is not None:
        place = file.step_place(circle)
        yield error(place, "flow-circle", step=circle)
        return
    paths = paths_of(edition, file, today)
    unreached = _unreached(edition, file, today)
    for name in file.steps.keys() & unreached:
        yield error(file.step_place(name, "id"), "flow-unreached", name=name)
    for name in file.outcomes.keys() & unreached:
        yield error(file.outcome_place(name, "id"), "flow-unreached", name=name)
    yield from _lost(file, paths)
    for path in paths:
        yield from _strange_choices(file, path)
        yield from _results(file, path)
    yield from _kept(file, paths)


def _unreached(edition: Edition, file: FlowFile, today: date) -> set[str]:
    """Steps and outcomes that no walk comes to, today or on any other day around: where a rule leads depends on the day of
    the week and of the year, and a flow that is sound must not become unsound at New Year.
    """
    unreached = {*file.steps, *file.outcomes}
    for distance in _DAYS_AROUND:
        for path in paths_of(edition, file, today + timedelta(days=distance)):
            unreached.difference_update(path.walked.path)
        if not unreached:
            break
    return unreached


def _circle(file: FlowFile) -> Iterator[str]:
    """A step from which the ways lead back to itself: whoever goes round never comes to an outcome."""
    for start in file.steps:
        waiting, seen = list(ways_on(file.steps[start].step)), set[str]()
        while waiting:
            name = waiting.pop()
            if name == start:
                yield start
                break
            if name in file.steps and name not in seen:
                seen.add(name)
                waiting += ways_on(file.steps[name].step)


def paths_of(edition: Edition, file: FlowFile, today: date) -> tuple[Path, ...]:
    """Every path of every citizenship that the flow is for, walked on that day."""
    places = edition.places
    return edition.kept.of(_paths, file, edition.facts, edition.calendar, places, today)


def _paths(
    file: FlowFile, facts: Table[Fact], calendar: Calendar, places: Places, today: date
) -> tuple[Path, ...]:
    flow = file.bare()
    regions = Regions.among(places.regions.values().values())
    here = Circumstances(
        Citizenship.KG, today, facts.values(), tuple(_regional(facts, today)), calendar.work
    )
    return tuple(
        path
        for citizenship in Citizenship
        if citizenship in flow.readers
        for path in all_paths(flow, replace(here, citizenship=citizenship), regions)
    )


def _regional(facts: Table[Fact], today: date) -> Iterator[RegionalValue]:
    """The values of series as a rule reads them; their words do not count here."""
    for fact in facts.values().values():
        if fact.series is not None:
            dated = fact.dated_value_on(today)
            yield RegionalValue(
                series=fact.series,
                region=fact.region,
                fact=fact.id,
                text=LocalText(anywhere=fact.id) if dated else None,
                since=dated.since if dated else None,
                applies=fact.applies,
                citation=None,
                checked=fact.checked,
                confidence=fact.confidence,
            )


def _lost(file: FlowFile, paths: Iterable[Path]) -> Iterator[Problem]:
    """Paths that end at no outcome, by the step where they end."""
    ends: dict[str, set[Citizenship]] = {}
    for path in paths:
        if path.walked.outcome is None:
            ends.setdefault(path.walked.path[-1], set()).add(path.citizenship)
    for name, who in ends.items():
        place = file.step_place(name) if name in file.steps else file.place("start")
        named = ", ".join(one for one in Citizenship if one in who)
        yield error(place, "flow-no-way-on", step=name, who=named)


def _strange_choices(file: FlowFile, path: Path) -> Iterator[Problem]:
    """A choice that comes to a rule which does not know it: the rule would take it for another."""
    for name in path.walked.routes:
        step = file.steps[name].step
        rule = RULES.get(step.rule) if isinstance(step, ByRule) else None
        if not isinstance(step, ByRule) or rule is None:
            continue
        for given_as, known in rule.choices.items():
            source = step.inputs.get(given_as, "")
            given = path.walked.given.get(source)
            if given is not None and given not in known:
                place = file.step_place(name, "with", given_as)
                names = ", ".join(known)
                yield error(place, "flow-input-choices", step=source, choices=given, known=names)


def _results(file: FlowFile, path: Path) -> Iterator[Problem]:
    """What an outcome shows and this path has not worked out or asked."""
    outcome = path.walked.outcome
    if outcome is None:
        return
    shown = file.outcomes[outcome.id]
    numbers, dates, given = path.walked.numbers, path.walked.dates, path.walked.given
    spans = [span for spoken in shown.title.values() for span in spoken]
    for body in shown.texts.values():
        spans += spans_in(body.blocks_for(path.citizenship))
    for span in spans:
        match span:
            case ResultShown(name, form):
                at = Place(file.file, span.line)
                if name not in numbers and name not in dates:
                    yield error(at, "flow-result-missing", name=name, outcome=outcome.id)
                    continue
                allowed = forms_of(FactKind.DATE if name in dates else unit_of(name))
                if form not in allowed:
                    named = ", ".join(sorted(one for one in allowed if one))
                    yield error(at, "form-impossible", fact=name, form=form, allowed=named)
            case AnswerShown(step) if step not in given:
                at = Place(file.file, span.line)
                yield error(at, "flow-answer-missing", step=step, outcome=outcome.id)
            case _:
                pass


def _kept(file: FlowFile, paths: tuple[Path, ...]) -> Iterator[Problem]:
    """Dates that can be kept are worked out on some path to their outcome, and say what they are for."""
    for name, outcome in file.outcomes.items():
        for number, kept in enumerate(outcome.keep):
            place = file.outcome_place(name, "keep", number)
            ends = [p for p in paths if p.walked.outcome and p.walked.outcome.id == name]
            if ends and not any(kept in path.walked.dates for path in ends):
                yield error(place, "flow-date-missing", name=kept, outcome=name)
            if kept not in file.dates:
                yield error(place, "flow-date-untitled", name=kept)
