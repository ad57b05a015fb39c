"""Whatever stands in the file of a check, reading and proving it never raise: it is edited by hand and by forms."""

from functools import cache
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.editorial.checks.flows import check_flows
from bot.editorial.edition import edition_of
from bot.editorial.flow_written import as_written, graph_words
from bot.editorial.snapshot import Snapshot, take_snapshot
from bot.i18n.interface import load_interface
from bot.render.flow_drawing import draw_mermaid, draw_svg
from tests.support.content import TODAY, ContentFolder
from tests.support.small_flow import FLOW, FLOW_TEXT

pytestmark = pytest.mark.slow  # properties over whole files

WORDS = graph_words(load_interface(domain="flows").words("ru"), load_interface().words("ru"))

anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-9, 10**6),
        st.text(max_size=12),
        st.sampled_from(["kind", "got", "late", "kg", "date", "{result:end}", "::: for kg", "7"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(max_size=6), st.sampled_from(["id", "ask", "next", "ru"])),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


class Good:
    """The good folder, and its edition, from which what did not change is taken over. No dataclass: a failing example
    would print all of it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.edition = snapshot, edition_of(snapshot)


@pytest.fixture(scope="module")
def good(good_content: ContentFolder) -> Good:
    return Good(take_snapshot(good_content.root))


def read_and_prove(good: Good, data: bytes) -> None:
    edition = edition_of(good.snapshot.with_file(FLOW, data), good.edition)
    problems = [*edition.problems, *check_flows(edition, TODAY)]
    flow = edition.flows.get("appeal-by")
    assert flow or any(problem.file == FLOW for problem in problems), "nothing is lost in silence"
    assert all(problem.line >= 1 for problem in problems)
    if flow:
        assert draw_svg(as_written(flow), WORDS).endswith("</svg>\n")
        assert draw_mermaid(as_written(flow), WORDS).startswith("flowchart TD\n")


@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes(good: Good, data: bytes) -> None:
    read_and_prove(good, data)


@given(data=anything)
def test_any_shape(good: Good, data: object) -> None:
    read_and_prove(good, written(data))


@given(drawn=st.data())
def test_a_check_with_anything_in_one_place(good: Good, drawn: st.DataObject) -> None:
    data = good_flow()
    *above, last = drawn.draw(st.sampled_from(places()))
    holder = data
    for key in above:
        holder = holder[key]
    if isinstance(holder, dict) and drawn.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = drawn.draw(anything)

    read_and_prove(good, written(data))


@given(start=st.integers(0, len(FLOW_TEXT)), length=st.integers(0, 60))
def test_a_check_with_a_hole(good: Good, start: int, length: int) -> None:
    read_and_prove(good, (FLOW_TEXT[:start] + FLOW_TEXT[start + length :]).encode())


def good_flow() -> Any:
    return YAML(typ="safe", pure=True).load(FLOW_TEXT)


@cache
def places() -> list[tuple[Any, ...]]:
    """Every place in the good file, by the keys that lead to it."""
    found: list[tuple[Any, ...]] = []
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), good_flow())]
    while waiting:
        path, node = waiting.pop()
        found += [path] if path else []
        inside: Any = node.items() if isinstance(node, dict) else ()
        inside = enumerate(node) if isinstance(node, list) else inside
        waiting += [((*path, key), one) for key, one in inside]
    return found


def written(data: object) -> bytes:
    yaml = YAML(typ="safe")
    text = StringIO()
    yaml.dump(data, text)
    return text.getvalue().encode()
