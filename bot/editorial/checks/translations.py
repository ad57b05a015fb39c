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
            yield from _translation(edition, memo, base, lang)


def _translation(
    edition: Edition, memo: MemoFiles, base: MemoText, lang: str
) -> Iterator[Problem]:
    file = f"{memo.folder}/{lang}{TEXT_SUFFIX}"
    text = memo.texts.get(lang)
    if text is None:
        if lang not in memo.spoiled:
            yield warning(Place(file, 1), "translation-missing", memo=memo.id, lang=lang)
    elif translation_state(memo, lang, base.lang) is TranslationState.OUTDATED:
        # What else differs is what the base text has won since.
        yield warning(text.front.place("base"), "translation-outdated", memo=memo.id, lang=lang)
    elif not memo.spoiled & {lang, base.lang}:
        # Of a text with errors, what could not be read would differ too.
        yield from edition.kept.every(_differences, base, text)


def _differences(base: MemoText, text: MemoText) -> Iterator[Problem]:
    """A current translation shows each citizenship the facts and contacts that the base text shows."""
    start = next(text.body.branches()).line
    differ: dict[tuple[int, str, str], list[str]] = {}
    for citizenship in Citizenship:
        ours, theirs = _shown(text, citizenship), _shown(base, citizenship)
        for name in theirs.keys() - ours.keys():
            differ.setdefault((start, "translation-lacks", name), []).append(citizenship)
        for name in ours.keys() - theirs.keys():
            differ.setdefault((ours[name], "translation-adds", name), []).append(citizenship)
    for (line, code, name), who in differ.items():
        yield error(Place(text.file, line), code, name=name, who=", ".join(who))
    if not differ and text.body.headings() != base.body.headings():
        yield warning(Place(text.file, _first_difference(base, text)), "parts-differ")


def _shown(text: MemoText, citizenship: Citizenship) -> dict[str, int]:
    """Facts and contacts with the last line that shows them."""
    blocks = list(text.body.blocks_for(citizenship))
    facts = {shown.fact: shown.line for shown in facts_shown(blocks)}
    return facts | {f"contact:{use.name}": use.line for use in contacts_shown(blocks)}


def _first_difference(base: MemoText, text: MemoText) -> int:
    theirs = base.body.headings()
    ours = [branch for branch in text.body.branches() if branch.heading]
    for number, branch in enumerate(ours):
        if number >= len(theirs) or branch.heading != theirs[number]:
            return branch.line
    return ours[-1].line if ours else next(text.body.branches()).line
