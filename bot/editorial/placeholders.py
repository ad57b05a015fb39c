"""`{…}` inside text → spans. Whether the fact or contact exists is the checks' business."""

import re
from collections.abc import Iterator

from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.schema import is_id
from bot.editorial.template import (
    AnswerShown,
    CheckFirst,
    FactShown,
    Look,
    PhoneShown,
    ResultShown,
    SpanTemplate,
    Words,
)
from bot.i18n.values import Form

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CONTACT = "contact:"
_PHONE = "phone:"
_RESULT = "result:"
_ANSWER = "answer:"
CHECK_FIRST = "check-first"


def contact_alone(text: str) -> str | None:
    """The contact when the text is nothing but `{contact:id}`."""
    found = _PLACEHOLDER.fullmatch(text.strip())
    if found and found[1].startswith(_CONTACT):
        return found[1].removeprefix(_CONTACT)
    return None


def spans_of(
    text: str, look: Look, place: Place, *, results: bool = False
) -> tuple[list[SpanTemplate], list[Problem]]:
    """Text of one line as spans. What cannot be read becomes a problem and no span. Only the texts of flows may show
    `results`.
    """
    spans: list[SpanTemplate] = []
    problems: list[Problem] = []
    for piece, is_placeholder in _pieces(text):
        if not is_placeholder:
            if "{" in piece or "}" in piece:
                problems.append(error(place, "stray-brace"))
            spans.append(Words(piece, look, place.line))
            continue
        waits = piece.startswith((_RESULT, _ANSWER))
        if waits and not results:
            span: SpanTemplate | Problem = error(place, "result-in-memo", placeholder=piece)
        else:
            span = _waiting(piece, look, place) if waits else _span(piece, look, place)
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
    form = _form(bar, form_name, place)
    return form if isinstance(form, Problem) else FactShown(name, form, look, place.line)


def _waiting(inside: str, look: Look, place: Place) -> SpanTemplate | Problem:
    """What is filled in when the answers are known."""
    kind, _, said = inside.partition(":")
    name, bar, form_name = said.partition("|")
    if not is_id(name) or (bar and f"{kind}:" == _ANSWER):
        return error(place, "bad-placeholder", placeholder=inside)
    if f"{kind}:" == _ANSWER:
        return AnswerShown(name, look, place.line)
    form = _form(bar, form_name, place)
    return form if isinstance(form, Problem) else ResultShown(name, form, look, place.line)


def _form(bar: str, name: str, place: Place) -> Form | Problem:
    form = next((form for form in Form if form == name), None)
    if form is not None and not (bar and not name):
        return form
    forms = [str(form) for form in Form if form]
    return error(place, "unknown-form", form=name, allowed=", ".join(forms)).suggesting(
        nearest(name, forms)
    )
