"""Where the boxes of a graph go: in layers by their distance from the start, with few crossings, each near what it is joined to.

The method is Sugiyama's: layers by the longest way, a place held in every layer that a way passes (its label has one of its
own, so labels never lie over each other), an order within a layer by the mean place of the neighbours, and last the
horizontal places that come nearest to the neighbours without overlap (isotonic regression). Pure geometry: no words, no SVG.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.render.flow_graph import FlowGraph

_GAP = 18.0  # between neighbours in a layer
_LAYER_GAP = 26.0
_MARGIN = 16.0
_SWEEPS = 12
_BEND = 4.0  # the width of a way that passes a layer


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """By its middle, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> tuple[float, float]:
        return self.x, self.y - self.height / 2

    @property
    def bottom(self) -> tuple[float, float]:
        return self.x, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Route:
    """The points of a way from its start to its end. `label` is where its words stand, if it has any."""

    points: tuple[tuple[float, float], ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Layout:
    """`routes` are in the order of the graph's ways."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]


# A node by its id; a place that a way holds in a layer, by the way's number and the layer's.
_Item = str | tuple[int, int]


def laid_out(graph: FlowGraph, sizes: Mapping[str, Size], labels: Sequence[Size | None]) -> Layout:
    """`sizes` has every node, `labels` every way, None where it has no words."""
    layer_of = _layers(graph)
    chains = [
        _chain(number, way.start, way.end, layer_of) for number, way in enumerate(graph.ways)
    ]
    size_of: dict[_Item, Size] = {name: sizes[name] for name in sizes}
    for number, chain in enumerate(chains):
        for item in chain[1:-1]:
            size_of[item] = Size(_BEND, 0)
        label = labels[number]
        if label is not None:
            size_of[chain[_label_at(chain, graph.ways[number].start)]] = label
    places: dict[_Item, int] = {name: layer_of[name] for name in layer_of}
    places |= {item: item[1] for chain in chains for item in chain if isinstance(item, tuple)}
    layers: list[list[_Item]] = [[] for _ in range(max(places.values(), default=0) + 1)]
    for item in _visited(graph, chains, places):
        layers[places[item]].append(item)
    links = _links(chains)
    layers = _ordered(layers, links)
    x_of = _across(layers, links, size_of)
    return _drawn(graph, chains, layers, size_of, x_of)


def _layers(graph: FlowGraph) -> dict[str, int]:
    """Even numbers, so that labels have the odd ones. A way that closes a circle is overlooked."""
    onward: dict[str, list[str]] = defaultdict(list)
    for way in graph.ways:
        onward[way.start].append(way.end)
    done: list[str] = []
    state: dict[str, bool] = {}  # True while its ways are being followed
    kept: dict[str, list[str]] = defaultdict(list)
    for root in [graph.start, *(node.id for node in graph.nodes)]:
        stack = [(root, iter(onward[root]))] if root not in state else []
        state.setdefault(root, True)
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[name] = False
                done.append(name)
                stack.pop()
            elif following not in state:
                kept[name].append(following)
                state[following] = True
                stack.append((following, iter(onward[following])))
            elif not state[following]:
                kept[name].append(following)
    layer = dict.fromkeys(done, 0)
    for name in reversed(done):
        for following in kept[name]:
            layer[following] = max(layer[following], layer[name] + 2)
    return layer


def _chain(number: int, start: str, end: str, layer: Mapping[str, int]) -> list[_Item]:
    """From the upper end to the lower one. A way back up, or round to where it began, holds its places too."""
    upper, lower = (start, end) if layer[start] <= layer[end] else (end, start)
    last = max(layer[lower], layer[upper] + 2)
    return [upper, *((number, at) for at in range(layer[upper] + 1, last)), lower]


def _label_at(chain: Sequence[_Item], start: str) -> int:
    """Beside the start, where the person chooses."""
    return 1 if chain[0] == start else len(chain) - 2


def _links(chains: Iterable[Sequence[_Item]]) -> dict[_Item, tuple[list[_Item], list[_Item]]]:
    """What is joined to each item above and below it."""
    links: dict[_Item, tuple[list[_Item], list[_Item]]] = defaultdict(lambda: ([], []))
    for chain in chains:
        for upper, lower in pairwise(chain):
            links[upper][1].append(lower)
            links[lower][0].append(upper)
    return links


def _visited(
    graph: FlowGraph, chains: Sequence[Sequence[_Item]], places: Mapping[_Item, int]
) -> Iterable[_Item]:
    """Every item once, as somebody would who follows the first way first: a good order to begin with."""
    links = _links(chains)
    found: dict[_Item, None] = {}
    for root in [graph.start, *(node.id for node in graph.nodes)]:
        stack: list[_Item] = [root]
        while stack:
            item = stack.pop()
            if item not in found and item in places:
                found[item] = None
                stack += reversed(links[item][1])
    return found


def _ordered(
    layers: list[list[_Item]], links: Mapping[_Item, tuple[list[_Item], list[_Item]]]
) -> list[list[_Item]]:
    best, fewest = [list(layer) for layer in layers], _crossings(layers, links)
    for sweep in range(_SWEEPS):
        side = sweep % 2  # 0 downwards by what is above, 1 upwards by what is below
        numbers = range(1, len(layers)) if side == 0 else range(len(layers) - 2, -1, -1)
        for number in numbers:
            beside = layers[number - 1 if side == 0 else number + 1]
            at = {item: place for place, item in enumerate(beside)}
            layers[number] = _by_neighbours(layers[number], at, side, links)
        crossings = _crossings(layers, links)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _by_neighbours(
    layer: list[_Item],
    at: Mapping[_Item, int],
    side: int,
    links: Mapping[_Item, tuple[list[_Item], list[_Item]]],
) -> list[_Item]:
    """By the mean place of the neighbours; what has none stays where it is."""
    means: dict[_Item, float] = {}
    for place, item in enumerate(layer):
        found = [at[one] for one in links[item][side] if one in at]
        means[item] = sum(found) / len(found) if found else place
    return sorted(layer, key=means.__getitem__)


def _crossings(
    layers: Sequence[Sequence[_Item]], links: Mapping[_Item, tuple[list[_Item], list[_Item]]]
) -> int:
    count = 0
    for upper, lower in pairwise(layers):
        at = {item: place for place, item in enumerate(lower)}
        ends = [sorted(at[one] for one in links[item][1] if one in at) for item in upper]
        before: list[int] = []
        for places in ends:
            count += sum(earlier > place for place in places for earlier in before)
            before += places
    return count


def _across(
    layers: Sequence[Sequence[_Item]],
    links: Mapping[_Item, tuple[list[_Item], list[_Item]]],
    size_of: Mapping[_Item, Size],
) -> dict[_Item, float]:
    """The middle of each item, moved sweep by sweep to the mean of its neighbours."""
    x_of: dict[_Item, float] = {}
    for layer in layers:
        for item, x in zip(layer, _spread(layer, [0.0] * len(layer), size_of), strict=True):
            x_of[item] = x
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = []
            for item in layer:
                above, below = links[item]
                near = [x_of[one] for one in (above if sweep % 2 == 0 else below)]
                near = near or [x_of[one] for one in (*above, *below)] or [x_of[item]]
                wanted.append(sum(near) / len(near))
            x_of |= zip(layer, _spread(layer, wanted, size_of), strict=True)
    return x_of


def _spread(
    layer: Sequence[_Item], wanted: Sequence[float], size_of: Mapping[_Item, Size]
) -> list[float]:
    """The places nearest to the wanted ones at which nothing overlaps and the order holds."""
    offsets = [0.0]
    for left, right in pairwise(layer):
        apart = (size_of[left].width + size_of[right].width) / 2 + _GAP
        offsets.append(offsets[-1] + apart)
    blocks: list[tuple[float, int]] = []  # the sum of what its members want, and how many they are
    for want, offset in zip(wanted, offsets, strict=False):
        blocks.append((want - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + count)
    means = [total / count for total, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _drawn(
    graph: FlowGraph,
    chains: Sequence[Sequence[_Item]],
    layers: Sequence[Sequence[_Item]],
    size_of: Mapping[_Item, Size],
    x_of: Mapping[_Item, float],
) -> Layout:
    left = min((x_of[item] - size_of[item].width / 2 for item in x_of), default=0.0) - _MARGIN
    boxes: dict[_Item, Box] = {}
    y = _MARGIN
    for layer in layers:
        height = max((size_of[item].height for item in layer), default=0.0)
        for item in layer:
            size = size_of[item]
            boxes[item] = Box(x_of[item] - left, y + height / 2, size.width, size.height)
        y += height + _LAYER_GAP
    routes = []
    for chain, way in zip(chains, graph.ways, strict=True):
        points = [boxes[chain[0]].bottom]
        points += [point for item in chain[1:-1] for point in _through(boxes[item])]
        points.append(boxes[chain[-1]].top)
        at = boxes[chain[_label_at(chain, way.start)]] if len(chain) > 2 else None
        label = at if at is not None and way.labels else None
        ends_below = chain[0] == way.start
        routes.append(Route(tuple(points if ends_below else reversed(points)), label))
    width = max((box.x + box.width / 2 for box in boxes.values()), default=0.0) + _MARGIN
    nodes = {item: box for item, box in boxes.items() if isinstance(item, str)}
    return Layout(width, y - _LAYER_GAP + _MARGIN, nodes, tuple(routes))


def _through(box: Box) -> list[tuple[float, float]]:
    return [box.top, box.bottom] if box.height else [(box.x, box.y)]
