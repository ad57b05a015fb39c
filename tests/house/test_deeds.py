"""The audit log has words for everything that it is told."""

import ast
from collections.abc import Iterator

from bot.i18n.interface import load_interface
from tests.house.sources import nodes, python_files


def deeds() -> Iterator[tuple[str, str]]:
    """Every deed that stands in a call that notes one, with the file; those put together from pieces are not told."""
    for path in (*python_files("bot"), *python_files("db")):
        for node in nodes(path):
            if isinstance(node, ast.Call) and (argument := _deed(node)) is not None:
                for one in ast.walk(argument):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, path.name


def _deed(call: ast.Call) -> ast.expr | None:
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Call(func=ast.Name(id="AuditLog")), attr="add"),
            args=[_, deed, *_],
        ):
            return None if isinstance(deed, ast.JoinedStr) else deed
        case ast.Call(func=ast.Name(id="note"), args=[_, _, deed, *_]):
            return deed
        case ast.Call(func=ast.Name(id="_note"), args=[_, _, deed, *_]):
            return deed
    return None


def test_every_deed_has_words() -> None:
    words = load_interface(domain="staff").words("ru")
    found = dict(deeds())

    assert len(found) > 20
    speechless = {deed for deed in found if words.say(f"deed-{deed}") == f"deed-{deed}"}
    assert {deed: found[deed] for deed in speechless} == {}
