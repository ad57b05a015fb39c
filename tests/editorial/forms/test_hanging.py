"""What hangs on a fact, a source, a contact or a term is told before it may go."""

from bot.editorial.forms.hanging import Hanging, hanging_on
from bot.editorial.forms.ledger import read_ledger
from tests.support.content import ContentFolder

FIRST = "memos/registration-first"


def hanging(content: ContentFolder, file: str, name: str) -> tuple[Hanging, ...]:
    ledger, _ = read_ledger(content.read(file), file)
    assert ledger is not None
    return hanging_on(content.edition(), ledger, name)


def test_a_fact_hangs_in_texts_and_under_what_memos_rely_on(content: ContentFolder) -> None:
    shown = hanging(content, "facts.yaml", "reg-kg-days")
    relied = hanging(content, "facts.yaml", "host-files")

    line = content.line_of(f"{FIRST}/ru.md", "{reg-kg-days")
    assert ("shown", "registration-first", "ru", line) in [
        (one.how, one.inside, one.lang, one.place.line) for one in shown
    ]
    assert {(one.how, one.inside) for one in relied} == {
        ("relies", "registration-first"),
        ("relies", "passport-taken"),
        ("check", "appeal-by"),
    }
    assert all(one.holds for one in (*shown, *relied))


def test_the_value_of_a_region_may_go_although_a_memo_has_a_button_to_the_series(
    content: ContentFolder,
) -> None:
    content.replace(f"{FIRST}/memo.yaml", "relies:", "series: [wage]\nrelies:")

    assert {(one.how, one.holds) for one in hanging(content, "facts.yaml", "wage-moscow")} == {
        ("button", False)
    }


def test_facts_contacts_and_regions_rest_on_a_source(content: ContentFolder) -> None:
    found = hanging(content, "sources.yaml", "law")

    assert {(one.how, one.inside) for one in found} >= {
        ("rests", "reg-days"),
        ("rests", "rf-112"),
        ("places", ""),
    }


def test_a_contact_hangs_in_dangers_too(content: ContentFolder) -> None:
    found = hanging(content, "contacts.yaml", "rf-112")

    assert ("danger", "passport-taken") in {(one.how, one.inside) for one in found}


def test_a_memo_that_no_section_lists_holds_a_fact_as_well(content: ContentFolder) -> None:
    content.replace("guide.yaml", "[registration-first, passport-taken]", "[passport-taken]")

    found = hanging(content, "facts.yaml", "reg-uz-days")

    assert {(one.how, one.place.file) for one in found} == {
        ("named", f"{FIRST}/{lang}.md") for lang in ("ru", "ky", "en")
    }


def test_a_term_is_held_by_the_one_it_is_mixed_up_with(content: ContentFolder) -> None:
    content.replace("glossary.yaml", "    kind: document", "    confusable: [registration]")

    assert [
        (one.how, one.inside) for one in hanging(content, "glossary.yaml", "registration")
    ] == [("confusable", "patent")]
    assert hanging(content, "glossary.yaml", "patent") == ()
