"""Where staff should look next: translations to make, hard sentences, and what was compared with its source long ago."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.editorial.edition import Edition
from bot.editorial.mentions import Manner, Mention, ReviewedKind, mentions
from bot.editorial.readability import LongSentence, Reading, readings
from bot.editorial.translation import LanguageStatus, translation_status
from bot.guide.contact import Contact
from bot.guide.fact import Fact
from bot.guide.source import Source

SOON = timedelta(days=30)

MemosByName = Mapping[tuple[ReviewedKind, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Something that is compared with the world by `review`, last on `checked`, `days` ago.

    `memos` hang on it, in the order of the guide. A memo is as old as the oldest fact it rests on.
    """

    kind: ReviewedKind
    id: str
    checked: date
    days: int
    review: date
    is_overdue: bool
    is_due_soon: bool
    memos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentStatus:
    """`reviewed` is everything, what was checked longest ago first. `cards` have the memos they stand under."""

    day: date
    languages: Mapping[str, LanguageStatus]
    readings: Mapping[str, Reading]
    reviewed: tuple[Reviewed, ...]
    cards: Mapping[str, tuple[str, ...]]

    @property
    def due(self) -> tuple[Reviewed, ...]:
        """What is overdue for a check or will be within 30 days; overdue longest first. A memo is due with its facts."""
        return _due(self.reviewed)


def content_status(edition: Edition, today: date) -> ContentStatus:
    """Translations and reading level by language, and the age of every fact, source, contact and memo."""
    known = mentions(edition)
    memos = _memos_by_name(edition, known)
    reviewed = sorted(
        _reviewed(edition, known, memos, today), key=lambda one: (one.checked, one.kind, one.id)
    )
    cards = {
        card.value.id: memos.get((ReviewedKind.CARD, card.value.id), ()) for card in edition.cards
    }
    return ContentStatus(
        today, translation_status(edition), readings(edition, today), tuple(reviewed), cards
    )


def due_for_review(edition: Edition, today: date) -> tuple[Reviewed, ...]:
    """`ContentStatus.due` alone, without the rest of the status."""
    known = mentions(edition)
    return _due(_reviewed(edition, known, _memos_by_name(edition, known), today))


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
        "reading": {lang: _reading_to_json(one) for lang, one in status.readings.items()},
        "overdue": [_reviewed_to_json(one) for one in status.due if one.is_overdue],
        "due_soon": [_reviewed_to_json(one) for one in status.due if one.is_due_soon],
        "cards": {card: list(memos) for card, memos in status.cards.items()},
        "checked": [{**_reviewed_to_json(one), "days": one.days} for one in status.reviewed],
    }


def _reading_to_json(reading: Reading) -> dict[str, object]:
    return {
        "words_a_sentence": round(reading.level.words_a_sentence, 1),
        "long_words": round(reading.level.long_share, 3),
        "formula": reading.level.formula,
        "score": round(reading.level.score, 1),
        "memos": {memo: round(level.score, 1) for memo, level in reading.memos.items()},
        "longest": [_sentence_to_json(one) for one in reading.longest],
    }


def _sentence_to_json(sentence: LongSentence) -> dict[str, object]:
    return {
        "memo": sentence.memo,
        "lang": sentence.lang,
        "file": sentence.file,
        "line": sentence.line,
        "words": sentence.words,
        "text": sentence.text,
    }


def _reviewed_to_json(one: Reviewed) -> dict[str, object]:
    return {
        "kind": str(one.kind),
        "id": one.id,
        "checked": one.checked.isoformat(),
        "review": one.review.isoformat(),
        "memos": list(one.memos),
    }


def _due(reviewed: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    due = [
        one
        for one in reviewed
        if one.kind is not ReviewedKind.MEMO and (one.is_overdue or one.is_due_soon)
    ]
    return tuple(sorted(due, key=lambda one: (one.review, one.kind, one.id)))


def _reviewed(
    edition: Edition, known: tuple[Mention, ...], memos: MemosByName, today: date
) -> Iterator[Reviewed]:
    for kind, table in _tables(edition):
        for thing in table:
            hanging = memos.get((kind, thing.id), ())
            yield _aged(kind, thing.id, thing.checked, thing.review, hanging, today)
    yield from _memos(edition, known, today)


def _tables(
    edition: Edition,
) -> Iterator[tuple[ReviewedKind, list[Fact] | list[Source] | list[Contact]]]:
    yield ReviewedKind.FACT, [entry.value for entry in edition.facts]
    yield ReviewedKind.SOURCE, [entry.value for entry in edition.sources]
    yield ReviewedKind.CONTACT, [entry.value for entry in edition.contacts]


def _memos_by_name(edition: Edition, known: tuple[Mention, ...]) -> MemosByName:
    """The memos that hang on each fact, contact, card and source, in the order of the guide."""
    by_name: dict[tuple[ReviewedKind, str], set[str]] = defaultdict(set)
    for mention in known:
        if mention.inside in edition.listed_memos and mention.manner is not Manner.DANGER:
            by_name[mention.kind, mention.name].add(mention.inside)
    for kind, table in (
        (ReviewedKind.FACT, edition.facts),
        (ReviewedKind.CONTACT, edition.contacts),
    ):
        for entry in table:
            source = ReviewedKind.SOURCE, entry.value.source
            by_name[source] |= by_name[kind, entry.value.id]
    return {
        key: tuple(memo for memo in edition.listed_memos if memo in memos)
        for key, memos in by_name.items()
    }


def _memos(edition: Edition, known: tuple[Mention, ...], today: date) -> Iterator[Reviewed]:
    """Each memo with the age of the oldest fact it rests on; of the oldest contact, where it rests on no fact."""
    facts, contacts = edition.facts.values(), edition.contacts.values()
    for memo_id in edition.listed_memos:
        mine = [mention for mention in known if mention.inside == memo_id]
        rests: list[Fact] | list[Contact] = [
            facts[mention.name]
            for mention in mine
            if mention.kind is ReviewedKind.FACT
            and mention.name in facts
            # The values of the regions stand on pages of their own, each with its day.
            and mention.manner is not Manner.BUTTON
        ] or [
            contacts[mention.name]
            for mention in mine
            if mention.kind is ReviewedKind.CONTACT and mention.name in contacts
        ]
        if rests:
            checked = min(one.checked for one in rests)
            review = min(one.review for one in rests)
            yield _aged(ReviewedKind.MEMO, memo_id, checked, review, (memo_id,), today)


def _aged(
    kind: ReviewedKind, name: str, checked: date, review: date, memos: tuple[str, ...], today: date
) -> Reviewed:
    return Reviewed(
        kind,
        name,
        checked,
        (today - checked).days,
        review,
        is_overdue=review < today,
        is_due_soon=today <= review <= today + SOON,
        memos=memos,
    )
