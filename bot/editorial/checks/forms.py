"""Forms in which a value cannot be shown, and phones of contacts that have none."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.problem import Place, Problem, error
from bot.editorial.template import PhoneShown
from bot.editorial.usage import facts_shown, spans_in
from bot.guide.fact import Range
from bot.i18n.values import forms_of


def check_forms(edition: Edition, today: date) -> Iterator[Problem]:
    for text in edition.bodies():
        for branch in text.body.branches():
            for shown in facts_shown(branch.blocks):
                fact = edition.facts.get(shown.fact)
                if fact is None:
                    continue
                is_range = any(isinstance(dated.value, Range) for dated in fact.values)
                allowed = forms_of(fact.kind, is_range=is_range)
                if shown.form not in allowed:
                    place = Place(text.file, shown.line)
                    names = ", ".join(sorted(form for form in allowed if form)) or "—"
                    yield error(
                        place, "form-impossible", fact=fact.id, form=shown.form, allowed=names
                    )
            for span in spans_in(branch.blocks):
                if isinstance(span, PhoneShown):
                    contact = edition.contacts.get(span.contact)
                    if contact is not None and not contact.phones:
                        place = Place(text.file, span.line)
                        yield error(place, "contact-without-phone", contact=contact.id)
