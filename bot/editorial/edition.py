"""An edition: everything the content files say, parsed, with what is wrong in each file by itself.

Reading never fails. What one file says about another, and what depends on the day, is `bot.editorial.checking`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.editorial.files.cards import read_cards
from bot.editorial.files.contacts import read_contacts
from bot.editorial.files.danger_lines import DangerLines, read_danger_lines
from bot.editorial.files.dangers import read_dangers
from bot.editorial.files.facts import read_facts
from bot.editorial.files.glossary import Term, read_glossary
from bot.editorial.files.guide_file import Contents, read_guide
from bot.editorial.files.lines import Lines, read_lines
from bot.editorial.files.memos import (
    QUESTIONS,
    SETTINGS,
    TEXT_SUFFIX,
    MemoFiles,
    MemoText,
    Settings,
    read_settings,
    read_text,
)
from bot.editorial.files.regions import NO_PLACES, Places, read_places
from bot.editorial.files.sources import read_sources
from bot.editorial.files.wording import Phrase, read_wording
from bot.editorial.problem import Place, Problem, error, nearest, sorted_problems, warning
from bot.editorial.schema import ID_LENGTH, LANGUAGES, is_id
from bot.editorial.snapshot import (
    DANGER_LINES,
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

GUIDE, FACTS, SOURCES, CONTACTS, DANGERS, CARDS, GLOSSARY, WORDING, REGIONS, NOT_OURS = LEDGERS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edition:
    """`contents` is None when guide.yaml cannot be used. `memos` are by id, also those that no section lists.

    `danger_lines` are by the id of the danger, known or not. `not_ours` are lines that people type and no memo answers.
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
        """Every text that could be read, with its memo."""
        return [(memo, text) for memo in self.memos.values() for text in memo.texts.values()]


def read_edition(content_dir: Path) -> Edition:
    """What the content folder says now. Never raises for what is in the files."""
    return edition_of(take_snapshot(content_dir))


def edition_of(snapshot: Snapshot) -> Edition:
    """What the files of a snapshot say."""
    return _Reader(snapshot).edition()


class _Reader:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
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
            problems=sorted_problems(self._problems),
        )

    def _made(
        self,
        file: str,
        make: Callable[[YamlNode | None, str], tuple[T, list[Problem]]],
        instead: T,
    ) -> T:
        """What a YAML file says, or `instead` when there is no reading it."""
        node = self._yaml(file)
        if node is None:
            return instead
        made, problems = make(node, file)
        self._problems += problems
        return made

    def _made_if_there(
        self,
        file: str,
        make: Callable[[YamlNode | None, str], tuple[tuple[T, ...], list[Problem]]],
    ) -> tuple[T, ...]:
        """What a file says that a guide can do without."""
        return self._made(file, make, ()) if file in self._snapshot.files else ()

    def _yaml(self, file: str) -> YamlNode | None:
        text = self._text(file)
        if text is None:
            return None
        node, problems = read_yaml(text, file)
        self._problems += problems
        if node is None and not problems:
            self._problems.append(error(Place(file, 1), "empty-file"))
        return node

    def _text(self, file: str) -> str | None:
        data = self._snapshot.files.get(file)
        if data is None:
            if file not in self._unreadable:
                self._problems.append(error(Place(file, 1), "file-missing"))
            return None
        text, problems = text_of(data, file)
        self._problems += problems
        return text

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
            self._settings(settings_file, memo_id),
            MappingProxyType(texts),
            frozenset(spoiled),
            self._lines(f"{folder}/{QUESTIONS}"),
        )

    def _memo_text(self, file: str, lang: str) -> tuple[MemoText | None, bool]:
        """What could be read, and whether there are errors in it."""
        text = self._text(file)
        if text is None:
            return None, True
        memo_text, problems = read_text(text, file, lang)
        self._problems += problems
        return memo_text, any(problem.is_error for problem in problems)

    def _settings(self, file: str, memo_id: str) -> Entry[Settings] | None:
        node = self._yaml(file)
        if node is None:
            return None
        settings, problems = read_settings(node, file, memo_id)
        self._problems += problems
        return settings

    def _danger_lines(self) -> dict[str, DangerLines]:
        found: dict[str, DangerLines] = {}
        for file in sorted(self._snapshot.files.keys() | self._unreadable):
            folder, _, name = file.rpartition("/")
            if folder != DANGER_LINES:
                continue
            danger = name.removesuffix(YAML_SUFFIX)
            if danger == name:
                self._problems.append(warning(Place(file, 1), "unknown-file"))
            elif (node := self._yaml(file)) is not None:
                found[danger], problems = read_danger_lines(node, file, self._question_languages)
                self._problems += problems
        return found

    def _lines(self, file: str) -> Lines:
        """Lines of a file that a guide can do without."""
        is_there = file in self._snapshot.files or file in self._unreadable
        node = self._yaml(file) if is_there else None
        if node is None:
            return {}
        lines, problems = read_lines(node, file, self._question_languages)
        self._problems += problems
        return lines

    def _unknown_files(self) -> None:
        for file in self._snapshot.files:
            if "/" not in file and file not in LEDGERS:
                problem = warning(Place(file, 1), "unknown-file")
                self._problems.append(problem.suggesting(nearest(file, LEDGERS)))
