"""What a draft changes for persons beyond the texts that it holds: memos that say something else because a fact, a contact
or a source is another one.

It compares the pages as they are sent. Nothing is written here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.editorial.compiling import UNITS, build_catalogue
from bot.editorial.file_changes import ChangedLines, file_changes
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.guide.text import ContactBlock
from bot.web.staff.memos.looking import words_for
from bot.web.staff.review.standing import Standing

Reader = tuple[str, Citizenship]


@dataclass(frozen=True, slots=True)
class ChangedMemo:
    """What readers of a language see otherwise; `who` is empty when it is everybody."""

    memo: str
    title: str
    lang: str
    who: tuple[Citizenship, ...]
    changes: tuple[ChangedLines, ...]


def changed_for_persons(standing: Standing) -> tuple[ChangedMemo, ...] | None:
    """In the order of the guide; None when one of the editions cannot be shown. Takes half a second: call it in a thread."""
    day = standing.published.day
    try:
        before = build_catalogue(standing.published.edition, day, words_for(UNITS))
        after = build_catalogue(standing.drafted.edition, day, words_for(UNITS))
    except ContentError:
        return None
    changed = set(_other_memos(before, after))
    if not changed:
        return ()
    books = [make_guidebook(one, words_for("interface"), only=changed) for one in (before, after)]
    return tuple(_told(books[0], books[1], changed, standing.draft.files))


def _other_memos(before: Catalogue, after: Catalogue) -> Iterator[str]:
    """Memos that may look otherwise to somebody."""
    contacts = {
        name
        for name in before.contacts.keys() | after.contacts.keys()
        if before.contacts.get(name) != after.contacts.get(name)
    }
    for reader, memos in after.memos.items():
        known = before.memos.get(reader, {})
        for memo_id, memo in memos.items():
            if memo_id in known and (known[memo_id] != memo or _shows(memo, contacts)):
                yield memo_id


def _shows(memo: Memo, contacts: Collection[str]) -> bool:
    return any(
        isinstance(block, ContactBlock) and block.contact in contacts for block in memo.blocks
    )


def _told(
    before: Guidebook, after: Guidebook, changed: Collection[str], files: Collection[str]
) -> Iterator[ChangedMemo]:
    order = [memo for section in after.catalogue.sections for memo in section.memos]
    for memo_id in (memo for memo in order if memo in changed):
        for lang in after.catalogue.languages:
            for changes, (memo, who) in _by_change(before, after, memo_id, lang, files).items():
                everybody = len(who) == len(Citizenship)
                yield ChangedMemo(
                    memo_id, memo.title, lang, () if everybody else tuple(who), changes
                )


def _by_change(
    before: Guidebook, after: Guidebook, memo_id: str, lang: str, files: Collection[str]
) -> Mapping[tuple[ChangedLines, ...], tuple[Memo, list[Citizenship]]]:
    """What changes, with those for whom it does so. The texts that the draft holds are shown as files."""
    found: dict[tuple[ChangedLines, ...], tuple[Memo, list[Citizenship]]] = {}
    for who in Citizenship:
        memo = after.catalogue.memos[lang, who].get(memo_id)
        if memo is None or f"memos/{memo_id}/{memo.lang}.md" in files:
            continue
        changes = file_changes(_page(before, memo_id, lang, who), _page(after, memo_id, lang, who))
        if changes:
            found.setdefault(changes, (memo, []))[1].append(who)
    return found


def _page(book: Guidebook, memo_id: str, lang: str, who: Citizenship) -> str:
    return "\n".join(page.text for page in book.pages.get((memo_id, lang, who), ()))
