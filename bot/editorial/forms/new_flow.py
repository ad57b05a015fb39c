"""New pieces of a flow that are right as they stand, so that who fills them in sees only the problems they make.

`texts` are the words of the staff pages in each language of the guide.
"""

from collections.abc import Mapping

from bot.editorial.forms.flow_fields import Data
from bot.editorial.forms.writing_yaml import on_one_line
from bot.guide.rules import RULES
from bot.i18n.interface import Words

Texts = Mapping[str, Words]


def new_step(name: str, kind: str, to: str, texts: Texts) -> Data:
    """A step of a kind that leads to one place on every way."""
    return {"id": name, **_fields(kind, to, texts)}


def of_kind(data: Data, kind: str, to: str, texts: Texts) -> Data:
    """A step made into one of another kind: its id, texts and way stay where the new kind has them."""
    wanted = _fields(kind, to, texts)
    if isinstance(way := data.get("next"), str) and isinstance(wanted.get("next"), str):
        wanted["next"] = way
    asks = "ask" in wanted
    kept: Data = {key: data[key] for key in ("text", "hint") if asks and key in data}
    return {"id": data.get("id"), **wanted, **kept}


def new_choice(name: str, to: str, texts: Texts) -> Data:
    return {"id": name, "label": _said("flow-new-choice", texts), "next": to}


def new_outcome(name: str, like: Data, texts: Texts) -> Data:
    """With the memos and contacts of another, since an outcome has to have some."""
    kept: Data = {key: like[key] for key in ("memos", "contacts", "contacts_for") if key in like}
    return {
        "id": name,
        "title": _said("flow-new-outcome", texts),
        "text": _said("flow-new-outcome-text", texts),
        **kept,
    }


def new_flow(
    name: str, titles: Mapping[str, str], memo: str, contacts: list[str], texts: Texts
) -> str:
    """A file with one question and one outcome."""
    step = new_step("first", "choice", "end", texts)
    like: Data = {"memos": [memo], "contacts": contacts}
    head: Data = {
        "id": name,
        "title": dict(titles),
        "about": _said("flow-new-about", texts),
        "start": "first",
    }
    lines = [_line(key, value) for key, value in head.items()]
    choices = step.pop("choices")
    lines += ["", "steps:", *_entry(step), "    choices:"]
    assert isinstance(choices, list)
    for choice in choices:
        lines += [f"  {'  '}{line}" for line in _entry(choice)]
    lines += ["", "outcomes:", *_entry(new_outcome("end", like, texts))]
    return "\n".join(lines) + "\n"


def _entry(data: Data) -> list[str]:
    first, *others = (_line(key, value) for key, value in data.items())
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _line(key: str, value: object) -> str:
    return f"{key}: {on_one_line('', value, None, in_flow=False)}"


def _fields(kind: str, to: str, texts: Texts) -> Data:
    question: Data = {"ask": kind, "text": _said("flow-new-question", texts)}
    match kind:
        case "by":
            return {"by": "citizenship", "next": {"all": to}}
        case "rule":
            rule = next(iter(RULES.values()))
            return {"rule": rule.name, "with": {}, "next": dict.fromkeys(rule.routes, to)}
        case "choice":
            yes = {"id": "yes", "label": _said("flow-new-yes", texts), "next": to}
            no = {"id": "no", "label": _said("flow-new-no", texts), "next": to}
            return {**question, "choices": [yes, no]}
        case "date":
            return {**question, "past": 365, "next": to}
        case "number":
            return {**question, "min": 0, "max": 100, "next": to}
        case _:
            return {**question, "next": to}


def _said(key: str, texts: Texts) -> Data:
    return {lang: words.say(key) for lang, words in texts.items()}
