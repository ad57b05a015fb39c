"""Ten thousand messages of garbage, put to the search of the real guide: `python -m tests.search.garbage [--count N] [--seed N]`.

Half is random Unicode, half is words of the guide's own questions, shuffled, cut, repeated and misspelt. It prints what a message
costs. Each message depends on the seed and its number alone, so that one that breaks something can be made again:
`message(seed, number, words_of(catalogue))`.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from statistics import median, quantiles

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.search.engine import MemoSearch
from bot.search.findings import Findings, Question
from bot.search.fitted import fitted_numbers
from bot.search.folding import LONGEST
from bot.search.index import SearchIndex
from bot.search.ngrams import as_sounded
from tests.search.fitting.labelled import catalogue_of, store_for

_DEAR = 200.0  # milliseconds
_TIMES = 3

_OURS = re.compile("[a-zа-я0-9]")

# Begin and end of what strangers paste: whole planes with all that is unassigned in them, single
# scripts, and marks that are not seen.
_PLANES = [(plane << 16, (plane << 16) + 0xFFFF) for plane in range(17)]
_SCRIPTS = [
    (0x0400, 0x052F), (0x0370, 0x03FF), (0x0590, 0x05FF), (0x0600, 0x06FF), (0x0900, 0x097F), (0x0E00, 0x0E7F),
    (0x10A0, 0x10FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFDFA, 0xFDFB), (0x1D400, 0x1D7FF),
]  # fmt: skip
_UNSEEN = "\0\t\n\r\x1b\x7f\u00a0\u00ad\u034f\u061c\u115f\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202e\u2066\u2069\ufe0f\ufeff\ufffd"
_MARKS = [(0x0300, 0x036F), (0x0483, 0x0489), (0x20D0, 0x20F0)]
_EMOJI = [(0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1F1E6, 0x1F1FF)]
_SURROGATES = (0xD800, 0xDFFF)
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэөүңқғҳӯӣў", "abvgdeziyklmnoprstufxyeounqghuio", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ц": "ts", "ю": "yu", "я": "ya", "ё": "yo", "ҷ": "j"}
    | {"ъ": "", "ь": ""}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Garbage:
    """`is_noise`: nothing in it is read as a letter or digit of ours."""

    number: int
    kind: str
    question: Question

    @property
    def is_noise(self) -> bool:
        return not _OURS.search(as_sounded(self.question.text))


@dataclass(frozen=True, slots=True)
class Answer:
    """Times in milliseconds: on the clock, and of this thread's processor alone."""

    garbage: Garbage
    findings: Findings | None
    error: str
    clock: float
    processor: float


def words_of(catalogue: Catalogue) -> list[str]:
    """Every word of every question, in all languages, and as it looks in Latin letters."""
    asked = [*catalogue.questions.values(), catalogue.not_ours]
    found = {
        word
        for by_language in asked
        for questions in by_language.values()
        for question in questions
        for word in question.split()
    }
    return sorted((found | {word.lower().translate(_LATIN) for word in found}) - {""})


def message(seed: int, number: int, words: Sequence[str]) -> Garbage:
    dice = Random(f"{seed} {number}")  # noqa: S311 - no secret
    kind = dice.choice(list(_NOISES)) if number % 2 else "words"
    pieces = _NOISES[kind](dice) if number % 2 else _mangled(dice, words)
    length = LONGEST if dice.random() < 0.2 else int(LONGEST ** dice.random()) - 1
    text = ""
    while len(text) < length:
        text += next(pieces)
    lang, who = dice.choice(["ru", "ky", "en"]), dice.choice([None, *Citizenship])
    return Garbage(number, kind, Question(text[:length], lang, who))


def search_of(catalogue: Catalogue) -> MemoSearch:
    return MemoSearch(catalogue, SearchIndex(catalogue, store_for(catalogue)), fitted_numbers())


def answered(search: MemoSearch, garbage: Garbage) -> Answer:
    """A dear message is asked again: other work on the machine makes some dear that are not, and the least is what it costs."""
    first = _asked(search, garbage)
    if first.error or first.processor < _DEAR:
        return first
    again = [_asked(search, garbage) for _ in range(_TIMES)]
    return min([first, *again], key=lambda one: one.processor)


def _asked(search: MemoSearch, garbage: Garbage) -> Answer:
    clock, processor = time.perf_counter(), time.thread_time()
    findings, error = None, ""
    try:
        findings = search.ask_now(garbage.question)
    except Exception as failed:
        error = repr(failed)
    spent = time.perf_counter() - clock, time.thread_time() - processor
    return Answer(garbage, findings, error, 1_000 * spent[0], 1_000 * spent[1])


def _of(dice: Random, *ranges: tuple[int, int]) -> str:
    return chr(dice.randint(*dice.choice(ranges)))


def _planes(dice: Random) -> Iterator[str]:
    while True:
        yield _of(dice, *_PLANES, *_PLANES[:1] * 10, _SURROGATES)


def _script(dice: Random) -> Iterator[str]:
    script = dice.choice(_SCRIPTS)
    while True:
        yield _of(dice, script)
        if dice.random() < 0.15:
            yield " "


def _unseen(dice: Random) -> Iterator[str]:
    while True:
        yield dice.choice(_UNSEEN)
        if dice.random() < 0.1:
            yield _of(dice, *_SCRIPTS)


def _stacks(dice: Random) -> Iterator[str]:
    while True:
        yield _of(dice, *_SCRIPTS, (0x61, 0x7A))
        yield "".join(_of(dice, *_MARKS) for _ in range(dice.randint(0, 60)))


def _emoji(dice: Random) -> Iterator[str]:
    while True:
        yield _of(dice, *_EMOJI)
        yield dice.choice(["", "", " ", "\u200d", "\ufe0f", "\U0001f3fd", "\u20e3"])


def _signs(dice: Random) -> Iterator[str]:
    while True:
        yield _of(dice, (0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x2010, 0x2BFF))


def _one(dice: Random) -> Iterator[str]:
    one = next(_NOISES[dice.choice(["planes", "script", "emoji", "signs"])](dice))
    while True:
        yield one


def _everything(dice: Random) -> Iterator[str]:
    kinds = [
        _NOISES[kind](dice) for kind in ("planes", "script", "unseen", "stacks", "emoji", "signs")
    ]
    while True:
        kind = dice.choice(kinds)
        yield "".join(next(kind) for _ in range(dice.randint(1, 20)))


_NOISES: dict[str, Callable[[Random], Iterator[str]]] = {
    "planes": _planes,
    "script": _script,
    "unseen": _unseen,
    "stacks": _stacks,
    "emoji": _emoji,
    "signs": _signs,
    "one": _one,
    "everything": _everything,
}


def _mangled(dice: Random, words: Sequence[str]) -> Iterator[str]:
    # Some messages have few different words, some many.
    some = dice.choices(words, k=dice.choice([1, 3, 10, 50, 700]))
    between = dice.choice([" ", " ", " ", "", ", ", "\n", ". "])
    slips = dice.random()
    while True:
        word = dice.choice(some)
        if dice.random() < slips:
            word = _misspelt(dice, word)
        yield word + between


def _misspelt(dice: Random, word: str) -> str:
    at = dice.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    match dice.randrange(7):
        case 0:
            return before + after
        case 1:
            return before + after[:1] + letter + after[1:]
        case 2:
            return before + dice.choice("аеиоукнтрсabeostүөқ'4") + after
        case 3:
            return before + letter * dice.randint(2, 30) + after
        case 4:
            return word[at:]
        case 5:
            return word * dice.randint(2, 5)
        case _:
            return word.upper()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.search.garbage", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    out = Console()
    catalogue = catalogue_of(datetime.now(UTC).date())
    search, words = search_of(catalogue), words_of(catalogue)
    numbers = track(range(options.count), "messages of garbage", console=out)
    answers = [answered(search, message(options.seed, number, words)) for number in numbers]
    out.print(_table(answers))
    raised = [one for one in answers if one.error]
    for one in raised[:20]:
        out.print(f"message {one.garbage.number} ({one.garbage.kind}) raised {one.error}")
    sys.exit(1 if raised else 0)


def _table(answers: Sequence[Answer]) -> Table:
    table = Table(
        "messages",
        "number",
        "ms, median",
        "99th of 100",
        "slowest",
        "its number",
        "on the clock",
        "sure",
        "urgent",
    )
    kinds = Counter(one.garbage.kind for one in answers)
    groups: dict[str, list[Answer]] = {
        kind: [one for one in answers if one.garbage.kind == kind] for kind in sorted(kinds)
    }
    groups["of full length"] = [
        one for one in answers if len(one.garbage.question.text) == LONGEST
    ]
    groups["nothing of ours"] = [one for one in answers if one.garbage.is_noise]
    groups["all"] = list(answers)
    for name, some in groups.items():
        if len(some) > 1:
            table.add_row(name, *_measured(some))
    return table


def _measured(some: Sequence[Answer]) -> list[str]:
    times = [one.processor for one in some]
    slowest = max(some, key=lambda one: one.processor)
    findings = [one.findings for one in some if one.findings]
    return [
        str(len(some)),
        f"{median(times):.1f}",
        f"{quantiles(times, n=100, method='inclusive')[-1]:.1f}",
        f"{slowest.processor:.1f}",
        str(slowest.garbage.number),
        f"{max(one.clock for one in some):.1f}",
        str(sum(one.verdict.value == "sure" for one in findings)),
        str(sum(one.danger is not None for one in findings)),
    ]


if __name__ == "__main__":
    main()
