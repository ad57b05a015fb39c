"""What speaks for each memo, measure by measure, over a small guide."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.citizenship import Citizenship
from bot.search.embedding import Embedder, NoEmbedder
from bot.search.evidence import Measure
from bot.search.findings import Question
from bot.search.index import SearchIndex, texts_with_meaning
from bot.search.vectors import VectorStore
from tests.search.small import WordVectors, asked, guide


def index_of(embedder: Embedder, **content: Any) -> SearchIndex:
    catalogue, store = guide(**content), VectorStore(embedder)
    store.learn(texts_with_meaning(catalogue))
    return SearchIndex(catalogue, store)


BY_WORDS = index_of(NoEmbedder())
BY_MEANING = index_of(WordVectors())


def measured(
    text: str, lang: str = "ru", who: Citizenship | None = None, index: SearchIndex = BY_WORDS
) -> dict[str | None, dict[Measure, float]]:
    found = index.evidence.of(index.made_ready(asked(text, lang, who)))
    rows = zip(index.evidence.keys, found, strict=True)
    return {key: {one: float(row[one]) for one in Measure} for key, row in rows}


def best(text: str, measure: Measure, index: SearchIndex = BY_WORDS) -> str | None:
    found = measured(text, index=index)
    return max(found, key=lambda key: found[key][measure])


def test_memos_and_what_is_not_ours_are_measured_side_by_side() -> None:
    assert BY_WORDS.evidence.keys == ("registration-first", "work-patent", "unpaid-wages", None)


@pytest.mark.parametrize(
    ("text", "measure", "memo_id"),
    [
        ("оплачивать", Measure.WORDS, "work-patent"),  # stands in a summary
        ("сколько стоит патент", Measure.QUESTIONS, "work-patent"),
        ("жалоба в инспекцию", Measure.LINES, "unpaid-wages"),
        ("какая будет погода", Measure.QUESTIONS, None),
    ],
)
def test_what_a_measure_sees(text: str, measure: Measure, memo_id: str | None) -> None:
    assert best(text, measure) == memo_id


def test_what_a_measure_does_not_see() -> None:
    assert measured("инспекцию")["unpaid-wages"][Measure.WORDS] == 0  # stands in a line only
    assert measured("айлыгымды бербей")["unpaid-wages"][Measure.LINES] == 0  # is only asked
    assert measured("куда")["unpaid-wages"][Measure.QUESTIONS] == 0  # stands in a summary only


def test_a_memo_is_found_in_the_language_that_fits_best_whatever_the_person_reads() -> None:
    russian, kyrgyz = measured("айлык", "ru"), measured("айлык", "ky")
    assert russian["unpaid-wages"][Measure.WORDS] == kyrgyz["unpaid-wages"][Measure.WORDS] > 0
    assert kyrgyz["unpaid-wages"][Measure.OWN_WORDS] == kyrgyz["unpaid-wages"][Measure.WORDS]
    assert russian["unpaid-wages"][Measure.OWN_WORDS] < russian["unpaid-wages"][Measure.WORDS]


def test_in_a_language_without_texts_nothing_is_said_in_the_own_one() -> None:
    own = {row[Measure.OWN_WORDS] for row in measured("патент", "xx").values()}
    assert own == {0}


@pytest.mark.parametrize(
    ("who", "counts_against"),
    [(None, 0), (Citizenship.UZ, 0), (Citizenship.KG, 1), (Citizenship.VISA, 1)],
)
def test_a_memo_mostly_for_others_is_marked(
    who: Citizenship | None, counts_against: float
) -> None:
    marks = {key: row[Measure.FOR_OTHERS] for key, row in measured("патент", who=who).items()}
    assert marks.pop("work-patent") == counts_against
    assert set(marks.values()) == {0}


def test_without_a_model_nothing_is_measured_by_meaning() -> None:
    assert not BY_WORDS.evidence.has_meanings
    row = measured("патент")["work-patent"]
    assert row[Measure.MEANING] == row[Measure.DIRECTION] == 0


@pytest.mark.parametrize("measure", [Measure.MEANING, Measure.DIRECTION])
def test_by_meaning_the_nearest_questions_count(measure: Measure) -> None:
    assert BY_MEANING.evidence.has_meanings
    assert best("сколько стоит патент", measure, BY_MEANING) == "work-patent"
    assert best("какая завтра погода", measure, BY_MEANING) is None


def test_of_two_parts_each_speaks_for_its_memo() -> None:
    patent, wages = "сколько стоит патент", "работодатель не заплатил за месяц"
    long = f"{patent} {'э' * 90}. {wages} {'ю' * 90}."
    both = measured(long, index=BY_MEANING)
    ours = {both[key][Measure.MEANING] for key in ("work-patent", "unpaid-wages")}
    assert min(ours) > both["registration-first"][Measure.MEANING]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("сколько стоит патент", True),
        ("skolko stoit patent", True),
        # The 15 pieces of "патент" are known. A foreign word of 8 letters has 21 others, one of 40 has 117.
        ("патент 一二三四五六七八", True),
        ("патент " + "".join(map(chr, range(0x4E00, 0x4E28))), False),
        ("一二三四五六七八", False),
        ("", False),
    ],
    ids=["ours", "latin", "a-foreign-word", "nearly-foreign", "foreign", "nothing"],
)
def test_what_shares_few_pieces_with_the_guide_is_not_read(text: str, is_read: bool) -> None:
    assert BY_WORDS.reads(BY_WORDS.made_ready(asked(text))) is is_read


def test_an_empty_guide_has_nothing_to_measure() -> None:
    nothing: dict[str, Any] = {"questions": {}, "not_ours": {}, "dangers": ()}
    index = index_of(WordVectors(), kyrgyz_citizens=(), others=(), in_kyrgyz=(), **nothing)
    assert index.evidence.keys == ()
    assert index.evidence.of(index.made_ready(asked("патент"))).shape == (0, len(Measure))


@settings(max_examples=60)
@given(
    st.text(alphabet=st.characters(), max_size=4_096),
    st.sampled_from(["ru", "ky", "xx", ""]),
    st.sampled_from([None, *Citizenship]),
)
def test_measures_of_any_text_are_within_bounds(
    text: str, lang: str, who: Citizenship | None
) -> None:
    found = BY_MEANING.evidence.of(BY_MEANING.made_ready(Question(text, lang, who)))
    assert found.shape == (4, len(Measure))
    assert np.isfinite(found).all()
    by_words = found[:, [Measure.WORDS, Measure.OWN_WORDS, Measure.QUESTIONS, Measure.LINES]]
    assert by_words.min() >= 0
    assert by_words.max() <= 1
    assert (found[:, Measure.OWN_WORDS] <= found[:, Measure.WORDS]).all()
    assert np.abs(found[:, Measure.MEANING]).max() <= 1 + 1e-6
    assert set(found[:, Measure.FOR_OTHERS]) <= {0, 1}
