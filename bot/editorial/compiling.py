"""An edition and a day → the catalogue that persons see.

Everything that depends on the day, the language or the citizenship is decided here, once, so that showing a memo
is a look-up. It must not decide whether an edition may be published: that is `bot.editorial.checking`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.editorial.edition import Edition
from bot.editorial.files.danger_lines import DangerLines
from bot.editorial.files.guide_file import Contents
from bot.editorial.files.lines import texts_of
from bot.editorial.files.memos import MemoText, Settings
from bot.editorial.filling import Filler
from bot.editorial.flow_compiling import FlowCompiler
from bot.editorial.template import BlockTemplate, Branch
from bot.editorial.usage import contacts_shown, facts_shown
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue, Reader
from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.danger import Danger
from bot.guide.fact import Fact
from bot.guide.flow import Flow
from bot.guide.memo import Memo
from bot.guide.regional import RegionalValue
from bot.guide.source import Citation, Source
from bot.guide.text import Block, LocalText
from bot.i18n.interface import Interface, load_interface
from bot.i18n.values import Form, in_words

UNITS = "units"


def build_catalogue(
    edition: Edition, day: date, units: Interface | None = None, *, shows_gaps: bool = False
) -> Catalogue:
    """The catalogue of `day`. `units` are the texts of the domain `units`; they are loaded when left out.

    Raises `ContentError` for an edition with errors, and for a day on which a fact that is shown has no value.
    With `shows_gaps` a phrase stands where the value is missing: for staff who look at another day, never for persons.
    """
    contents = _contents(edition)
    units = units or load_interface(domain=UNITS)
    compiler = _Compiler(edition, contents, day, units, shows_gaps=shows_gaps)
    places = edition.places
    memos: dict[Reader, Mapping[str, Memo]] = {
        (lang, citizenship): MappingProxyType(compiler.memos(lang, citizenship))
        for lang in contents.languages
        for citizenship in Citizenship
    }
    return Catalogue(
        edition=edition.fingerprint,
        day=day,
        languages=contents.languages,
        base_language=contents.base_language,
        sections=contents.sections,
        memos=MappingProxyType(memos),
        questions=MappingProxyType(
            {name: texts_of(edition.memos[name].questions) for name in edition.listed_memos}
        ),
        not_ours=texts_of(edition.not_ours),
        contacts=MappingProxyType(compiler.contacts),
        facts=MappingProxyType(edition.facts.values()),
        sources=MappingProxyType(compiler.sources),
        dangers=tuple(_dangers(edition)),
        cards=MappingProxyType(edition.cards.values()),
        regions=MappingProxyType(places.regions.values()),
        series=MappingProxyType(places.series.values()),
        regional=tuple(compiler.regional(day, units)),
        places_source=compiler.sources.get(places.source[0]) if places.source else None,
        flows=MappingProxyType(compiler.flows()),
        calendar=edition.calendar.work,
    )


def with_memo(
    catalogue: Catalogue,
    edition: Edition,
    memo_id: str,
    languages: Collection[str],
    units: Interface | None = None,
) -> Catalogue:
    """The catalogue with one memo as another edition has it in some languages, for a look at what is being written:
    everything that the memo shows is that edition's, on the day of the catalogue, and other memos are only linked to. A
    phrase stands where a value is missing.

    Raises `ContentError` when the memo cannot be shown.
    """
    if edition.contents is None:
        raise ContentError("guide.yaml has errors; see `joldosh content check`")
    contents, units = edition.contents.value, units or load_interface(domain=UNITS)
    compiler = _Compiler(edition, contents, catalogue.day, units, shows_gaps=True)
    memos: dict[Reader, Mapping[str, Memo]] = {
        (lang, citizenship): MappingProxyType(
            {
                **catalogue.memos.get((lang, citizenship), {}),
                memo_id: compiler.memo(memo_id, lang, citizenship),
            }
        )
        for lang in contents.languages
        if lang in languages
        for citizenship in Citizenship
    }
    return replace(
        catalogue,
        sections=contents.sections,
        memos=MappingProxyType({**catalogue.memos, **memos}),
        contacts=MappingProxyType(compiler.contacts),
        cards=MappingProxyType(edition.cards.values()),
        regions=MappingProxyType(edition.places.regions.values()),
        series=MappingProxyType(edition.places.series.values()),
        regional=tuple(compiler.regional(catalogue.day, units)),
    )


def with_flows(
    catalogue: Catalogue, edition: Edition, names: Collection[str], units: Interface | None = None
) -> Catalogue:
    """The catalogue with some guided checks as another edition has them, for a look at what is being written: all that
    they read is that edition's, on the day of the catalogue. A phrase stands where a value is missing; a check that the
    edition does not have is gone.

    Raises `ContentError` when one cannot be shown.
    """
    if edition.contents is None:
        raise ContentError("guide.yaml has errors; see `joldosh content check`")
    contents, units = edition.contents.value, units or load_interface(domain=UNITS)
    compiler = _Compiler(edition, contents, catalogue.day, units, shows_gaps=True)
    flows = {name: flow for name, flow in catalogue.flows.items() if name not in names}
    flows |= {name: compiler.flow(name) for name in edition.flows if name in names}
    return replace(
        catalogue,
        contacts=MappingProxyType(compiler.contacts),
        facts=MappingProxyType(edition.facts.values()),
        sources=MappingProxyType(compiler.sources),
        regions=MappingProxyType(edition.places.regions.values()),
        regional=tuple(compiler.regional(catalogue.day, units)),
        flows=MappingProxyType(flows),
        calendar=edition.calendar.work,
    )


def _contents(edition: Edition) -> Contents:
    first = next((problem for problem in edition.problems if problem.is_error), None)
    if first is not None:
        raise ContentError(f"{first.file}:{first.line}: {first.code}; see `joldosh content check`")
    assert edition.contents is not None  # else an error would say why
    return edition.contents.value


class _Compiler:
    def __init__(
        self,
        edition: Edition,
        contents: Contents,
        day: date,
        units: Interface,
        *,
        shows_gaps: bool,
    ) -> None:
        self._edition = edition
        self._base_language = contents.base_language
        self._section_of = contents.section_of()
        self._facts = edition.facts.values()
        cities = edition.places.city_regions()
        self.contacts = {
            name: replace(contact, region=cities.get(contact.city or "", contact.region))
            for name, contact in edition.contacts.values().items()
        }
        self._fillers = {
            lang: Filler(self._facts, self.contacts, day, units.words(lang), shows_gaps=shows_gaps)
            for lang in contents.languages
        }
        # A text is filled once, however many citizenships read it.
        self._filled: dict[tuple[str, int], tuple[Block, ...]] = {}
        self.sources = {name: presentable(s) for name, s in edition.sources.values().items()}

    def memos(self, lang: str, citizenship: Citizenship) -> dict[str, Memo]:
        """Every listed memo for this reader, in the order of the sections."""
        return {memo_id: self.memo(memo_id, lang, citizenship) for memo_id in self._section_of}

    def memo(self, memo_id: str, lang: str, citizenship: Citizenship) -> Memo:
        """One memo; one that no section lists yet has none."""
        files = self._edition.memos.get(memo_id)
        base = files.texts.get(self._base_language) if files else None
        if files is None or files.settings is None or base is None:
            raise ContentError(f"memo {memo_id} is listed in guide.yaml and has no files")
        text = files.texts.get(lang, base)
        settings = files.settings.value
        seen = list(text.body.blocks_for(citizenship))
        facts = self._facts_of(seen, settings, citizenship)
        front = text.front.value
        return Memo(
            id=memo_id,
            section=self._section_of.get(memo_id, ""),
            lang=text.lang,
            wanted=lang,
            title=front.title,
            summary=front.summary,
            blocks=self._blocks(text, citizenship),
            citations=self._citations(facts),
            checked=self._checked(memo_id, facts, seen),
            contacts=tuple(
                name
                for name in settings.contacts_of(citizenship)
                if citizenship in self._contact(name).serves
            ),
            related=settings.related,
            cards=self._cards_of(settings),
            series=settings.series,
            directory=settings.directory,
            checks=settings.checks,
            mostly_for=settings.asked_by,
            outdated=text is not base and front.base != base.hash,
        )

    def _blocks(self, text: MemoText, citizenship: Citizenship) -> tuple[Block, ...]:
        return tuple(
            block
            for number, branch in enumerate(text.body.branches())
            if citizenship in branch.audience
            for block in self._filled_branch(text, number, branch)
        )

    def _filled_branch(self, text: MemoText, number: int, branch: Branch) -> tuple[Block, ...]:
        key = (text.file, number)
        if key not in self._filled:
            fill = self._fillers[text.lang].block
            try:
                self._filled[key] = tuple(fill(block) for block in branch.blocks)
            except ContentError as unfillable:
                raise ContentError(f"{text.file}:{branch.line}: {unfillable}") from unfillable
        return self._filled[key]

    def _facts_of(
        self, seen: list[BlockTemplate], settings: Settings, citizenship: Citizenship
    ) -> list[Fact]:
        """The facts the memo rests on for this citizenship: those shown first, each once."""
        names = dict.fromkeys([*(shown.fact for shown in facts_shown(seen)), *settings.relies])
        for name in names:
            if name not in self._facts:
                raise ContentError(f"there is no fact {name}")
        return [fact for name in names if citizenship in (fact := self._facts[name]).applies]

    def _citations(self, facts: Iterable[Fact]) -> tuple[Citation, ...]:
        """One citation a source, in the order of the facts, without sources that are for staff only."""
        articles: dict[str, dict[str, None]] = {}
        for fact in facts:
            named = articles.setdefault(fact.source, {})
            if fact.article:
                named[fact.article] = None
        cited = [(self._source(name), tuple(named)) for name, named in articles.items()]
        return tuple(Citation(source, named) for source, named in cited if source.show)

    def flows(self) -> dict[str, Flow]:
        """In the order of the guide, those that it does not name after them."""
        named = self._edition.contents.value.checks if self._edition.contents else ()
        order = dict.fromkeys([*named, *self._edition.flows])
        return {name: self.flow(name) for name in order if name in self._edition.flows}

    def flow(self, name: str) -> Flow:
        flows = FlowCompiler(
            self._fillers, self._facts, self.contacts, self._base_language, self._citations
        )
        return flows.flow(self._edition.flows[name])

    def regional(self, day: date, units: Interface) -> Iterator[RegionalValue]:
        """The values of every series on the day, in words of each language."""
        for fact in self._facts.values():
            if fact.series is None:
                continue
            dated = fact.dated_value_on(day)
            source = self._source(fact.source)
            text = None
            if dated is not None:
                text = LocalText(
                    {
                        lang: in_words(fact.kind, dated.value, Form.PLAIN, units.words(lang))
                        for lang in self._fillers
                    }
                )
            articles = (fact.article,) if fact.article else ()
            yield RegionalValue(
                series=fact.series,
                region=fact.region,
                fact=fact.id,
                text=text,
                since=dated.since if dated else None,
                applies=fact.applies,
                citation=Citation(source, articles) if source.show else None,
                checked=fact.checked,
                confidence=fact.confidence,
            )

    def _checked(self, memo_id: str, facts: list[Fact], seen: list[BlockTemplate]) -> date:
        """The day of the oldest check among the facts; of the contacts, in a memo that shows only these."""
        days = [fact.checked for fact in facts] or [
            self._contact(use.name).checked for use in contacts_shown(seen)
        ]
        if not days:
            raise ContentError(f"memo {memo_id} rests on no fact and shows no contact")
        return min(days)

    def _cards_of(self, settings: Settings) -> tuple[str, ...]:
        for name in settings.cards:
            if self._edition.cards.get(name) is None:
                raise ContentError(f"there is no card {name}")
        return settings.cards

    def _contact(self, name: str) -> Contact:
        if name not in self.contacts:
            raise ContentError(f"there is no contact {name}")
        return self.contacts[name]

    def _source(self, name: str) -> Source:
        if name not in self.sources:
            raise ContentError(f"there is no source {name}")
        return self.sources[name]


def _dangers(edition: Edition) -> Iterator[Danger]:
    """Each with what people type who are in it, and who are not."""
    for entry in edition.dangers:
        lines = edition.danger_lines.get(entry.value.id, DangerLines())
        yield replace(entry.value, cries=texts_of(lines.cries), calm=texts_of(lines.calm))


def presentable(source: Source) -> Source:
    """The source without a link that is for staff only: following it may be an offence for the reader."""
    return source if source.show_link else replace(source, url=None)
