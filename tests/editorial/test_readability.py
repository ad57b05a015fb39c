"""How hard texts are to read, and which sentences are the longest."""

import pytest

from bot.editorial.readability import readings
from bot.editorial.reading_level import Level, level_of, syllables_in
from bot.editorial.sentences import sentences_in
from tests.support.content import TODAY, ContentFolder

RU, KY, EN = (f"memos/registration-first/{lang}.md" for lang in ("ru", "ky", "en"))


def level(text: str, lang: str) -> Level:
    return level_of(sentences_in(text), lang)


def test_counts_of_a_text() -> None:
    found = level("Возьмите паспорт. Идите в миграционный центр.", "ru")

    assert (found.sentences, found.words, found.syllables) == (2, 6, 15)
    assert found.long_words == 1  # миграционный
    assert found.over_six == 3  # возьмите, паспорт, миграционный


def test_the_published_formulas() -> None:
    """One sentence of six words, by hand."""
    six = Level("ru", sentences=1, words=6, syllables=12)
    assert six.score == pytest.approx(0.36 * 6 + 5.76 * 2 - 11.97)
    assert Level("en", sentences=1, words=6, syllables=9).score == pytest.approx(
        0.39 * 6 + 11.8 * 1.5 - 15.59
    )
    assert Level("ky", sentences=1, words=6, over_six=3).score == pytest.approx(6 + 50)
    assert Level("tg", sentences=2, words=6, over_six=0).score == pytest.approx(3)


def test_an_empty_text_has_no_level() -> None:
    assert (Level("ru").score, Level("ky").words_a_sentence, Level("en").long_share) == (0, 0, 0)


@pytest.mark.parametrize(
    ("word", "lang", "syllables"),
    [
        ("паспорт", "ru", 2),
        ("в", "ru", 1),
        ("көчүрмөсүн", "ky", 4),
        ("passport", "en", 2),
        ("registration", "en", 4),
        ("take", "en", 1),
        ("table", "en", 2),
        ("asked", "en", 1),
        ("needed", "en", 2),
        ("112", "en", 1),
    ],
)
def test_syllables(word: str, lang: str, syllables: int) -> None:
    assert syllables_in(word, lang) == syllables


def test_suffixes_do_not_make_a_kyrgyz_word_long() -> None:
    assert level("паспортко", "ky").long_words == 0
    assert level("документтериңизди", "ky").long_words == 1
    assert level("passport", "en").long_words == 1


def test_facts_are_counted_as_they_are_shown(content: ContentFolder) -> None:
    content.replace(RU, "- Штраф: {late-fine}.", "- Штраф {late-fine}, если вы опоздали хоть раз.")

    longest = readings(content.edition(), TODAY)["ru"].longest
    line = content.line_of(RU, "хоть раз")

    (fine,) = [one for one in longest if one.line == line]
    assert "от 2\u00a0000 до 5\u00a0000 рублей" in fine.text
    assert (fine.words, fine.memo, fine.lang, fine.file) == (
        11,
        "registration-first",
        "ru",
        RU,
    )


def test_russian_words_in_a_translation_are_not_counted(content: ContentFolder) -> None:
    russian = "Мне нужно встать на учёт по этому адресу в Москве до конца этого месяца, пожалуйста"
    content.replace(KY, "## Канча турат", f"> «{russian}»\n\n## Канча турат")
    content.replace(EN, "## What it costs", f"Say «{russian}» ({russian}).\n\n## What it costs")

    before = {
        lang: max(one.words for one in reading.longest)
        for lang, reading in readings(content.edition(), TODAY).items()
    }

    assert before["ky"] < len(russian.split())
    assert before["en"] < len(russian.split())


def test_a_memo_counts_as_those_read_it_who_have_it_hardest(content: ContentFolder) -> None:
    easy = readings(content.edition(), TODAY)["ru"].memos["registration-first"]
    long = "Тем, кто приехал из этой страны, следует незамедлительно осуществить регистрацию. "
    content.replace(RU, "::: for uz\n", f"::: for uz\n{long * 3}\n")

    hard = readings(content.edition(), TODAY)["ru"].memos["registration-first"]

    assert hard.score > easy.score
