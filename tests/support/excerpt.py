"""The real content with a few of its memos and what they rest on: real texts, read and checked in a tenth of the time."""

import re
from collections.abc import Collection
from types import MappingProxyType

from bot.editorial.files.memos import QUESTIONS
from bot.editorial.snapshot import FLOWS, MEMOS, Snapshot

_ENTRY = re.compile(r"^(?=- id: )", re.MULTILINE)
_ENTRY_ID = re.compile(r"- id: (\S+)")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LISTED = re.compile(r"memos: \[(.*?)\]")
_TERMS = 40
_LINES = 10  # of so many lines that people type one stays


def excerpt(whole: Snapshot, memos: Collection[str]) -> Snapshot:
    """These memos with their facts, contacts and sources, and no guided checks. What else names other memos still does, as a
    mistake would.
    """
    files = {
        name: data
        for name, data in whole.files.items()
        if not name.startswith((f"{MEMOS}/", f"{FLOWS}/")) or name.split("/")[1] in memos
    }
    for name, data in files.items():
        if name == "not-ours.yaml" or name.startswith("dangers/") or name.endswith(QUESTIONS):
            files[name] = _fewer(data)
    guide = _LISTED.sub(lambda found: _only(found[1], memos), files["guide.yaml"].decode())
    files["guide.yaml"] = guide.encode()
    named = _named(b"".join(data for name, data in files.items() if name.startswith(MEMOS)))
    facts = _entries(files["facts.yaml"], named)
    contacts = _entries(files["contacts.yaml"], named | _named(files["dangers.yaml"]))
    resting = facts + contacts + files["regions.yaml"] + files["calendar.yaml"]
    sources = _entries(files["sources.yaml"], _named(resting))
    terms = b"".join(
        part.encode() for part in _ENTRY.split(files["glossary.yaml"].decode())[:_TERMS]
    )
    files |= {
        "facts.yaml": facts,
        "contacts.yaml": contacts,
        "sources.yaml": sources,
        "glossary.yaml": terms,
    }
    return Snapshot(MappingProxyType(files))


def _only(listed: str, memos: Collection[str]) -> str:
    return f"memos: [{', '.join(memo for memo in listed.split(', ') if memo in memos)}]"


def _fewer(typed: bytes) -> bytes:
    """A file of lines by language with some of its lines."""
    lines = typed.splitlines(keepends=True)
    return b"".join(
        line
        for number, line in enumerate(lines)
        if number % _LINES == 1 or not line.lstrip().startswith(b"- ")
    )


def _named(data: bytes) -> set[str]:
    return set(_NAME.findall(data.decode()))


def _entries(data: bytes, names: Collection[str]) -> bytes:
    before, *entries = _ENTRY.split(data.decode())
    kept = [entry for entry in entries if _ENTRY_ID.match(entry)[1] in names]  # type: ignore[index] # each begins so
    return "".join([before, *kept]).encode()
