"""Interface texts from `locales/`, read from the `.po` files themselves so that no build step
can be forgotten.

A message is named by a key, never by its text. Only this module knows gettext. A file is read once a process: a new
text is there after the next start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.errors import SettingsError

LOCALES = Path(__file__).resolve().parent.parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Words:
    """The interface texts of one language."""

    lang: str
    _translations: GNUTranslations

    def say(self, key: str, **values: object) -> str:
        """The text with this key, its `{placeholders}` filled in."""
        text = self._translations.gettext(key)
        return text.format(**values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """The plural form for `number`, which the text may show as `{number}`."""
        return self._translations.ngettext(key, key, number).format(number=number, **values)


@dataclass(frozen=True, slots=True)
class Interface:
    """The interface in every language that has texts; others fall back to the first of
    `fallbacks` that has.
    """

    by_language: Mapping[str, Words]
    fallback: str

    def words(self, lang: str | None) -> Words:
        return self.by_language.get(lang or "") or self.by_language[self.fallback]


def load_interface(
    locales: Path = LOCALES, domain: str = "interface", fallback: str = "ru"
) -> Interface:
    """Read `<locales>/<lang>/LC_MESSAGES/<domain>.po` for every language that has one.

    Raises `SettingsError` when the fallback language is not among them.
    """
    by_language = {
        path.parent.parent.name: Words(path.parent.parent.name, _read(path))
        for path in sorted(locales.glob(f"*/LC_MESSAGES/{domain}.po"))
    }
    if fallback not in by_language:
        raise SettingsError(f"no interface texts in {locales}: {fallback}/LC_MESSAGES/{domain}.po")
    return Interface(by_language, fallback)


@cache
def _read(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
