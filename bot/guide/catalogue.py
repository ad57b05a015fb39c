"""The catalogue: all guidance as it stands on one day. Immutable; a process swaps it whole.

It answers what a person with a language and a citizenship sees. It must not read files or know
the clock:
`bot.editorial` makes it from the content files and a date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.guide.card import Card
from bot.guide.citizenship import Citizenship
from bot.guide.contact import Contact
from bot.guide.danger import Danger
from bot.guide.directory import serving
from bot.guide.fact import Fact
from bot.guide.flow import Flow
from bot.guide.memo import Memo, Section
from bot.guide.place import City, Region
from bot.guide.regional import RegionalValue, Series
from bot.guide.source import Source
from bot.guide.work_calendar import WorkCalendar

Reader = tuple[str, Citizenship]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`edition` is a hash of the content files; equal editions on the same day show the same
    texts.

    `memos` has an entry for every (language, citizenship); within it, memos stand in the order
    of the sections. `questions` are what people type who need a memo, by its id and by language,
    also in languages that no text is in yet; `not_ours` is what they type that no memo answers.
    Search reads both, and nobody sees them.
    """

    edition: str
    day: date
    languages: tuple[str, ...]
    base_language: str
    sections: tuple[Section, ...]
    memos: Mapping[Reader, Mapping[str, Memo]]
    contacts: Mapping[str, Contact]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    dangers: tuple[Danger, ...]
    cards: Mapping[str, Card]
    regions: Mapping[str, Region] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    regional: tuple[RegionalValue, ...] = ()
    places_source: Source | None = None
    questions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    not_ours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flows: Mapping[str, Flow] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def memo(self, memo_id: str, lang: str, citizenship: Citizenship) -> Memo | None:
        """The memo for this reader, or None when the id is not (or no longer) ours."""
        return self.memos.get((lang, citizenship), {}).get(memo_id)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    @property
    def cities(self) -> dict[str, City]:
        return {city.id: city for region in self.regions.values() for city in region.cities}

    def regions_with(self, series_id: str, citizenship: Citizenship) -> tuple[Region, ...]:
        """The regions that have a value of their own in this series, for this citizenship."""
        known = {
            value.region
            for value in self.regional
            if value.series == series_id and value.text and citizenship in value.applies
        }
        return tuple(region for region in self.regions.values() if region.id in known)

    def values_in(self, region: Region, citizenship: Citizenship) -> tuple[RegionalValue, ...]:
        """One value of each series that concerns this citizenship: that of the region, else that
        of the whole of Russia for a region of Russia.
        """
        found = []
        for series_id in self.series:
            values = {
                value.region: value
                for value in self.regional
                if value.series == series_id and citizenship in value.applies
            }
            common = values.get(None) if region.country == "ru" else None
            if value := values.get(region.id) or common:
                found.append(value)
        return tuple(found)

    def contacts_for(self, citizenship: Citizenship, kinds: frozenset[str]) -> tuple[Contact, ...]:
        """Contacts of these kinds that serve this citizenship, those serving fewest
        citizenships first.
        """
        return serving((c for c in self.contacts.values() if c.kind in kinds), citizenship)
