"""A flow file as a form: what is not typed over stays to the last byte, in all the files that the guide has."""

import pytest

from bot.editorial.forms.flow_fields import Shape, at, cleaned
from bot.editorial.forms.flow_source import FlowSource, Part, read_flow_source
from bot.editorial.snapshot import FLOWS, take_snapshot
from bot.errors import ContentError
from tests.support.bot import REAL_CONTENT
from tests.support.small_flow import FLOW, FLOW_TEXT

LANGUAGES = ("ru", "ky", "en")
REAL = {
    path: take_snapshot(REAL_CONTENT).text(path) or ""
    for path in sorted(take_snapshot(REAL_CONTENT).files)
    if path.startswith(f"{FLOWS}/")
}


def source_of(text: str, file: str = FLOW) -> FlowSource:
    source = read_flow_source(text, file)
    assert source is not None
    return source


def small(part: str) -> tuple[FlowSource, Part]:
    source = source_of(FLOW_TEXT)
    return source, source.parts[part]


def changed(part: str, **form: str) -> str:
    source, found = small(part)
    return source.changed(
        found, LANGUAGES, {name.replace("_", "-"): text for name, text in form.items()}
    )


def test_the_guide_has_its_twelve_checks() -> None:
    assert len(REAL) >= 12


@pytest.mark.parametrize("path", REAL)
def test_a_form_sent_back_as_it_came_changes_nothing(path: str) -> None:
    source = source_of(REAL[path], path)
    for part in source.parts.values():
        sent = {
            one.name: one.value.replace("\n", "\r\n")
            for one in source.fields(part, LANGUAGES)
            if one.value or one.shape not in (Shape.TICK, Shape.MEMBER)
        }
        assert source.changed(part, LANGUAGES, {**sent, "ticks": "yes"}) == REAL[path], part.name


@pytest.mark.parametrize("path", REAL)
def test_a_text_typed_over_changes_its_own_line_alone(path: str) -> None:
    source = source_of(REAL[path], path)
    of_each_kind = {part.kind: part for part in source.parts.values()}
    for part in of_each_kind.values():
        fields = source.fields(part, LANGUAGES)
        typed = [one for one in fields if one.shape in (Shape.LINE, Shape.LINES) and one.value]
        for field in typed[-1:]:
            after = source.changed(part, LANGUAGES, {field.name: f"{field.value} қ: #1"})
            lines = list(zip(REAL[path].split("\n"), after.split("\n"), strict=True))
            assert sum(before != now for before, now in lines) == 1, (part.name, field.name)


@pytest.mark.parametrize("path", REAL)
def test_a_step_that_goes_down_and_up_again_leaves_no_trace(path: str) -> None:
    source = source_of(REAL[path], path)
    first = next(part for part in source.parts.values() if part.name)

    moved = source.moved(first, 1)

    assert sorted(moved.split("\n")) == sorted(REAL[path].split("\n"))
    again = source_of(moved, path)
    assert again.moved(again.parts[first.name], -1) == REAL[path]


def test_a_new_field_stands_where_others_have_it() -> None:
    after = changed("trips", hint_en="All of them.")

    assert "were you in Russia?}\n    hint: {en: All of them.}\n    next: how-many" in after


def test_a_text_of_several_lines_gets_lines_of_its_own() -> None:
    after = changed("late", text_en="One.\n\n- two")

    assert 'en: "One.\\n\\n- two\\n"' in after  # between braces there are no lines
    assert at(source_of(after).parts["late"].data, ("text", "en")) == "One.\n\n- two\n"


def test_a_field_that_is_emptied_goes_and_its_mapping_with_it() -> None:
    after = changed("got", hint_ru="", hint_ky="", hint_en="")

    assert "hint" not in source_of(after).parts["got"].data
    assert after.count("\n") == FLOW_TEXT.count("\n") - 1


def test_lists_of_names_are_typed_with_commas() -> None:
    after = changed("late", contacts="rf-112,  kg-embassy", memos="passport-taken")

    assert "    memos: [passport-taken]\n    contacts: [rf-112, kg-embassy]\n" in after


def test_whom_a_choice_is_for() -> None:
    after = changed(
        "kind", ticks="yes", **{"choice-closed-entry-for-kg": "yes", "choice-fine-for-visa": "yes"}
    )

    assert "next: trips, for: [kg]}" in after
    assert "next: got, for: [visa]}" in after


def test_ways_by_citizenship() -> None:
    after = changed("whose", **{"way-visa": "late", "way-tj": ""})

    assert (
        "next: {kg: embassy, uz: got, other-eaeu: got, other-visa-free: got, visa: late}" in after
    )


def test_what_no_file_may_hold_is_left_out() -> None:
    assert cleaned("a\0b\u2028c\x07 ", Shape.LINE) == "ab c"
    assert cleaned("one \r\ntwo\x85three", Shape.LINES) == "one\ntwo\nthree"


def test_the_last_step_cannot_be_taken_out() -> None:
    text = "id: x\nsteps:\n  - id: only\n    ask: region\n"
    source = source_of(text)

    with pytest.raises(ContentError):
        source.without(source.parts["only"])


@pytest.mark.parametrize(
    "text", ["", "- a", "a: [", "a: 1\na: 2", "steps: 1", "steps: [1, {id: 2}]\noutcomes: {a: b}"]
)
def test_any_text_can_be_looked_at(text: str) -> None:
    source = read_flow_source(text, FLOW)

    for part in source.parts.values() if source else ():
        assert source is not None
        assert source.changed(part, LANGUAGES, {}) == text


def test_a_line_of_the_file_leads_to_its_part() -> None:
    source = source_of(FLOW_TEXT)
    line = FLOW_TEXT[: FLOW_TEXT.index("past: 400")].count("\n") + 1

    assert source.part_at(line) == "got"
    assert source.part_at(1) == ""
