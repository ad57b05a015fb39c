"""One mistake in a good content folder, and where it must be shown. The tables of mistakes are made of these."""

from dataclasses import dataclass

FIRST, TAKEN = "memos/registration-first", "memos/passport-taken"
RU, KY, MEMO = f"{FIRST}/ru.md", f"{FIRST}/ky.md", f"{FIRST}/memo.yaml"
QUESTIONS = f"{FIRST}/questions.yaml"
CRIES = "dangers/passport-taken.yaml"


@dataclass(frozen=True)
class Mistake:
    """Replace `old` by `new` in `file`; the problem `code` is expected on the line where `at` begins.

    An empty `at` is the first line. It is in the broken file, unless `shown_in` names another.
    """

    code: str
    file: str
    old: str
    new: str
    at: str
    is_warning: bool = False
    shown_in: str | None = None


def said(instead: str, code: str, at: str = "", *, is_warning: bool = False) -> Mistake:
    """A mistake in the words of the Russian text."""
    return Mistake(
        code, RU, "## Сколько стоит", instead, at or instead.partition("\n")[0], is_warning
    )
