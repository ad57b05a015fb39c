"""What buttons of the form do to a check: steps, outcomes and choices are added, moved and taken out. It writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.forms.flow_source import (
    HEAD,
    OUTCOMES,
    STEPS,
    FlowSource,
    Part,
    read_flow_source,
)
from bot.editorial.forms.new_flow import Texts, new_choice, new_outcome, new_step, of_kind
from bot.editorial.schema import is_id
from bot.errors import ContentError
from bot.i18n.interface import Interface
from bot.web.staff.flows.work import FlowWork

KINDS = frozenset({"choice", "date", "number", "region", "stays", "by", "rule"})


@dataclass(frozen=True, slots=True)
class Change:
    """`part` is the one to show afterwards."""

    part: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class NotChanged:
    """`why` is the key of a notice."""

    why: str


def change(
    work: FlowWork, text: str, do: str, form: Mapping[str, str], words: Interface
) -> Change | NotChanged:
    """Do what a button stands for. Raises `ContentError` when it cannot be written."""
    source = read_flow_source(text, work.path)
    part = source.parts.get(form.get("part", "")) if source else None
    if source is None or part is None:
        return NotChanged("notice-flow-refused")
    texts = {lang: words.words(lang) for lang in work.languages}
    deed, _, name = do.partition(":")
    match deed:
        case "add-step" | "add-outcome":
            return _added(source, part, deed, form, texts)
        case "add-choice":
            name = form.get("choice-id", "").strip()
            choices = source.choices(part)
            if not is_id(name) or (choices and name in choices.entries):
                return NotChanged("notice-flow-bad-id")
            data = new_choice(name, _first_way(source, part), texts)
            if choices is None or not choices.items.items:
                return Change(part.name, source.with_data(part, {**part.data, "choices": [data]}))
            return Change(part.name, choices.added(data))
        case "choice-up" | "choice-down" | "choice-drop":
            choices = source.choices(part)
            if choices is None or name not in choices.entries:
                return NotChanged("notice-flow-part-gone")
            if deed == "choice-drop":
                return Change(part.name, choices.without(name))
            return Change(part.name, choices.moved(name, 1 if deed == "choice-down" else -1))
        case "kind" if (kind := form.get("new-kind", "")) in KINDS and part.kind in KINDS:
            data = of_kind(part.data, kind, _first_way(source, part), texts)
            return Change(part.name, source.with_data(part, data))
        case "up" | "down" if part.name:
            return Change(part.name, source.moved(part, 1 if deed == "down" else -1))
        case "drop" if part.name:
            return Change(HEAD, source.without(part))
        case _:
            return NotChanged("notice-flow-refused")


def _added(
    source: FlowSource, part: Part, deed: str, form: Mapping[str, str], texts: Texts
) -> Change | NotChanged:
    name, kind = form.get("new-id", "").strip(), form.get("new-kind", "choice")
    if not is_id(name) or name in source.parts:
        return NotChanged("notice-flow-bad-id")
    if deed == "add-outcome":
        like = next((one.data for one in source.parts.values() if one.kind == "outcome"), {})
        beside = part.name if part.kind == "outcome" else None
        return Change(name, source.added(OUTCOMES, new_outcome(name, like, texts), beside))
    if kind not in KINDS:
        return NotChanged("notice-flow-refused")
    beside = part.name if part.kind in KINDS else None
    data = new_step(name, kind, _first_way(source, part), texts)
    return Change(name, source.added(STEPS, data, beside))


def _first_way(source: FlowSource, part: Part) -> str:
    """Where something new leads until somebody says where: to an outcome, so that nobody goes in a circle."""
    outcomes = [one.name for one in source.parts.values() if one.kind == "outcome"]
    if not outcomes:
        raise ContentError("a check without an outcome leads nowhere")
    return next((name for name in outcomes if name != part.name), outcomes[0])
