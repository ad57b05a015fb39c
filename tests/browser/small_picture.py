"""Small PNG files of pages: 256 colours are enough for text on paper. The browser reads the picture, numpy counts."""

import base64
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.async_api import Page

_COLOURS = 256
# Colours that differ less than this are one: the edges of letters have thousands.
_STEP = 8
_PIXELS = """async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return [image.width, image.height, btoa(text)];
}"""

Rows = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of a page, in CSS pixels from its top left corner."""

    left: float
    top: float
    width: float
    height: float


async def small_picture(page: Page, frame: Frame, blank: Page) -> bytes:
    """What the frame shows, as a PNG with a palette. `blank` is a page without a policy, to read the pixels in."""
    png = await page.screenshot(
        full_page=True,
        animations="disabled",
        clip={"x": frame.left, "y": frame.top, "width": frame.width, "height": frame.height},
    )
    width, height, pixels = await blank.evaluate(_PIXELS, base64.b64encode(png).decode())
    flat = np.frombuffer(base64.b64decode(pixels), np.uint8)
    return _with_palette(flat.reshape(height, width, 4)[:, :, :3])


def _with_palette(rows: Rows) -> bytes:
    """The picture with its most frequent colours, each other one as the nearest of them."""
    height, width, _ = rows.shape
    flat = rows.reshape(-1, 3).astype(np.int32)
    _, first, inverse, counts = np.unique(
        (flat // _STEP) @ np.array([1 << 16, 1 << 8, 1]),
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    kept = np.argsort(-counts)[:_COLOURS]
    # The exact colour of a group is its most frequent one: paper stays the paper's white.
    palette = np.array([_most_frequent(flat, inverse, group) for group in kept])
    colours = flat[first]
    colours[kept] = palette
    distances = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1).astype(np.uint8)
    lines = np.zeros((height, width + 1), np.uint8)  # each line begins with its filter: none
    lines[:, 1:] = nearest[inverse].reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", palette.astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _most_frequent(
    flat: NDArray[np.int32], inverse: NDArray[np.intp], group: int
) -> NDArray[np.int32]:
    colours, counts = np.unique(flat[inverse == group], axis=0, return_counts=True)
    found: NDArray[np.int32] = colours[counts.argmax()]
    return found


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
