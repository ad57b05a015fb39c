"""Cards as pictures: every card there is, every length a card may have, and nothing at the edge of the screen."""

import zlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import ascii_letters
from struct import calcsize, iter_unpack, unpack_from

import pytest
import typst
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from bot.editorial.checks.cards import RUSSIAN, TEXTS, WORD
from bot.editorial.edition import read_edition
from bot.guide.card import Card
from bot.render import card_picture
from bot.render.card_letters import drawable, undrawable
from bot.render.card_picture import HEIGHT, WIDTH, NotDrawn, draw_card
from tests.support.bot import REAL_CONTENT

CARDS = [entry.value for entry in read_edition(REAL_CONTENT).cards]
LANGUAGES = ("ru", "ky", "en")
KYRGYZ, TAJIK, UZBEK = "өүңӨҮҢ", "ӣӯҳқғҷӢӮҲҚҒҶ", "oʻgʻmaʼ"
CYRILLIC = "".join(map(chr, range(ord("А"), ord("я") + 1))) + "Ёё"
LETTERS = CYRILLIC + KYRGYZ + TAJIK + UZBEK + ascii_letters + "0123456789.,:;?!«»—-()№\"'"
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=WORD)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_card_of_the_guide_is_drawn_in_every_language(card: Card, lang: str) -> None:
    drawn = draw_card(card.russian, card.meaning_in(lang))

    assert size_of(drawn) == (WIDTH, HEIGHT)
    assert bool(card.meaning_in(lang)) == (lang != "ru")


# Accents of capital letters may stand in the upper margin. No shrinking: a picture takes its time.
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    SENTENCES.map(lambda text: text[:RUSSIAN]),
    SENTENCES.map(lambda text: text[: TEXTS["meaning"]]),
)
@example("Ъ0П'ф ғh r :)ёʼЮ::daОғШ md", "—ҳ»1")  # no line begins with ":"
def test_whatever_a_card_may_say_fits_on_one_screen(russian: str, own: str) -> None:
    rows = small(russian, own)

    assert (len(rows[0]), len(rows)) == (WIDTH // 8, HEIGHT // 8)
    edges = [row[:6] + row[-6:] for row in rows] + rows[:2] + rows[-7:]
    assert min(map(min, edges)) == 255, "something is drawn over the margin"
    assert min(map(min, rows)) < 100, "nothing is drawn at all"


def test_the_sentence_is_larger_the_shorter_it_is() -> None:
    short, long = small("Мне больно.", ""), small("Мне очень больно. " * 6, "")

    assert line_height(short) > 1.5 * line_height(long)


def test_the_sentence_is_at_least_twice_as_large_as_what_it_means() -> None:
    rows = small("Предъявите удостоверение. " * 4, "Күбөлүгүңүздү көрсөтүңүз. " * 6)

    rule = next(number for number, row in enumerate(rows) if max(row[8:-8]) < 250)
    assert line_height(rows[:rule]) >= 1.8 * line_height(rows[rule + 1 :])


def test_words_are_no_markup() -> None:
    for text in ("#panic()", "*", "$", "= Я", "\\", "`", "@a", "<b>", "//", "]", '"'):
        assert isinstance(draw_card(text, text), bytes), text


def test_letters_of_all_languages_are_in_the_typeface() -> None:
    have = characters_of(Path(str(files("fontpkg_pt_sans") / "files")))

    assert undrawable(LETTERS) == ()
    assert undrawable("🛂 паспорт 中") == ("🛂", "中")
    missing = [c for c in map(chr, range(0x3000)) if not undrawable(c) and drawable(c) not in have]
    assert missing == [], "a character counts as drawable and is not in the typeface"


def test_without_its_typeface_it_says_so_instead_of_drawing_an_empty_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    monkeypatch.setattr(card_picture, "_typeface", lambda: no_fonts)

    drawn = draw_card("Мне больно.", "Ооруп жатам.")

    assert isinstance(drawn, NotDrawn)
    assert "больно" not in drawn.reason


# Reading pictures and typefaces, as far as the tests look into them


def size_of(drawn: bytes | NotDrawn) -> tuple[int, int]:
    assert isinstance(drawn, bytes), drawn
    assert drawn.startswith(b"\x89PNG")
    width, height = unpack_from(">II", drawn, 16)
    return width, height


def small(russian: str, own: str) -> list[bytes]:
    """The same page in pixels of four points: one of full size takes seconds to read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card_picture, "_PIXELS_PER_INCH", 18.0)
        return list(lightness(draw_card(russian, own)))


def lightness(drawn: bytes | NotDrawn) -> Iterator[bytes]:
    """The red of each pixel, row by row: the page is black on white. RGBA of 8 bits, not interlaced."""
    width, height = size_of(drawn)
    assert isinstance(drawn, bytes)
    assert drawn[24:29] == b"\x08\x06\0\0\0"
    data, at = b"", 8
    while at < len(drawn):
        length, kind = unpack_from(">I4s", drawn, at)
        data += drawn[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, line = zlib.decompress(data), width * 4
    above = bytes(line)
    for number in range(height):
        start = number * (line + 1)
        above = unfiltered(raw[start], raw[start + 1 : start + 1 + line], above)
        yield above[::4]


def unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    done = bytearray(4)  # four bytes before the row, for its first pixel
    upper = bytes(4) + above
    for place, value in enumerate(row):
        left, up, corner = done[place], upper[place + 4], upper[place]
        match kind:
            case 0:
                guess = 0
            case 1:
                guess = left
            case 2:
                guess = up
            case 3:
                guess = (left + up) // 2
            case _:
                near = left + up - corner
                guess = min((left, up, corner), key=lambda one: abs(near - one))
        done.append((value + guess) & 255)
    return bytes(done[4:])


def line_height(rows: list[bytes]) -> int:
    """Pixels of the highest stretch of rows that have ink."""
    tallest = height = 0
    for row in rows:
        height = height + 1 if min(row) < 100 else 0
        tallest = max(tallest, height)
    return tallest


def characters_of(folder: Path) -> set[str]:
    """What every file of the typeface that is used has, from its table of characters (format 4)."""
    sets = [characters_in((folder / f"PT_Sans-Web-{face}.ttf").read_bytes()) for face in FACES]
    return set.intersection(*sets)


FACES = ("Bold", "Regular")


def characters_in(font: bytes) -> set[str]:
    tables = {
        tag: offset
        for tag, _, offset, _ in iter_unpack(
            ">4sIII", font[12 : 12 + 16 * unpack_from(">H", font, 4)[0]]
        )
    }
    start = tables[b"cmap"]
    count = unpack_from(">H", font, start + 2)[0]
    entries = iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * count])
    table = next(
        start + offset for platform, kind, offset in entries if (platform, kind) == (3, 1)
    )
    segments = unpack_from(">H", font, table + 6)[0] // 2
    ends = unpack_from(f">{segments}H", font, table + 14)
    starts = unpack_from(f">{segments}H", font, table + 16 + calcsize(f">{segments}H"))
    return {
        chr(code) for low, high in zip(starts, ends, strict=True) for code in range(low, high + 1)
    }
