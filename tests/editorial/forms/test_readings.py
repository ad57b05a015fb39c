"""How a fact is read in memos, and what a change of it does there."""

from datetime import date

from bot.editorial.changes import marked
from bot.editorial.edition import Edition
from bot.editorial.forms.readings import paragraphs_changed, sentences_with, values_in_words
from bot.guide.fact import Fact
from tests.support.content import TODAY, ContentFolder

WHEN = date(2027, 1, 1)


def fact_of(edition: Edition, name: str) -> Fact:
    found = edition.facts.get(name)
    assert found is not None
    return found


def test_every_value_is_read_in_words_on_a_day_on_which_it_holds(content: ContentFolder) -> None:
    found = values_in_words(fact_of(content.edition(), "patent-price"), ("ru", "ky", "en"), TODAY)

    assert [(one.day, one.texts["en"]) for one in found] == [
        (TODAY, "8,900 roubles"),
        (WHEN, "10,000 roubles"),
    ]
    assert found[0].texts["ky"] == "8\u00a0900 рубль"


def test_sentences_have_the_value_in_its_form(content: ContentFolder) -> None:
    found = sentences_with(content.edition(), "reg-kg-days", TODAY)

    assert [(one.lang, one.text[one.start : one.end].replace("\u00a0", " ")) for one in found] == [
        ("ru", "30 дней"),
        ("ky", "30 күндүн"),
        ("en", "30 days"),
    ]
    assert {one.memo for one in found} == {"registration-first"}
    assert found[0].text.startswith("Встаньте на учёт")


def test_a_change_is_told_for_the_day_from_which_it_is_read(content: ContentFolder) -> None:
    before = content.edition()
    content.replace("facts.yaml", "10000, from: 2027", "12000, from: 2027")

    found = paragraphs_changed(before, content.edition(), frozenset({"patent-price"}), TODAY)

    assert [(one.day, one.lang) for one in found] == [(WHEN, "ru"), (WHEN, "ky"), (WHEN, "en")]
    assert marked(found[2].pieces) == "Patent: [-10-]{+12+},000 roubles."
    assert found[0].place.line == content.line_of("memos/registration-first/ru.md", "Патент: {")


def test_a_value_that_ends_leaves_a_gap_to_be_read(content: ContentFolder) -> None:
    before = content.edition()
    content.replace(
        "facts.yaml", "values: [{value: 7}]", "values: [{value: 7, until: 2027-05-31}]"
    )

    found = paragraphs_changed(before, content.edition(), frozenset({"reg-days"}), TODAY)

    assert {one.day for one in found} == {date(2027, 6, 1)}


def test_what_reads_the_same_is_not_told(content: ContentFolder) -> None:
    before = content.edition()
    content.replace("facts.yaml", "kind: working-days", "kind: days")
    content.replace("facts.yaml", "within 7 working days", "in 7 days")

    nothing = paragraphs_changed(before, content.edition(), frozenset({"host-files"}), TODAY)
    other = paragraphs_changed(before, content.edition(), frozenset({"reg-days"}), TODAY)

    assert nothing == ()
    assert {one.lang for one in other} == {"ru", "ky", "en"}
