"""What may bring the reader before a Russian court: links to "undesirable" organisations, and talk of ways round blocks.

Taking part in an undesirable organisation, its links included: КоАП 20.33. Popularising ways round the blocking:
the amendments in force since 1 September 2025. Staff may name such a source; persons never see it.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from bot.editorial.edition import Edition
from bot.editorial.problem import Place, Problem, error
from bot.editorial.prose import Said, said_in
from bot.editorial.usage import web_links

# RFE/RL and its editions, undesirable since February 2024, and other newsrooms on the list of the Ministry of Justice.
HOSTS = (
    "azattyk.org",
    "azattyq.org",
    "azatliq.org",
    "currenttime.tv",
    "idelreal.org",
    "kavkazr.com",
    "meduza.io",
    "ozodi.org",
    "ozodlik.org",
    "pangea-cms.com",
    "radiofarda.com",
    "rferl.org",
    "severreal.org",
    "sibreal.org",
    "svoboda.org",
    "theins.ru",
    "themoscowtimes.com",
)
_NAMES = re.compile(
    r"Азаттык|Azattyk|Радио Свобод|Радио Озоди|Radio Ozodi|Озодлик|RFE/RL|Radio Liberty|Meduza|Медуза|Настоящее Время"
)
_NAMED = re.compile(f"(?:{_NAMES.pattern})|(?i:{'|'.join(map(re.escape, HOSTS))})")
_WAYS_ROUND = re.compile(
    r"(?<!\w)(?:VPN|ВПН|прокси|proxy|зеркал\w*\s+(?:сайта|портала)|mirror\s+(?:site|of the site)|сайттын\s+күзгүсү)(?!\w)",
    re.IGNORECASE,
)


def check_endangering(edition: Edition, today: date) -> Iterator[Problem]:
    for source in edition.sources:
        if not source.value.show:
            continue
        if source.value.url and is_endangering(source.value.url):
            yield error(source.place("url"), "endangering-source", host=_host(source.value.url))
        for title in source.value.title.by_language.values():
            if named := _NAMES.search(title):
                yield error(source.place("title"), "endangering-name", name=named[0])
                break
    for contact in edition.contacts:
        if contact.value.url and is_endangering(contact.value.url):
            yield error(contact.place("url"), "endangering-link", host=_host(contact.value.url))
    for _, text in edition.texts():
        for branch in text.body.branches():
            for link in web_links(branch.blocks):
                if is_endangering(link.name):
                    yield error(
                        Place(text.file, link.line), "endangering-link", host=_host(link.name)
                    )
    for said in said_in(edition):
        yield from edition.kept.every(_said, said)


def _said(said: Said) -> Iterator[Problem]:
    for prose in said.prose:
        for way in _WAYS_ROUND.finditer(prose.text):
            yield error(prose.place(way.start()), "way-round-blocking", text=way[0])
        for named in _NAMED.finditer(prose.text):
            yield error(prose.place(named.start()), "endangering-words", name=named[0])


def is_endangering(url: str) -> bool:
    """Whether opening or sharing the link may be an offence for the reader."""
    host = _host(url)
    return any(host == known or host.endswith(f".{known}") for known in HOSTS)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # no address at all
        return ""
