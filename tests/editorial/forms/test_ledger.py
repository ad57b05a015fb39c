"""One entry of a YAML file changes, comes or goes, and every other byte of the file stays."""

from collections.abc import Callable
from functools import cache
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.edition import CONTACTS, FACTS, GLOSSARY, SOURCES
from bot.editorial.forms.ledger import Ledger, read_ledger
from bot.editorial.snapshot import take_snapshot
from bot.editorial.text_file import UNPRINTABLE
from bot.errors import ContentError
from tests.support.bot import REAL_CONTENT

Data = dict[str, object]

# Whatever a hand may write between, beside and inside of what a form changes.
BY_HAND = """\
# head

# --- one ---
- id: a   # its id
  # above kind
  kind: days # days
  values: [{value: 30, from: 2015-08-12}]  # in one line
  title:
    # in the title
    ru: "x" # r
    ky: y
  note: a plain
    text on two lines
  list:
    # first
    - one # 1
    - 'two'

    - "three"  # 3
  # tail of a
# between
- kind: b
  id: b
  rows:
    - {number: "+1", confidence: low} # r0
    # between rows
    - number: "+2"
      # inside
      confidence: high
    - value:
        ru: a
        ky: b
      from: 2025-01-01
  lines: |
    one
    two
  empty:
  many: [a, # one
    b,
    c]
  both: {ru: "a",
    # hm
    ky: b}

- {id: c, kind: x, list: [a, b]}
- id: d
  only: 1
"""


def ledger_of(text: str, file: str = FACTS) -> Ledger:
    ledger, problems = read_ledger(text, file)
    assert ledger is not None, problems
    return ledger


@cache
def real(file: str) -> Ledger:
    return ledger_of(take_snapshot(REAL_CONTENT).text(file) or "", file)


def changed(text: str, name: str, change: Callable[[Data], object]) -> str:
    """What became of the text when the fields of an entry were changed."""
    ledger = ledger_of(text)
    data = ledger.data(name)
    assert data is not None
    change(data)
    return ledger.changed({name: data})


FACT = """\
- id: fine
  kind: money   # roubles
  # two sums
  values:
    - {value: 8900, until: 2025-12-31}  # old
    - {value: 10000, from: 2026-01-01}
  source: law  # which
  note: Long ago.
# the next one
- id: rule
  kind: text
  source: law
"""


@pytest.mark.parametrize(
    ("change", "line", "new"),
    [
        pytest.param(
            lambda d: d.update(source="koap"), "  source: law  # which", "  source: koap  # which",
            id="a text, beside its comment",
        ),
        pytest.param(
            lambda d: d.update(note="Five: six"), "  note: Long ago.", '  note: "Five: six"',
            id="a text that needs marks",
        ),
        pytest.param(
            lambda d: d.pop("note"), "  note: Long ago.\n", "", id="a field less"
        ),
        pytest.param(
            lambda d: d["values"][1].update(until="2026-12-31"),
            "from: 2026-01-01}", "from: 2026-01-01, until: 2026-12-31}",
            id="a last day",
        ),
        pytest.param(
            lambda d: d["values"].append({"value": 12000, "from": "2027-01-01"}),
            "from: 2026-01-01}\n", "from: 2026-01-01}\n    - {value: 12000, from: 2027-01-01}\n",
            id="a value more",
        ),
        pytest.param(
            lambda d: d["values"].pop(0),
            "    - {value: 8900, until: 2025-12-31}  # old\n", "",
            id="a value less",
        ),
        pytest.param(
            lambda d: d["values"][1].update(value={"min": 1, "max": 2}),
            "{value: 10000,", "{value: {min: 1, max: 2},",
            id="a span in the place of a number",
        ),
    ],
)  # fmt: skip
def test_a_change_is_one_change_of_the_text(
    change: Callable[[Data], object], line: str, new: str
) -> None:
    assert FACT.count(line) == 1

    assert changed(FACT, "fine", change) == FACT.replace(line, new)


def test_many_entries_change_at_once() -> None:
    ledger = ledger_of(FACT)
    data = {name: {**(ledger.data(name) or {}), "source": "koap"} for name in ledger.entries}

    assert ledger.changed(data) == FACT.replace("source: law", "source: koap")


def test_a_new_field_stands_where_the_file_has_it_and_as_it_writes_it() -> None:
    after = changed(BY_HAND, "d", lambda d: d.update(title={"ru": "да", "ky": "оо: ооба"}))

    assert after == BY_HAND + '  title:\n    ru: "да"\n    ky: "оо: ооба"\n'


def test_a_new_entry_is_written_as_its_neighbours_are() -> None:
    text = dedent("""\
        # numbers
        - id: one
          name:
            ru: Один
            en: One
          phones:
            - {number: "+7111", confidence: high}

        # the rest
        - id: two
          name: {ru: Два, en: Two}
          phones:
            - {number: "+7222"}

        - id: three
          name:
            ru: Три
            en: Three
        """)
    new = {
        "id": "four",
        "name": {"ru": "Четыре", "en": "Four: 4"},
        "phones": [{"number": "+7444"}],
        "note": "18:00",
    }

    after = ledger_of(text, CONTACTS).added(new, beside="one")

    written = dedent("""\

        - id: four
          name:
            ru: Четыре
            en: "Four: 4"
          phones:
            - {number: "+7444"}
          note: "18:00"
        """)
    head, tail = text.split("\n\n# the rest")
    assert after == f"{head}\n{written}\n# the rest{tail}"
    assert ledger_of(after, CONTACTS).without("four") == text


@pytest.mark.parametrize("name", ["a", "b", "d"])
def test_an_entry_is_taken_over_as_it_was_written_changed_or_gone(name: str) -> None:
    before = ledger_of(BY_HAND)
    changed_since = ledger_of(before.changed({name: {"id": name, "kind": "other"}}))
    gone_since = ledger_of(before.without(name))

    assert changed_since.taken_over(name, before) == BY_HAND
    assert entries_of(gone_since.taken_over(name, before)) == entries_of(BY_HAND)


def entries_of(text: str) -> list[str]:
    """The lines of a text without blank ones and comments between entries, which stay when an entry goes."""
    return [
        line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")
    ]


def test_the_list_of_a_glossary_may_stand_under_a_key() -> None:
    text = "# words\nterms:\n  - id: one\n    ru: раз\n  - id: two\n    ru: два\n"

    after = ledger_of(text, GLOSSARY).added({"id": "three", "ru": "три"}, beside="one")

    assert after == text.replace("  - id: two", "  - id: three\n    ru: три\n  - id: two")


def test_the_last_entry_cannot_go_as_a_file_must_have_one() -> None:
    with pytest.raises(ContentError):
        ledger_of("- id: one\n  ru: раз\n", GLOSSARY).without("one")


def test_a_file_that_cannot_be_read_whole_has_no_entries_to_change() -> None:
    ledger, problems = read_ledger("- id: one\n  hours: 18:00\n", CONTACTS)

    assert ledger is None
    assert [problem.code for problem in problems] == ["unquoted-time"]


@pytest.mark.slow
@pytest.mark.parametrize("file", [FACTS, SOURCES, CONTACTS])
def test_any_entry_of_the_real_files_goes_and_comes_back(file: str) -> None:
    ledger = real(file)
    names = list(ledger.entries)
    for name in names[5 :: len(names) // 8]:
        data = ledger.data(name)
        assert data is not None
        twin = ledger.added({**data, "id": "a-twin"}, beside=name)
        assert ledger_of(twin, file).without("a-twin") == ledger.text, name

        gone = ledger_of(ledger.without(name), file)
        assert [*gone.entries] == [one for one in names if one != name]
        assert comments(gone.text) == comments(ledger.text)


def comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("#")]


def printable(text: str) -> bool:
    return bool(text) and not UNPRINTABLE.search(text)


KEYS = st.sampled_from(["ru", "ky", "en", "from", "until", "value", "number", "note", "url"])
# What YAML reads as something else than a text, or not at all.
TRAPS = [
    "yes",
    "no",
    "null",
    "~",
    "12",
    "+79991234567",
    "18:00",
    "2026-01-01",
    "true",
    "a:",
    "b",
    "#c",
    "http://x",
    "{a}",
    "[",
    "'",
    '"',
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%",
    "---",
    "?",
    "-",
    "@",
    "`",
]
TEXTS = st.one_of(
    st.sampled_from([*TRAPS, "a: b", "- a", "# c", "x #y"]),
    st.text(max_size=12).map(lambda text: " ".join(text.split())).filter(printable),
    st.text(alphabet=" :#-[]{},'\"&*!|>%@`?~\\=", max_size=6).map(str.strip).filter(printable),
)
SCALARS = st.one_of(TEXTS, st.integers(0, 10**6), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def other(draw: st.DrawFn, value: object) -> object:
    """A value that somebody has been at."""
    if draw(st.integers(0, 5)) == 0:
        return draw(VALUES)
    match value:
        case dict():
            return draw(other_fields(value))
        case list():
            rows: list[object] = [draw(VALUES)] if draw(st.integers(0, 3)) == 0 else []
            for one in value:
                what = draw(st.integers(0, 4))
                rows += [] if what == 0 else [one] if what < 3 else [draw(other(one))]
                rows += [draw(VALUES)] if what == 4 else []
            return rows
        case _:
            return draw(SCALARS)


@st.composite
def other_fields(draw: st.DrawFn, data: Data) -> Data:
    fields: Data = {}
    for name, value in data.items():
        what = draw(st.integers(0, 5))
        if name == "id" or what > 2:
            fields[name] = value
        elif what > 0:
            fields[name] = draw(other(value))
    new = list(fields.items())
    if draw(st.booleans()):
        new.insert(draw(st.integers(0, len(new))), (draw(KEYS), draw(VALUES)))
    return dict(new)


def see_that_only_one_entry_changed(ledger: Ledger, name: str, wanted: Data) -> None:
    lines = ledger.text.split("\n")
    own = ledger.lines(name)
    after = ledger.changed({name: wanted})

    assert ledger_of(after, ledger.file).data(name) == wanted
    assert after.startswith("".join(f"{line}\n" for line in lines[: own[0] - 1]))
    assert after.endswith("\n".join(lines[own[-1] :]))


@given(st.data())
@settings(max_examples=400)
def test_whatever_changes_in_an_entry_the_rest_stays(data: st.DataObject) -> None:
    ledger = ledger_of(BY_HAND)
    name = data.draw(st.sampled_from([*ledger.entries]))

    see_that_only_one_entry_changed(ledger, name, data.draw(other_fields(ledger.data(name) or {})))


@pytest.mark.slow
@pytest.mark.parametrize("file", [FACTS, SOURCES, CONTACTS, GLOSSARY])
@given(st.data())
@settings(max_examples=12)
def test_whatever_changes_in_a_real_entry_the_rest_stays(file: str, data: st.DataObject) -> None:
    ledger = real(file)
    name = data.draw(st.sampled_from([*ledger.entries]))

    see_that_only_one_entry_changed(ledger, name, data.draw(other_fields(ledger.data(name) or {})))
