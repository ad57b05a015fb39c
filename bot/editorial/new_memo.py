"""The first files of a memo that is not there yet, for an author to go on with. It writes none of them."""

from collections.abc import Mapping

from bot.editorial.adding_lines import with_line
from bot.editorial.exchange.front_matter import scalar
from bot.editorial.files.memos import FENCE, QUESTIONS, SETTINGS, TEXT_SUFFIX
from bot.editorial.guide_source import with_memo_listed
from bot.editorial.schema import is_id
from bot.editorial.snapshot import LEDGERS, MEMOS, Snapshot
from bot.errors import ContentError

_GUIDE = LEDGERS[0]


def first_files(
    snapshot: Snapshot, memo: str, title: str, section: str, base_language: str
) -> Mapping[str, str]:
    """By path: the settings, a base text with its title and nothing to read, and the guide that lists it.

    Raises `ContentError` when the id is none or taken, or the guide cannot take it.
    """
    folder = f"{MEMOS}/{memo}"
    if not is_id(memo) or any(file.startswith(f"{folder}/") for file in snapshot.files):
        raise ContentError(f"a memo {memo} cannot be made")
    guide = with_memo_listed(snapshot.text(_GUIDE) or "", section, memo)
    if guide is None:
        raise ContentError(f"{_GUIDE} has no section {section} that a memo can be put into")
    line = scalar(" ".join(title.split()))
    text = f"{FENCE}\ntitle: {line}\nsummary: {line}\n{FENCE}\n"
    return {
        f"{folder}/{SETTINGS}": f"id: {memo}\n",
        f"{folder}/{base_language}{TEXT_SUFFIX}": text,
        _GUIDE: guide,
    }


def with_example(snapshot: Snapshot, memo: str, lang: str, question: str) -> tuple[str, str]:
    """The file of what people ask who need this memo, and its text with one question more. Raises `ContentError`."""
    file = f"{MEMOS}/{memo}/{QUESTIONS}"
    return file, with_line(snapshot.text(file) or "", file, lang, question)
