"""`joldosh content status` and `review`: where staff should look next, and what hangs on a thing that changed."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import utc_now
from bot.cli_arguments import JsonFlag
from bot.cli_output import content_dir, out, print_json
from bot.editorial.day import day_of
from bot.editorial.edition import read_edition
from bot.editorial.mentions import Manner, ReviewedKind
from bot.editorial.review import ReviewList, review_list_to_json, review_lists
from bot.editorial.status import ContentStatus, Reviewed, content_status, status_to_json
from bot.guide.citizenship import EVERYBODY

_OLDEST = 3  # of each kind, unless all are asked for
_LONGEST = 2  # sentences of each language


def status(
    as_json: JsonFlag = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Every fact, source, contact and memo by its age.")
    ] = False,
) -> None:
    """Translations, reading level, and what was checked longest ago or is due for a check."""
    found = content_status(read_edition(content_dir()), day_of(utc_now()))
    if as_json:
        print_json(status_to_json(found))
        return
    _print_translations(found)
    _print_reading(found, everything=everything)
    _print_ages(found, everything=everything)
    _print_cards(found, everything=everything)
    _print_due("Overdue for a check", [due for due in found.due if due.is_overdue])
    _print_due("Due within 30 days", [due for due in found.due if due.is_due_soon])


def review(
    name: Annotated[str, typer.Argument(metavar="ID", help="A source, fact, contact or card.")],
    as_json: JsonFlag = False,
) -> None:
    """All that hangs on a source, a fact, a contact or a card, to be read again when it changes."""
    folder = content_dir()
    found = review_lists(read_edition(folder), name)
    if not found:
        raise typer.BadParameter(f"no source, fact, contact or card {name!r}")
    if as_json:
        print_json([review_list_to_json(one) for one in found])
        return
    for one in found:
        _print_review(one)


def _print_translations(found: ContentStatus) -> None:
    table = Table(title=f"Translations on {found.day}", title_justify="left")
    for column in ("language", "complete", "outdated", "missing"):
        table.add_column(column)
    for lang, state in found.languages.items():
        outdated, missing = ", ".join(state.outdated) or "0", ", ".join(state.missing) or "0"
        table.add_row(lang, str(len(state.complete)), outdated, missing)
    out.print(table)


def _print_reading(found: ContentStatus, *, everything: bool) -> None:
    out.print("Reading level (compare it within a language only)")
    for lang, reading in found.readings.items():
        level = reading.level
        hardest = f", hardest {reading.hardest}" if reading.hardest else ""
        out.print(
            f"  {lang}  {level.words_a_sentence:.1f} words a sentence, {level.long_share:.0%} long words, "
            f"{level.formula} {level.score:.1f}{hardest}",
            markup=False,
        )
    out.print("Longest sentences")
    for reading in found.readings.values():
        for one in reading.longest[: None if everything else _LONGEST]:
            out.print(f"  {one.file}:{one.line}: {one.words} words: {one.text}", markup=False)


def _print_ages(found: ContentStatus, *, everything: bool) -> None:
    out.print("Checked longest ago" + ("" if everything else " (--all shows the rest)"))
    for kind in ReviewedKind:
        of_kind = [one for one in found.reviewed if one.kind is kind]
        for one in of_kind if everything else of_kind[:_OLDEST]:
            _print_reviewed(one)


def _print_cards(found: ContentStatus, *, everything: bool) -> None:
    unused = [card for card, memos in found.cards.items() if not memos]
    out.print(
        f"Cards: {len(found.cards)}, under no memo: {', '.join(unused) or 'none'}", markup=False
    )
    for card, memos in found.cards.items() if everything else ():
        out.print(f"  {card}  {', '.join(memos) or 'no memo'}", markup=False)


def _print_due(title: str, due: list[Reviewed]) -> None:
    out.print(f"{title}: {len(due) or 'nothing'}")
    for one in due:
        _print_reviewed(one)


def _print_reviewed(one: Reviewed) -> None:
    hanging = "" if one.kind is ReviewedKind.MEMO else ", ".join(one.memos) or "no memo"
    out.print(
        f"  {one.days:4} days ago  {one.kind:7} {one.id}, again by {one.review}  {hanging}".rstrip(),
        markup=False,
    )


def _print_review(found: ReviewList) -> None:
    besides = (Manner.DANGER, Manner.CHECK)
    memos = {one.inside for one in found.mentions if one.manner not in besides}
    checks = {one.inside for one in found.mentions if one.manner is Manner.CHECK}
    langs = sorted({one.lang for one in found.mentions if one.lang})
    readers = {who for one in found.mentions for who in one.readers}
    out.print(f"{found.place.file}:{found.place.line}: {found.kind} {found.name}", markup=False)
    out.print(
        f"  {len(memos)} memos, {len(checks)} checks, languages {', '.join(langs) or 'none'}, citizenships "
        + ("all" if readers == EVERYBODY else ", ".join(sorted(readers)) or "none")
    )
    for resting in found.resting:
        if found.kind is ReviewedKind.SOURCE:
            place = f"{resting.place.file}:{resting.place.line}"
            out.print(f"{place}: {resting.kind} {resting.name}", markup=False)
    for one in found.mentions:
        who = "all" if one.readers == EVERYBODY else ", ".join(sorted(one.readers)) or "nobody"
        out.print(
            f"{one.place.file}:{one.place.line}: {one.manner} {one.name} in {one.inside} ({who})",
            markup=False,
        )
