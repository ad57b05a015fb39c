"""An edition: everything the content files say, parsed, with what is wrong in each file by itself.

Reading never fails. What one file says about another, and what depends on the day, is `bot.editorial.checking`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, TypeVarTuple

from bot.editorial.files.calendar import Calendar, read_calendar
from bot.editorial.files.cards import read_cards
from bot.editorial.files.contacts import read_contacts
from bot.editorial.files.danger_lines import DangerLines, read_danger_lines
from bot.editorial.files.dangers import read_dangers
from bot.editorial.files.facts import read_facts
from bot.editorial.files.flows import FlowFile, FlowText, read_flow
from bot.editorial.files.glossary import Term, read_glossary
from bot.editorial.files.guide_file import Contents, read_guide
from bot.editorial.files.lines import Lines, read_lines
from bot.editorial.files.memos import (
    QUESTIONS,
    SETTINGS,
    TEXT_SUFFIX,
    MemoFiles,
    MemoText,
    read_settings,
    read_text,
)
from bot.editorial.files.regions import NO_PLACES, Places, read_places
from bot.editorial.files.sources import read_sources
from bot.editorial.files.wording import Phrase, read_wording
from bot.editorial.kept import Kept
from bot.editorial.problem import Place, Problem, error, nearest, sorted_problems, warning
from bot.editorial.schema import ID_LENGTH, LANGUAGES, is_id
from bot.editorial.snapshot import (
    DANGER_LINES,
    FLOWS,
    LEDGERS,
    MEMOS,
    YAML_SUFFIX,
    Snapshot,
    take_snapshot,
)
from bot.editorial.table import Entry, Table
from bot.editorial.text_file import text_of
from bot.editorial.yaml_tree import YamlNode, read_yaml
from bot.guide.card import Card
from bot.guide.contact import Contact
from bot.guide.danger import Danger
from bot.guide.fact import Fact
from bot.guide.source import Source

(
    GUIDE,
    FACTS,
    SOURCES,
    CONTACTS,
    DANGERS,
    CARDS,
    GLOSSARY,
    WORDING,
    REGIONS,
    NOT_OURS,
    CALENDAR,
) = LEDGERS

T = TypeVar("T")
Besides = TypeVarTuple("Besides")
Read = tuple[T, Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Edition:
    """`contents` is None when guide.yaml cannot be used. `memos` are by id, also those that no section lists.

    `danger_lines` are by the id of the danger, known or not. `not_ours` are lines that people type and no memo answers.
    `kept` is what was found out about parts of it, for the edition that comes after.
    """

    fingerprint: str
    contents: Entry[Contents] | None
    facts: Table[Fact]
    sources: Table[Source]
    contacts: Table[Contact]
    dangers: Table[Danger]
    cards: Table[Card]
    terms: tuple[Term, ...]
    phrases: tuple[Phrase, ...]
    places: Places
    memos: Mapping[str, MemoFiles]
    danger_lines: Mapping[str, DangerLines]
    not_ours: Lines
    problems: tuple[Problem, ...]
    flows: Mapping[str, FlowFile] = field(default_factory=lambda: MappingProxyType({}))
    calendar: Calendar = field(default_factory=Calendar)
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.contents.value.languages if self.contents else ()

    @property
    def listed_memos(self) -> dict[str, str]:
        """Ids of the memos that sections list, in their order, with the section of each."""
        return self.contents.value.section_of() if self.contents else {}

    def text(self, memo_id: str, lang: str) -> MemoText | None:
        memo = self.memos.get(memo_id)
        return memo.texts.get(lang) if memo else None

    def texts(self) -> list[tuple[MemoFiles, MemoText]]:
        """Every text of a memo that could be read, with its memo."""
        return [(memo, text) for memo in self.memos.values() for text in memo.texts.values()]

    def bodies(self) -> list[MemoText | FlowText]:
        """Every text that shows facts: those of memos and those of flows."""
        of_flows = (text for flow in self.flows.values() for text in flow.texts)
        return [*(text for _, text in self.texts()), *of_flows]


def read_edition(content_dir: Path) -> Edition:
    """What the content folder says now. Never raises for what is in the files."""
    return edition_of(take_snapshot(content_dir))


def edition_of(snapshot: Snapshot, before: Edition | None = None) -> Edition:
    """What the files of a snapshot say.

    What did not change since the edition `before` is taken over from it, here and when it is checked. That saves time
    and changes nothing else.
    """
    return _Reader(snapshot, Kept(before.kept if before else None)).edition()


class _Reader:
    def __init__(self, snapshot: Snapshot, kept: Kept) -> None:
        self._snapshot = snapshot
        self._kept = kept
        self._problems: list[Problem] = list(snapshot.problems)
        self._unreadable = {problem.file for problem in snapshot.problems}
        self._question_languages: tuple[str, ...] = LANGUAGES  # until guide.yaml says which

    def edition(self) -> Edition:
        self._unknown_files()
        contents = self._made(GUIDE, read_guide, None)
        languages = contents.value.languages if contents else ()
        if contents:
            self._question_languages = contents.value.question_languages
        return Edition(
            fingerprint=self._snapshot.fingerprint,
            contents=contents,
            facts=self._made(FACTS, read_facts, Table(is_whole=False)),
            sources=self._made(SOURCES, read_sources, Table(is_whole=False)),
            contacts=self._made(CONTACTS, read_contacts, Table(is_whole=False)),
            dangers=self._made(DANGERS, read_dangers, Table(is_whole=False)),
            # A guide may have no cards, as it may have no glossary.
            cards=self._made(CARDS, read_cards, Table(is_whole=False))
            if CARDS in self._snapshot.files
            else Table(),
            terms=self._made_if_there(GLOSSARY, read_glossary),
            phrases=self._made_if_there(WORDING, read_wording),
            places=self._made(REGIONS, read_places, Places())
            if REGIONS in self._snapshot.files or REGIONS in self._unreadable
            else NO_PLACES,
            memos=MappingProxyType(self._memos(languages)),
            danger_lines=MappingProxyType(self._danger_lines()),
            not_ours=self._lines(NOT_OURS),
            calendar=self._made(CALENDAR, read_calendar, Calendar(is_whole=False)),
            flows=MappingProxyType(self._flows()),
            problems=sorted_problems(self._problems),
            kept=self._kept,
        )

    def _made(
        self,
        file: str,
        make: Callable[[YamlNode, str, *Besides], Read[T]],
        instead: T,
        *besides: *Besides,
    ) -> T:
        """What a YAML file says, or `instead` when there is no reading it. `besides` is what else `make` has to know."""
        data = self._data(file)
        if data is None:
            return instead
        made, problems = self._kept.of(_read_file, make, data, file, *besides)
        self._problems += problems
        return instead if made is None else made

    def _made_if_there(
        self,
        file: str,
        make: Callable[[YamlNode, str], Read[tuple[T, ...]]],
    ) -> tuple[T, ...]:
        """What a file says that a guide can do without."""
        return self._made(file, make, ()) if file in self._snapshot.files else ()

    def _data(self, file: str) -> bytes | None:
        data = self._snapshot.files.get(file)
        if data is None and file not in self._unreadable:
            self._problems.append(error(Place(file, 1), "file-missing"))
        return data

    def _memos(self, languages: tuple[str, ...]) -> dict[str, MemoFiles]:
        folders: dict[str, list[str]] = defaultdict(list)
        for file in self._snapshot.files.keys() | self._unreadable:
            match file.split("/"):
                case [top, memo_id, name] if top == MEMOS:
                    folders[memo_id].append(name)
        return {
            memo_id: self._memo(memo_id, sorted(folders[memo_id]), languages)
            for memo_id in sorted(folders)
        }

    def _memo(self, memo_id: str, names: list[str], languages: tuple[str, ...]) -> MemoFiles:
        folder = f"{MEMOS}/{memo_id}"
        settings_file = f"{folder}/{SETTINGS}"
        if not is_id(memo_id):
            place = Place(settings_file, 1)
            self._problems.append(error(place, "bad-id", text=memo_id, limit=ID_LENGTH))
        texts: dict[str, MemoText] = {}
        spoiled: set[str] = set()
        for name in names:
            lang = name.removesuffix(TEXT_SUFFIX)
            if name in (SETTINGS, QUESTIONS):
                continue
            if lang == name or (languages and lang not in languages):
                known = [SETTINGS, QUESTIONS, *(f"{lang}{TEXT_SUFFIX}" for lang in languages)]
                place = Place(f"{folder}/{name}", 1)
                self._problems.append(
                    warning(place, "unknown-file").suggesting(nearest(name, known))
                )
                continue
            text, is_spoiled = self._memo_text(f"{folder}/{name}", lang)
            if is_spoiled:
                spoiled.add(lang)
            if text is not None:
                texts[lang] = text
        return MemoFiles(
            memo_id,
            folder,
            self._made(settings_file, read_settings, None, memo_id),
            MappingProxyType(texts),
            frozenset(spoiled),
            self._lines(f"{folder}/{QUESTIONS}"),
        )

    def _memo_text(self, file: str, lang: str) -> tuple[MemoText | None, bool]:
        """What could be read, and whether there are errors in it."""
        data = self._data(file)
        if data is None:
            return None, True
        text, problems = self._kept.of(_read_memo_text, data, file, lang)
        self._problems += problems
        return text, any(problem.is_error for problem in problems)

    def _danger_lines(self) -> dict[str, DangerLines]:
        found: dict[str, DangerLines] = {}
        for danger, file in self._files_in(DANGER_LINES):
            lines = self._made(file, read_danger_lines, None, self._question_languages)
            found |= {danger: lines} if lines else {}
        return found

    def _flows(self) -> dict[str, FlowFile]:
        found: dict[str, FlowFile] = {}
        for flow_id, file in self._files_in(FLOWS):
            flow = self._made(file, read_flow, None, flow_id)
            found |= {flow_id: flow} if flow else {}
        return found

    def _files_in(self, wanted: str) -> Iterator[tuple[str, str]]:
        """The YAML files of a folder by their names without the suffix."""
        for file in sorted(self._snapshot.files.keys() | self._unreadable):
            folder, _, name = file.rpartition("/")
            if folder != wanted:
                continue
            stem = name.removesuffix(YAML_SUFFIX)
            if stem == name:
                self._problems.append(warning(Place(file, 1), "unknown-file"))
            else:
                yield stem, file

    def _lines(self, file: str) -> Lines:
        """Lines of a file that a guide can do without."""
        is_there = file in self._snapshot.files or file in self._unreadable
        return self._made(file, read_lines, {}, self._question_languages) if is_there else {}

    def _unknown_files(self) -> None:
        for file in self._snapshot.files:
            if "/" not in file and file not in LEDGERS:
                problem = warning(Place(file, 1), "unknown-file")
                self._problems.append(problem.suggesting(nearest(file, LEDGERS)))


def _read_file(
    make: Callable[[YamlNode, str, *Besides], Read[T]], data: bytes, file: str, *besides: *Besides
) -> Read[T | None]:
    """What a YAML file says, None when there is nothing to make it of."""
    text, problems = text_of(data, file)
    if text is None:
        return None, problems
    node, unparsable = read_yaml(text, file)
    if node is None:
        nothing = () if unparsable else (error(Place(file, 1), "empty-file"),)
        return None, (*problems, *unparsable, *nothing)
    made, wrong = make(node, file, *besides)
    return made, (*problems, *unparsable, *wrong)


def _read_memo_text(data: bytes, file: str, lang: str) -> Read[MemoText | None]:
    text, problems = text_of(data, file)
    if text is None:
        return None, problems
    memo_text, wrong = read_text(text, file, lang)
    return memo_text, (*problems, *wrong)
