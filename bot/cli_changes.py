"""`joldosh content diff`: what changed in base texts, for a terminal, a file or another program."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.text import Text

from bot.cli_output import out, print_json
from bot.editorial.changes import BaseChanges, Change, NameChange, Op, base_changes, marked
from bot.editorial.edition import Edition, edition_of
from bot.editorial.snapshot import take_snapshot
from bot.editorial.translation import TranslationState
from bot.i18n.interface import Words

_LOOKS = {Op.SAME: "", Op.REMOVED: "red strike", Op.ADDED: "green underline"}


def print_diff(
    folder: Path, memo: str | None, lang: str | None, words: Words, *, as_json: bool
) -> None:
    """One memo, or the list of all that are outdated; one language, or all."""
    snapshot = take_snapshot(folder)
    edition = edition_of(snapshot)
    memos = _chosen(edition, memo)
    found = [
        one
        for language in _translations(edition, lang)
        for one in base_changes(folder, edition, snapshot, memos, language)
        if memo is not None or one.state is TranslationState.OUTDATED
    ]
    if as_json:
        print_json([_to_json(one) for one in found])
    elif memo is None:
        _print_list(found, words)
    else:
        for one in found:
            _print_changes(one, words)


def _chosen(edition: Edition, memo: str | None) -> list[str]:
    if memo is None:
        return list(edition.listed_memos)
    if memo not in edition.memos:
        raise typer.BadParameter(f"no memo {memo!r}: there are {', '.join(edition.listed_memos)}")
    return [memo]


def _translations(edition: Edition, lang: str | None) -> Sequence[str]:
    others = edition.languages[1:]
    if lang is not None and lang not in others:
        raise typer.BadParameter(f"{lang!r} is no language of translations: {', '.join(others)}")
    return others if lang is None else (lang,)


def _print_list(found: list[BaseChanges], words: Words) -> None:
    for one in found:
        if one.earlier is None:
            what = words.say("diff-base-unknown", base=one.made_from or "-")
        else:
            what = words.count("diff-words", one.words)
        out.print(f"{one.memo} {one.lang}: {what}", markup=False)
    if not found:
        out.print(words.say("diff-nothing-outdated"))


def _print_changes(found: BaseChanges, words: Words) -> None:
    name = {"memo": found.memo, "lang": found.lang}
    match found.state:
        case TranslationState.COMPLETE:
            out.print(words.say("diff-current", **name), markup=False)
        case TranslationState.MISSING:
            out.print(words.say("diff-missing", **name), markup=False)
        case TranslationState.OUTDATED if found.earlier is None:
            base = found.made_from or "-"
            out.print(words.say("diff-unknown", base=base, **name), markup=False)
            out.print(found.source, markup=False)
        case TranslationState.OUTDATED:
            _print_outdated(found, words)


def _print_outdated(found: BaseChanges, words: Words) -> None:
    assert found.earlier is not None
    when = f"{found.earlier.when:%Y-%m-%d}" if found.earlier.when else "…"
    commit = (found.earlier.commit or "index")[:10]
    out.print(
        words.say("diff-outdated", memo=found.memo, lang=found.lang, when=when, commit=commit),
        markup=False,
    )
    for key, change in _names(found):
        if change.added or change.removed:
            signs = [*(f"+{one}" for one in change.added), *(f"-{one}" for one in change.removed)]
            out.print(words.say(f"diff-{key}", names=", ".join(signs)), markup=False)
    for one in found.changes:
        out.print()
        out.print(_place(one), style="bold", markup=False)
        out.print(_shown(one))
    out.print()
    out.print(words.count("diff-words", found.words))


def _names(found: BaseChanges) -> tuple[tuple[str, NameChange], ...]:
    return (("facts", found.facts), ("contacts", found.contacts), ("parts", found.parts))


def _place(change: Change) -> str:
    return f"{change.part} · {change.kind}" if change.part else str(change.kind)


def _shown(change: Change) -> Text:
    """In colours where there are any, with plain marks elsewhere."""
    if not out.is_terminal or out.no_color:
        return Text(marked(change.pieces))
    return Text.assemble(*((piece.text, _LOOKS[piece.op]) for piece in change.pieces))


def _to_json(found: BaseChanges) -> dict[str, object]:
    is_known = found.state is not TranslationState.OUTDATED or found.earlier is not None
    return {
        "memo": found.memo,
        "lang": found.lang,
        "state": str(found.state),
        "base": found.base.hash,
        "made_from": found.made_from,
        "commit": found.earlier.commit if found.earlier else None,
        "words": found.words if is_known else None,
        "changes": [
            {
                "kind": str(change.kind),
                "part": change.part,
                "pieces": [{"op": str(p.op), "text": p.text} for p in change.pieces],
            }
            for change in found.changes
        ],
        **{
            key: {"added": list(change.added), "removed": list(change.removed)}
            for key, change in _names(found)
        },
        "text": None if is_known else found.source,
    }
