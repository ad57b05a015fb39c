"""Russian, Kyrgyz and Uzbek typed in Latin letters, read as Cyrillic.

There is no one system: people write what they hear (sh, zh, kh), what chats taught them (4 for ч, 6 or w for ш) or
the Uzbek and Turkish alphabets (oʻ, gʻ, ş, ı). Where two readings are possible, folding makes them one (y is ы or й,
which fold alike). Nothing here decides which language a text is in: English is read as Cyrillic too, on both
sides of a search, and so "passport" meets "паспорт".
"""

import re

from bot.search.folding import APOSTROPHES, LONGEST, fold

_SOUNDS = {
    "shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "dj": "дж", "dzh": "дж",
    "ya": "я", "yu": "ю", "yo": "ё", "o'": "ў", "g'": "ғ",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "ш",
    "x": "х", "y": "й", "z": "з", "ç": "ч", "ş": "ш", "ğ": "г", "ö": "о", "ü": "у", "ñ": "н", "ı": "ы",
}  # fmt: skip

_LONGEST_FIRST = sorted(_SOUNDS, key=len, reverse=True)
_SOUND = re.compile("|".join(_LONGEST_FIRST))

# Sounds that depend on their neighbours, read before the others: yest and moye, but vyezd is выезд;
# cent, but contract; 4to and 4asov, but 4 and 4kun.
_IN_PLACE = (
    (re.compile(r"(?<![^\W_])ye|(?<=[aeiou])ye"), "е"),
    (re.compile("c(?=[eiy])"), "ц"),
    (re.compile(r"(?<=[^\W\d_])4(?!\d)|(?<![^\W_])4(?=[aeiou]|to)"), "ч"),
    (re.compile(r"(?<=[^\W\d_])6(?!\d)|(?<![^\W_])6(?=[aeiou])"), "ш"),
)
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

# A Cyrillic word with a Latin letter that looks the same: a slip of the keyboard, or a trick
# against filters.
_MIXED_WORD = re.compile(r"[a-zа-яё]+")
_LATIN = re.compile("[a-z]")
_LOOK_ALIKES = str.maketrans("aceopxykhbmt", "асеорхукнвмт")


def readings(text: str) -> tuple[str, ...]:
    """The text folded as it stands, then, if it has Latin letters, folded as it sounds in Cyrillic."""
    plain = fold(text)
    sounded = fold(cyrillic(text))
    return (plain,) if sounded == plain else (plain, sounded)


def cyrillic(text: str) -> str:
    """Small letters, with Latin ones replaced by the Cyrillic letters that sound or look like them."""
    small = text[:LONGEST].lower().translate(_ONE_APOSTROPHE)
    whole = _MIXED_WORD.sub(lambda word: _same_alphabet(word[0]), small)
    for sound, letter in _IN_PLACE:
        whole = sound.sub(letter, whole)
    return _SOUND.sub(lambda sound: _SOUNDS[sound[0]], whole)


def _same_alphabet(word: str) -> str:
    """The word with Latin letters that look Cyrillic replaced, when that makes it wholly Cyrillic."""
    if word.isascii():
        return word
    replaced = word.translate(_LOOK_ALIKES)
    return word if _LATIN.search(replaced) else replaced
