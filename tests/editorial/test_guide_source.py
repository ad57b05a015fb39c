"""A new memo comes to the end of its section, and nothing else moves."""

from pathlib import Path

import pytest

from bot.editorial.files.guide_file import read_guide
from bot.editorial.guide_source import with_memo_listed
from bot.editorial.yaml_tree import read_yaml

REPOSITORY = Path(__file__).parent.parent.parent
BLOCK = """\
languages: [ru]
sections:
  - id: one
    title: Один
    icon: "1"
    memos:
      - first   # важная
      - second
  - id: two
    title: Два
    icon: "2"
    memos: []
"""


def memos(text: str, section: str) -> tuple[str, ...]:
    node, problems = read_yaml(text, "guide.yaml")
    entry, wrong = read_guide(node, "guide.yaml")
    assert not [*problems, *wrong]
    assert entry is not None
    return next(one.memos for one in entry.value.sections if one.id == section)


def test_into_every_section_of_the_guide() -> None:
    text = (REPOSITORY / "content/guide.yaml").read_text(encoding="utf-8")
    for section in ("before-departure", "registration", "help"):
        changed = with_memo_listed(text, section, "new-memo")

        assert changed is not None
        assert memos(changed, section) == (*memos(text, section), "new-memo")
        assert changed.replace(", new-memo", "", 1) == text


@pytest.mark.parametrize("section", ["one", "two"])
def test_into_lists_of_another_shape(section: str) -> None:
    changed = with_memo_listed(BLOCK, section, "third")

    assert changed is not None
    assert memos(changed, section)[-1] == "third"
    assert "# важная" in changed


@pytest.mark.parametrize(
    "text", ["", "[", "sections: [{id: one}]", "sections: [{id: one, memos: x}]"]
)
def test_where_there_is_no_such_list(text: str) -> None:
    assert with_memo_listed(text, "one", "third") is None
    assert with_memo_listed(BLOCK, "three", "third") is None
