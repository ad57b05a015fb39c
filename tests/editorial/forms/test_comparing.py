"""How a draft of a file differs from what is published, entry by entry and in words."""

from bot.editorial.changes import marked
from bot.editorial.forms.comparing import Kind, entry_changes, said
from tests.editorial.forms.test_ledger import ledger_of

BEFORE = """\
- id: one
  values: [{value: 30}]
  source: law
- id: two
  source: law
- id: three
  source: law
"""


def test_entries_that_came_changed_and_went_are_told_by_their_fields() -> None:
    ledger = ledger_of(BEFORE)
    changed = ledger.changed({"one": {"id": "one", "values": [{"value": 15}], "note": "Why."}})
    after = ledger_of(ledger_of(changed).without("two"))
    after = ledger_of(after.added({"id": "new", "source": "koap"}, beside="one"))

    found = entry_changes(ledger, after)

    assert [(one.id, one.kind) for one in found] == [
        ("one", Kind.CHANGED),
        ("new", Kind.NEW),
        ("two", Kind.GONE),
    ]
    assert {one.name: marked(one.pieces) for one in found[0].fields} == {
        "values": "[-30-]{+15+}",
        "source": "[-law-]",
        "note": "{+Why.+}",
    }


def test_values_phones_and_switches_are_said_without_a_word_of_yaml() -> None:
    assert said([{"value": {"min": 1, "max": 2}, "from": "2026-01-01"}, {"value": 3}]) == (
        "1 … 2 (2026-01-01 …)\n3"
    )
    assert said([{"number": "+7", "confidence": "low"}, {"number": "+8"}]) == "+7 (low)\n+8"
    assert said({"ru": "да", "ky": "ооба"}) == "ru: да; ky: ооба"
    assert said(["a", "b"]) == "a, b"
    assert (said(False), said(None), said(12)) == ("✗", "", "12")
