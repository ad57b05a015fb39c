"""Citizenships and the groups that the law puts them in. Knows nothing of texts or languages."""

from enum import StrEnum


class Citizenship(StrEnum):
    """Whom a rule is for. The values are written in content files, buttons and the database."""

    KG = "kg"
    UZ = "uz"
    TJ = "tj"
    OTHER_EAEU = "other-eaeu"
    OTHER_VISA_FREE = "other-visa-free"
    VISA = "visa"


EVERYBODY = frozenset(Citizenship)

# Whose texts are shown, with a line that says so, to a person who has not told a citizenship yet.
FIRST_CORRIDOR = Citizenship.KG

# EAEU: the Treaty on the Eurasian Economic Union of 29.05.2014 (members: Armenia, Belarus,
# Kazakhstan,
# Kyrgyzstan, Russia). Visa-free: entry without a visa, but no treaty on work, so the rules on
# patents
# (115-FZ art. 13.3) apply.
GROUPS: dict[str, frozenset[Citizenship]] = {
    "eaeu": frozenset({Citizenship.KG, Citizenship.OTHER_EAEU}),
    "visa-free": frozenset({Citizenship.UZ, Citizenship.TJ, Citizenship.OTHER_VISA_FREE}),
    "no-visa": EVERYBODY - {Citizenship.VISA},
    "all": EVERYBODY,
}

# What people and other programs say for a citizenship: country codes (ISO 3166-1 alpha-2) and
# short names.
_ALIASES: dict[str, Citizenship] = {
    "am": Citizenship.OTHER_EAEU,
    "by": Citizenship.OTHER_EAEU,
    "kz": Citizenship.OTHER_EAEU,
    "eaeu": Citizenship.OTHER_EAEU,
    "az": Citizenship.OTHER_VISA_FREE,
    "ge": Citizenship.OTHER_VISA_FREE,
    "md": Citizenship.OTHER_VISA_FREE,
    "other": Citizenship.OTHER_VISA_FREE,
    "visa-free": Citizenship.OTHER_VISA_FREE,
}


def citizenship_named(name: str) -> Citizenship | None:
    """The citizenship with this key, country code or alias, or None when it names none."""
    folded = name.strip().lower().replace("_", "-")
    if folded in _ALIASES:
        return _ALIASES[folded]
    try:
        return Citizenship(folded)
    except ValueError:
        return None


def members(name: str) -> frozenset[Citizenship] | None:
    """Who belongs to a citizenship key or group key as content files write it; None when
    unknown.
    """
    if name in GROUPS:
        return GROUPS[name]
    try:
        return frozenset({Citizenship(name)})
    except ValueError:
        return None
