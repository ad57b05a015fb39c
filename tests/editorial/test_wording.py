"""What translations call things, and what no text says."""

import pytest

from bot.editorial.checking import check
from bot.editorial.problem import Problem
from tests.editorial.mistake import KY, QUESTIONS, RU
from tests.support.content import TODAY, ContentFolder

EN = "memos/registration-first/en.md"


def problems(content: ContentFolder, *codes: str) -> list[Problem]:
    return [one for one in check(content.edition(), TODAY) if one.code in codes]


def test_a_calque_is_named_with_what_people_say(content: ContentFolder) -> None:
    content.replace(KY, "Чалыңыз:", "Каттоо бүткөн үй ээси тарабынан айтылат. Чалыңыз:")

    (found,) = problems(content, "calque")

    assert (found.file, found.line) == (KY, content.line_of(KY, "тарабынан"))
    assert dict(found.values) == {"text": "тарабынан", "right": "кыскасын"}


@pytest.mark.parametrize(
    ("said", "is_calque"),
    [
        ("Договор БОЛГАН УЧУРДА кел", True),
        ("жок болгон,\nучурда", False),
        ("болган,\nучурда", True),
        ("Иш жүргүзүүдө кел", True),
        ("Иш кандай жүргүзүлөт", False),
        ("«тарабынан» деп айтышат", False),
        ("тарабынандай", False),
    ],
)
def test_where_a_phrase_begins_and_ends(
    content: ContentFolder, said: str, is_calque: bool
) -> None:
    content.replace(KY, "## Канча турат", f"{said}\n\n## Канча турат")

    assert bool(problems(content, "calque")) == is_calque


def test_phrases_of_another_language_are_none(content: ContentFolder) -> None:
    content.replace(RU, "## Сколько стоит", "тарабынан\n\n## Сколько стоит")

    assert problems(content, "calque") == []


def test_names_of_contacts_and_sayings_of_dangers_are_read_too(content: ContentFolder) -> None:
    content.replace("contacts.yaml", "ky: Жардам,", "ky: Үй тарабынан жардам,")
    content.replace("dangers.yaml", "112 номерине", "Үй тарабынан 112 номерине")

    assert {one.file for one in problems(content, "calque")} == {"contacts.yaml", "dangers.yaml"}


def test_questions_are_not_read(content: ContentFolder) -> None:
    content.replace(QUESTIONS, "- кайда каттоо", "- үй тарабынан каттоо")

    assert problems(content, "calque") == []


def test_a_missing_name_is_told_with_both_lines(content: ContentFolder) -> None:
    content.replace(EN, "- Patent: ", "- Paper: ")

    (found,) = problems(content, "term-missing")

    assert (found.file, found.line) == (EN, content.line_of(EN, "## What it costs"))
    assert dict(found.values) == {
        "said": "Патент",
        "line": str(content.line_of(RU, "- Патент")),
        "term": "work patent",
    }


@pytest.mark.parametrize("name", ["Иштөө патентиңиз", "патентти", "Патент"])
def test_the_name_or_an_allowed_one_will_do_in_any_form(content: ContentFolder, name: str) -> None:
    content.replace(KY, "- Патент: ", f"- {name}: ")

    assert problems(content, "term-missing") == []


def test_what_is_said_in_russian_needs_no_name(content: ContentFolder) -> None:
    content.replace(RU, "- Патент: ", "- «Патент»: ")
    content.replace(RU, "> «Зарегистрируйте", "> «Вот мой патент. Зарегистрируйте")
    content.replace(KY, "- Патент: ", "- Иш кагазы: ")
    content.accept_translations()

    assert problems(content, "term-missing") == []


def test_the_title_of_another_memo_is_translated_there(content: ContentFolder) -> None:
    content.replace(RU, "- Патент: ", "- [Патент](memo:passport-taken): ")
    content.replace(KY, "- Патент: ", "- [Паспорт](memo:passport-taken): ")
    content.replace(EN, "- Patent: ", "- [Passport](memo:passport-taken): ")
    content.accept_translations()

    assert problems(content, "term-missing") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("    kind: document\n", "    kind: everyday\n"), ("kind: document", "paraphrase: [ky]")],
)
def test_everyday_words_and_those_to_paraphrase_are_not_demanded(
    content: ContentFolder, old: str, new: str
) -> None:
    content.replace(KY, "- Патент: ", "- Иш кагазы: ")
    content.replace("glossary.yaml", old, new)

    assert problems(content, "term-missing") == []


def test_letters_of_a_russian_name_are_right_in_every_language(content: ContentFolder) -> None:
    content.replace("glossary.yaml", "(патент)", "(ПТ)")
    content.replace(RU, "- Патент: ", "- ПТ: ")
    content.replace(KY, "- Патент: ", "- ПТ: ")
    content.replace(EN, "- Patent: ", "- Paper: ")
    content.accept_translations()

    assert [one.file for one in problems(content, "term-missing")] == [EN]


def test_an_outdated_translation_is_left_alone(content: ContentFolder) -> None:
    content.replace(KY, "- Патент: ", "- Иш кагазы: ")
    content.replace(RU, "## Сколько стоит", "## Цена")

    assert problems(content, "term-missing") == []
