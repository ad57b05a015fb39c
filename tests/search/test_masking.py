"""What is kept of a question names nobody, however it is written; what the question hangs on stays readable."""

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search import given_names, masking, masking_addresses, masking_names, masking_numbers
from bot.search.folding import LONGEST, fold
from bot.search.masking import MASK, masked, without_masks
from bot.search.transliteration import cyrillic

with (Path(__file__).parent / "masking.tsv").open(encoding="utf-8") as file:
    CASES = [
        (row["lang"], row["text"], row["masked"]) for row in csv.DictReader(file, delimiter="\t")
    ]

# Around what is planted: no digits, and nothing that says "days" or "roubles".
AROUND = (
    "{}",
    "{} потерял паспорт",
    "Здравствуйте! {}. Что делать?",
    "хозяин не делает регистрацию, {}, помогите пожалуйста",
    "салам, {} кантип каттоого турам",
    "Менин паспортум жоголду: {}",
    "please help {} to get a patent",
    "iltimos yordam bering {} patent kerak",
    "ёрӣ диҳед, {} шиноснома гум шуд",
    "({})",
    "…{}!!!",
)
ANNOUNCED = (
    "Меня зовут {}, потерял паспорт",
    "меня зовут {}",
    "моё имя: {}. Что делать?",
    "менин атым {}, каттоо керекпи",
    "атым {}",
    "My name is {}, i need a patent",
    "mening ismim {}, patent kerakmi",
    "Исмим {}.",
    "номи ман {}, патент лозим аст",
    "ZOVUT {}",
)
LISTED = (
    "Азамат", "Гульнара", "Айгерим", "Нурсултан", "Жылдызкан", "Чыңгыз", "Гүлмира", "Айчүрөк", "Өмүрбек", "Эльмира", "Шерзод",
    "Дилноза", "Ғуломжон", "Бахтиёр", "Хуршида", "Фаррух", "Зулфияҳон", "Манижа", "Екатерина", "Сергей", "Надежда", "Юсуфбек",
    "Мухаммадали", "Жаныбек", "Токтогул", "Данияр", "Светлана", "Виктор", "Мавлюда", "Отабек",
)  # fmt: skip
PLAIN = tuple(name for name in LISTED if name not in ("Ғуломжон", "Надежда"))
UNLISTED = ("Жылкычы", "Кудакелди", "Пончик", "Ойгулой", "Тентек", "Вжик")
SURNAMES = (
    "Жумабеков",
    "Токтосунова",
    "Каримова",
    "Раджабов",
    "Кудайбергенов",
    "Бекмуратова",
    "Сидоренко",
    "Ташматов",
)
ENDINGS = ("", "га", "нын", "ды", "дан", "нинг", "ро")

# As a Russian keyboard has them, and in Latin letters.
KEYBOARD = str.maketrans("өүңҳқғҷӣӯёӨҒ", "оунхкгчиуеОГ")
LATIN = dict(
    zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufkhye".replace("kh", "x"), strict=True)
) | {"ж": "j", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya", "ё": "yo", "ь": "", "ң": "n", "ө": "o", "ү": "u",
     "ғ": "g", "ҳ": "h", "қ": "q", "ӣ": "i", "ӯ": "u", "ҷ": "j", "щ": "sh", "ъ": ""}  # fmt: skip


def latin(name: str) -> str:
    written = "".join(LATIN[letter] for letter in name.lower())
    return written.capitalize()


def with_an_invisible_mark(name: str) -> str:
    return name[:2] + "\u00ad" + name[2:]


SPELLINGS = (
    str,
    str.lower,
    str.upper,
    latin,
    lambda name: latin(name).lower(),
    lambda name: name.translate(KEYBOARD),
    with_an_invisible_mark,
    " ".join,
    lambda name: unicodedata.normalize("NFD", name),
)
spellings = st.sampled_from(SPELLINGS)


def read_aloud(text: str) -> str:
    """All that is left to read, as it sounds, without gaps."""
    return fold(cyrillic(MASK.sub("|", text))).replace(" ", "")


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_a_question_is_masked_as_staff_may_read_it(lang: str, text: str, expected: str) -> None:
    assert masked(text) == expected


def test_the_cases_are_many_and_in_five_languages() -> None:
    assert len(CASES) >= 120
    assert {lang for lang, _, _ in CASES} == {"ru", "ky", "en", "uz", "tg"}
    assert sum(text == expected for _, text, expected in CASES) >= 40


digits = st.text("0123456789", min_size=5, max_size=20)
separators = st.sampled_from(
    ["", "", " ", "-", " - ", "–", ".", "  ", "_", "/", ") ", " (", " тире ", "\u200b", "🙂", "*"]
)


@st.composite
def grouped(draw: st.DrawFn, lengths: tuple[int, int], first: str = "0123456789") -> str:
    """Digits with anything that people put between them."""
    number = draw(st.sampled_from(first)) + draw(
        st.text("0123456789", min_size=lengths[0] - 1, max_size=lengths[1] - 1)
    )
    written, at = "", 0
    while at < len(number):
        length = draw(st.integers(1, 4))
        written += (draw(separators) if at else "") + number[at : at + length]
        at += length
    return written


@given(st.sampled_from(AROUND), grouped((9, 12), "0789"), st.sampled_from(["", "+", "тел.", "№ "]))
@example("{}", "0555 12 34 56", "")
def test_a_phone_never_survives(around: str, phone: str, before: str) -> None:
    kept = masked(around.format(before + phone))

    assert not any(character.isdigit() for character in kept), kept
    assert MASK.search(kept)


@given(
    st.sampled_from(AROUND),
    grouped((7, 20)),
    st.sampled_from(["", "AN", "AC ", "ID", "№", "ИНН "]),
)
def test_a_number_of_a_document_never_survives(around: str, number: str, series: str) -> None:
    kept = masked(around.format(series + number))

    assert sum(character.isdigit() for character in kept) < 4, kept


@given(
    st.sampled_from(AROUND), st.sampled_from("٠०０"), st.text("123456789", min_size=9, max_size=12)
)
def test_a_phone_in_digits_of_another_script_never_survives(
    around: str, zero: str, phone: str
) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in phone)

    assert not any(character.isdigit() for character in masked(around.format(written)))


@given(st.sampled_from(AROUND), st.sampled_from(PLAIN), spellings)
def test_a_given_name_never_survives(around: str, name: str, spelling: object) -> None:
    assert callable(spelling)
    kept = masked(around.format(spelling(name)))

    assert read_aloud(name) not in read_aloud(kept), kept
    assert "[name]" in kept


@given(st.sampled_from(AROUND[1:]), st.sampled_from(PLAIN), st.sampled_from(ENDINGS))
def test_a_given_name_with_an_ending_never_survives(around: str, name: str, ending: str) -> None:
    kept = masked(around.format(name + ending))

    assert read_aloud(name) not in read_aloud(kept), kept


@given(
    st.sampled_from(ANNOUNCED),
    st.sampled_from(LISTED + UNLISTED),
    st.sampled_from(SURNAMES),
    spellings,
)
def test_a_name_that_is_announced_never_survives(
    around: str, name: str, surname: str, spelling: object
) -> None:
    assert callable(spelling)
    kept = masked(around.format(f"{spelling(name)} {spelling(surname)}"))

    assert read_aloud(name) not in read_aloud(kept), kept
    assert read_aloud(surname) not in read_aloud(kept), kept


@given(st.sampled_from(AROUND[3:9]), st.sampled_from(UNLISTED), st.sampled_from(SURNAMES))
def test_a_surname_with_a_capital_takes_its_neighbour_along(
    around: str, name: str, surname: str
) -> None:
    kept = masked(around.format(f"у {name} {surname}"))

    assert read_aloud(name) not in read_aloud(kept), kept
    assert read_aloud(surname) not in read_aloud(kept), kept


@given(st.sampled_from(AROUND[1:]), st.sampled_from(["ул. {}, д. {}", "улица {} {}", "{} көчөсү {}", "{} street {}", "кӯчаи {} {}"]),
       st.sampled_from(["Ленина", "Токтогул", "Рӯдакӣ", "Мира"]), st.integers(1, 299))  # fmt: skip
def test_a_house_never_survives(around: str, form: str, street: str, house: int) -> None:
    kept = masked(around.format(form.format(street, house)))

    assert "[address]" in kept
    assert str(house) not in kept


@given(
    st.text(alphabet=st.characters(), max_size=300)
    | st.lists(
        st.sampled_from(
            ["Азамат", "[name]", "[", "]", "ул.", "Ленина", "5", "12", "8-912", "зовут", "меня", "Жумабеков", "кв", "A", ".", ", ",
             "уулу", "кызы", "@", "mail.ru", "14.05.2026", "руб", "фио:", "бакыт", "Ош", "18.8", "дней", "\n", "\ue002", "№"]
        ),
        max_size=25,
    ).map(" ".join)
)  # fmt: skip
def test_masking_never_fails_and_masking_again_changes_nothing(text: str) -> None:
    kept = masked(text)

    assert masked(kept) == kept
    assert len(kept) <= LONGEST
    kept.encode()  # PostgreSQL takes no half of a pair
    assert "\0" not in kept
    assert kept == " ".join(kept.split())


def test_the_words_without_masks() -> None:
    assert without_masks("у [name] забрали паспорт, [phone]") == "у забрали паспорт,"


@pytest.mark.parametrize(
    "piece",
    ["а", "1", "1-", "a.b", "a1", "a_", "а б ", "@", "Аб ", "ул ", "меня зовут ", "Азамат Жумабеков ", "два ", "[name] ", "x@y."],
)  # fmt: skip
def test_the_longest_message_takes_a_moment(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    begin = time.perf_counter()

    masked(text)

    assert (
        time.perf_counter() - begin < 2
    )  # tenths of a second, on a machine that does other things too


def test_nothing_of_a_text_is_remembered() -> None:
    modules = (masking, masking_addresses, masking_names, masking_numbers, given_names)

    caches = [
        name
        for one in modules
        for name, thing in vars(one).items()
        if hasattr(thing, "cache_info")
    ]

    assert caches == []
