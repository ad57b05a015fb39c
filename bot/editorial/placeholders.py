"""`{…}` inside text → spans. Whether the fact or contact exists is the checks' business."""

import re
from collections.abc import Iterator

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.schema import is_id
from bot.editorial.template import CheckFirst, FactShown, Look, PhoneShown, SpanTemplate, Words
from bot.i18n.values import Form

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CONTACT = "contact:"
_PHONE = "phone:"
CHECK_FIRST = "check-first"


def contact_alone(text: str) -> str | None:
    """The contact when the text is nothing but `{contact:id}`."""
    found = _PLACEHOLDER.fullmatch(text.strip())
    if found and found[1].startswith(_CONTACT):
        return found[1].removeprefix(_CONTACT)
    return None


def spans_of(text: str, look: Look, place: Place) -> tuple[list[SpanTemplate], list[Problem]]:
    """Text of one line as spans. What cannot be read becomes a problem and no span."""
    spans: list[SpanTemplate] = []
    problems: list[Problem] = []
    for piece, is_placeholder in _pieces(text):
        if not is_placeholder:
            if "{" in piece or "}" in piece:
                problems.append(error(place, "stray-brace"))
            spans.append(Words(piece, look, place.line))
            continue
        span = _span(piece, look, place)
        if isinstance(span, Problem):
            problems.append(span)
        else:
            spans.append(span)
    return spans, problems


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[1], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def _span(inside: str, look: Look, place: Place) -> SpanTemplate | Problem:
    if inside == CHECK_FIRST:
        return CheckFirst(look, place.line)
    if inside.startswith(_CONTACT):
        return error(place, "contact-not-alone", placeholder=inside)
    is_phone = inside.startswith(_PHONE)
    name, bar, form_name = inside.removeprefix(_PHONE).partition("|")
    if not is_id(name) or (bar and is_phone):
        return error(place, "bad-placeholder", placeholder=inside).suggesting(
            nearest(inside, [CHECK_FIRST])
        )
    if is_phone:
        return PhoneShown(name, look, place.line)
    form = next((form for form in Form if form == form_name), None)
    if form is None or (bar and not form_name):
        forms = [str(form) for form in Form if form]
        allowed = ", ".join(forms)
        return error(place, "unknown-form", form=form_name, allowed=allowed).suggesting(
            nearest(form_name, forms)
        )
    return FactShown(name, form, look, place.line)
