"""Entries become the inputs of a form and come back: untouched as they were, changed as they should be written."""

import pytest

from bot.editorial.forms.entry_forms import (
    CONTACT_FORM,
    FACT_FORM,
    FORMS,
    SOURCE_FORM,
    TERM_FORM,
    EntryForm,
    id_problems,
)
from bot.editorial.forms.ledger import read_ledger
from bot.editorial.forms.posted import Posted
from bot.editorial.snapshot import Snapshot, take_snapshot
from tests.support.bot import REAL_CONTENT
from tests.support.content import good_snapshot

Data = dict[str, object]


def sent(form: EntryForm, data: Data, *without: str, **inputs: str) -> Posted:
    """The form as it is sent after some inputs were typed into; `__` in a name stands for a dot."""
    typed = {name.replace("__", "."): text for name, text in inputs.items()}
    pairs = [
        (name, text)
        for name, texts in form.inputs(data).items()
        if name not in typed and name not in without
        for text in texts
    ]
    return Posted.of([*pairs, *typed.items()])


def read(form: EntryForm, data: Data, *without: str, **inputs: str) -> Data:
    found, problems = form.read(sent(form, data, *without, **inputs), data)
    assert problems == []
    return found


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_entry_comes_back_from_its_form_as_it_was(form: EntryForm) -> None:
    every_entry_comes_back(good_snapshot(), form)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_real_entry_comes_back_from_its_form_as_it_was(form: EntryForm) -> None:
    every_entry_comes_back(take_snapshot(REAL_CONTENT), form)


def every_entry_comes_back(snapshot: Snapshot, form: EntryForm) -> None:
    text = snapshot.text(form.file)
    ledger, _ = read_ledger(text or "", form.file)
    assert ledger is not None
    for name in ledger.entries:
        data = ledger.data(name) or {}

        assert ledger.changed({name: read(form, data)}) == text, name


FINE: Data = {
    "id": "fine",
    "kind": "money",
    "statement": "A fine.",
    "applies": ["eaeu", "uz"],
    "values": [
        {"value": 8900, "until": "2025-12-31"},
        {"value": {"min": 2000, "max": 5000}, "from": "2026-01-01"},
    ],
    "source": "law",
    "article": "12",
    "checked": "2026-11-20",
    "confidence": "high",
    "by_hand": "a field that no form knows",
}


def test_a_value_gets_another_sum_with_or_without_blanks_between_thousands() -> None:
    found = read(FACT_FORM, FINE, values__0__low="9 500", values__1__high="7 000")

    assert found == FINE | {
        "values": [
            {"value": 9500, "until": "2025-12-31"},
            {"value": {"min": 2000, "max": 7000}, "from": "2026-01-01"},
        ]
    }


def test_a_span_becomes_one_number_and_a_number_a_span() -> None:
    found = read(FACT_FORM, FINE, values__0__high="9000", values__1__high="")

    assert found["values"] == [
        {"value": {"min": 8900, "max": 9000}, "until": "2025-12-31"},
        {"value": 2000, "from": "2026-01-01"},
    ]


def test_a_row_that_is_empty_or_ticked_as_gone_is_left_out() -> None:
    found = read(
        FACT_FORM,
        FINE,
        values__0__gone="yes",
        values__2__low="10000",
        values__2__from="2027-01-01",
        values__3__low="",
        values__3__from="",
    )

    assert found["values"] == [
        {"value": {"min": 2000, "max": 5000}, "from": "2026-01-01"},
        {"value": 10000, "from": "2027-01-01"},
    ]


def test_what_is_no_number_stays_as_it_was_typed_for_the_checks_to_name() -> None:
    found = read(FACT_FORM, FINE, values__0__low="about 30")

    assert found["values"][0]["value"] == "about 30"  # type: ignore[index]


def test_a_fact_of_another_kind_has_its_values_from_other_inputs() -> None:
    day = read(FACT_FORM, FINE, values__1__gone="y", kind="date", values__0__day="2026-01-31")
    text = read(
        FACT_FORM,
        FINE,
        "values.0.text.any",
        kind="text",
        values__1__gone="y",
        values__0__text__ru="да",
        values__0__text__ky="ооба",
    )

    assert day["values"] == [{"value": "2026-01-31", "until": "2025-12-31"}]
    assert text["values"] == [{"value": {"ru": "да", "ky": "ооба"}, "until": "2025-12-31"}]


def test_a_field_that_was_emptied_is_left_out_and_one_that_must_be_there_is_missed() -> None:
    found, problems = FACT_FORM.read(sent(FACT_FORM, FINE, article="", source=" "), FINE)

    assert "article" not in found
    assert [(one.name, one.problem.code) for one in problems] == [("source", "missing-field")]
    assert found["by_hand"] == FINE["by_hand"]


def test_a_character_that_no_file_can_hold_is_named_with_its_input() -> None:
    _, problems = FACT_FORM.read(sent(FACT_FORM, FINE, note="a\u2028b\x00"), FINE)

    assert [(one.name, one.problem.code) for one in problems] == [("note", "control-character")]


def test_a_phone_is_written_as_it_is_dialled() -> None:
    contact: Data = {"id": "one", "phones": [{"number": "+79990000000", "confidence": "low"}]}

    found, _ = CONTACT_FORM.read(
        sent(
            CONTACT_FORM,
            contact,
            phones__1__number="+996 (312) 62-30\u201160",
            phones__2__number="",
            short_numbers="102\r\n\r\n 112 ",
        ),
        contact,
    )

    assert found["phones"] == [
        {"number": "+79990000000", "confidence": "low"},
        {"number": "+996312623060"},
    ]
    assert found["short_numbers"] == ["102", "112"]


def test_a_text_is_one_for_all_languages_or_one_for_each() -> None:
    source: Data = {"id": "law", "title": "Law 1"}

    each, _ = SOURCE_FORM.read(
        sent(SOURCE_FORM, source, title__any="", title__ru="Закон", title__en="Law"), source
    )
    both, problems = SOURCE_FORM.read(sent(SOURCE_FORM, source, title__en="Law"), source)

    assert each["title"] == {"ru": "Закон", "en": "Law"}
    assert both["title"] == "Law 1"
    assert [one.name for one in problems if one.problem.code == "bad-local-text"] == ["title.any"]


@pytest.mark.parametrize("written", [None, True, False])
def test_a_switch_is_written_only_where_it_is_off(written: bool | None) -> None:
    source: Data = {"id": "law"} | ({} if written is None else {"show": written})

    on, _ = SOURCE_FORM.read(sent(SOURCE_FORM, source, show="yes"), source)
    off, _ = SOURCE_FORM.read(sent(SOURCE_FORM, source, "show"), source)

    assert on.get("show") is (written or None)
    assert off["show"] is False


def test_words_of_a_term_stand_one_on_a_line_by_language() -> None:
    term: Data = {"id": "fine", "forbidden": {"ky": ["айыппул"], "ru": ["штрафник"]}}

    found, _ = TERM_FORM.read(
        sent(
            TERM_FORM, term, forbidden__ky="айыппул\nштраф", forbidden__ru="", confidence__ky="low"
        ),
        term,
    )

    assert found["forbidden"] == {"ky": ["айыппул", "штраф"]}
    assert found["confidence"] == {"ky": "low"}


def test_a_new_entry_stands_beside_those_it_is_like() -> None:
    entries: dict[str, Data] = {
        "a": {"series": "wage", "source": "law"},
        "b": {"source": "koap"},
        "c": {"source": "law"},
    }

    assert FACT_FORM.neighbour(entries, {"series": "wage", "source": "koap"}) == "a"
    assert FACT_FORM.neighbour(entries, {"source": "law"}) == "c"
    assert FACT_FORM.neighbour(entries, {"source": "new"}) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../facts", "bad-id"),
        ("Ab", "bad-id"),
        ("", "bad-id"),
        ("a" * 41, "bad-id"),
        ("there", "duplicate-id"),
    ],
)
def test_an_id_is_a_new_one_and_no_way_out_of_the_folder(name: str, code: str) -> None:
    assert [one.problem.code for one in id_problems(name, {"there": 3})] == [code]
    assert id_problems("a-new-1", {"there": 3}) == []
