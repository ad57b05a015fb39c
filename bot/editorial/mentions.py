"""Where the guide mentions facts, contacts and cards: what has to be looked at again when one of them changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.editorial.edition import Edition
from bot.editorial.problem import Place
from bot.editorial.usage import contacts_shown, facts_shown
from bot.guide.citizenship import EVERYBODY, Citizenship, members
from bot.guide.flow import ByRule
from bot.guide.rules import RULES


class ReviewedKind(StrEnum):
    """What is read again when it changes; all but cards are compared with the world again and again."""

    FACT = "fact"
    SOURCE = "source"
    CONTACT = "contact"
    CARD = "card"
    MEMO = "memo"


class Manner(StrEnum):
    """How something is mentioned."""

    SHOWN = "shown"  # in a text, with its value or phone
    RELIES = "relies"  # a memo rests on it without showing it
    BUTTON = "button"  # to a contact, or to the values of the regions
    DANGER = "danger"
    CHECK = "check"  # a guided check says it, or its rule reckons with it


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that hangs on a fact, a contact or a card. `lang` is None where all languages are meant.

    `inside` is the memo, or whatever else has an id, in which it stands.
    """

    kind: ReviewedKind
    name: str
    manner: Manner
    inside: str
    lang: str | None
    readers: frozenset[Citizenship]
    place: Place


Finder = Callable[[Edition], Iterable[Mention]]


def mentions(edition: Edition) -> tuple[Mention, ...]:
    """Every mention in the guide. What else may hang on facts adds its own finder to `FINDERS`."""
    return tuple(chain.from_iterable(find(edition) for find in FINDERS))


def _in_texts(edition: Edition) -> Iterator[Mention]:
    mentioned = _Mentioned(edition)
    for memo_id in _memos(edition):
        for text in edition.memos[memo_id].texts.values():
            for branch in text.body.branches():
                for shown in facts_shown(branch.blocks):
                    place = Place(text.file, shown.line)
                    yield mentioned.of(
                        ReviewedKind.FACT,
                        shown.fact,
                        Manner.SHOWN,
                        memo_id,
                        place,
                        branch.audience,
                        text.lang,
                    )
                for use in contacts_shown(branch.blocks):
                    place = Place(text.file, use.line)
                    yield mentioned.of(
                        ReviewedKind.CONTACT,
                        use.name,
                        Manner.SHOWN,
                        memo_id,
                        place,
                        branch.audience,
                        text.lang,
                    )


def _in_settings(edition: Edition) -> Iterator[Mention]:
    mentioned = _Mentioned(edition)
    for memo_id in _memos(edition):
        entry = edition.memos[memo_id].settings
        if entry is None:
            continue
        for number, name in enumerate(entry.value.relies):
            place = entry.place("relies", number)
            yield mentioned.of(ReviewedKind.FACT, name, Manner.RELIES, memo_id, place)
        for number, series in enumerate(entry.value.series):
            place = entry.place("series", number)
            for fact in edition.facts:
                if fact.value.series == series:
                    yield mentioned.of(
                        ReviewedKind.FACT, fact.value.id, Manner.BUTTON, memo_id, place
                    )
        for number, name in enumerate(entry.value.contacts):
            place = entry.place("contacts", number)
            yield mentioned.of(ReviewedKind.CONTACT, name, Manner.BUTTON, memo_id, place)
        for number, name in enumerate(entry.value.cards):
            place = entry.place("cards", number)
            yield mentioned.of(ReviewedKind.CARD, name, Manner.BUTTON, memo_id, place)
        for key, names in entry.value.contacts_for.items():
            for number, name in enumerate(names):
                place = entry.place("contacts_for", key, number)
                audience = members(key) or frozenset()
                yield mentioned.of(
                    ReviewedKind.CONTACT, name, Manner.BUTTON, memo_id, place, audience
                )


def _in_dangers(edition: Edition) -> Iterator[Mention]:
    mentioned = _Mentioned(edition)
    for danger in edition.dangers:
        audiences: dict[str, set[Citizenship]] = {}
        for citizenship, names in danger.value.contacts.items():
            for name in names:
                audiences.setdefault(name, set()).add(citizenship)
        for name, audience in audiences.items():
            place = danger.place("contacts")
            yield mentioned.of(
                ReviewedKind.CONTACT,
                name,
                Manner.DANGER,
                danger.value.id,
                place,
                frozenset(audience),
            )


def _in_flows(edition: Edition) -> Iterator[Mention]:
    """What flows say and offer, and the facts that their rules read."""
    mentioned = _Mentioned(edition)
    for flow in edition.flows.values():
        for text in flow.texts:
            for branch in text.body.branches():
                audience = branch.audience & text.readers
                named = [
                    *(
                        (ReviewedKind.FACT, one.fact, one.line)
                        for one in facts_shown(branch.blocks)
                    ),
                    *(
                        (ReviewedKind.CONTACT, one.name, one.line)
                        for one in contacts_shown(branch.blocks)
                    ),
                ]
                for kind, name, line in named:
                    place = Place(text.file, line)
                    yield mentioned.of(
                        kind, name, Manner.CHECK, flow.id, place, audience, text.lang
                    )
        for name, outcome in flow.outcomes.items():
            who = flow.reached.get(name, frozenset())
            for fact in outcome.relies:
                place = flow.outcome_place(name, "relies")
                yield mentioned.of(ReviewedKind.FACT, fact, Manner.CHECK, flow.id, place, who)
            for contact in dict.fromkeys(one for each in who for one in outcome.contacts_of(each)):
                place = flow.outcome_place(name, "contacts")
                yield mentioned.of(
                    ReviewedKind.CONTACT, contact, Manner.CHECK, flow.id, place, who
                )
        for name, step in flow.steps.items():
            rule = RULES.get(step.step.rule) if isinstance(step.step, ByRule) else None
            for fact in rule.facts if rule else ():
                place = flow.step_place(name, "rule")
                who = flow.reached.get(name, frozenset())
                yield mentioned.of(ReviewedKind.FACT, fact, Manner.CHECK, flow.id, place, who)


FINDERS: tuple[Finder, ...] = (_in_texts, _in_settings, _in_dangers, _in_flows)


class _Mentioned:
    """Makes mentions; their readers are those of the audience whom the fact, contact or card is for."""

    def __init__(self, edition: Edition) -> None:
        facts = ((ReviewedKind.FACT, one.value.id, one.value.applies) for one in edition.facts)
        contacts = (
            (ReviewedKind.CONTACT, one.value.id, one.value.serves) for one in edition.contacts
        )
        self._for = {(kind, name): audience for kind, name, audience in chain(facts, contacts)}

    def of(
        self,
        kind: ReviewedKind,
        name: str,
        manner: Manner,
        inside: str,
        place: Place,
        audience: frozenset[Citizenship] = EVERYBODY,
        lang: str | None = None,
    ) -> Mention:
        readers = audience & self._for.get((kind, name), EVERYBODY)
        return Mention(kind, name, manner, inside, lang, readers, place)


def _memos(edition: Edition) -> list[str]:
    """Memos that persons can open, in the order of the guide."""
    return [memo_id for memo_id in edition.listed_memos if memo_id in edition.memos]
