"""A flow as a drawing: SVG for people, Mermaid for other tools.

The SVG stands in pages whose policy forbids scripts and inline style, so it has presentation attributes alone. Words stand on
light boxes and lines are grey: it can be read on a dark page too, and in a file of its own. It can be read aloud: it is an
image with a title, and every box and way has its whole text.
"""

import textwrap
from collections.abc import Callable, Iterator
from html import escape

from bot.guide.flow import Flow
from bot.render.flow_graph import FlowGraph, GraphWords, Node, Shape, Way, flow_graph
from bot.render.flow_layout import Box, Layout, Route, Size, laid_out

# Of the letters of a common sans-serif type; Cyrillic ones are a little wider than Latin ones.
_LETTER_WIDTH = 0.58
_LINE = 1.3
_NODE_TEXT, _LABEL_TEXT = 13, 11  # px
_NODE_LETTERS, _LABEL_LETTERS = 26, 20
_NODE_LINES, _LABEL_LINES = 6, 5
_PADDING = 10

_INK, _LINE_COLOUR = "#1f2328", "#7d8590"
# Fill and border; the shapes differ too, so that nobody has to tell colours apart.
_LOOKS = {
    Shape.QUESTION: ("#ffffff", "#57606a"),
    Shape.CITIZENSHIP: ("#ddf4ff", "#0969da"),
    Shape.RULE: ("#fff8c5", "#9a6700"),
    Shape.OUTCOME: ("#dafbe1", "#1a7f37"),
    Shape.URGENT: ("#ffebe9", "#cf222e"),
    Shape.LOST: ("#ffffff", "#cf222e"),
}

_MERMAID = {
    Shape.QUESTION: '("{}")',
    Shape.CITIZENSHIP: '{{{{"{}"}}}}',
    Shape.RULE: '{{{{"{}"}}}}',
    Shape.OUTCOME: '(["{}"])',
    Shape.URGENT: '(["{}"])',
    Shape.LOST: '["{}"]',
}


def draw_svg(flow: Flow, words: GraphWords, link: Callable[[str], str] | None = None) -> str:
    """The drawing in the language of the words. `link` makes an address of the id of a step or outcome. Never raises."""
    graph = flow_graph(flow, words)
    sizes = {node.id: _node_size(node) for node in graph.nodes}
    labels = [
        _size(_label_lines(way), _LABEL_TEXT, 6) if way.labels else None for way in graph.ways
    ]
    layout = laid_out(graph, sizes, labels)
    return "\n".join(_svg(graph, layout, words, link)) + "\n"


def draw_mermaid(flow: Flow, words: GraphWords) -> str:
    """The same as a Mermaid flowchart. Ids get a letter before them, since `end` would end a Mermaid chart."""
    graph = flow_graph(flow, words)
    lines = ["flowchart TD"]
    for node in graph.nodes:
        lines.append(f"    {_name(node.id)}{_MERMAID[node.shape].format(_quoted(node.text))}")
    for way in graph.ways:
        label = f'|"{_quoted(" / ".join(way.labels))}"|' if way.labels else ""
        lines.append(f"    {_name(way.start)} -->{label} {_name(way.end)}")
    for shape, (fill, border) in _LOOKS.items():
        names = ",".join(_name(node.id) for node in graph.nodes if node.shape is shape)
        if names:
            lines.append(f"    classDef {shape} fill:{fill},stroke:{border},color:{_INK}")
            lines.append(f"    class {names} {shape}")
    return "\n".join(lines) + "\n"


def _name(node: str) -> str:
    return "n_" + node.replace("-", "_")


def _quoted(text: str) -> str:
    return " ".join(text.split()).replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;")


def _svg(
    graph: FlowGraph, layout: Layout, words: GraphWords, link: Callable[[str], str] | None
) -> Iterator[str]:
    width, height = round(layout.width), round(layout.height)
    outcomes = sum(node.shape in (Shape.OUTCOME, Shape.URGENT) for node in graph.nodes)
    about = words.about.format(steps=len(graph.nodes) - outcomes, outcomes=outcomes)
    title, told = f"flow-{graph.id}-title", f"flow-{graph.id}-about"
    role = "group" if link else "img"  # a link inside an image is none for who hears the page
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="{role}" aria-labelledby="{_said(title)} {_said(told)}" '
        f'lang="{_said(words.lang)}" font-family="sans-serif">'
    )
    yield f'<title id="{_said(title)}">{_said(graph.title)}</title>'
    yield f'<desc id="{_said(told)}">{_said(about)}</desc>'
    texts = {node.id: node.text for node in graph.nodes}
    for way, route in zip(graph.ways, layout.routes, strict=True):
        yield from _way(way, route, texts)
    for node in graph.nodes:
        yield from _box(node, layout.boxes[node.id], node.id == graph.start, link)
    yield "</svg>"


def _way(way: Way, route: Route, texts: dict[str, str]) -> Iterator[str]:
    labels = f" ({' / '.join(way.labels)})" if way.labels else ""
    yield f"<g><title>{_said(f'{texts[way.start]} → {texts[way.end]}{labels}')}</title>"
    yield f'<path d="{_curve(route)}" fill="none" stroke="{_LINE_COLOUR}" stroke-width="1.5"/>'
    (x, y), down = route.points[-1], 1 if route.points[-1][1] >= route.points[-2][1] else -1
    head = f"{_n(x)},{_n(y)} {_n(x - 4)},{_n(y - 8 * down)} {_n(x + 4)},{_n(y - 8 * down)}"
    yield f'<polygon points="{head}" fill="{_LINE_COLOUR}"/>'
    if route.label is not None:
        box = route.label
        yield _rectangle(box, 4, "#f6f8fa", "#d0d7de", 1)
        yield from _text(box, _label_lines(way), _LABEL_TEXT)
    yield "</g>"


def _curve(route: Route) -> str:
    (x, y), *rest = route.points
    steps = [f"M{_n(x)} {_n(y)}"]
    for further_x, further_y in rest:
        middle = _n((y + further_y) / 2)
        steps.append(f"C{_n(x)} {middle} {_n(further_x)} {middle} {_n(further_x)} {_n(further_y)}")
        x, y = further_x, further_y
    return "".join(steps)


def _box(node: Node, box: Box, is_start: bool, link: Callable[[str], str] | None) -> Iterator[str]:
    fill, border = _LOOKS[node.shape]
    width = 3 if is_start or node.shape is Shape.URGENT else 1.5
    yield f'<a href="{_said(link(node.id))}">' if link else "<g>"
    yield f"<title>{_said(f'{node.text} ({node.id})')}</title>"
    match node.shape:
        case Shape.CITIZENSHIP | Shape.RULE:
            yield _hexagon(box, fill, border, width)
        case Shape.OUTCOME | Shape.URGENT:
            yield _rectangle(box, box.height / 2, fill, border, width)
        case Shape.LOST:
            yield _rectangle(box, 0, fill, border, width, ' stroke-dasharray="4 3"')
        case Shape.QUESTION:
            yield _rectangle(box, 8, fill, border, width)
    yield from _text(box, _node_lines(node), _NODE_TEXT)
    yield "</a>" if link else "</g>"


def _rectangle(
    box: Box, round_by: float, fill: str, border: str, width: float, more: str = ""
) -> str:
    return (
        f'<rect x="{_n(box.x - box.width / 2)}" y="{_n(box.y - box.height / 2)}" '
        f'width="{_n(box.width)}" height="{_n(box.height)}" rx="{_n(min(round_by, 24))}" '
        f'fill="{fill}" stroke="{border}" stroke-width="{width}"{more}/>'
    )


def _hexagon(box: Box, fill: str, border: str, width: float) -> str:
    left, right, cut = box.x - box.width / 2, box.x + box.width / 2, 12
    corners = (
        (left + cut, box.top[1]),
        (right - cut, box.top[1]),
        (right, box.y),
        (right - cut, box.bottom[1]),
        (left + cut, box.bottom[1]),
        (left, box.y),
    )
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return f'<polygon points="{points}" fill="{fill}" stroke="{border}" stroke-width="{width}"/>'


def _text(box: Box, lines: list[str], size: int) -> Iterator[str]:
    first = box.y - (len(lines) - 1) * size * _LINE / 2 + size * 0.35
    yield f'<text font-size="{size}" text-anchor="middle" fill="{_INK}">'
    for number, line in enumerate(lines):
        y = _n(first + number * size * _LINE)
        yield f'<tspan x="{_n(box.x)}" y="{y}">{_said(line)}</tspan>'
    yield "</text>"


def _node_size(node: Node) -> Size:
    return _size(_node_lines(node), _NODE_TEXT, _PADDING + (10 if node.shape in _CUT else 0))


_CUT = {Shape.CITIZENSHIP, Shape.RULE, Shape.OUTCOME, Shape.URGENT}  # shapes without corners


def _size(lines: list[str], text: int, padding: int) -> Size:
    width = max(len(line) for line in lines) * text * _LETTER_WIDTH + 2 * padding
    return Size(round(width, 1), round(len(lines) * text * _LINE + 2 * min(padding, 8), 1))


def _node_lines(node: Node) -> list[str]:
    return _lines(node.text, _NODE_LETTERS, _NODE_LINES)


def _label_lines(way: Way) -> list[str]:
    return _lines(" / ".join(way.labels), _LABEL_LETTERS, _LABEL_LINES)


def _lines(text: str, letters: int, most: int) -> list[str]:
    return textwrap.wrap(text, letters, max_lines=most, placeholder=" …") or ["…"]


def _said(text: str) -> str:
    """Signs that XML cannot hold (a form may send anything) are left out."""
    return escape("".join(sign if sign.isprintable() else " " for sign in text))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
