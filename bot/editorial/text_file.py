"""Bytes of a file → text with `\\n` line ends, or problems with lines. Knows nothing of YAML and Markdown."""

import re
from codecs import BOM_UTF8

from bot.editorial.problem import Place, Problem, error, warning

_MERGE_MARKER = re.compile(r"^(?:<{7}(?: |$)|>{7}(?: |$)|={7}$)", re.MULTILINE)
# What YAML allows, less the odd line breaks (U+0085, U+2028, U+2029) that programs count differently.
UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def text_of(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, None when it cannot be used. Marks of other systems are taken off with a warning."""
    problems: list[Problem] = []
    if data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
        problems.append(warning(Place(file, 1), "byte-order-mark"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as undecodable:
        code = "binary-file" if b"\0" in data else "not-utf-8"
        return None, (error(Place(file, _line(data, undecodable.start)), code),)
    if "\r" in text:
        problems.append(
            warning(Place(file, text.count("\n", 0, text.index("\r")) + 1), "windows-line-ends")
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := UNPRINTABLE.search(text):
        code = "binary-file" if control[0] == "\0" else "control-character"
        line = text.count("\n", 0, control.start()) + 1
        return None, (error(Place(file, line), code, character=f"U+{ord(control[0]):04X}"),)
    markers = [
        error(Place(file, text.count("\n", 0, marker.start()) + 1), "merge-marker")
        for marker in _MERGE_MARKER.finditer(text)
    ]
    return (None if markers else text), (*problems, *markers)


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
