"""flows/<id>.yaml: guided checks. Their shape alone; whether they lead anywhere right is `bot.editorial.checks.flows`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from bot.editorial.files.dangers import by_citizenship, unknown_citizenships
from bot.editorial.markdown import MarkdownReader
from bot.editorial.parts import read_parts
from bot.editorial.problem import Place, Problem, error, nearest
from bot.editorial.schema import Citizenships, FileModel, Id, Local, is_id, together, validated
from bot.editorial.table import Entry
from bot.editorial.template import Body, ParagraphTemplate, SpanTemplates
from bot.editorial.yaml_tree import YamlMap, YamlNode, YamlScalar, locate
from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.flow import (
    Asked,
    ByCitizenship,
    ByRule,
    Choice,
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Outcome,
    RegionQuestion,
    StaysQuestion,
    Step,
    ways_on,
)
from bot.guide.text import LocalText

CITIZENSHIP = "citizenship"


def _next(value: object) -> object:
    """A name, or names by what chooses among them."""
    names = list(value.values()) if isinstance(value, dict) else [value]
    if not names or not all(isinstance(name, str) and is_id(name) for name in names):
        raise PydanticCustomError("flow-bad-next", "flow-bad-next")
    return value


class _ChoiceModel(FileModel):
    id: Id
    label: Local
    next: Id
    readers: Annotated[Citizenships, Field(alias="for")] = [EVERYBODY]


class _StepModel(FileModel):
    """One of `ask`, `by` and `rule` says what the step is; which of the other fields it has follows from that."""

    id: Id
    ask: Literal["choice", "date", "number", "region", "stays"] | None = None
    by: Literal["citizenship"] | None = None
    rule: Id | None = None
    text: Local | None = None
    hint: Local | None = None
    next: Annotated[str | dict[str, str] | None, PlainValidator(_next)] = None
    choices: Annotated[list[_ChoiceModel], Field(min_length=1)] | None = None
    past: Annotated[int, Field(ge=0)] | None = None
    ahead: Annotated[int, Field(ge=0)] | None = None
    low: Annotated[int | None, Field(alias="min")] = None
    high: Annotated[int | None, Field(alias="max")] = None
    inputs: Annotated[dict[str, Id] | None, Field(alias="with")] = None


class _OutcomeModel(FileModel):
    id: Id
    title: Local
    text: Local
    memos: Annotated[list[Id], Field(min_length=1)]
    contacts: list[Id] = []
    contacts_for: dict[str, list[Id]] = {}
    relies: list[Id] = []
    keep: list[Id] = []
    urgent: bool = False
    mends: bool = False


class FlowModel(FileModel):
    id: Id
    title: Local
    about: Local
    readers: Annotated[Citizenships, Field(alias="for")] = [EVERYBODY]
    start: Id
    dates: dict[str, Local] = {}
    steps: Annotated[list[_StepModel], Field(min_length=1)]
    outcomes: Annotated[list[_OutcomeModel], Field(min_length=1)]


# What each kind of step must have, and may have besides `id`.
_FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "choice": (frozenset({"ask", "text", "choices"}), frozenset({"hint"})),
    "date": (frozenset({"ask", "text", "next"}), frozenset({"hint", "past", "ahead"})),
    "number": (frozenset({"ask", "text", "next", "low", "high"}), frozenset({"hint"})),
    "region": (frozenset({"ask", "text", "next"}), frozenset({"hint"})),
    "stays": (frozenset({"ask", "text", "next"}), frozenset({"hint"})),
    "by": (frozenset({"by", "next"}), frozenset()),
    "rule": (frozenset({"rule", "next", "inputs"}), frozenset()),
}
_WRITTEN = {"low": "min", "high": "max", "inputs": "with"}

Spoken = Mapping[str, SpanTemplates]


@dataclass(frozen=True, slots=True)
class FlowText:
    """One text of a flow in one language: of a question, its hint, the title of an outcome or what it says. `readers` are
    those who can get there.
    """

    file: str
    lang: str
    body: Body
    readers: frozenset[Citizenship]


@dataclass(frozen=True, slots=True)
class StepFile:
    """`step` with the texts as they are written; `text` and `hint` the same before facts are filled in."""

    step: Step
    index: int
    text: Spoken
    hint: Spoken


@dataclass(frozen=True, slots=True)
class OutcomeFile:
    """`contacts_for` has the keys as they were written: citizenships or groups."""

    id: str
    index: int
    title: Spoken
    texts: Mapping[str, Body]
    memos: tuple[str, ...]
    contacts: tuple[str, ...]
    contacts_for: Mapping[Citizenship, tuple[str, ...]]
    relies: tuple[str, ...]
    keep: tuple[str, ...]
    urgent: bool
    mends: bool

    def contacts_of(self, citizenship: Citizenship) -> tuple[str, ...]:
        """Those of the citizenship first, each once."""
        return tuple(dict.fromkeys((*self.contacts_for.get(citizenship, ()), *self.contacts)))


@dataclass(frozen=True, slots=True)
class FlowFile:
    """Steps and outcomes by id, in the order of the file; an id that stands twice is the first. `reached` says who can get
    to each, as far as the ways between them tell.
    """

    id: str
    title: LocalText
    about: LocalText
    readers: frozenset[Citizenship]
    start: str
    dates: Mapping[str, LocalText]
    steps: Mapping[str, StepFile]
    outcomes: Mapping[str, OutcomeFile]
    texts: tuple[FlowText, ...]
    reached: Mapping[str, frozenset[Citizenship]]
    entry: Entry[FlowModel]

    @property
    def file(self) -> str:
        return self.entry.file

    def bare(self) -> Flow:
        """The flow to walk, without what its outcomes say."""
        outcomes = {
            name: Outcome(name, LocalText(), {}, one.memos, one.keep, one.urgent, one.mends)
            for name, one in self.outcomes.items()
        }
        steps = {name: one.step for name, one in self.steps.items()}
        title, about = self.title, self.about
        return Flow(self.id, title, about, self.start, steps, outcomes, self.readers, self.dates)

    def place(self, *path: int | str) -> Place:
        return self.entry.place(*path)

    def step_place(self, name: str, *path: int | str) -> Place:
        return self.place("steps", self.steps[name].index, *path)

    def outcome_place(self, name: str, *path: int | str) -> Place:
        return self.place("outcomes", self.outcomes[name].index, *path)


def read_flow(
    node: YamlNode | None, file: str, flow_id: str
) -> tuple[FlowFile | None, list[Problem]]:
    """The flow, with what is wrong in its shape; None when there is no making one of it."""
    model, problems = validated(FlowModel, node, file)
    if model is None or not isinstance(node, YamlMap):
        return None, problems
    entry = Entry(model, file, node)
    if model.id != flow_id:
        problems.append(error(entry.place("id"), "flow-id-not-file", name=model.id, file=flow_id))
    reader = _Reader(entry)
    steps = {step.step.id: step for step in reader.steps()}
    outcomes = {outcome.id: outcome for outcome in reader.outcomes()}
    problems += reader.problems
    if any(problem.is_error for problem in problems):
        return None, problems
    reached = _reached(model.start, together(model.readers), steps)
    texts = tuple(
        FlowText(file, lang, body, reached.get(name, frozenset()))
        for name, lang, body in reader.bodies
    )
    flow = FlowFile(
        id=model.id,
        title=model.title,
        about=model.about,
        readers=together(model.readers),
        start=model.start,
        dates=MappingProxyType(dict(model.dates)),
        steps=MappingProxyType(steps),
        outcomes=MappingProxyType(outcomes),
        texts=texts,
        reached=MappingProxyType(reached),
        entry=entry,
    )
    return flow, problems


def _reached(
    start: str, readers: frozenset[Citizenship], steps: Mapping[str, StepFile]
) -> dict[str, frozenset[Citizenship]]:
    reached: dict[str, frozenset[Citizenship]] = {}
    waiting = [(start, readers)]
    while waiting:
        name, who = waiting.pop()
        new = who - reached.get(name, frozenset())
        if not new:
            continue
        reached[name] = reached.get(name, frozenset()) | new
        if name in steps:
            waiting += _ways(steps[name].step, new)
    return reached


def _ways(step: Step, who: frozenset[Citizenship]) -> Iterator[tuple[str, frozenset[Citizenship]]]:
    match step:
        case ChoiceQuestion(choices=choices):
            yield from ((choice.next, who & choice.readers) for choice in choices)
        case ByCitizenship(next=ways):
            yield from ((ways[one], frozenset({one})) for one in who if one in ways)
        case _:
            yield from ((name, who) for name in ways_on(step))


class _Reader:
    """`bodies` are all texts by the id of their step or outcome and by language."""

    def __init__(self, entry: Entry[FlowModel]) -> None:
        self.problems: list[Problem] = []
        self.bodies: list[tuple[str, str, Body]] = []
        self._entry = entry
        self._first_lines: dict[str, int] = {}

    def steps(self) -> Iterator[StepFile]:
        for index, model in enumerate(self._entry.value.steps):
            path = ("steps", index)
            if self._is_twice(model.id, path) or not self._has_its_fields(model, index):
                continue
            step = self._step(model, path)
            if step is not None:
                text = self._spoken(model.text, *path, "text")
                hint = self._spoken(model.hint, *path, "hint")
                yield StepFile(step, index, text, hint)

    def outcomes(self) -> Iterator[OutcomeFile]:
        for index, model in enumerate(self._entry.value.outcomes):
            path = ("outcomes", index)
            if self._is_twice(model.id, path):
                continue
            whose = Entry(model, self._entry.file, self._node(*path))
            self.problems += unknown_citizenships(model.contacts_for, whose, "contacts_for")
            yield OutcomeFile(
                id=model.id,
                index=index,
                title=self._spoken(model.title, *path, "title"),
                texts=MappingProxyType(dict(self._bodies(model.text, *path, "text"))),
                memos=tuple(model.memos),
                contacts=tuple(model.contacts),
                contacts_for=MappingProxyType(by_citizenship(model.contacts_for)),
                relies=tuple(model.relies),
                keep=tuple(model.keep),
                urgent=model.urgent,
                mends=model.mends,
            )

    def _is_twice(self, name: str, path: tuple[str | int, ...]) -> bool:
        """Steps and outcomes share one space of names: a `next` may lead to either."""
        place = self._entry.place(*path, "id")
        first = self._first_lines.setdefault(name, place.line)
        if first != place.line:
            self.problems.append(error(place, "duplicate-id", name=name, first=first))
        return first != place.line

    def _has_its_fields(self, model: _StepModel, index: int) -> bool:
        kinds = [name for name in ("ask", "by", "rule") if getattr(model, name) is not None]
        place = self._entry.place("steps", index)
        if len(kinds) != 1:
            self.problems.append(error(place, "flow-step-kind", step=model.id))
            return False
        kind = model.ask or kinds[0]
        needed, allowed = _FIELDS[kind]
        has = {
            name
            for name in type(model).model_fields
            if name != "id" and getattr(model, name) is not None
        }
        for name in sorted(needed - has):
            field = _WRITTEN.get(name, name)
            self.problems.append(error(place, "missing-field", field=field))
        for name in sorted(has - needed - allowed):
            field = _WRITTEN.get(name, name)
            where = self._entry.place("steps", index, field)
            self.problems.append(error(where, "flow-field-not-here", field=field, kind=kind))
        return needed <= has <= needed | allowed

    def _step(self, model: _StepModel, path: tuple[str | int, ...]) -> Step | None:
        """The fields are those of its kind."""
        is_map = isinstance(model.next, dict)
        wants_map = model.ask is None
        if model.next is not None and is_map != wants_map:
            code = "flow-next-ways" if wants_map else "flow-next-one"
            self.problems.append(error(self._entry.place(*path, "next"), code, step=model.id))
            return None
        ways = model.next if isinstance(model.next, dict) else {}
        following = model.next if isinstance(model.next, str) else ""
        if model.by:
            return self._by_citizenship(model.id, ways, path)
        if model.rule:
            inputs = MappingProxyType(dict(model.inputs or {}))
            return ByRule(model.id, model.rule, inputs, MappingProxyType(dict(ways)))
        asked = Asked(model.text or LocalText(), model.hint)
        match model.ask:
            case "choice":
                choices = tuple(self._choices(model.choices or [], path))
                return ChoiceQuestion(model.id, asked, choices)
            case "date":
                return DateQuestion(model.id, asked, following, model.past or 0, model.ahead or 0)
            case "number":
                low, high = model.low or 0, model.high or 0
                if low > high:
                    place = self._entry.place(*path, "max")
                    self.problems.append(error(place, "flow-number-range", low=low, high=high))
                return NumberQuestion(model.id, asked, following, low, high)
            case "region":
                return RegionQuestion(model.id, asked, following)
            case _:
                return StaysQuestion(model.id, asked, following)

    def _choices(
        self, models: list[_ChoiceModel], path: tuple[str | int, ...]
    ) -> Iterator[Choice]:
        seen: dict[str, int] = {}
        for number, model in enumerate(models):
            place = self._entry.place(*path, "choices", number, "id")
            first = seen.setdefault(model.id, place.line)
            if first != place.line:
                self.problems.append(error(place, "duplicate-id", name=model.id, first=first))
                continue
            yield Choice(model.id, model.label, model.next, together(model.readers))

    def _by_citizenship(
        self, name: str, ways: Mapping[str, str], path: tuple[str | int, ...]
    ) -> ByCitizenship:
        lists = {key: [target] for key, target in ways.items()}
        whose = Entry(self._entry.value, self._entry.file, self._node(*path))
        self.problems += unknown_citizenships(lists, whose, "next")
        chosen = by_citizenship(lists)
        return ByCitizenship(name, MappingProxyType({who: to[0] for who, to in chosen.items()}))

    def _spoken(self, text: LocalText | None, *path: str | int) -> Spoken:
        """One line with facts in it, by language."""
        return MappingProxyType(dict(self._lines(text, *path)))

    def _lines(
        self, text: LocalText | None, *path: str | int
    ) -> Iterator[tuple[str, SpanTemplates]]:
        for lang, body in self._bodies(text, *path):
            blocks = [block for branch in body.branches() for block in branch.blocks]
            if len(blocks) == 1 and isinstance(blocks[0], ParagraphTemplate):
                yield lang, blocks[0].spans
            else:
                place = self._entry.place(*path, lang)
                self.problems.append(error(place, "flow-not-one-line", field=str(path[-1])))

    def _bodies(self, text: LocalText | None, *path: str | int) -> Iterator[tuple[str, Body]]:
        if text is None:
            return
        if text.anywhere is not None:
            self.problems.append(
                error(self._entry.place(*path), "flow-text-one-language", field=str(path[-1]))
            )
            return
        for lang, said in text.by_language.items():
            node, _ = locate(self._entry.node, *path, lang)
            # The sign `|` stands on the line before a block.
            is_block = isinstance(node, YamlScalar) and node.text.endswith("\n")
            reader = MarkdownReader(self._entry.file, results=True)
            lines = said.split("\n")
            body, problems = read_parts(
                lines, node.line + is_block, self._entry.file, reader.blocks
            )
            self.problems += [*problems, *reader.problems]
            self.bodies.append((self._name_at(path), lang, body))
            yield lang, body

    def _name_at(self, path: tuple[int | str, ...]) -> str:
        kind, index = path[0], path[1]
        models = self._entry.value
        assert isinstance(index, int)
        return models.steps[index].id if kind == "steps" else models.outcomes[index].id

    def _node(self, *path: str | int) -> YamlMap:
        node, _ = locate(self._entry.node, *path)
        assert isinstance(node, YamlMap), "a model was made of it"
        return node


def nearest_name(flow: FlowFile, name: str) -> str | None:
    """The step or outcome that was probably meant."""
    return nearest(name, [*flow.steps, *flow.outcomes])
