"""One spelling for words that persons type in many ways.

People type Kyrgyz and Tajik on a Russian keyboard, leave out soft signs, stretch letters and paste invisible marks.
Folding makes all of these the same text, for guidance and questions alike. It must not guess at meaning, and it
leaves Latin letters Latin: `transliteration` reads those.
"""

import re
import unicodedata
from functools import lru_cache

# A message in Telegram has at most 4,096 characters; nobody asks a longer question.
LONGEST = 4_096

# Left: what one keyboard or spelling has; right: what is typed where that letter is missing.
# Letters with a mark above or below that Unicode can take off (ё, й, ӣ, ӯ, ў, ç) are not here: the
# mark falls off by itself.
_SPELLINGS = {
    # Kyrgyz, Kazakh, Tatar
    "ң": "н", "ҥ": "н", "ӊ": "н", "ө": "о", "ү": "у", "ұ": "у", "ә": "а", "җ": "ж", "һ": "х", "і": "и",
    # Tajik, Uzbek
    "қ": "к", "ғ": "г", "ҳ": "х", "ҷ": "ч",
    # Ukrainian, Belarusian
    "є": "е", "ґ": "г",
    # Russian: confused in fast or unsure typing
    "ъ": "", "э": "е", "ы": "и", "щ": "ш", "ц": "тс",
    # Latin letters whose mark is a part of them
    "ı": "i", "ə": "a", "ø": "o", "ł": "l",
}  # fmt: skip

# Apostrophes stand inside words (o'zbek, don't). Unicode calls some of them letters, some marks,
# some punctuation.
APOSTROPHES = "'`´‘’‛′ʹʻʼʽˈ＇"

_REPEATED_LETTER = re.compile(r"([^\W\d_])\1+")

# The soft sign is left out as often as not, and Latin letters have none. Only the one that makes a
# verb an infinitive stays: "держать паспорт" asks about the law, "держат паспорт" is happening.
_SOFT_SIGN = re.compile(r"(?<!т)ь|ь(?=[^\W_])")


def fold(text: str) -> str:
    """Words of small letters and digits with single spaces between them; nothing else is left.

    Total, idempotent, linear in the length of the text. What is beyond `LONGEST` characters is not read.
    """
    single = _REPEATED_LETTER.sub(r"\1", text[:LONGEST].translate(_TABLE))
    hard = _REPEATED_LETTER.sub(r"\1", _SOFT_SIGN.sub("", single))
    return " ".join(hard.split())[:LONGEST].rstrip()


# Some characters fold into a whole phrase; without this, thousands of the same one would cost half
# a second.
@lru_cache(maxsize=1_024)
def _fold_character(character: str) -> str:
    folded = "".join(map(_fold_part, unicodedata.normalize("NFKD", character.lower())))
    return folded if folded == character else "".join(map(_fold_character, folded))


def _fold_part(part: str) -> str:
    """A piece of a decomposed character: a letter, a digit, or nothing, or a gap between words."""
    if part in _SPELLINGS:
        return _SPELLINGS[part]
    if part in APOSTROPHES:
        return ""
    match unicodedata.category(part):
        case "Nd":
            return str(unicodedata.decimal(part))
        case "Ll" | "Lu" | "Lt" | "Lo" | "Lm":
            return part
        # Combining marks; zero-width and right-to-left marks.
        case "Mn" | "Mc" | "Me" | "Cf":
            return ""
        case _:
            return " "


class _Table(dict[int, str]):
    """What `str.translate` asks for each character. It does not grow: strangers choose what is asked."""

    def __missing__(self, code: int) -> str:
        return _fold_character(chr(code))


# Latin and Cyrillic, with punctuation: nearly all that is typed. The rest is worked out when it
# comes.
_TABLE = _Table(
    {code: _fold_character(chr(code)) for code in (*range(0x0530), *range(0x2000, 0x2070))}
)
