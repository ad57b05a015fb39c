"""A path through a check, played by a person with a phone: buttons pressed, days and names typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import cycle

from bot.conversation import flow_screens
from bot.conversation.check import Check, Given, meant_by
from bot.conversation.flow_actions import AnswerStep, RestartFlow, ShowOutcome
from bot.conversation.flow_reader import flow_reader
from bot.conversation.guidebook import Guidebook
from bot.conversation.screens import Reader
from bot.conversation.state import State
from bot.conversation.stays_draft import DONE, MORE, STILL_HERE
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.flow import (
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Question,
    RegionQuestion,
    StaysQuestion,
)
from bot.guide.paths import Path, all_paths
from bot.guide.rule import Circumstances, InputKind, read_answer
from bot.guide.walk import Regions
from bot.guide.work_calendar import WorkCalendar
from bot.render.rich_text import utf16_length
from bot.telegram.callbacks import pack, unpack
from bot.telegram.limits import (
    BUTTON_LABEL_CHARACTERS,
    CALLBACK_DATA_BYTES,
    MESSAGE_CHARACTERS,
)
from bot.telegram.local_records import LocalMessage
from tests.support.bot import OpenBot, Phone

LANGUAGES = ("ru", "ky", "en")


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """The button that gives this answer, whatever its label is."""

    value: str


def paths_in(catalogue: Catalogue, flow: Flow) -> list[Path]:
    """Every path of every citizenship on the day of the catalogue."""
    regions = Regions.among(catalogue.regions.values())
    return [
        path
        for who in Citizenship
        if who in flow.readers
        for path in all_paths(
            flow,
            Circumstances(
                who, catalogue.day, catalogue.facts, catalogue.regional, catalogue.calendar
            ),
            regions,
        )
    ]


def without_calendar(bot: OpenBot) -> None:
    """From now on the bot knows no days off, as on a day when nobody has entered those of the year."""
    shelf = bot.house.shelf
    serving = shelf.current()
    catalogue = replace(serving.book.catalogue, calendar=WorkCalendar())
    shelf._serving = replace(serving, book=replace(serving.book, catalogue=catalogue))


@dataclass(slots=True)
class Player:
    """Somebody of one citizenship and language. `screens` counts the pages that they have seen."""

    phone: Phone
    lang: str
    citizenship: Citizenship
    screens: int = 0

    @classmethod
    async def settled(cls, bot: OpenBot, lang: str, citizenship: Citizenship) -> "Player":
        """A new person, who has chosen both."""
        player = cls(bot.person(lang), lang, citizenship)
        await player.phone.say("/start")
        await player.phone.press_data(player.phone.last.id, f"lang:{lang}")
        await player.phone.press_data(player.phone.last.id, f"cit:{citizenship}|{lang}")
        return player

    async def play(self, book: Guidebook, flow: Flow, path: Path) -> None:
        """From the first question to the outcome that the walk of the path has. Raises `AssertionError` where the screens
        say something else.
        """
        restart = pack(RestartFlow(flow.id), self.lang, self.citizenship)
        self._look(await self.phone.press_data(self.phone.last.id, restart))
        given: dict[str, str] = {}
        for step in path.walked.path:
            question, value = flow.question(step), path.walked.given.get(step)
            if question is None or value is None:
                continue
            words = question.asked.text.in_language(self.lang)
            assert words in self.phone.last.text, f"{flow.id}/{step} is not asked: {given}"
            given[step] = value
            for deed in deeds(book, question, value, self.lang):
                await self._do(flow, step, deed)
        if self._has(show := pack(ShowOutcome(flow.id), self.lang, self.citizenship)):
            self._look(await self.phone.press_data(self.phone.last.id, show))
        shown, wanted = self.phone.last.text, self._outcome(book, flow, given)
        assert shown == wanted, f"{flow.id}: {given} ends at\n{shown}\nand not at\n{wanted}"

    async def _do(self, flow: Flow, step: str, deed: Say | Press) -> None:
        match deed:
            case Say(text):
                self._look(await self.phone.say(text))
            case Press(value):
                data = pack(AnswerStep(flow.id, step, value), self.lang, self.citizenship)
                assert self._has(data), f"no button {value!r} in {flow.id}/{step}"
                self._look(await self.phone.press_data(self.phone.last.id, data))

    def _has(self, data: str) -> bool:
        return any(one["callback_data"] == data for row in self.phone.last.rows for one in row)

    def _look(self, news: list[LocalMessage]) -> None:
        """One page came, and a phone can show it."""
        assert len(news) == 1, [message.text for message in news]
        self.screens += 1
        (page,) = news
        assert 0 < utf16_length(page.text) <= MESSAGE_CHARACTERS
        assert len(page.entities) <= 100
        for button in (button for row in page.rows for button in row):
            assert len(button["text"]) <= BUTTON_LABEL_CHARACTERS, button
            assert len(button["callback_data"].encode()) <= CALLBACK_DATA_BYTES
            assert unpack(button["callback_data"]).lang == self.lang, (
                f"a payload was cut: {button}"
            )

    def _outcome(self, book: Guidebook, flow: Flow, given: dict[str, str]) -> str:
        """What the page of the outcome says by itself."""
        base = book.catalogue.base_language
        held = {
            step: Given(value, meant_by(question, base))
            for step, value in given.items()
            if (question := flow.question(step))
        }
        state = State(self.lang, self.citizenship, check=Check(flow.id, held))
        here = flow_reader(Reader.of(book, state), state, flow)
        assert here.walked.outcome is not None
        return flow_screens.outcome(here, here.walked.outcome).text.text


@dataclass(slots=True)
class Cast:
    """One person for each language and citizenship, who comes when they are needed first."""

    bot: OpenBot
    players: dict[tuple[str, Citizenship], Player] = field(default_factory=dict)

    async def player(self, lang: str, citizenship: Citizenship) -> Player:
        key = lang, citizenship
        if key not in self.players:
            self.players[key] = await Player.settled(self.bot, *key)
        return self.players[key]

    @property
    def screens(self) -> int:
        return sum(player.screens for player in self.players.values())


def spread(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every path in one language, and more often where its outcome would be seen in fewer than all of them."""
    turn = cycle(LANGUAGES)
    ends: dict[str, list[tuple[Path, str]]] = {}
    for path in paths:
        seen = ends.setdefault(path.walked.path[-1], [])
        missing = [lang for lang in LANGUAGES if lang not in {told for _, told in seen}]
        seen.append((path, missing[0] if missing else next(turn)))
    for seen in ends.values():
        yield from seen
        told = {lang for _, lang in seen}
        yield from ((seen[0][0], lang) for lang in LANGUAGES if lang not in told)


def deeds(book: Guidebook, question: Question, value: str, lang: str) -> Iterator[Say | Press]:
    """What a person does to give this answer."""
    match question:
        case ChoiceQuestion():
            yield Press(value)
        case DateQuestion():
            yield Say(typed_day(date.fromisoformat(value)))
        case NumberQuestion():
            yield Say(value)
        case RegionQuestion():
            yield Say(book.catalogue.regions[value].name.in_language(lang))
        case StaysQuestion():
            stays = read_answer(InputKind.STAYS, value)
            assert isinstance(stays, tuple)
            for number, stay in enumerate(stays):
                if number:
                    yield Press(MORE)
                yield Say(typed_day(stay.entered))
                yield Say(typed_day(stay.left)) if stay.left else Press(STILL_HERE)
            yield Press(DONE)


def typed_day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
