"""What hangs on a source, a fact or a contact."""

import pytest

from bot.editorial.mentions import FINDERS, Manner
from bot.editorial.review import ReviewList, review_list_to_json, review_lists
from bot.editorial.status import content_status
from bot.guide.citizenship import EVERYBODY, Citizenship
from tests.support.content import TODAY, ContentFolder

FIRST = "memos/registration-first"


def test_a_fact_is_mentioned_where_it_is_shown(good_content: ContentFolder) -> None:
    (found,) = review_lists(good_content.edition(), "reg-kg-days")

    line = good_content.line_of("facts.yaml", "id: reg-kg-days")
    assert (found.kind, found.place.file, found.place.line) == ("fact", "facts.yaml", line)
    assert [(one.place.file, one.place.line) for one in found.mentions] == [
        (f"{FIRST}/{lang}.md", good_content.line_of(f"{FIRST}/{lang}.md", "{reg-kg-days"))
        for lang in ("en", "ky", "ru")
    ]
    assert {one.readers for one in found.mentions} == {frozenset({Citizenship.KG})}
    assert {one.manner for one in found.mentions} == {Manner.SHOWN}


def test_a_memo_that_relies_on_a_fact_is_named(good_content: ContentFolder) -> None:
    (found,) = review_lists(good_content.edition(), "host-files")

    assert {
        (one.manner, one.inside, one.lang, one.place.file, one.readers) for one in found.mentions
    } >= {(Manner.RELIES, "registration-first", None, f"{FIRST}/memo.yaml", EVERYBODY)}


def test_all_that_rests_on_a_source_is_listed(good_content: ContentFolder) -> None:
    (found,) = review_lists(good_content.edition(), "treaty")

    assert found.kind == "source"
    assert [(one.kind, one.name) for one in found.resting] == [
        ("fact", "reg-kg-days"),
        ("fact", "reg-uz-days"),
    ]
    assert {one.name for one in found.mentions} == {"reg-kg-days", "reg-uz-days"}


def test_a_contact_hangs_on_its_source_and_in_texts_buttons_and_dangers(
    good_content: ContentFolder,
) -> None:
    edition = good_content.edition()

    (contact,) = review_lists(edition, "kg-embassy")
    (source,) = review_lists(edition, "law")

    assert {one.manner for one in contact.mentions} == {
        Manner.SHOWN,
        Manner.BUTTON,
        Manner.DANGER,
        Manner.CHECK,
    }
    assert {one.readers for one in contact.mentions} == {frozenset({Citizenship.KG})}
    assert set(contact.mentions) <= set(source.mentions)


def test_a_card_hangs_under_memos(good_content: ContentFolder) -> None:
    edition = good_content.edition()

    (found,) = review_lists(edition, "passport-back")

    file = "memos/passport-taken/memo.yaml"
    assert (found.kind, found.place.file) == ("card", "cards.yaml")
    assert [(one.manner, one.inside, one.place.file) for one in found.mentions] == [
        (Manner.BUTTON, "passport-taken", file)
    ]
    assert content_status(edition, TODAY).cards == {"passport-back": ("passport-taken",)}


def test_nothing_hangs_on_an_unknown_id(good_content: ContentFolder) -> None:
    assert review_lists(good_content.edition(), "reg-kg-dayz") == ()


def test_an_id_that_a_fact_and_a_source_share_has_two_lists(content: ContentFolder) -> None:
    content.replace("facts.yaml", "id: host-files", "id: law")
    content.replace(f"{FIRST}/memo.yaml", "[host-files]", "[law]")

    assert [one.kind for one in review_lists(content.edition(), "law")] == ["fact", "source"]


def test_the_shape_for_other_programs(good_content: ContentFolder) -> None:
    (found,) = review_lists(good_content.edition(), "rule-day")

    shape = review_list_to_json(found)

    line = good_content.line_of("facts.yaml", "id: rule-day")
    assert {key: shape[key] for key in ("kind", "id", "file", "line", "rests_on_it")} == {
        "kind": "fact",
        "id": "rule-day",
        "file": "facts.yaml",
        "line": line,
        "rests_on_it": [{"kind": "fact", "id": "rule-day", "file": "facts.yaml", "line": line}],
    }
    mentions = shape["mentions"]
    assert isinstance(mentions, list)
    assert mentions[-1] == {
        "kind": "fact",
        "id": "rule-day",
        "manner": "shown",
        "in": "registration-first",
        "lang": "ru",
        "citizenships": sorted(EVERYBODY),
        "file": f"{FIRST}/ru.md",
        "line": good_content.line_of(f"{FIRST}/ru.md", "{rule-day"),
    }


@pytest.mark.parametrize("finder", FINDERS)
def test_a_broken_memo_breaks_no_finder(content: ContentFolder, finder: object) -> None:
    content.write(f"{FIRST}/memo.yaml", "id: [")
    content.write(f"{FIRST}/ky.md", "no front matter")

    assert callable(finder)
    assert isinstance(list(finder(content.edition())), list)


_CHECK = """\
id: register-by
title: {ru: Когда встать на учёт, ky: Качан каттоого турам, en: When to register}
about: {ru: Последний день., ky: Акыркы күн., en: The last day.}
start: who
steps:
  - id: who
    by: citizenship
    next: {kg: soon, uz: soon, tj: soon, other-eaeu: soon, other-visa-free: soon, visa: soon}
outcomes:
  - id: soon
    title: {ru: Успеваете, ky: Үлгүрөсүз, en: In time}
    text:
      ru: |
        Штраф — {late-fine}.
      ky: |
        Айып — {late-fine}.
      en: |
        The fine is {late-fine}.
    memos: [registration-first]
    contacts_for: {kg: [kg-embassy]}
    relies: [host-files]
"""


def test_a_check_hangs_on_what_it_says_and_rests_on(content: ContentFolder) -> None:
    content.write("flows/register-by.yaml", _CHECK)
    edition = content.edition()

    (fine,), (host,) = review_lists(edition, "late-fine"), review_lists(edition, "host-files")
    (embassy,) = review_lists(edition, "kg-embassy")

    def of_checks(found: ReviewList) -> list[tuple[str, str | None, int]]:
        return [
            (one.inside, one.lang, one.place.line)
            for one in found.mentions
            if one.manner is Manner.CHECK
        ]

    line = content.line_of("flows/register-by.yaml", "Штраф")
    assert ("register-by", "ru", line) in of_checks(fine)
    assert [name for name, _, _ in of_checks(host)] == ["appeal-by", "register-by"]
    assert [name for name, _, _ in of_checks(embassy)].count("register-by") == 1
