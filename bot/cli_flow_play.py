"""`joldosh flow play`: a check in the terminal, with the machine of the conversation itself, or all answers at once."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import typer

from bot.app import sound_edition, utc_now
from bot.cli_output import out, print_json
from bot.conversation.events import ButtonPressed, Event, TextTyped
from bot.conversation.flow_actions import OpenFlow
from bot.conversation.flow_playing import Answer, Played, Stopped, play
from bot.conversation.guidebook import Guidebook, make_guidebook
from bot.conversation.machine import step
from bot.conversation.replies import Button, Page
from bot.conversation.state import State
from bot.editorial.compiling import build_catalogue
from bot.editorial.day import day_of
from bot.guide.citizenship import Citizenship
from bot.guide.flow import Flow
from bot.i18n.interface import load_interface

_QUIT = frozenset({"quit", "q", "exit"})


def converse(
    folder: Path, flow_id: str, lang: str, citizenship: Citizenship, as_of: date | None
) -> None:
    """Until the person says `quit` or the input ends. A line is typed text; the label of a button, or `#` and its number,
    presses it.
    """
    book = _book(folder, as_of, is_whole=True)
    flow = _flow(book, flow_id, lang)
    state, event = State(lang, citizenship), ButtonPressed(OpenFlow(flow.id))
    buttons = _step_shown(book, state, event)
    state, _ = step(book, state, event)
    while True:
        typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line or line.strip().casefold() in _QUIT:
            return
        event_now = _event(line.strip(), buttons)
        shown = _step_shown(book, state, event_now)
        state, _ = step(book, state, event_now)
        buttons = shown or buttons


def _step_shown(book: Guidebook, state: State, event: Event) -> list[Button]:
    """Print the pages of a step; the buttons of the last one."""
    _, replies = step(book, state, event)
    buttons: list[Button] = []
    for page in (one for one in replies if isinstance(one, Page)):
        buttons = [one for row in page.rows for one in row if isinstance(one, Button)]
        out.print(page.text.text, markup=False)
        out.print(
            "  ".join(f"[#{number} {one.label}]" for number, one in enumerate(buttons, 1)),
            markup=False,
        )
    return buttons


def _event(line: str, buttons: list[Button]) -> Event:
    number = line.removeprefix("#")
    if line.startswith("#") and number.isdecimal() and 1 <= int(number) <= len(buttons):
        return ButtonPressed(buttons[int(number) - 1].action)
    for button in buttons:
        if button.label.casefold() == line.casefold():
            return ButtonPressed(button.action)
    return TextTyped(line)


def print_played(
    folder: Path,
    flow_id: str,
    lang: str,
    citizenship: Citizenship,
    as_of: date | None,
    answers: str,
    *,
    as_json: bool,
) -> bool:
    """Whether the answers lead to an outcome; what is missing or does not fit is told on standard error."""
    book = _book(folder, as_of, is_whole=False)
    flow = _flow(book, flow_id, lang)
    given = _answers(answers)
    if unknown := [name for name in given if flow.question(name) is None]:
        known = [name for name in flow.steps if flow.question(name)]
        raise typer.BadParameter(f"no question {unknown[0]!r}: there are {', '.join(known)}")
    found = play(book, flow, lang, citizenship, given)
    if isinstance(found, Stopped):
        typer.echo(_stopped(found, flow, citizenship), err=True)
        return False
    if as_json:
        print_json(_to_json(found))
    else:
        out.print(found.text, markup=False)
        out.print(" → ".join(found.path), markup=False)
    return True


def _to_json(played: Played) -> dict[str, object]:
    return {
        "outcome": played.outcome,
        "text": played.text,
        "dates": {name: day.isoformat() for name, day in played.dates.items()},
        "memos": list(played.memos),
        "contacts": list(played.contacts),
        "path": list(played.path),
        "answers": dict(played.given),
    }


def _stopped(stopped: Stopped, flow: Flow, citizenship: Citizenship) -> str:
    if citizenship not in flow.readers:
        return f"{flow.id} is not for {citizenship}: it is for {', '.join(sorted(flow.readers))}"
    if stopped.step is None:
        return f"{flow.id} leads nowhere after {' → '.join(stopped.path)}"
    if stopped.answer is None:
        return f"The question {stopped.step!r} has no answer.\n{stopped.expected}"
    said = f"The answer {stopped.answer!r} does not fit the question {stopped.step!r}."
    return "\n".join(part for part in (said, stopped.why, stopped.expected) if part)


def _answers(text: str) -> Mapping[str, Answer]:
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict) or not all(_is_answer(value) for value in data.values()):
        raise typer.BadParameter('--answers is JSON: {"step": "choice or typed text"}')
    return {name: str(value) if isinstance(value, int) else value for name, value in data.items()}


def _is_answer(value: object) -> bool:
    """A text or a number; for stays a list of texts."""
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return isinstance(value, str | int) and not isinstance(value, bool)


def _book(folder: Path, as_of: date | None, *, is_whole: bool) -> Guidebook:
    """`is_whole`: memos can be opened too, which takes a second to draw."""
    today = day_of(utc_now())
    edition = sound_edition(folder, today)
    catalogue = build_catalogue(edition, as_of or today, shows_gaps=as_of is not None)
    return make_guidebook(catalogue, load_interface(), only=None if is_whole else ())


def _flow(book: Guidebook, flow_id: str, lang: str) -> Flow:
    flows, languages = book.catalogue.flows, book.catalogue.languages
    if flow_id not in flows:
        raise typer.BadParameter(f"no check {flow_id!r}: there are {', '.join(flows)}")
    if lang not in languages:
        raise typer.BadParameter(f"no texts in {lang!r}: use {', '.join(languages)}")
    return flows[flow_id]
