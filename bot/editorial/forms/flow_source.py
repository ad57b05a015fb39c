"""A flow file as its parts (the flow itself, steps, outcomes), and the same file with one of them changed, added, moved or
taken out.

Every other byte stays as it was. Whether the flow leads anywhere right is not known here, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from bot.editorial.forms.flow_fields import (
    Data,
    FlowField,
    fields_of_head,
    fields_of_outcome,
    fields_of_step,
    kind_of_step,
    written_into,
)
from bot.editorial.forms.ledger import Ledger, ledger_at
from bot.editorial.forms.splicing import Splicer, applied, end_of
from bot.editorial.yaml_tree import YamlMap, YamlScalar, read_yaml, value_of
from bot.errors import ContentError
from bot.guide.rule import Rule
from bot.guide.rules import RULES

HEAD = ""
STEPS, OUTCOMES, CHOICES = "steps", "outcomes", "choices"


@dataclass(frozen=True, slots=True)
class Part:
    """`name` is the id of a step or outcome, empty for the flow itself. `kind`: head, outcome, or what the step is."""

    name: str
    kind: str
    data: Data


@dataclass(frozen=True)
class FlowSource:
    """A file that can be read as YAML, whatever it says."""

    file: str
    text: str
    root: YamlMap

    @cached_property
    def steps(self) -> Ledger | None:
        return ledger_at(self.text, self.file, self.root, (STEPS,))

    @cached_property
    def outcomes(self) -> Ledger | None:
        return ledger_at(self.text, self.file, self.root, (OUTCOMES,))

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """By id, in the order of the file; an id that stands twice is the first."""
        found = {HEAD: Part(HEAD, "head", self._head())}
        for ledger in (self.steps, self.outcomes):
            for name in ledger.entries if ledger else ():
                data = (ledger.data(name) if ledger else None) or {}
                kind = kind_of_step(data) if ledger is self.steps else "outcome"
                found.setdefault(name, Part(name, kind, data))
        return MappingProxyType(found)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that it uses, each once, as far as they exist."""
        names = (part.data.get("rule") for part in self.parts.values())
        known = (RULES.get(name) for name in names if isinstance(name, str))
        return tuple({rule.name: rule for rule in known if rule}.values())

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that its rules work out, and those that it names besides."""
        named = self._head().get("dates")
        of_rules = (date for rule in self.rules for date in rule.dates)
        return tuple(dict.fromkeys((*of_rules, *(named if isinstance(named, dict) else ()))))

    def fields(self, part: Part, languages: Sequence[str]) -> list[FlowField]:
        match part.kind:
            case "head":
                return fields_of_head(part.data, languages, self.dates)
            case "outcome":
                return fields_of_outcome(part.data, languages, self.dates)
            case _:
                rule = part.data.get("rule")
                return fields_of_step(
                    part.data, languages, RULES.get(rule) if isinstance(rule, str) else None
                )

    def changed(self, part: Part, languages: Sequence[str], form: Mapping[str, str]) -> str:
        """The text with what the form says of the part. Raises `ContentError` when that cannot be written."""
        return self.with_data(part, written_into(part.data, self.fields(part, languages), form))

    def with_data(self, part: Part, data: Data) -> str:
        if data == part.data:
            return self.text
        if part.kind == "head":
            return self._with_head(data)
        return self._ledger_of(part).changed({part.name: data})

    def added(self, kind: str, data: Data, beside: str | None) -> str:
        """With one more step, or with an outcome (`kind` is `STEPS` or `OUTCOMES`), behind another of its kind."""
        ledger = self.steps if kind == STEPS else self.outcomes
        if ledger is None:
            raise ContentError(f"{self.file} has no {kind}")
        return ledger.added(data, beside)

    def without(self, part: Part) -> str:
        return self._ledger_of(part).without(part.name)

    def moved(self, part: Part, by: int) -> str:
        return self._ledger_of(part).moved(part.name, by)

    def choices(self, part: Part) -> Ledger | None:
        """The choices of a step."""
        steps = self.steps
        entry = steps.entries.get(part.name) if steps else None
        items = steps.items.items if steps else ()
        numbers = [number for number, item in enumerate(items) if item is entry]
        if not numbers:
            return None
        return ledger_at(self.text, self.file, self.root, (STEPS, numbers[0], CHOICES))

    def part_at(self, line: int) -> str:
        """The id of the step or outcome on a line of the file; empty for the lines of the flow itself."""
        for ledger in (self.steps, self.outcomes):
            for name, entry in ledger.entries.items() if ledger else ():
                last = entry.line + self.text.count("\n", entry.start, end_of(self.text, entry))
                if entry.line <= line <= last:
                    return name
        return HEAD

    def lines_of_texts(self, part: Part) -> Mapping[str, int]:
        """By the name of a field: the line of the file on which its text begins."""
        ledger = None if part.kind == "head" else self._ledger_of(part)
        entry = ledger.entries[part.name] if ledger else self.root
        found: dict[str, int] = {}
        for key, value in entry.entries:
            if isinstance(value, YamlMap):
                for lang, said in value.entries:
                    if isinstance(said, YamlScalar):
                        is_block = self.text[said.start : said.start + 1] in ("|", ">")
                        found[f"{key.text}-{lang.text}"] = said.line + is_block
        return found

    def _head(self) -> Data:
        data = value_of(self.root)
        assert isinstance(data, dict)
        return {key: value for key, value in data.items() if key not in (STEPS, OUTCOMES)}

    def _with_head(self, data: Data) -> str:
        whole = value_of(self.root)
        assert isinstance(whole, dict)
        kept = {key: value for key, value in whole.items() if key in (STEPS, OUTCOMES)}
        # The lists stand at the end, in the file and in what is wanted: new fields go before them.
        wanted = {**data, **kept}
        after = applied(self.text, Splicer(self.text).edits(self.root, wanted))
        node, problems = read_yaml(after, self.file)
        if node is None or problems or value_of(node) != wanted:
            raise ContentError(f"{self.file}: this cannot be written into the file")
        return after

    def _ledger_of(self, part: Part) -> Ledger:
        ledger = self.outcomes if part.kind == "outcome" else self.steps
        if ledger is None or part.name not in ledger.entries:
            raise ContentError(f"{self.file} has no {part.name}")
        return ledger


def read_flow_source(text: str, file: str) -> FlowSource | None:
    """None for what is no YAML that we take, or no mapping."""
    node, problems = read_yaml(text, file)
    if problems or not isinstance(node, YamlMap):
        return None
    return FlowSource(file, text, node)
