"""From a question to findings, over a small guide, by words alone and by meaning too."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide.citizenship import Citizenship
from bot.guide.text import Paragraph
from bot.search.embedding import Embedder, NoEmbedder, Vectors
from bot.search.engine import MemoSearch
from bot.search.findings import Findings, Line, Question, Verdict
from bot.search.fitted import Fitted
from bot.search.folding import LONGEST
from bot.search.index import SearchIndex, texts_with_meaning
from bot.search.vectors import VectorStore
from tests.search.small import (
    BEATEN,
    FOR_KYRGYZ,
    IN_KYRGYZ,
    NOT_OURS,
    QUESTIONS,
    WordVectors,
    asked,
    guide,
    memo,
    memo_numbers,
    numbers_by_hand,
    said,
)

WORDS = {"words": 15, "questions": 20}


def search_of(
    embedder: Embedder | None = None, numbers: Fitted | None = None, **content: Any
) -> MemoSearch:
    catalogue, store = guide(**content), VectorStore(embedder or NoEmbedder())
    store.learn(texts_with_meaning(catalogue))
    return MemoSearch(catalogue, SearchIndex(catalogue, store), numbers or numbers_by_hand())


BY_WORDS = search_of()
BY_MEANING = search_of(WordVectors())
ENGINES = pytest.mark.parametrize("search", [BY_WORDS, BY_MEANING], ids=["words", "meaning"])


def decided(**borders: float) -> MemoSearch:
    """A search with these borders."""
    return search_of(numbers=numbers_by_hand(plain=memo_numbers(WORDS, **borders)))


@ENGINES
@pytest.mark.parametrize(
    ("text", "lang", "memo_id"),
    [
        ("Сколько дней можно жить без регистрации?", "ru", "registration-first"),
        ("скока дней без ригистрацыи", "ru", "registration-first"),
        ("ne platyat zarplatu", "ru", "unpaid-wages"),
        ("skolko stoit patent", "ru", "work-patent"),
        ("айлыгымды бербей жатат", "ky", "unpaid-wages"),
        ("каттоого канча кун", "ky", "registration-first"),
        ("патент канча турат", "ru", "work-patent"),
        ("katoogo kancha kun", "ky", "registration-first"),
        ("royxatdan otishga necha kun", "ru", "registration-first"),  # no text is in Uzbek yet
    ],
)
async def test_the_memo_that_answers(
    search: MemoSearch, text: str, lang: str, memo_id: str
) -> None:
    findings = await search.ask(asked(text, lang))
    assert findings.verdict is Verdict.SURE
    assert findings.ranked[0].memo == memo_id


@ENGINES
@pytest.mark.parametrize("text", [*NOT_OURS["ru"], *NOT_OURS["ky"], "погода на завтра"])
async def test_what_no_memo_answers_is_not_answered(search: MemoSearch, text: str) -> None:
    findings = await search.ask(asked(text))
    assert findings.verdict is Verdict.UNSURE
    assert findings.lines == ()


@ENGINES
@pytest.mark.parametrize("text", ["", "  \n", "😀😀😀", "???", "\u202e", "\ud83d", "\x00"])
async def test_what_has_no_letters_finds_nothing(search: MemoSearch, text: str) -> None:
    assert await search.ask(asked(text)) == Findings()


@ENGINES
async def test_findings_are_ranked_and_named_once(search: MemoSearch) -> None:
    findings = await search.ask(asked("не платят деньги за работу без патента"))
    scores = [finding.score for finding in findings.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len({finding.memo for finding in findings.ranked}) == len(findings.ranked) == 3


def test_between_two_memos_it_asks_which() -> None:
    twins = [memo(name, "Патент", "О патенте.", Paragraph(said("Патент."))) for name in ("a", "b")]
    alike = {name: {"ru": ("сколько стоит патент",)} for name in ("a", "b")}
    search = search_of(kyrgyz_citizens=twins, others=twins, in_kyrgyz=(), questions=alike)
    findings = search.ask_now(asked("сколько стоит патент"))
    assert findings.verdict is Verdict.WHICH
    assert findings.is_answered
    assert [finding.memo for finding in findings.ranked] == ["a", "b"]
    assert findings.lines == ()


def test_unsure_names_the_nearest_memos_and_hopeless_names_none() -> None:
    question = asked("документы")
    unsure = decided(refuse=0, hopeless=1).ask_now(question)
    assert (unsure.verdict, len(unsure.ranked)) == (Verdict.UNSURE, 3)
    hopeless = decided(refuse=0, hopeless=0).ask_now(question)
    assert (hopeless.verdict, hopeless.ranked) == (Verdict.UNSURE, ())


def test_who_is_sure_is_never_hopeless() -> None:
    findings = decided(refuse=1, hopeless=0, which=1).ask_now(asked("сколько стоит патент"))
    assert findings.verdict is Verdict.SURE
    assert findings.ranked


@pytest.mark.parametrize(
    ("who", "line"), [(Citizenship.KG, Line(0)), (Citizenship.UZ, Line(1)), (None, Line(0))]
)
def test_lines_are_of_the_memo_as_this_person_reads_it(
    who: Citizenship | None, line: Line
) -> None:
    findings = BY_WORDS.ask_now(asked("за сколько дней должны зарегистрировать", who=who))
    assert findings.ranked[0].memo == "registration-first"
    assert findings.lines == (line,)


def test_in_a_translation_that_is_missing_lines_of_the_base_text_answer() -> None:
    search = search_of(in_kyrgyz=(FOR_KYRGYZ[0], *IN_KYRGYZ[1:]))
    findings = search.ask_now(asked("за сколько дней должны зарегистрировать", "ky"))
    assert findings.lines == (Line(0),)


def test_in_a_language_that_no_memo_is_in_no_lines_answer() -> None:
    findings = BY_WORDS.ask_now(asked("за сколько дней должны зарегистрировать", "en"))
    assert findings.verdict is Verdict.SURE
    assert findings.lines == ()


@ENGINES
@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("меня бьют и не платят зарплату", "violence"),
        ("нас заперли на складе", "held"),
        ("меня ударили в прошлом году", None),
        ("сколько стоит патент", None),
    ],
)
async def test_a_present_danger_is_reported(
    search: MemoSearch, text: str, danger: str | None
) -> None:
    assert (await search.ask(asked(text))).danger == danger


def test_danger_does_not_hang_on_the_verdict() -> None:
    sure, unsure = decided(refuse=1, which=1), decided(refuse=0, hopeless=0)
    for text, danger in (("меня бьют помогите", "violence"), ("сколько стоит патент", None)):
        found = [search.ask_now(asked(text)) for search in (sure, unsure)]
        assert [one.verdict for one in found] == [Verdict.SURE, Verdict.UNSURE]
        assert [one.danger for one in found] == [danger, danger]


@pytest.mark.parametrize("text", ["我的护照被拿走了", "ხელი ასო", "\ufdfa" * 30, "मेरा पासपोर्ट да"])
def test_in_letters_that_are_not_ours_nothing_is_believed(text: str) -> None:
    """The numbers would be sure of anything and alarmed by everything."""
    by_hand = numbers_by_hand(full=memo_numbers(WORDS, refuse=1, hopeless=1, which=1))
    alarmed = by_hand.full.alarm.model_copy(update={"least": 0.0})
    full = by_hand.full.model_copy(update={"alarm": alarmed})
    search = search_of(WordVectors(), by_hand.model_copy(update={"full": full}))
    ours = search.ask_now(asked("сколько стоит патент", "ky"))
    assert (ours.verdict, ours.asked_in) == (Verdict.SURE, "ru")
    assert ours.danger

    findings = search.ask_now(asked(text))
    assert (findings.verdict, findings.danger, findings.asked_in) == (Verdict.UNSURE, None, None)
    assert len(findings.ranked) == 3


def test_a_line_of_words_is_believed_whatever_else_is_known() -> None:
    bare = replace(BEATEN, words={"ru": ("җҗҗҗ",)}, cries={}, calm={})
    by_hand = numbers_by_hand(plain=memo_numbers(WORDS, refuse=0))
    findings = search_of(numbers=by_hand, dangers=(bare,)).ask_now(asked("җҗҗҗ"))
    assert findings.danger == "violence"


@pytest.mark.parametrize(
    ("text", "lang", "other"),
    [
        ("айлыгымды бербей жатышат", "ru", "ky"),
        ("айлыгымды бербей жатышат", "ky", None),
        ("ro'yxatdan o'tishga necha kun", "ru", "uz"),
        ("сколько дней можно без регистрации", "ky", "ru"),
        ("патент", "ru", None),  # one word of both languages: not surely another
        ("ёжик", "ky", None),
    ],
)
def test_another_language_is_named_only_when_it_surely_is(
    text: str, lang: str, other: str | None
) -> None:
    assert BY_WORDS.ask_now(asked(text, lang)).asked_in == other


def test_how_sure_it_must_be_of_the_language_is_fitted() -> None:
    lax = search_of(numbers=numbers_by_hand(least_of_language=0.3))
    assert lax.ask_now(asked("патент", "ru")).asked_in == "ky"


def test_citizenship_shifts_chances_and_filters_nothing() -> None:
    chances = {}
    for who in (None, *Citizenship):
        findings = BY_WORDS.ask_now(asked("патент на работу", who=who))
        assert {one.memo for one in findings.ranked} == {one.id for one in FOR_KYRGYZ}
        chances[who] = next(one.score for one in findings.ranked if one.memo == "work-patent")
    assert chances[Citizenship.UZ] == chances[None] > chances[Citizenship.KG] > 0.5


def test_language_shifts_chances_and_filters_nothing() -> None:
    chances = {}
    for lang in ("ru", "ky", "en"):
        findings = BY_WORDS.ask_now(asked("айлык", lang))
        assert {one.memo for one in findings.ranked} == {one.id for one in FOR_KYRGYZ}
        chances[lang] = next(one.score for one in findings.ranked if one.memo == "unpaid-wages")
    assert chances["ky"] > chances["ru"] >= chances["en"]


def test_an_empty_guide_knows_nothing() -> None:
    empty: dict[str, Any] = {"questions": {}, "not_ours": {}, "dangers": ()}
    for embedder in (NoEmbedder(), WordVectors()):
        search = search_of(embedder, kyrgyz_citizens=(), others=(), in_kyrgyz=(), **empty)
        assert search.ask_now(asked("патент")) == Findings()


class Halting(WordVectors):
    """Once it is told to, it halts in its thread until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.has_begun.set()
        assert self.may_go_on.wait(30), "nobody else was let run"
        return super().embed(texts)


async def test_while_a_question_is_read_others_are_served() -> None:
    embedder = Halting()
    search = search_of(embedder)
    embedder.may_go_on.clear()
    embedder.has_begun.clear()
    answer = asyncio.create_task(search.ask(asked("сколько стоит патент")))
    assert await asyncio.to_thread(embedder.has_begun.wait, 30)

    ticked = asyncio.Event()
    asyncio.get_running_loop().call_soon(ticked.set)
    await asyncio.wait_for(ticked.wait(), 30)
    assert not answer.done()
    embedder.may_go_on.set()
    assert (await answer).ranked[0].memo == "work-patent"


@ENGINES
async def test_many_at_once_get_the_answers_of_one_by_one(search: MemoSearch) -> None:
    texts = [
        text for by_language in QUESTIONS.values() for one in by_language.values() for text in one
    ]
    texts += [*NOT_OURS["ru"], "меня бьют", "нас заперли", "", "😀"]
    questions = [
        asked(text, lang, who)
        for text in texts
        for lang, who in (("ru", None), ("ky", Citizenship.UZ))
    ]
    one_by_one = [search.ask_now(question) for question in questions]
    assert len(set(one_by_one)) > 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(search.ask_now, questions * 4)) == one_by_one * 4
    assert await asyncio.gather(*map(search.ask, questions)) == one_by_one


@settings(max_examples=150)
@given(
    text=st.text(alphabet=st.characters(), max_size=LONGEST),
    lang=st.sampled_from(["ru", "ky", "en", "xx", ""]),
    who=st.sampled_from([None, *Citizenship]),
    search=st.sampled_from([BY_WORDS, BY_MEANING]),
)
def test_any_text_is_answered(
    text: str, lang: str, who: Citizenship | None, search: MemoSearch
) -> None:
    findings = search.ask_now(Question(text, lang, who))
    scores = [finding.score for finding in findings.ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) <= 1 + 1e-9
    assert findings.asked_in != lang
    assert findings.lines == () or findings.verdict is Verdict.SURE
