"""Cards to show: one Russian sentence that a person holds out to somebody who reads only Russian."""

from dataclasses import dataclass

from bot.guide.text import LocalText

SHOWN_IN = "ru"  # the language of the sentence, whatever the base language of the guide is


@dataclass(frozen=True, slots=True)
class Card:
    """`meaning` is what the sentence says, so that nobody shows what they do not understand.
    `after` is a hint to the person: what to do once it has been read.
    """

    id: str
    title: LocalText
    russian: str
    meaning: LocalText
    after: LocalText | None = None

    def meaning_in(self, lang: str) -> str:
        """What the sentence says in this language; empty for a reader of Russian."""
        return "" if lang == SHOWN_IN else self.meaning.by_language.get(lang, "")

    def after_in(self, lang: str) -> str:
        return self.after.in_language(lang) if self.after else ""
