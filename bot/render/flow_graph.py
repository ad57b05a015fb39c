"""A flow as a graph of words: boxes and the ways between them, in one language. It must not know how they are drawn."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.guide.flow import ByCitizenship, ByRule, ChoiceQuestion, Flow, Step, ways_on


class Shape(StrEnum):
    QUESTION = "question"
    CITIZENSHIP = "citizenship"
    RULE = "rule"
    OUTCOME = "outcome"
    URGENT = "urgent"
    LOST = "lost"  # a name that leads nowhere: the flow is being written


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    shape: Shape
    text: str


@dataclass(frozen=True, slots=True)
class Way:
    """`labels` are all the reasons to go it: choices, citizenships or routes of a rule; none when there is no other."""

    start: str
    end: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """Nodes and ways in the order of the flow; there is one way at most between two nodes."""

    id: str
    title: str
    start: str
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class GraphWords:
    """What the house says in the drawing, in language `lang`. `rule` shows a `{name}`, `about` the numbers of `{steps}` and
    `{outcomes}`.
    """

    lang: str
    by_citizenship: str
    rule: str
    urgent: str
    about: str
    citizenships: Mapping[Citizenship, str]


def flow_graph(flow: Flow, words: GraphWords) -> FlowGraph:
    """Never raises, also for a flow that leads nowhere or round in a circle."""
    ways = tuple(way for name, step in flow.steps.items() for way in _ways(name, step, words))
    nodes = [_node(name, step, words) for name, step in flow.steps.items()]
    for name, outcome in flow.outcomes.items():
        shape = Shape.URGENT if outcome.urgent else Shape.OUTCOME
        title = outcome.title.in_language(words.lang) or name
        nodes.append(
            Node(name, shape, f"{words.urgent}: {title}" if outcome.urgent else title),
        )
    known = {node.id for node in nodes}
    named = dict.fromkeys([flow.start, *(way.end for way in ways)])
    nodes += [Node(name, Shape.LOST, f"? {name}") for name in named if name not in known]
    title = flow.title.in_language(words.lang) or flow.id
    return FlowGraph(flow.id, title, flow.start, tuple(nodes), ways)


def _node(name: str, step: Step, words: GraphWords) -> Node:
    match step:
        case ByCitizenship():
            return Node(name, Shape.CITIZENSHIP, words.by_citizenship)
        case ByRule(rule=rule):
            return Node(name, Shape.RULE, words.rule.format(name=rule))
        case question:
            text = question.asked.text.in_language(words.lang)
            return Node(name, Shape.QUESTION, text or name)


def _ways(name: str, step: Step, words: GraphWords) -> Iterator[Way]:
    labels: dict[str, list[str]] = {end: [] for end in ways_on(step)}
    match step:
        case ChoiceQuestion(choices=choices):
            for choice in choices:
                label = choice.label.in_language(words.lang) or choice.id
                whose = _named(choice.readers, words)
                labels[choice.next].append(f"{label} ({whose})" if whose else label)
        case ByCitizenship(next=ways):
            for end in labels:
                who = frozenset(one for one, to in ways.items() if to == end)
                labels[end] += [_named(who, words)] if who != EVERYBODY else []
        case ByRule(next=ways):
            for route, end in ways.items():
                labels[end].append(route)
        case _:
            pass
    for end, reasons in labels.items():
        yield Way(name, end, tuple(reasons))


def _named(who: Iterable[Citizenship], words: GraphWords) -> str:
    """The citizenships by name in their order; nothing for all of them."""
    chosen = frozenset(who)
    if chosen == EVERYBODY:
        return ""
    return ", ".join(words.citizenships[one] for one in Citizenship if one in chosen)
