"""Translations: missing, made from an older base text, or saying something else than the base text."""

from collections.abc import Iterator
from datetime import date

from bot.editorial.edition import Edition
from bot.editorial.files.memos import TEXT_SUFFIX, MemoFiles, MemoText
from bot.editorial.problem import Place, Problem, error, warning
from bot.editorial.translation import TranslationState, translation_state
from bot.editorial.usage import contacts_shown, facts_shown
from bot.guide.citizenship import Citizenship


def check_translations(edition: Edition, today: date) -> Iterator[Problem]:
    if edition.contents is None:
        return
    base_language, *others = edition.languages
    for memo_id in edition.listed_memos:
        memo = edition.memos.get(memo_id)
        base = memo.texts.get(base_language) if memo else None
        if memo is None or base is None:
            continue
        if base.front.value.base is not None:
            yield error(base.front.place("base"), "base-in-base-text")
        for lang in others:
            yield from _translation(memo, base, lang)


def _translation(memo: MemoFiles, base: MemoText, lang: str) -> Iterator[Problem]:
    file = f"{memo.folder}/{lang}{TEXT_SUFFIX}"
    text = memo.texts.get(lang)
    if text is None:
        if lang not in memo.spoiled:
            yield warning(Place(file, 1), "translation-missing", memo=memo.id, lang=lang)
    elif translation_state(memo, lang, base.lang) is TranslationState.OUTDATED:
        # What else differs is what the base text has won since.
        yield warning(text.front.place("base"), "translation-outdated", memo=memo.id, lang=lang)
    else:
        yield from _differences(base, text)


def _differences(base: MemoText, text: MemoText) -> Iterator[Problem]:
    """A current translation shows each citizenship the facts and contacts that the base text shows."""
    differ: dict[tuple[str, str], list[str]] = {}
    for citizenship in Citizenship:
        ours, theirs = _shown(text, citizenship), _shown(base, citizenship)
        for name in sorted(theirs - ours):
            differ.setdefault(("translation-lacks", name), []).append(citizenship)
        for name in sorted(ours - theirs):
            differ.setdefault(("translation-adds", name), []).append(citizenship)
    for (code, name), who in differ.items():
        place = Place(text.file, _line_of(text, name))
        yield error(place, code, name=name, who=", ".join(who))
    if not differ and text.body.headings() != base.body.headings():
        yield warning(Place(text.file, _first_difference(base, text)), "parts-differ")


def _shown(text: MemoText, citizenship: Citizenship) -> frozenset[str]:
    blocks = list(text.body.blocks_for(citizenship))
    return frozenset(use.fact for use in facts_shown(blocks)) | {
        f"contact:{use.name}" for use in contacts_shown(blocks)
    }


def _line_of(text: MemoText, name: str) -> int:
    """The first line that shows the name; the first line of the body for a name that is lacking."""
    branches = list(text.body.branches())
    for branch in branches:
        for shown in facts_shown(branch.blocks):
            if shown.fact == name:
                return shown.line
        for use in contacts_shown(branch.blocks):
            if f"contact:{use.name}" == name:
                return use.line
    return branches[0].line


def _first_difference(base: MemoText, text: MemoText) -> int:
    theirs = base.body.headings()
    ours = [branch for branch in text.body.branches() if branch.heading]
    for number, branch in enumerate(ours):
        if number >= len(theirs) or branch.heading != theirs[number]:
            return branch.line
    return ours[-1].line if ours else next(text.body.branches()).line
