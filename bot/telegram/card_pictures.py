"""Pictures of cards in the form that Telegram takes: a file that it has, or one to upload. It sends nothing.

A picture is drawn when somebody first asks for the card, in a thread: 60 ms that start-up, the event loop and all
other persons do not wait for. Drawing all of them beforehand took 4 s of one core for 19 cards in three languages,
most of which nobody opens in that language before the next edition.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

import structlog
from aiogram.types import BufferedInputFile, InputFile

from bot.conversation.replies import CardShown
from bot.observability.metrics import Metrics
from bot.render.card_picture import NotDrawn, draw_card

log = structlog.get_logger(__name__)

# A picture has 70 kB. It is needed until Telegram has it, so a handful would do.
_KEPT_PICTURES = 64
_KEPT_FILES = 4096

T = TypeVar("T")
Draw = Callable[[str, str], bytes | NotDrawn]


class CardPictures:
    """Of one process and one bot: the id of an uploaded file is good for every chat of the same bot."""

    def __init__(self, metrics: Metrics, draw: Draw = draw_card) -> None:
        self._metrics = metrics
        self._draw = draw
        self._files: OrderedDict[str, str] = OrderedDict()
        self._pictures: OrderedDict[str, asyncio.Future[bytes | NotDrawn]] = OrderedDict()

    def uploaded(self, card: CardShown) -> str | None:
        """The id of the file that Telegram has of this card."""
        return self._files.get(_key(card))

    def note_uploaded(self, card: CardShown, file_id: str) -> None:
        self._files[_key(card)] = file_id
        _shorten(self._files, _KEPT_FILES)

    def forget_uploaded(self, card: CardShown) -> None:
        """Telegram does not know the file any more: the next one is uploaded anew."""
        self._files.pop(_key(card), None)

    async def picture(self, card: CardShown) -> InputFile | None:
        """A file to upload, or None when it cannot be drawn. Drawn once, however many ask at the same time."""
        key = _key(card)
        if key not in self._pictures:
            drawing = asyncio.to_thread(self._draw, card.russian, card.own)
            self._pictures[key] = asyncio.ensure_future(drawing)
            _shorten(self._pictures, _KEPT_PICTURES)
        # One who asks may be gone before it is drawn; the others still wait for it.
        drawn = await asyncio.shield(self._pictures[key])
        if isinstance(drawn, NotDrawn):
            self._pictures.pop(key, None)
            self._metrics.cards.labels("not-drawn").inc()
            log.error("card.not_drawn", reason=drawn.reason)
            return None
        return BufferedInputFile(drawn, filename="card.png")


def _key(card: CardShown) -> str:
    return blake2b(f"{card.russian}\0{card.own}".encode(), digest_size=16).hexdigest()


def _shorten(kept: OrderedDict[str, T], limit: int) -> None:
    while len(kept) > limit:
        kept.popitem(last=False)
