"""Takes out of a question what could name somebody, before the question is kept for staff (ADR 8).

Pure and total; it keeps nothing of what it reads. Rules and lists find phones, numbers, e-mails, links, addresses and
names in five languages, on any keyboard and in Latin letters. It errs towards masking: a word too many costs staff
little. What a question hangs on stays: dates, sums, days, articles of laws.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.search.folding import LONGEST
from bot.search.masking_addresses import addresses
from bot.search.masking_names import names
from bot.search.masking_numbers import numbers
from bot.search.masking_text import MASKS, Kind, Span, TextRead

MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))

# One masking can lead to the next: beside a name stands another. Real texts are still after two.
_MOST_ROUNDS = 8

_LINK = re.compile(
    r"\b[a-z][a-z+.-]{1,9}://\S+|\bwww\.\S+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:ru|рф|com|org|net|info|biz|app|io|me|kg|uz|tj|kz|by|su|uk|eu|tv|cc|ly|link|site|online)\b"
    r"(?:/\S*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s{0,2}(?:@|\(at\)|\bсобака\b|\bsobaka\b)\s{0,2}[\w-]+(?:\s?(?:\.|\bточка\b|\btochka\b|\bdot\b)\s?[\w-]+)+",
    re.IGNORECASE,
)
# @name, name_with_marks; letters parted to hide a word: "А з а м а т".
_HANDLE = re.compile(
    r"@\s?[\w.]{2,}|\b(?=\w*[^\W\d_])\w+_\w*|(?<!\w)_+[^\W_]\w*"
    r"|(?<![^\W_])(?:[^\W\d_][ .*_~-]{1,2}){3,}[^\W\d_](?![^\W_])"
)


def masked(text: str) -> str:
    """The text on one line with `[phone]`, `[number]`, `[name]`, `[email]`, `[link]` and `[address]` in place of these.

    At most `LONGEST` characters are read and returned. Masking what is masked changes nothing.
    """
    for _ in range(_MOST_ROUNDS):
        before, text = text, _masked_once(text)
        if text == before:
            return text
    return ""  # never seen; a text that does not come to rest is better lost


def without_masks(text: str) -> str:
    """The words that are left, for comparing and counting."""
    return " ".join(MASK.sub(" ", text).split())


def _masked_once(text: str) -> str:
    read = TextRead.of(_cleaned(text))
    pieces, end = [], 0
    for span in sorted(_found(read), key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            pieces += [read.text[end : span.start], MASKS[span.kind]]
            end = span.end
        elif span.end > end:  # what overlaps is covered whole
            end = span.end
    plain = "".join([*pieces, read.text[end:]])
    for kind, mask in MASKS.items():
        plain = plain.replace(kind, mask)
    return _cut(_joined(plain))


def _found(read: TextRead) -> Iterator[Span]:
    for pattern, kind in ((_EMAIL, Kind.EMAIL), (_LINK, Kind.LINK), (_HANDLE, Kind.NAME)):
        for found in pattern.finditer(read.text):
            yield Span(found.start(), found.end(), kind)
    finders: tuple[Callable[[TextRead], Iterator[Span]], ...] = (numbers, addresses, names)
    for finder in finders:
        yield from finder(read)


def _cleaned(text: str) -> str:
    """One spelling of every character, without invisible ones; a mask is one character of its own (`Kind`)."""
    plain = text[:LONGEST]
    for _ in range(3):  # a mark taken away lets its neighbours join
        # № would become "No".
        plain = "№".join(unicodedata.normalize("NFKC", part) for part in plain.split("№"))
        plain = "".join(filter(None, map(_visible, plain)))
    for kind, mask in MASKS.items():
        plain = plain.replace(mask, kind)
    # Brackets are for masks alone: "[8] [999]" is a phone.
    plain = plain.translate({ord("["): "(", ord("]"): ")"})
    return " ".join(plain.split())[:LONGEST]


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf" | "Cs" | "Co" | "Cn" | "Mn" | "Me" | "Mc":
            return ""
        case "Nd":
            return str(unicodedata.decimal(character))
        case _:
            return character


def _joined(text: str) -> str:
    """The same mask several times in a row is one: how many words a name had tells something too."""
    spaced = re.sub(
        r"(?<=\w)(\[(?:" + "|".join(kind.name.lower() for kind in Kind) + r")\])", r" \1", text
    )
    return " ".join(re.sub(r"(\[\w+\])(?:[\s,.-]{0,3}\1)+", r"\1", spaced).split())


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0]
