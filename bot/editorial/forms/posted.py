"""What came in from a form, cleaned: names with texts on one line or in lines. It must not know which fields there are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.editorial.problem import Place, Problem, error
from bot.editorial.text_file import UNPRINTABLE

_NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`name` is the input of the form that has to be mended."""

    name: str
    problem: Problem


def wrong(name: str, code: str, /, **values: object) -> FieldProblem:
    """A problem of an input, with a sentence of the domain `editorial`."""
    return FieldProblem(name, error(_NOWHERE, code, **values))


@dataclass(frozen=True, slots=True)
class Posted:
    """Texts by the name of their input, in the order in which they came."""

    texts: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]]) -> "Posted":
        texts: dict[str, tuple[str, ...]] = {}
        for name, text in pairs:
            texts[name] = (*texts.get(name, ()), text)
        return Posted(texts)

    def line(self, name: str) -> str:
        """A text with every run of white space as one blank; empty when there is none."""
        return on_one_line(next(iter(self.texts.get(name, ())), ""))

    def lines(self, name: str) -> list[str]:
        """The lines of a text that have anything on them."""
        text = next(iter(self.texts.get(name, ())), "")
        return [line for part in re.split(r"\r\n?|\n", text) if (line := on_one_line(part))]

    def chosen(self, name: str) -> list[str]:
        """All that was ticked under a name, each once."""
        return list(dict.fromkeys(filter(None, map(on_one_line, self.texts.get(name, ())))))

    def has(self, name: str) -> bool:
        return bool(self.line(name))

    def rows(self, name: str) -> list[int]:
        """The numbers of the rows `name.0.…`, `name.1.…` that came."""
        pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,3}})\.")
        return sorted({int(match[1]) for one in self.texts if (match := pattern.match(one))})

    def problems(self) -> list[FieldProblem]:
        """Texts with characters that a content file cannot hold."""
        return [
            wrong(name, "control-character", character=f"U+{ord(found[0]):04X}")
            for name, texts in self.texts.items()
            for text in texts
            if (found := UNPRINTABLE.search(text))
        ]


def on_one_line(text: str) -> str:
    return " ".join(text.split())
