"""`joldosh flow diff`: two editions, wherever they lie, and what is different for persons."""

from pathlib import Path

import typer
from dulwich.objectspec import parse_commit

from bot.app import utc_now
from bot.cli_output import out, print_json
from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.editorial.edition import edition_of
from bot.editorial.flow_diff import FlowState, diff_flows
from bot.editorial.flow_diff_words import diff_json, diff_lines
from bot.editorial.publishing.repository import Repository
from bot.editorial.publishing.working_copy import open_copy
from bot.editorial.snapshot import FLOWS, YAML_SUFFIX, Snapshot, take_snapshot
from bot.guide.catalogue import Catalogue
from bot.i18n.interface import Words


def print_diff(
    folder: Path, before: str, after: str | None, only: list[str], words: Words, *, as_json: bool
) -> None:
    """Of all checks, or of some; two files of one check are compared in the content folder as it is."""
    then = _snapshot(folder, before)
    now = _snapshot(folder, after) if after else take_snapshot(folder)
    named = [Path(name).stem for name in (before, after or "") if _is_flow_file(name)]
    wanted = only or list(dict.fromkeys(named))
    diffs = diff_flows(_catalogue(then), _catalogue(now), wanted)
    if unknown := [name for name in only if name not in {one.flow for one in diffs}]:
        raise typer.BadParameter(f"neither edition has a check {unknown[0]!r}")
    if as_json:
        print_json([diff_json(diff) for diff in diffs])
        return
    for diff in sorted(diffs, key=lambda one: one.state is FlowState.SAME):
        for line in diff_lines(diff, words):
            out.print(line, markup=False)


def _catalogue(snapshot: Snapshot) -> Catalogue:
    return build_catalogue(edition_of(snapshot), day_of(utc_now()), shows_gaps=True)


def _snapshot(folder: Path, named: str) -> Snapshot:
    path = Path(named)
    if path.is_dir():
        return take_snapshot(path)
    if _is_flow_file(named):
        return take_snapshot(folder).with_file(f"{FLOWS}/{path.name}", path.read_bytes())
    found = _at_commit(folder, named)
    if found is None:
        raise typer.BadParameter(
            f"{named!r} is no content folder, no flow file, and no commit of the content's repository"
        )
    return found


def _is_flow_file(named: str) -> bool:
    return named.endswith(YAML_SUFFIX) and Path(named).is_file()


def _at_commit(folder: Path, named: str) -> Snapshot | None:
    with open_copy(folder) as copy:
        if copy is None:
            return None
        try:
            commit = parse_commit(copy.repo, named.encode()).id.decode()
        except (KeyError, ValueError):
            return None
    return Repository(folder).at(commit)
