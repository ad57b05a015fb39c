"""A search that finds what a test says, for conversations that are about what comes after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.search.findings import Finding, Findings, Line, Question, Verdict


@dataclass(frozen=True, slots=True)
class ScriptedSearch:
    """`findings` by the text of the question; anything else is out of scope. `asked` are the questions so far."""

    findings: Mapping[str, Findings]
    asked: list[Question] = field(default_factory=list)

    @classmethod
    def of(cls, script: Mapping[str, Mapping[str, Any]]) -> "ScriptedSearch":
        """From YAML: memos, verdict, lines (a block, or a block and an item), danger, asked in."""
        return cls({text: _findings(found) for text, found in script.items()})

    async def ask(self, question: Question) -> Findings:
        self.asked.append(question)
        return self.findings.get(question.text, Findings())


def _findings(found: Mapping[str, Any]) -> Findings:
    return Findings(
        ranked=tuple(Finding(str(memo), 1.0) for memo in found.get("memos", ())),
        verdict=Verdict(found.get("verdict", "sure")),
        lines=tuple(Line(*map(int, place)) for place in found.get("lines", ())),
        danger=found.get("danger"),
        asked_in=found.get("asked in"),
    )
