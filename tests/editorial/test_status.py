"""What staff should look at next."""

from datetime import date

from bot.editorial.status import content_status, status_to_json
from tests.support.content import TODAY, ContentFolder

FIRST, TAKEN = "registration-first", "passport-taken"


def test_nothing_is_due_right_after_everything_was_checked(good_content: ContentFolder) -> None:
    assert content_status(good_content.edition(), TODAY).due == ()


def test_what_is_overdue_stands_first_with_the_memos_that_hang_on_it(
    content: ContentFolder,
) -> None:
    content.replace(
        "facts.yaml", "checked: 2026-11-10", "checked: 2026-11-10\n  review: 2026-11-23"
    )
    content.replace("facts.yaml", "confidence: low", "confidence: low\n  review: 2026-12-24")
    content.replace("sources.yaml", "date: 2006", "date: 2006\n  review: 2026-10-01")
    content.replace("contacts.yaml", "confidence: high", "confidence: high\n  review: 2026-12-25")

    due = content_status(content.edition(), TODAY).due

    assert [(one.kind, one.id, one.is_overdue, one.memos) for one in due] == [
        ("source", "law", True, (FIRST, TAKEN)),
        ("fact", "reg-uz-days", True, (FIRST,)),
        ("fact", "rule-day", False, (FIRST,)),
    ]


def test_a_check_is_good_for_180_days(good_content: ContentFolder) -> None:
    edition = good_content.edition()

    overdue = [one for one in content_status(edition, date(2027, 5, 10)).due if one.is_overdue]

    assert [(one.id, one.review) for one in overdue] == [("reg-uz-days", date(2027, 5, 9))]


def test_the_shape_for_other_programs(content: ContentFolder) -> None:
    content.path(f"memos/{TAKEN}/ky.md").unlink()
    content.replace(
        "facts.yaml", "checked: 2026-11-10", "checked: 2026-11-10\n  review: 2026-11-23"
    )

    shape = status_to_json(content_status(content.edition(), TODAY))

    assert {key: shape[key] for key in ("day", "languages", "overdue", "due_soon")} == {
        "day": "2026-11-24",
        "languages": {
            "ru": {"complete": [FIRST, TAKEN], "outdated": [], "missing": []},
            "ky": {"complete": [FIRST], "outdated": [], "missing": [TAKEN]},
            "en": {"complete": [FIRST, TAKEN], "outdated": [], "missing": []},
        },
        "overdue": [
            {
                "kind": "fact",
                "id": "reg-uz-days",
                "checked": "2026-11-10",
                "review": "2026-11-23",
                "memos": [FIRST],
            }
        ],
        "due_soon": [],
    }
    reading = shape["reading"]
    assert isinstance(reading, dict)
    assert list(reading) == ["ru", "ky", "en"]
    assert reading["ru"].keys() == {
        "words_a_sentence",
        "long_words",
        "formula",
        "score",
        "memos",
        "longest",
    }
    assert reading["ru"]["longest"][0].keys() == {
        "memo",
        "lang",
        "file",
        "line",
        "words",
        "text",
    }


def test_everything_is_listed_by_age_the_oldest_first(good_content: ContentFolder) -> None:
    shape = status_to_json(content_status(good_content.edition(), TODAY))

    checked = shape["checked"]
    assert isinstance(checked, list)
    assert checked[0] == {
        "kind": "fact",
        "id": "reg-uz-days",
        "checked": "2026-11-10",
        "days": 14,
        "review": "2027-05-09",
        "memos": [FIRST],
    }
    assert [one["days"] for one in checked] == sorted(
        (one["days"] for one in checked), reverse=True
    )


def test_a_memo_is_as_old_as_the_oldest_fact_it_rests_on(good_content: ContentFolder) -> None:
    reviewed = content_status(good_content.edition(), TODAY).reviewed

    assert {one.id: one.days for one in reviewed if one.kind == "memo"} == {FIRST: 14, TAKEN: 4}
