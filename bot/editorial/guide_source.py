"""guide.yaml with a memo put into a section; every other byte as it was. It must not judge."""

from bot.editorial.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar, read_yaml


def with_memo_listed(text: str, section: str, memo: str) -> str | None:
    """The text with the memo at the end of the section; None when there is no such section, or no list in it."""
    node, _ = read_yaml(text, "")
    listed = _memos_of(node, section)
    if listed is None:
        return None
    written = text[listed.start : listed.end]
    if written.startswith("["):
        inside = written[1:].rpartition("]")[0]
        comma = ", " if inside.strip() else ""
        return (
            f"{text[: listed.start]}[{inside.rstrip()}{comma}{memo}]"
            f"{text[listed.start + len(inside) + 2 :]}"
        )
    if not listed.items:
        return None
    last = listed.items[-1]
    assert isinstance(last, YamlScalar)
    line_start = text.rfind("\n", 0, last.start) + 1
    line_end = text.find("\n", last.end)
    line_end = len(text) if line_end < 0 else line_end
    dash = text[line_start : last.start]
    return f"{text[:line_end]}\n{dash}{memo}{text[line_end:]}"


def _memos_of(node: YamlNode | None, section: str) -> YamlList | None:
    sections = _field(node, "sections")
    if not isinstance(sections, YamlList):
        return None
    for one in sections.items:
        name, memos = _field(one, "id"), _field(one, "memos")
        if isinstance(name, YamlScalar) and name.text == section and isinstance(memos, YamlList):
            return memos if all(isinstance(item, YamlScalar) for item in memos.items) else None
    return None


def _field(node: YamlNode | None, name: str) -> YamlNode | None:
    if not isinstance(node, YamlMap):
        return None
    return next((value for key, value in node.entries if key.text == name), None)
