"""`joldosh flow check` and `draw`: what the proof of checks finds, and their drawing."""

import sys
from pathlib import Path
from time import perf_counter

import typer

from bot.app import utc_now
from bot.cli_output import out, print_json, problem_json
from bot.editorial.checking import check
from bot.editorial.checks.flows import paths_of
from bot.editorial.day import day_of
from bot.editorial.edition import Edition, read_edition
from bot.editorial.files.flows import FlowFile
from bot.editorial.flow_written import as_written, graph_words
from bot.editorial.problem import Problem
from bot.editorial.snapshot import FLOWS, YAML_SUFFIX
from bot.i18n.interface import load_interface
from bot.render.flow_drawing import draw_mermaid, draw_svg


def print_proof(folder: Path, wanted: list[str], hints: str, *, as_json: bool) -> bool:
    """Whether there is no error in these checks, or in all."""
    words = load_interface(domain="editorial", fallback="en").words(hints)
    started, today = perf_counter(), day_of(utc_now())
    edition = read_edition(folder)
    found = [one for one in check(edition, today) if _flow_of(one)]
    known = {*edition.flows, *map(_flow_of, found)}
    if unknown := [name for name in wanted if name not in known]:
        raise typer.BadParameter(f"no check {unknown[0]!r}: there are {', '.join(sorted(known))}")
    problems = [one for one in found if not wanted or _flow_of(one) in wanted]
    flows = [file for name, file in edition.flows.items() if not wanted or name in wanted]
    proofs: list[dict[str, object]] = []
    for file in flows:
        begun = perf_counter()
        paths = len(paths_of(edition, file, today))
        seconds = round(perf_counter() - begun, 3)
        counts = {"steps": len(file.steps), "outcomes": len(file.outcomes), "paths": paths}
        proofs.append({"id": file.id, **counts, "seconds": seconds})
    whole = round(perf_counter() - started, 2)
    if as_json:
        told = [problem_json(folder, problem, words) for problem in problems]
        print_json({"problems": told, "flows": proofs, "seconds": whole})
    else:
        for problem in problems:
            place = f"{folder / problem.file}:{problem.line}"
            out.print(f"{place}: {problem.severity}: {problem.message(words)}", markup=False)
        for proof in proofs:
            out.print("{id}: {steps} steps, {outcomes} outcomes, {paths} paths".format(**proof))
        errors = sum(problem.is_error for problem in problems)
        out.print(f"{errors} errors, {len(problems) - errors} warnings, {whole} s")
    return not any(problem.is_error for problem in problems)


def print_drawing(folder: Path, flow: str, svg: Path | None, lang: str, *, mermaid: bool) -> None:
    edition = read_edition(folder)
    drawn = as_written(_file(edition, flow))
    words = load_interface(domain="flows", fallback="en").words(lang)
    labels = graph_words(words, load_interface().words(lang))
    if svg is not None:
        svg.write_text(draw_svg(drawn, labels), encoding="utf-8")
        typer.echo(f"{svg}", err=True)
    if mermaid:
        sys.stdout.write(draw_mermaid(drawn, labels))


def _file(edition: Edition, flow: str) -> FlowFile:
    if flow not in edition.flows:
        raise typer.BadParameter(
            f"no check {flow!r} that could be read: there are {', '.join(edition.flows)}"
        )
    return edition.flows[flow]


def _flow_of(problem: Problem) -> str:
    """The id of the check that a problem is in; empty for one elsewhere."""
    folder, _, name = problem.file.rpartition("/")
    return name.removesuffix(YAML_SUFFIX) if folder == FLOWS else ""
