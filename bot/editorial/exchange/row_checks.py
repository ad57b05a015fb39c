"""What can be wrong with one changed row, before the text it belongs to is put together. The guide's own checks come after."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bot.editorial.exchange.segments import FRONT, Kind, facts_in, is_one_piece
from bot.editorial.exchange.table import Remark, ReturnedRow, doubted, refused
from bot.editorial.text_file import UNPRINTABLE

_SCRIPTS = {
    "ru": "CYRILLIC",
    "ky": "CYRILLIC",
    "tg": "CYRILLIC",
    "en": "LATIN",
    "uz": "LATIN",
}
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|\{[^{}]*\}|\]\([^)]*\)")
_ENOUGH = 20  # letters: fewer may be a name, an abbreviation or a word to show


def row_remarks(
    row: ReturnedRow, kind: Kind, text: str, before: str, lang: str, file: str
) -> Iterator[Remark]:
    """`text` is what the row says now, on one line; `before` is what stands in the translation, empty when nothing does."""
    where = row.cells.target
    if not text:
        yield refused(file, "target-empty", row.line, where)
        return
    if control := UNPRINTABLE.search(row.target):
        character = f"U+{ord(control[0]):04X}"
        yield refused(file, "target-control", row.line, where, character=character)
        return
    # What the translation shows today may differ from the base text on purpose, and be as good.
    shown = Counter(facts_in(text))
    if kind not in FRONT and shown != Counter(facts_in(before)):
        wanted = Counter(facts_in(row.source)) if row.source else Counter(facts_in(before))
        for name in wanted - shown:
            yield refused(file, "fact-lost", row.line, where, name=name)
        for name in shown - wanted:
            yield refused(file, "fact-invented", row.line, where, name=name)
    if kind not in FRONT and not is_one_piece(kind, text):
        yield refused(file, "broken-markdown", row.line, where, kind=kind)
    if text.count("**") % 2:
        yield refused(file, "bold-open", row.line, where)
    yield from _language(row, kind, text, lang, file)


def _language(row: ReturnedRow, kind: Kind, text: str, lang: str, file: str) -> Iterator[Remark]:
    where = row.cells.target
    letters = [letter for letter in _QUOTED.sub("", text) if letter.isalpha()]
    script = _SCRIPTS.get(lang)
    if kind is Kind.QUOTE or len(letters) < _ENOUGH:  # quotes are words to say in Russian
        return
    ours = sum(unicodedata.name(letter, "").startswith(script or "") for letter in letters)
    if script and ours * 2 < len(letters):
        yield refused(file, "wrong-script", row.line, where, lang=lang)
    elif text == row.source:
        yield doubted(file, "not-translated", row.line, where)
