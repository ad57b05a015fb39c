"""A long message is cut into few parts, each a piece of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.parts import MOST, MOST_PARTS, SHORT, parts

# Sentences and their ends come up often enough to be cut there.
stories = st.lists(
    st.text(max_size=120) | st.sampled_from([". ", "! ", "\n", "? ", "слово ", " "]), max_size=60
).map("".join)


def test_a_short_message_is_one_part_whatever_its_sentences() -> None:
    assert parts("Салам!  Меня уволили.\nЧто делать?") == ["Салам! Меня уволили. Что делать?"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_one_part_of_nothing(text: str) -> None:
    assert parts(text) == [""]


def test_a_long_message_is_cut_into_its_sentences() -> None:
    sentences = [
        f"Предложение номер {number} этого очень длинного рассказа о работе и о том, что было на стройке."
        for number in range(3)
    ]
    assert parts("\n".join(sentences)) == sentences
    assert parts(" ".join(sentences)) == sentences


def test_greetings_are_no_parts() -> None:
    first, second = "а" * 150 + ".", "б" * 150 + "?"
    assert parts(f"Салам! {first} Да. {second} Рахмат!") == [first, second]


def test_the_end_and_the_beginning_go_before_the_middle() -> None:
    sentences = [letter * 119 + "." for letter in "абвгдежз"]
    kept = parts(" ".join(sentences))
    # Three of 120 fit into 400: the last, the first, the last but one; in the order of the message.
    assert kept == [sentences[0], sentences[-2], sentences[-1]]


def test_of_many_short_sentences_a_few_are_read() -> None:
    sentences = [f"Это строка {number}." for number in range(10, 60)]
    assert parts("\n".join(sentences)) == [sentences[0], *sentences[-2:]]


def test_what_does_not_fit_makes_room_for_what_does() -> None:
    last, first, long, short = "а" * 200, "б" * 150, "в" * 150, "г" * 49
    text = f"{first}\n{short}\n{long}\n{last}"
    assert parts(text) == [first, short, last]


def test_without_sentences_both_ends_are_read() -> None:
    text = "слово " * 100 + "конец"
    assert parts(text) == [text[:SHORT], text[-SHORT:]]


@given(stories)
def test_parts_are_few_and_pieces_of_the_text(text: str) -> None:
    found = parts(text)
    assert 1 <= len(found) <= MOST_PARTS
    assert sum(map(len, found)) <= MOST
    assert all(len(part) <= SHORT for part in found)
    whole = " ".join(text.split())
    assert all(" ".join(part.split()) in whole for part in found)


@given(stories)
def test_a_text_with_words_has_a_part_with_words(text: str) -> None:
    assert any(map(str.strip, parts(text))) == bool(text.strip())
