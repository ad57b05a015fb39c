"""A small guide, numbers set by hand and a stand-in for the model: what the tests of the search room share.

The numbers are not those of `fitted.json`, so that fitting anew breaks no test of how they are used.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum

import numpy as np

from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.danger import Danger
from bot.guide.memo import Memo
from bot.guide.text import Block, Heading, ListBlock, LocalText, Paragraph, Span, Spans
from bot.search import alarm, extraction
from bot.search.embedding import Vectors
from bot.search.evidence import Measure
from bot.search.findings import Question
from bot.search.fitted import Fitted, LanguageNumbers, MemoNumbers, Side, SignNumbers
from bot.search.ngrams import pieces

DAY = date(2026, 11, 24)
NEED_PATENT = frozenset({Citizenship.UZ, Citizenship.TJ, Citizenship.OTHER_VISA_FREE})


class WordVectors:
    """Stands in for the model: texts that share pieces of words are near. Remembers what it embedded."""

    dimension = 96

    def __init__(self, name: str = "word vectors") -> None:
        self.name = name
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows[:, 0] = 1
        for row, text in zip(rows, texts, strict=True):
            places = pieces([text]).hashes % np.uint64(self.dimension - 1) + np.uint64(1)
            np.add.at(row, places, 1)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def said(text: str) -> Spans:
    return (Span(text),)


def memo(
    memo_id: str,
    title: str,
    summary: str,
    *blocks: Block,
    lang: str = "ru",
    mostly_for: frozenset[Citizenship] = frozenset(),
) -> Memo:
    return Memo(
        id=memo_id,
        section="work",
        lang=lang,
        wanted=lang,
        title=title,
        summary=summary,
        blocks=blocks,
        citations=(),
        checked=DAY,
        contacts=(),
        related=(),
        mostly_for=mostly_for,
    )


def _registration(*, days: str, first: tuple[Block, ...] = ()) -> Memo:
    return memo(
        "registration-first",
        "Регистрация по адресу",
        "Как встать на миграционный учёт там, где вы живёте.",
        *first,
        Paragraph(said(f"Вас должны зарегистрировать за {days} после въезда.")),
        Heading(said("Какие документы нужны:")),
        ListBlock(
            (said("Паспорт."), said("Миграционная карта."), said("Бланк уведомления.")), False
        ),
        Paragraph(said("Подаёт тот, у кого вы живёте.")),
    )


PATENT = memo(
    "work-patent",
    "Патент на работу",
    "Как получить и оплачивать патент.",
    Paragraph(said("Патент оплачивают каждый месяц, иначе он перестаёт действовать.")),
    mostly_for=NEED_PATENT,
)
WAGES = memo(
    "unpaid-wages",
    "Не платят зарплату",
    "Как вернуть свои деньги и куда жаловаться.",
    Paragraph(said("Напишите жалобу в инспекцию труда.")),
)
FOR_KYRGYZ = (_registration(days="30 дней"), PATENT, WAGES)
# A paragraph more before it: the same line stands at another place for others.
FOR_OTHERS = (
    _registration(days="7 дней", first=(Paragraph(said("Проверьте свою визу.")),)),
    PATENT,
    WAGES,
)
IN_KYRGYZ = (
    memo("registration-first", "Каттоо", "Каттоого кантип туруу керек.", lang="ky"),
    memo("work-patent", "Иштөө үчүн патент", "Патент алуу жана төлөө.", lang="ky"),
    memo("unpaid-wages", "Айлык төлөнбөсө", "Акчаны кантип алса болот.", lang="ky"),
)
QUESTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "registration-first": {
        "ru": ("сколько дней можно без регистрации", "хозяин квартиры не хочет меня прописывать"),
        "ky": ("каттоого канча күн берилет", "үй ээси каттабай жатат"),
        "uz": ("ro'yxatdan o'tishga necha kun beriladi",),
    },
    "work-patent": {
        "ru": ("сколько стоит патент", "что будет, если не оплатить патент вовремя"),
        "ky": ("патент канча турат", "мага патент керекпи"),
        "tg": (),
    },
    "unpaid-wages": {
        "ru": ("работодатель не заплатил за месяц", "прораб обманул и не отдаёт деньги"),
        "ky": ("айлыгымды бербей жатышат", "акчамды качан алам"),
    },
}
NOT_OURS = {
    "ru": ("какая завтра погода", "кто выиграл матч", "рецепт плова", "привет как дела"),
    "ky": ("эртең аба ырайы кандай", "тамаша айтып бер"),
}
BEATEN = Danger(
    id="violence",
    title=LocalText(),
    memo="hotlines",
    say=LocalText(),
    contacts={},
    words={"ru": ("меня бьют",)},
    unless={"ru": ("прошлом году",)},
    cries={"ru": ("помогите меня избивают", "он ударил меня сейчас"), "ky": ("мени уруп жатат",)},
    calm={"ru": ("меня ударили год назад куда жаловаться",)},
)
LOCKED_IN = Danger(
    id="held",
    title=LocalText(),
    memo="hotlines",
    say=LocalText(),
    contacts={},
    words={"ru": ("не выпускают",)},
    unless={},
    cries={"ru": ("нас заперли на складе помогите",), "ky": ("бизди камап коюшту",)},
    calm={"ru": ("могут ли запереть рабочих",)},
)


def guide(
    kyrgyz_citizens: Sequence[Memo] = FOR_KYRGYZ,
    others: Sequence[Memo] = FOR_OTHERS,
    in_kyrgyz: Sequence[Memo] = IN_KYRGYZ,
    questions: Mapping[str, Mapping[str, tuple[str, ...]]] = QUESTIONS,
    not_ours: Mapping[str, tuple[str, ...]] = NOT_OURS,
    dangers: tuple[Danger, ...] = (BEATEN, LOCKED_IN),
) -> Catalogue:
    def read_by(lang: str, who: Citizenship) -> Sequence[Memo]:
        if lang == "ky":
            return in_kyrgyz
        return kyrgyz_citizens if who is Citizenship.KG else others

    return Catalogue(
        edition="small",
        day=DAY,
        languages=("ru", "ky"),
        base_language="ru",
        sections=(),
        memos={
            (lang, who): {one.id: one for one in read_by(lang, who)}
            for lang in ("ru", "ky")
            for who in Citizenship
        },
        contacts={},
        facts={},
        sources={},
        cards={},
        dangers=dangers,
        questions=questions,
        not_ours=not_ours,
    )


def memo_numbers(weights: Mapping[str, float] | None = None, **changed: float) -> MemoNumbers:
    """Measures that are not named weigh nothing."""
    weighed = {one.name.lower(): 0.0 for one in Measure} | dict(weights or {"words": 10})
    numbers = {"not_ours": 2.0, "refuse": 0.5, "hopeless": 0.9, "which": 0.5} | changed
    return MemoNumbers(weights=weighed, scores={}, **numbers)


def sign_numbers(
    signs: type[IntEnum], weights: Mapping[str, float], start: float = 0.0, least: float = 0.5
) -> SignNumbers:
    weighed = {one.name.lower(): 0.0 for one in signs} | dict(weights)
    return SignNumbers(weights=weighed, start=start, least=least, scores={})


def numbers_by_hand(
    full: MemoNumbers | None = None,
    plain: MemoNumbers | None = None,
    least_of_language: float = 0.9,
) -> Fitted:
    by_words = {"words": 15, "own_words": 2, "questions": 20, "for_others": -1}
    heard = {"cries_words": 40, "calm_words": -25, "ordinary_words": -25, "line_matches": 2}
    of_danger = sign_numbers(alarm.Sign, heard, start=-1.5)
    of_lines = sign_numbers(extraction.Sign, {"share_of_best": 5, "score": 10}, start=-4)
    return Fitted(
        fitted=DAY,
        full=Side(
            memos=full or memo_numbers(by_words | {"meaning": 3, "direction": 3}), alarm=of_danger
        ),
        plain=Side(memos=plain or memo_numbers(by_words), alarm=of_danger),
        lines=of_lines,
        language=LanguageNumbers(least=least_of_language, scores={}),
    )


def asked(text: str, lang: str = "ru", who: Citizenship | None = Citizenship.KG) -> Question:
    return Question(text, lang, who)
