"""Where staff should look next: translations to make, facts, sources and contacts to check again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.editorial.edition import Edition
from bot.editorial.files.memos import MemoFiles
from bot.editorial.translation import LanguageStatus, translation_status
from bot.editorial.usage import contacts_shown, facts_shown
from bot.guide.citizenship import Citizenship

SOON = timedelta(days=30)


class ReviewedKind(StrEnum):
    FACT = "fact"
    SOURCE = "source"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """Something to compare with its source by `review`. `memos` hang on it, in the order of the guide."""

    kind: ReviewedKind
    id: str
    checked: date
    review: date
    is_overdue: bool
    memos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentStatus:
    """`due` is sorted by day: what is overdue longest stands first."""

    day: date
    languages: Mapping[str, LanguageStatus]
    due: tuple[ReviewDue, ...]


def content_status(edition: Edition, today: date) -> ContentStatus:
    """Translations by language, and what is overdue for a check or will be within 30 days."""
    due = sorted(_due(edition, today), key=lambda one: (one.review, one.kind, one.id))
    return ContentStatus(today, translation_status(edition), tuple(due))


def status_to_json(status: ContentStatus) -> dict[str, object]:
    """The shape of `joldosh content status --json`."""
    return {
        "day": status.day.isoformat(),
        "languages": {
            lang: {
                "complete": list(one.complete),
                "outdated": list(one.outdated),
                "missing": list(one.missing),
            }
            for lang, one in status.languages.items()
        },
        "overdue": [_due_to_json(one) for one in status.due if one.is_overdue],
        "due_soon": [_due_to_json(one) for one in status.due if not one.is_overdue],
    }


def _due_to_json(due: ReviewDue) -> dict[str, object]:
    return {
        "kind": str(due.kind),
        "id": due.id,
        "checked": due.checked.isoformat(),
        "review": due.review.isoformat(),
        "memos": list(due.memos),
    }


def _due(edition: Edition, today: date) -> Iterator[ReviewDue]:
    by_fact, by_contact = _memos_by_use(edition)
    by_source: dict[str, dict[str, None]] = defaultdict(dict)
    for fact in edition.facts:
        by_source[fact.value.source].update(by_fact[fact.value.id])
    for contact in edition.contacts:
        by_source[contact.value.source].update(by_contact[contact.value.id])
    for kind, table, memos in (
        (ReviewedKind.FACT, edition.facts, by_fact),
        (ReviewedKind.SOURCE, edition.sources, by_source),
        (ReviewedKind.CONTACT, edition.contacts, by_contact),
    ):
        for entry in table:
            thing = entry.value
            if thing.review <= today + SOON:
                yield ReviewDue(
                    kind,
                    thing.id,
                    thing.checked,
                    thing.review,
                    is_overdue=thing.review < today,
                    memos=tuple(memos[thing.id]),
                )


def _memos_by_use(
    edition: Edition,
) -> tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]]:
    """The memos that hang on each fact and each contact."""
    by_fact: dict[str, dict[str, None]] = defaultdict(dict)
    by_contact: dict[str, dict[str, None]] = defaultdict(dict)
    for memo_id in edition.listed_memos:
        memo = edition.memos.get(memo_id)
        if memo is None:
            continue
        facts, contacts = _uses(memo)
        for name in facts:
            by_fact[name][memo_id] = None
        for name in contacts:
            by_contact[name][memo_id] = None
    return by_fact, by_contact


def _uses(memo: MemoFiles) -> tuple[set[str], set[str]]:
    facts: set[str] = set()
    contacts: set[str] = set()
    for text in memo.texts.values():
        for branch in text.body.branches():
            facts |= {shown.fact for shown in facts_shown(branch.blocks)}
            contacts |= {use.name for use in contacts_shown(branch.blocks)}
    if memo.settings:
        facts.update(memo.settings.value.relies)
        for citizenship in Citizenship:
            contacts.update(memo.settings.value.contacts_of(citizenship))
    return facts, contacts
