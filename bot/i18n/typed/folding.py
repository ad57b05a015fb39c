"""One spelling for what is typed: any script's digits as 0–9, and words as they sound in plain Cyrillic.

Unlike the folding of the search it keeps marks and gaps, as "14.05" and "14-15" hang on them. It must not know what a
word means.
"""

import re
import unicodedata
from functools import lru_cache

from bot.i18n.typed.table import replacements_of

# A message in Telegram has no more characters; nobody needs them to name a day.
LONGEST = 4_096

_APOSTROPHES = frozenset("'`´‘’‛′ʹʻʼʽˈ＇")
_KEYCAP_TEN = "\N{KEYCAP TEN}"  # one sign, unlike the keycaps of single digits
_REPEATED = re.compile(r"([^\W\d_])\1+")
_LATIN = re.compile("[a-z]")
_SPELLINGS = str.maketrans(replacements_of("letters", "spellings"))
_LOOK_ALIKES = str.maketrans(replacements_of("letters", "look_alikes"))
_SOUNDS = replacements_of("letters", "sounds")
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
# cent, citizen, dvadcat; but contract
_SOFT_C = re.compile("c(?=[eiy])|(?<=d)c")


def fold_text(text: str) -> str:
    """Small letters, digits, marks and single spaces. Total and linear; not read beyond `LONGEST`."""
    return " ".join("".join(map(_fold_character, text[:LONGEST])).split())


@lru_cache(maxsize=2_048)
def _fold_character(character: str) -> str:
    if character == _KEYCAP_TEN:
        return "10"
    # Fractions and circled or small numbers are no digits of a date: "½" would become 1 and 2.
    if unicodedata.category(character) == "No":
        return " "
    return "".join(map(_fold_part, unicodedata.normalize("NFKD", character.lower())))


def _fold_part(part: str) -> str:
    if part in _APOSTROPHES:
        return ""
    match unicodedata.category(part):
        case "Nd":
            return str(unicodedata.decimal(part))
        case "Ll" | "Lu" | "Lt" | "Lo" | "Lm":
            return part
        case "Mn" | "Mc" | "Me" | "Cf":
            return ""
        case "Pd":
            return "-"
        case "Po" | "Ps" | "Pe" | "Pi" | "Pf" | "Sm":
            return "-" if part == "\N{MINUS SIGN}" else part
        case _:
            return " "


# Bounded, as strangers choose what is asked.
@lru_cache(maxsize=8_192)
def fold_word(word: str) -> str:
    """A word of folded text, or of the table, as it sounds. "kechee" and "кечээ" are one."""
    small = fold_text(word)
    latin = len(_LATIN.findall(small))
    if latin:
        is_slip = latin <= len(small) - latin
        alike = small.translate(_LOOK_ALIKES) if is_slip else small
        small = _SOUND.sub(_sound, _SOFT_C.sub("ts", alike))
    return _REPEATED.sub(r"\1", small.translate(_SPELLINGS))


def _sound(found: re.Match[str]) -> str:
    return _SOUNDS[found[0]]
