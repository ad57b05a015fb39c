"""The check that a person is in: which flow, and what they have answered so far. Its written form goes into the state.

Reading never fails: what cannot be read is forgotten. It must not know what an answer leads to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.guide.flow import Flow, Question, meaning

_SEPARATOR, _GIVEN, _MEANT = ";", "=", "~"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the walk keeps it, with a hash of what its question meant when it was given."""

    value: str
    meant: str


@dataclass(frozen=True, slots=True)
class Check:
    """`given` is by step. `draft` are the stays that have been told so far, while they are asked about. `looked` says that
    the person has looked at the answers, and sees the outcome.
    """

    flow: str
    given: Mapping[str, Given] = field(default_factory=dict)
    draft: str = ""
    looked: bool = False

    @property
    def answers(self) -> dict[str, str]:
        return {step: one.value for step, one in self.given.items()}


def meant_by(question: Question, base_language: str) -> str:
    """Short, since it stands in the state of every person in a check."""
    return blake2b(meaning(question, base_language).encode(), digest_size=4).hexdigest()


def still_holding(check: Check, flow: Flow, base_language: str) -> Check:
    """The same without answers to questions that are gone or mean something else now."""
    given = {
        name: one
        for name, one in check.given.items()
        if (question := flow.question(name)) and one.meant == meant_by(question, base_language)
    }
    return check if given == check.given else Check(check.flow, given)


def check_to_text(check: Check) -> str:
    """`register-by!;entered=2026-05-14~1a2b3c4d`: no white space, nothing that says who it is."""
    head = check.flow + ("!" if check.looked else "")
    draft = [f"{_GIVEN}{check.draft}"] if check.draft else []
    given = (f"{step}{_GIVEN}{one.value}{_MEANT}{one.meant}" for step, one in check.given.items())
    return _SEPARATOR.join([head, *draft, *given])


def check_from_text(text: str) -> Check | None:
    """The check that was written so; None for anything else."""
    head, *parts = text.split(_SEPARATOR)
    flow = head.removesuffix("!")
    if not flow:
        return None
    given: dict[str, Given] = {}
    draft = ""
    for part in parts:
        step, is_given, said = part.partition(_GIVEN)
        value, _, meant = said.rpartition(_MEANT)
        if not is_given:
            return None
        if not step:
            draft = said
        elif value and meant:
            given[step] = Given(value, meant)
    return Check(flow, given, draft, head.endswith("!"))
