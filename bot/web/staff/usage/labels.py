"""What ids, groups, days and times are called, in the language of a member of staff."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from bot.conversation.replies import NoteKind
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import FIRST_CORRIDOR, Citizenship
from bot.guide.flow import Flow
from bot.guide.text import LocalText
from bot.i18n.interface import Words
from bot.web.staff.usage.steps import Step
from db.counted import FEW, NOT_CHOSEN, SLOWER, ZONE
from db.usage_days import Span

_SECOND = 1000


@dataclass(frozen=True, slots=True)
class Labels:
    words: Words
    catalogue: Catalogue

    @property
    def memos(self) -> list[tuple[str, str]]:
        """Id and title, by title."""
        reader = (self._reading, FIRST_CORRIDOR)
        titles = [(memo.id, memo.title) for memo in self.catalogue.memos.get(reader, {}).values()]
        return sorted(titles, key=lambda one: one[1])

    @property
    def _reading(self) -> str:
        """English readers read the base texts where the guide has no English."""
        known = self.words.lang in self.catalogue.languages
        return self.words.lang if known else self.catalogue.base_language

    def language(self, lang: str) -> str:
        match lang:
            case str(_) if lang == NOT_CHOSEN:
                return self.words.say("usage-not-chosen")
            case str(_) if lang == FEW:
                return self.words.say("usage-few")
            case str(_) if lang in {"ru", "ky", "en"}:
                return self.words.say(f"language-{lang}")
        return lang

    def citizenship(self, citizenship: str) -> str:
        if citizenship == NOT_CHOSEN:
            return self.words.say("usage-not-chosen")
        if citizenship == FEW:
            return self.words.say("usage-few")
        known = citizenship in list(Citizenship)
        return self.words.say(f"citizenship-{citizenship}") if known else citizenship

    def memo(self, memo: str) -> str:
        found = self.catalogue.memo(memo, self._reading, FIRST_CORRIDOR)
        return found.title if found else memo

    def flow(self, flow: str) -> str:
        found = self.catalogue.flows.get(flow)
        return self._said(found.title) if found else flow

    def step_of_flow(self, flow: Flow | None, name: str) -> str:
        """A question or outcome; its id where the flow has it no more."""
        if name == "summary":
            return self.words.say("usage-summary")
        question = flow.question(name) if flow else None
        if question is not None:
            return self._said(question.asked.text) or name
        outcome = flow.outcomes.get(name) if flow else None
        return (self._said(outcome.title) or name) if outcome else name

    def _said(self, text: LocalText) -> str:
        return text.in_language(self.words.lang, self.catalogue.base_language)

    def kind(self, kind: str) -> str:
        known = kind in list(NoteKind)
        return self.words.say(f"kind-{kind}") if known else kind

    def subject(self, kind: str, subject: str) -> str:
        """What an event of this kind was about, by its id; the id where the guide has it no more."""
        guide = self.catalogue
        named: LocalText | None = None
        match kind:
            case (
                NoteKind.MEMO_READ
                | NoteKind.QUESTION_ANSWERED
                | NoteKind.QUESTION_HELPED
                | NoteKind.QUESTION_MISSED
            ):
                return self.memo(subject)
            case NoteKind.DANGER_SHOWN:
                named = next((one.title for one in guide.dangers if one.id == subject), None)
            case NoteKind.CONTACT_SHOWN | NoteKind.CONTACT_OPENED:
                named = guide.contacts[subject].name if subject in guide.contacts else None
            case NoteKind.CARD_SHOWN:
                named = guide.cards[subject].title if subject in guide.cards else None
            case NoteKind.REGION_OPENED:
                named = guide.regions[subject].name if subject in guide.regions else None
            case NoteKind.SECTION_OPENED:
                section = guide.section(subject)
                named = section.title if section else None
            case NoteKind.DATE_KEPT | NoteKind.DATE_CHANGED:
                return self.flow(subject)
            case (
                NoteKind.FLOW_STARTED
                | NoteKind.FLOW_ASKED
                | NoteKind.FLOW_ENDED
                | NoteKind.FLOW_FAILED
            ):
                flow, _, step = subject.partition("/")
                title = self.flow(flow)
                if not step:
                    return title
                return f"{title}: {self.step_of_flow(guide.flows.get(flow), step)}"
            case _:
                pass
        return named.in_language(self.words.lang, guide.base_language) if named else subject

    def step(self, step: Step) -> str:
        match step.form:
            case "month":
                return format_date(step.span.first, "LLL y", locale=self.words.lang)
            case _:
                return format_date(step.span.first, "d MMM", locale=self.words.lang)

    def span(self, span: Span) -> str:
        first, last = (
            format_date(day, "d MMM y", locale=self.words.lang) for day in (span.first, span.last)
        )
        return first if span.days == 1 else f"{first} \N{EN DASH} {last}"

    def hour(self, moment: datetime) -> str:
        return format_datetime(moment, "d MMM y, HH:00", tzinfo=ZONE, locale=self.words.lang)

    def number(self, number: float) -> str:
        return str(format_decimal(number, locale=self.words.lang))

    def bound(self, milliseconds: int) -> str:
        """An upper bound of response times."""
        if milliseconds == SLOWER:
            return self.words.say("usage-slower")
        if milliseconds < _SECOND:
            return self.words.say("usage-milliseconds", number=milliseconds)
        return self.words.say("usage-seconds", number=self.number(milliseconds / _SECOND))
