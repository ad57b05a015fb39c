"""A card as a picture: the Russian sentence as large as it fits on one screen, what it means below it.

The words go to the typesetter as data, so that nothing in them is markup. It must not be called in the event loop:
a picture takes about 60 ms of one core (a thread will do, the typesetter holds no lock of Python's meanwhile).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from bot.render.card_letters import drawable

# Pixels. Telegram makes the longer side of a photo 1280, lays the caption over the lower end of
# a tall one, and shows it narrow in the chat. With 3:4 all of it stays in sight on a phone of any shape.
WIDTH, HEIGHT = 1080, 1440
_PIXELS_PER_INCH = 144.0  # two pixels a point: the page below has half of each

# The largest size at which every word fits on a line and the lines fit in their place. The
# meaning takes what it needs, the sentence has all the rest and is never less than twice as large.
_PAGE = b"""
#let card = json(bytes(sys.inputs.card))
#set page(width: 540pt, height: 720pt, margin: (x: 30pt, y: 34pt), fill: white)
#set text(font: "PT Sans", fallback: false, hyphenate: false, bottom-edge: "descender")
#set par(leading: 0.1em, justify: false)
#let largest(words, weight, most, width, height) = {
  let fits(size) = {
    let set-so(body) = text(size: size, weight: weight, body)
    let widest = calc.max(..words.split().map(word => measure(set-so(word)).width))
    widest <= width and measure(block(width: width, set-so(words))).height <= height
  }
  let size = most
  while not fits(size) { size -= if size > 12pt { 1pt } else { 0.25pt } }
  size
}
#layout(room => {
  if card.own == "" {
    let size = largest(card.russian, "bold", 110pt, room.width, room.height)
    block(height: room.height, align(horizon, text(size: size, weight: "bold", card.russian)))
  } else {
    let own-size = largest(card.own, "regular", 30pt, room.width, room.height * 0.27)
    let own-height = measure(block(width: room.width, text(size: own-size, card.own))).height
    let height = room.height - own-height - 40pt
    let size = largest(card.russian, "bold", 110pt, room.width, height)
    block(height: height, spacing: 0pt, align(horizon, text(size: size, weight: "bold", card.russian)))
    block(above: 20pt, below: 20pt, line(length: 100%, stroke: 1.5pt + black))
    block(spacing: 0pt, text(size: calc.min(own-size, size / 2), card.own))
  }
})
"""


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """Why there is no picture. The words of the card are not in it."""

    reason: str


def draw_card(russian: str, own: str) -> bytes | NotDrawn:
    """A PNG of `WIDTH` by `HEIGHT`. `own` is what the sentence means, empty when nothing is to be added."""
    words = json.dumps({"russian": _breakable(russian), "own": _breakable(own)})
    try:
        picture, warnings = typst.compile_with_warnings(
            _PAGE,
            format="png",
            ppi=_PIXELS_PER_INCH,
            font_paths=_typeface(),
            sys_inputs={"card": words},
        )
    except (typst.TypstError, OSError) as error:
        return NotDrawn(type(error).__name__)
    if warnings:  # without its typeface the page would be empty
        return NotDrawn(warnings[0].message)
    if not isinstance(picture, bytes):
        return NotDrawn("more than one page")
    return picture


def _breakable(text: str) -> str:
    """The words with a line break allowed at every space: by the rules of Unicode (UAX 14, LB13) a line may not
    begin with `:` or `)` even after one, and such a pair can be wider than the page.
    """
    return "\u200b ".join(drawable(text).split())


@cache
def _typeface() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(str(files("fontpkg_pt_sans") / "files"))],
    )
