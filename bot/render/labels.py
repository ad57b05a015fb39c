"""The words around guidance that a form needs. Filled from the interface texts by whoever
renders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Labels:
    """`shown_for`, `fallback` and `page_of` are templates; their fields are named in the comments.

    `language_names` names languages in the reader's language, for "they speak …".
    """

    lang: str
    shown_for: str  # {citizenship}
    outdated: str
    fallback: str
    checked: str  # {date}
    page_of: str  # {page} {pages}
    in_short: str
    sources: str
    article: str  # {article}
    unsure_phone: str
    unsure_contact: str
    spoken: str  # {languages}
    language_names: Mapping[str, str]
    citizenship_names: Mapping[str, str]
    format_date: Callable[[date], str]

    def cited(self, article: str) -> str:
        """An article as it is cited; after a comma stands the law, where the source is not the law itself."""
        number, comma, law = article.partition(", ")
        return f"{self.article.format(article=number)}{comma}{law}"
