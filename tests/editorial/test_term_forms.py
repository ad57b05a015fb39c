"""Names of the glossary are found in the forms in which texts have them."""

import pytest

from bot.editorial.term_forms import Name, fold, names_in, names_of


def stands(name: str, lang: str, text: str) -> bool:
    return Name(name, lang).search(text, fold(text)) is not None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("миграционный учёт (регистрация)", ["миграционный учёт", "регистрация"]),
        ("адвокат, юрист", ["адвокат", "юрист"]),
        ("портал «Госуслуги»", ["портал Госуслуги"]),
        ("реестр контролируемых лиц (РКЛ)", ["реестр контролируемых лиц", "РКЛ"]),
        ("", []),
    ],
)
def test_a_field_may_hold_several_names(written: str, names: list[str]) -> None:
    assert names_in(written) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("миграционный учёт", "Встаньте на миграционный учет сегодня"),
        ("миграционный учёт", "без миграционного учёта"),
        ("миграционная карта", "Покажите миграционную карту."),
        ("трудовой договор", "с трудовыми договорами"),
        ("уведомление о прибытии", "Отрывная часть уведомления о прибытии"),
        ("вид на жительство", "С видом на жительство"),
        ("права", "о ваших правах"),
        ("портал Госуслуги", "на портале «Госуслуги»"),
        ("налоговая", "спросите в налоговой"),
        ("РВП", "Нужны РВП или ВНЖ."),
    ],
)
def test_russian_cases(name: str, text: str) -> None:
    assert stands(name, "ru", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("права", "правила въезда"),
        ("суд", "судья решил"),
        ("карта", "картина"),
        ("налоговая", "чеки налогов"),
        ("налоговая", "налоговый номер"),
        ("патент", "беспатентный"),
        ("трудовой договор", "Спор трудовой. Договор дома."),
        ("РВП", "рвп"),
        ("МВД", "МВДшник"),
    ],
)
def test_other_russian_words_are_none_of_its_forms(name: str, text: str) -> None:
    assert not stands(name, "ru", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("эмгек келишими", "Эмгек келишиминде жазылат"),
        ("эмгек келишими", "эмгек келишимиңиз барбы"),
        ("айып пул", "айып пулду төлөңүз"),
        ("үй ээси", "Үй ээсинен сураңыз"),
        ("узартуу", "мөөнөтүн узартыңыз"),
        ("каттоо", "катталганда"),
        ("кол коюу", "кол коёрдон мурун"),
        ("кол коюу", "кол койбоңуз"),
        ("күбөлүк", "күбөлүгүн көрсөтөт"),
        ("иштөөгө уруксат", "иштөөгө уруксаты жок"),
        ("көзөмөлдөгү адамдардын реестри", "көзөмөлдөгү адамдардын реестрине"),
        ("келгени жөнүндө билдирүү", "келгениңиз жөнүндө билдирүү («уведомление»)"),
        ("үй-бүлө мүчөсү", "үй-бүлө мүчөлөрү"),
    ],
)
def test_kyrgyz_suffixes_and_harmony(name: str, text: str) -> None:
    assert stands(name, "ky", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("айып пул", "айып"), ("эмгек келишими", "келишим"), ("кармоо", "карта"), ("сот", "досот")],
)
def test_other_kyrgyz_words_are_none_of_its_forms(name: str, text: str) -> None:
    assert not stands(name, "ky", text)


def test_english_small_words_and_endings_do_not_count() -> None:
    assert stands("tear-off part of the notice", "en", "Tear-off parts of a notice")
    assert stands("to register", "en", "before registering")
    assert not stands("fine", "en", "refine")


def test_words_in_another_order_count_in_one_paragraph() -> None:
    name = Name("marriage certificate", "en")

    assert name.is_spread_over("certificates of birth and marriage")
    assert not name.is_spread_over("certificates of birth")


def test_letters_are_no_words_in_any_order() -> None:
    (name,) = names_of(["МВД РФ"], "ru")

    assert not name.is_spread_over(fold("РФ, МВД"))
