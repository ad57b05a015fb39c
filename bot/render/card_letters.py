"""Which characters the typeface of the pictures has. Kept from the drawing, so that a check of texts loads no typesetter."""

import re

# PT Sans: Latin, all Cyrillic of the corridor (Kyrgyz, Tajik, Uzbek), the usual signs. The
# turned comma of Latin Uzbek is not in it and is drawn as a quotation mark, which looks the same.
_STAND_INS = str.maketrans({"\u02bb": "\u2018", "\u202f": "\u00a0"})
_FOREIGN = re.compile(
    r"[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff\u02bc\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f"
    r"\u048a-\u04c0\u04c3-\u04f9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u20bd\u2116]"
)


def drawable(text: str) -> str:
    """The text in characters that the typeface has, as far as one stands for another."""
    return text.translate(_STAND_INS)


def undrawable(text: str) -> tuple[str, ...]:
    """Characters that the picture cannot show, each once."""
    return tuple(dict.fromkeys(_FOREIGN.findall(drawable(text))))
