"""A comparison of flows in words of staff, and as data for other programs. What is different, `bot.editorial.flow_diff` finds."""

from collections.abc import Iterable, Iterator

from bot.editorial.changes import marked, shortened
from bot.editorial.flow_diff import End, FlowDiff, FlowState, PathChange, PathKind, TextChange
from bot.guide.citizenship import EVERYBODY, Citizenship
from bot.i18n.interface import Words

Json = dict[str, object]


def diff_lines(diff: FlowDiff, words: Words) -> Iterator[str]:
    """Lines for people; `words` are of the domain `flows`."""
    count = {"before": diff.paths_before, "after": diff.paths_after}
    yield words.say(f"flow-diff-{diff.state}", flow=diff.flow, **count)
    if diff.state is not FlowState.CHANGED:
        return
    for key, who in (("offered", diff.offered), ("withdrawn", diff.withdrawn)):
        if who:
            yield "  " + words.say(f"flow-diff-{key}", who=named(who, words))
    for path in diff.paths:
        yield from ("  " + line for line in path_lines(path, words))
    for text in diff.texts:
        yield from ("  " + line for line in text_lines(text, words))


def path_lines(change: PathChange, words: Words) -> Iterator[str]:
    """What becomes of somebody who answers so."""
    values = {"before": _end(change.before, words), "after": _end(change.after, words)}
    if change.kind in (PathKind.OTHERWISE, PathKind.RESULTS):
        values = {"after": values["after"]}
    kind = words.say(f"flow-path-{change.kind}", **values)
    yield words.say("flow-diff-line", who=named(change.citizenships, words), what=kind)
    yield "  " + words.say("flow-answers", answers=_answers(change, words))
    if change.kind is PathKind.OTHERWISE:
        yield "  " + words.say("flow-ways-before", ways=" → ".join(change.ways_before))
        yield "  " + words.say("flow-ways-after", ways=" → ".join(change.ways_after))
    for result in change.results:
        before, after = (
            str(one) if one is not None else "—" for one in (result.before, result.after)
        )
        yield "  " + words.say("flow-result", name=result.name, before=before, after=after)


def text_lines(change: TextChange, words: Words) -> Iterator[str]:
    """Where the text stands, who sees it, and how it has changed."""
    place = "/".join(part for part in (change.shown.name, change.shown.field) if part)
    where = f"{change.lang} · {place}" if change.lang else place
    seen = words.count("flow-text-seen", change.paths)
    what = f"{where} ({seen})"
    yield words.say("flow-diff-line", who=named(change.citizenships, words), what=what)
    for line in marked(shortened(change.pieces)).split("\n"):
        yield "    " + line


def named(who: Iterable[Citizenship], words: Words) -> str:
    """Keys, as staff write them in the files."""
    chosen = tuple(who)
    return words.say("flow-everybody") if set(chosen) == EVERYBODY else ", ".join(chosen)


def _answers(change: PathChange, words: Words) -> str:
    told = "; ".join(f"{step} = {value}" for step, value in change.answers.items())
    told = told or words.say("flow-no-answers")
    return told if change.knows_calendar else f"{told} ({words.say('flow-no-calendar')})"


def _end(end: End, words: Words) -> str:
    if end.outcome:
        return end.outcome
    return words.say("flow-asks", step=end.asks) if end.asks else words.say("flow-nowhere")


def diff_json(diff: FlowDiff) -> Json:
    return {
        "flow": diff.flow,
        "state": str(diff.state),
        "paths_before": diff.paths_before,
        "paths_after": diff.paths_after,
        "offered": list(diff.offered),
        "withdrawn": list(diff.withdrawn),
        "paths": [_path_json(path) for path in diff.paths],
        "texts": [_text_json(text) for text in diff.texts],
    }


def _path_json(change: PathChange) -> Json:
    return {
        "kind": str(change.kind),
        "citizenships": list(change.citizenships),
        "answers": dict(change.answers),
        "ways_before": list(change.ways_before),
        "ways_after": list(change.ways_after),
        "before": {"outcome": change.before.outcome, "asks": change.before.asks},
        "after": {"outcome": change.after.outcome, "asks": change.after.asks},
        "results": [
            {"name": one.name, "before": _plain(one.before), "after": _plain(one.after)}
            for one in change.results
        ],
        "knows_calendar": change.knows_calendar,
    }


def _plain(value: object) -> object:
    return value if isinstance(value, int | None) else str(value)


def _text_json(change: TextChange) -> Json:
    return {
        "name": change.shown.name,
        "field": change.shown.field,
        "lang": change.lang or None,
        "citizenships": list(change.citizenships),
        "before": change.before,
        "after": change.after,
        "paths": change.paths,
        "pieces": [{"op": str(one.op), "text": one.text} for one in change.pieces],
    }
