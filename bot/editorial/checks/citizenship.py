"""Whether every citizenship finds its answer, and none is shown what does not hold for it."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.flows import FlowText
from bot.editorial.files.memos import BUTTONS, MemoFiles, MemoText
from bot.editorial.problem import Place, Problem, error, warning
from bot.editorial.template import Branch
from bot.editorial.usage import contacts_shown, facts_shown
from bot.guide.citizenship import Citizenship


def check_citizenships(edition: Edition, today: date) -> Iterator[Problem]:
    for text in edition.bodies():
        for part in text.body.parts:
            if unanswered := part.unanswered & text.readers:
                place = Place(text.file, part.branches[0].line)
                yield error(place, "citizenship-unanswered", who=_named(unanswered))
        for branch in text.body.branches():
            yield from _shown_to_the_wrong(edition, text, branch)
    for memo in edition.memos.values():
        yield from _buttons(memo)


def _shown_to_the_wrong(
    edition: Edition, text: MemoText | FlowText, branch: Branch
) -> Iterator[Problem]:
    audience = branch.audience & text.readers
    for shown in facts_shown(branch.blocks):
        fact = edition.facts.get(shown.fact)
        if fact and (wrong := audience - fact.applies):
            place = Place(text.file, shown.line)
            yield error(place, "fact-not-for", fact=fact.id, who=_named(wrong))
    for use in contacts_shown(branch.blocks):
        contact = edition.contacts.get(use.name)
        if contact and (wrong := audience - contact.serves):
            place = Place(text.file, use.line)
            yield warning(place, "contact-not-for", contact=contact.id, who=_named(wrong))


def _buttons(memo: MemoFiles) -> Iterator[Problem]:
    if memo.settings is None:
        return
    crowded = [
        citizenship
        for citizenship in Citizenship
        if len(memo.settings.value.contacts_of(citizenship)) > BUTTONS
    ]
    if crowded:
        place = memo.settings.place("contacts_for")
        yield error(place, "too-many-contacts", who=_named(crowded), limit=BUTTONS)


def _named(citizenships: frozenset[Citizenship] | list[Citizenship]) -> str:
    return ", ".join(citizenship for citizenship in Citizenship if citizenship in citizenships)
