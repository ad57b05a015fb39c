"""Flow files → flows that persons go through: texts filled in for a day, pages for every reader.

It must not prove them: that is `bot.editorial.checks.flows`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.editorial.files.flows import FlowFile, OutcomeFile, Spoken, StepFile
from bot.editorial.filling import Filler
from bot.editorial.template import Body
from bot.editorial.usage import facts_shown
from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.fact import Fact
from bot.guide.flow import (
    Asked,
    ByCitizenship,
    ByRule,
    Flow,
    Outcome,
    OutcomePage,
    Question,
    Step,
)
from bot.guide.source import Citation
from bot.guide.text import Block, LocalText

Cite = Callable[[Iterable[Fact]], tuple[Citation, ...]]


class FlowCompiler:
    """`fillers` are by language; `cite` makes the citations of facts. Raises `ContentError` as `Filler` does."""

    def __init__(
        self,
        fillers: Mapping[str, Filler],
        facts: Mapping[str, Fact],
        contacts: Mapping[str, Contact],
        base: str,
        cite: Cite,
    ) -> None:
        self._contacts = contacts
        self._fillers = fillers
        self._facts = facts
        self._base = base
        self._cite = cite

    def flow(self, file: FlowFile) -> Flow:
        return Flow(
            id=file.id,
            title=file.title,
            about=file.about,
            start=file.start,
            steps=MappingProxyType({name: self._step(step) for name, step in file.steps.items()}),
            outcomes=MappingProxyType(
                {name: self._outcome(outcome) for name, outcome in file.outcomes.items()}
            ),
            readers=file.readers,
            dates=file.dates,
        )

    def _step(self, file: StepFile) -> Step:
        match file.step:
            case ByCitizenship() | ByRule():
                return file.step
            case question:
                return self._question(question, file)

    def _question(self, question: Question, file: StepFile) -> Question:
        hint = self._said(file.hint) if file.hint else None
        return replace(question, asked=Asked(self._said(file.text), hint))

    def _said(self, spoken: Spoken) -> LocalText:
        return LocalText(
            {
                lang: "".join(self._fillers[lang].said(span) for span in spans)
                for lang, spans in spoken.items()
                if lang in self._fillers
            }
        )

    def _outcome(self, file: OutcomeFile) -> Outcome:
        return Outcome(
            id=file.id,
            title=self._said(file.title),
            pages=MappingProxyType(dict(self._pages(file))),
            memos=file.memos,
            keep=file.keep,
            urgent=file.urgent,
            mends=file.mends,
        )

    def _pages(self, file: OutcomeFile) -> Iterator[tuple[tuple[str, Citizenship], OutcomePage]]:
        for lang, filler in self._fillers.items():
            body = file.texts.get(lang) or file.texts.get(self._base)
            if body is None:
                continue
            # A text is filled once, however many citizenships read it.
            filled = [
                (branch.audience, tuple(filler.block(block) for block in branch.blocks))
                for branch in body.branches()
            ]
            for citizenship in Citizenship:
                blocks = tuple(
                    block for audience, part in filled if citizenship in audience for block in part
                )
                yield (lang, citizenship), self._page(file, body, blocks, citizenship)

    def _page(
        self, file: OutcomeFile, body: Body, blocks: tuple[Block, ...], citizenship: Citizenship
    ) -> OutcomePage:
        shown = (fact.fact for fact in facts_shown(body.blocks_for(citizenship)))
        names = dict.fromkeys([*shown, *file.relies])
        facts = [self._facts[name] for name in names if name in self._facts]
        concerned = [fact for fact in facts if citizenship in fact.applies]
        return OutcomePage(
            blocks=blocks,
            citations=self._cite(concerned),
            checked=min((fact.checked for fact in concerned), default=None),
            contacts=tuple(
                name
                for name in file.contacts_of(citizenship)
                if (contact := self._contacts.get(name)) and citizenship in contact.serves
            ),
        )
