"""Whether every listed memo can be shown at all, and every folder is listed."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.guide_file import Contents
from bot.editorial.files.memos import SETTINGS, TEXT_SUFFIX, MemoFiles
from bot.editorial.problem import Place, Problem, error, nearest, warning
from bot.editorial.table import Entry
from bot.editorial.usage import contacts_shown, facts_shown
from bot.guide.citizenship import Citizenship


def check_completeness(edition: Edition, today: date) -> Iterator[Problem]:
    if edition.contents is None:
        return
    yield from _listed(edition, edition.contents)
    base_language = edition.contents.value.base_language
    for memo in edition.memos.values():
        settings_file = f"{memo.folder}/{SETTINGS}"
        if memo.id not in edition.listed_memos:
            yield warning(Place(settings_file, 1), "memo-not-listed", memo=memo.id)
        if base_language not in memo.texts and base_language not in memo.spoiled:
            base_file = f"{memo.folder}/{base_language}{TEXT_SUFFIX}"
            yield error(Place(base_file, 1), "memo-without-base", memo=memo.id, file=base_file)
        yield from _nothing_checked(edition, memo)


def _listed(edition: Edition, contents: Entry[Contents]) -> Iterator[Problem]:
    for number, section in enumerate(contents.value.sections):
        for position, memo_id in enumerate(section.memos):
            if memo_id not in edition.memos:
                place = contents.place("sections", number, "memos", position)
                unlisted = edition.memos.keys() - edition.listed_memos.keys()
                yield error(place, "memo-without-folder", memo=memo_id).suggesting(
                    nearest(memo_id, unlisted)
                )


def _nothing_checked(edition: Edition, memo: MemoFiles) -> Iterator[Problem]:
    """Every reader is told when the memo was last checked; a memo that rests on nothing has no such day."""
    if memo.settings is None:
        return
    for text in memo.texts.values():
        for citizenship in Citizenship:
            blocks = list(text.body.blocks_for(citizenship))
            if not blocks:
                yield error(Place(text.file, 1), "nothing-to-show", who=citizenship)
                continue
            names = [*(shown.fact for shown in facts_shown(blocks)), *memo.settings.value.relies]
            applies = [edition.facts.get(name) for name in names]
            if not any(
                fact is None or citizenship in fact.applies for fact in applies
            ) and not any(contacts_shown(blocks)):
                yield error(memo.settings.place("id"), "rests-on-nothing", who=citizenship)
