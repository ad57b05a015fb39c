"""Which danger a message is near to, and whether it is present."""

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.danger import Danger
from bot.search.alarm import Alarm, Heard, Sign
from bot.search.asked import Asked, made_ready
from bot.search.embedding import Embedder, NoEmbedder
from bot.search.findings import Finding
from bot.search.material import Material
from bot.search.ngrams import as_sounded
from bot.search.ranking import Ranked
from bot.search.vectors import VectorStore
from tests.search.small import BEATEN, LOCKED_IN, WordVectors, asked, numbers_by_hand, sign_numbers

ORDINARY = ("сколько стоит патент", "где встать на учёт", "как вернуть деньги")
NUMBERS = numbers_by_hand().plain.alarm
NOWHERE = Ranked((), 1.0)


def alarm(embedder: Embedder, *dangers: Danger, ordinary: tuple[str, ...] = ORDINARY) -> Alarm:
    messages = [
        text
        for one in dangers
        for by_language in (one.cries, one.calm)
        for texts in by_language.values()
        for text in texts
    ]
    store = VectorStore(embedder)
    store.learn([*messages, *ordinary])
    return Alarm(dangers, ordinary, {}, Material([*messages, *ordinary], store))


def ready(text: str, embedder: Embedder | None = None) -> Asked:
    return made_ready(asked(text), as_sounded, embedder)


BY_WORDS = alarm(NoEmbedder(), BEATEN, LOCKED_IN)
BY_MEANING = alarm(WordVectors(), BEATEN, LOCKED_IN)


def test_the_chance_worked_out_by_hand() -> None:
    """-1 + 0.5 · 4 - 0.25 · 2 + 1 · 0.5 = 1."""
    signs = np.zeros(len(Sign))
    signs[[Sign.CRIES_WORDS, Sign.CALM_WORDS, Sign.LINE_MATCHES]] = 0.5, 0.25, 1
    weights = {"cries_words": 4.0, "calm_words": -2.0, "line_matches": 0.5}
    chance = Heard("violence", signs).chance(sign_numbers(Sign, weights, start=-1))
    assert chance == pytest.approx(1 / (1 + exp(-1)))


def test_without_signs_the_start_decides() -> None:
    heard = Heard(None, np.zeros(len(Sign)))
    assert heard.chance(sign_numbers(Sign, {}, start=0)) == 0.5
    assert heard.chance(sign_numbers(Sign, {}, start=-3)) == pytest.approx(1 / (1 + exp(3)))


@pytest.mark.parametrize("heard_by", [BY_WORDS, BY_MEANING], ids=["words", "meaning"])
@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("помогите избивают", "violence"),
        ("нас заперли", "held"),
        ("мени уруп жатат", "violence"),
        ("bizdi kamap koyushtu", "held"),
    ],
)
def test_a_cry_is_of_the_nearest_danger_and_present(
    heard_by: Alarm, text: str, danger: str
) -> None:
    heard = heard_by.of(ready(text, WordVectors()), NOWHERE)
    assert heard.danger == danger
    assert heard.chance(NUMBERS) > NUMBERS.least
    assert heard.signs[Sign.LINE_MATCHES] == 0


@pytest.mark.parametrize(
    "text", ["меня ударили год назад", "могут ли запереть рабочих", "сколько стоит патент"]
)
def test_calm_messages_and_ordinary_questions_are_not_present_dangers(text: str) -> None:
    assert BY_WORDS.of(ready(text), NOWHERE).chance(NUMBERS) < NUMBERS.least


def test_the_same_cry_is_nearer_to_cries_than_to_calm() -> None:
    signs = BY_WORDS.of(ready("он ударил меня сейчас"), NOWHERE).signs
    assert signs[Sign.CRIES_WORDS] > signs[Sign.CALM_WORDS] > 0
    calm = BY_WORDS.of(ready("меня ударили год назад куда жаловаться"), NOWHERE).signs
    assert calm[Sign.CALM_WORDS] > calm[Sign.CRIES_WORDS] > 0
    ordinary = BY_WORDS.of(ready("сколько стоит патент"), NOWHERE).signs
    assert ordinary[Sign.ORDINARY_WORDS] > ordinary[Sign.CRIES_WORDS]


def test_a_line_of_words_names_its_danger_whatever_else_is_near() -> None:
    heard = BY_WORDS.of(ready("меня бьют, нас заперли на складе помогите"), NOWHERE)
    assert heard.danger == "violence"
    assert heard.signs[Sign.LINE_MATCHES] == 1


def test_by_meaning_there_are_more_signs() -> None:
    embedder = WordVectors()
    by_words = BY_MEANING.of(ready("помогите избивают"), NOWHERE).signs
    by_meaning = BY_MEANING.of(ready("помогите избивают", embedder), NOWHERE).signs
    of_meaning = [Sign.CRIES_MEANING, Sign.CALM_MEANING, Sign.CRIES_DIRECTION]
    assert not by_words[of_meaning].any()
    assert by_meaning[of_meaning].all()
    assert by_meaning[Sign.CRIES_MEANING] > by_meaning[Sign.CALM_MEANING]
    assert by_meaning[Sign.CRIES_DIRECTION] > by_meaning[Sign.ORDINARY_DIRECTION]


def test_a_memo_that_people_in_danger_need_is_a_sign_the_more_likely_the_more() -> None:
    """ln(1 + 0.5 / 0.001) = 6.217; what stands beside such a memo counts as near."""
    told = Ranked((Finding(BEATEN.memo, 0.5), Finding("taxes", 0.25)), 0.25)
    signs = BY_WORDS.of(ready("помогите избивают"), told).signs
    assert signs[Sign.NEEDED_IN_DANGER] == pytest.approx(6.217, abs=1e-3)
    assert signs[Sign.NEEDED_NEAR_DANGER] == signs[Sign.NEEDED_IN_DANGER]
    assert BY_WORDS.of(ready("помогите избивают"), NOWHERE).signs[Sign.NEEDED_IN_DANGER] == 0


def test_no_dangers_nothing_is_heard() -> None:
    heard = alarm(NoEmbedder()).of(ready("помогите избивают"), NOWHERE)
    assert heard.danger is None
    assert not heard.signs.any()


def test_a_danger_known_by_its_lines_alone_is_heard() -> None:
    bare = Danger("fire", BEATEN.title, "hotlines", BEATEN.say, {}, {"ru": ("горим",)}, {})
    heard = alarm(NoEmbedder(), bare, ordinary=()).of(ready("горим!"), NOWHERE)
    assert heard.danger == "fire"
    assert heard.signs.nonzero()[0].tolist() == [Sign.LINE_MATCHES]


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=4_096))
def test_signs_of_any_text_are_within_bounds(text: str) -> None:
    heard = BY_MEANING.of(ready(text, WordVectors()), NOWHERE)
    assert heard.danger in {"violence", "held"}
    assert np.isfinite(heard.signs).all()
    by_words = heard.signs[[Sign.CRIES_WORDS, Sign.CALM_WORDS, Sign.ORDINARY_WORDS]]
    assert by_words.min() >= 0
    assert by_words.max() <= 1
    assert 0 <= heard.chance(NUMBERS) <= 1
