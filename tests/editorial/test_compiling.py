"""The catalogue: which part, which value, which language each reader gets."""

from datetime import date

import pytest

from bot.editorial.compiling import build_catalogue
from bot.errors import ContentError
from bot.guide.catalogue import Catalogue
from bot.guide.citizenship import Citizenship
from bot.guide.memo import Memo
from bot.guide.text import (
    Block,
    ContactBlock,
    Emphasis,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    plain,
)
from tests.support.content import TODAY, ContentFolder

FIRST = "registration-first"
KG, UZ, TJ, VISA = Citizenship.KG, Citizenship.UZ, Citizenship.TJ, Citizenship.VISA


def catalogue_of(content: ContentFolder, day: date = TODAY) -> Catalogue:
    return build_catalogue(content.edition(), day)


def memo_of(catalogue: Catalogue, lang: str, citizenship: Citizenship) -> Memo:
    memo = catalogue.memo(FIRST, lang, citizenship)
    assert memo is not None
    return memo


def said(memo: Memo) -> str:
    return "\n".join(line for block in memo.blocks for line in _lines(block)).replace(
        "\u00a0", " "
    )


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(spans) | Paragraph(spans):
            return [plain(spans)]
        case ListBlock(runs) | Quote(runs):
            return [plain(run) for run in runs]
        case ContactBlock(contact):
            return [contact]


@pytest.mark.parametrize(
    ("citizenship", "first_line"),
    [
        (Citizenship.KG, "Встаньте на учёт до 30 дней со дня въезда."),
        (Citizenship.UZ, "Встаньте на учёт за 15 дней."),
        (Citizenship.TJ, "Встаньте на учёт за 7 рабочих дней."),
        (Citizenship.OTHER_EAEU, "Встаньте на учёт за 7 рабочих дней."),
        (Citizenship.OTHER_VISA_FREE, "Встаньте на учёт за 7 рабочих дней."),
        (Citizenship.VISA, "Встаньте на учёт за 7 рабочих дней."),
    ],
)
def test_each_citizenship_reads_its_own_part(
    good_content: ContentFolder, citizenship: Citizenship, first_line: str
) -> None:
    text = said(memo_of(catalogue_of(good_content), "ru", citizenship))

    assert text.split("\n")[0] == first_line
    assert ("Позвоните: +74992374452" in text) is (citizenship is KG)


def test_the_narrowest_part_wins_wherever_it_stands(content: ContentFolder) -> None:
    text = content.read(f"memos/{FIRST}/ru.md")
    head, rest = text.split("::: for kg", 1)
    parts = "".join(
        f"::: for {names}\nДля {names}.\n:::\n\n"
        for names in ("no-visa", "others", "eaeu", "kg", "uz tj")
    )
    content.write(f"memos/{FIRST}/ru.md", head + parts + rest[rest.index("## Сколько") :])
    catalogue = catalogue_of(content)

    read = {who: said(memo_of(catalogue, "ru", who)).split("\n")[0] for who in Citizenship}

    assert read == {
        Citizenship.KG: "Для kg.",
        Citizenship.OTHER_EAEU: "Для eaeu.",
        Citizenship.UZ: "Для uz tj.",
        Citizenship.TJ: "Для uz tj.",
        Citizenship.OTHER_VISA_FREE: "Для no-visa.",
        Citizenship.VISA: "Для others.",
    }


def test_facts_are_said_in_the_language_of_the_reader(good_content: ContentFolder) -> None:
    catalogue = catalogue_of(good_content)

    kyrgyz = said(memo_of(catalogue, "ky", KG))
    english = said(memo_of(catalogue, "en", VISA))

    assert kyrgyz.startswith("30 күндүн ичинде катталыңыз.")
    assert "Айып пул: 2 000 рублдан 5 000 рублга чейин." in kyrgyz
    assert "Эреже 2026-жылдын 1-январынан баштап иштейт." in kyrgyz
    assert english.startswith("Register within 7 working days.")
    assert "The rule holds from 1 January 2026." in english


def test_a_value_switches_by_itself_at_new_year(good_content: ContentFolder) -> None:
    before = catalogue_of(good_content, date(2026, 12, 31))
    after = catalogue_of(good_content, date(2027, 1, 1))

    assert "Патент: 8 900 рублей." in said(memo_of(before, "ru", UZ))
    assert "Патент: 10 000 рублей." in said(memo_of(after, "ru", UZ))
    assert before.edition == after.edition, "the files are the same"


def test_blocks_keep_what_they_are(good_content: ContentFolder) -> None:
    blocks = memo_of(catalogue_of(good_content), "ru", UZ).blocks

    assert [type(block) for block in blocks] == [
        Paragraph,
        Heading,
        ListBlock,
        ListBlock,
        Quote,
        Paragraph,
        Paragraph,
        ContactBlock,
    ]
    points, steps = blocks[2], blocks[3]
    assert isinstance(points, ListBlock)
    assert isinstance(steps, ListBlock)
    assert (points.ordered, steps.ordered) == (False, True)
    assert steps.items[0] == (
        Span("Паспорт: "),
        Span("памятка", memo="passport-taken"),
        Span("."),
    )
    assert steps.items[1][1] == Span("текст", url="https://example.org/закон")


def test_a_filled_in_value_is_as_bold_as_the_words_beside_it(good_content: ContentFolder) -> None:
    first = memo_of(catalogue_of(good_content), "ru", KG).blocks[0]

    assert isinstance(first, Paragraph)
    assert first.spans[1] == Span("до 30 дней", Emphasis.BOLD)


def test_a_missing_translation_falls_back_to_the_base_text(content: ContentFolder) -> None:
    content.path(f"memos/{FIRST}/ky.md").unlink()

    memo = memo_of(catalogue_of(content), "ky", KG)

    assert (memo.lang, memo.wanted, memo.is_fallback, memo.outdated) == ("ru", "ky", True, False)
    assert "Встаньте на учёт" in said(memo)


def test_a_changed_base_text_makes_translations_outdated(content: ContentFolder) -> None:
    content.replace(f"memos/{FIRST}/ru.md", "Сколько стоит", "Сколько это стоит")
    catalogue = catalogue_of(content)

    assert memo_of(catalogue, "ky", KG).outdated
    assert not memo_of(catalogue, "ru", KG).outdated


def test_questions_go_into_the_catalogue_by_memo_and_language(content: ContentFolder) -> None:
    content.write(
        f"memos/{FIRST}/questions.yaml",
        "uz:\n  - qancha   kun\n  - 112  # as it is typed\nru: ['где: тут']\n",
    )
    questions = catalogue_of(content).questions

    assert questions[FIRST] == {"uz": ("qancha kun", "112"), "ru": ("где: тут",)}
    assert questions["passport-taken"]["ky"][0] == "кайда паспортум"


def test_what_no_memo_answers_goes_into_the_catalogue(content: ContentFolder) -> None:
    assert catalogue_of(content).not_ours == {
        "ru": ("какая погода",),
        "uz": ("ob-havo qanday",),
    }

    content.path("not-ours.yaml").unlink()
    assert catalogue_of(content).not_ours == {}


def test_other_questions_do_not_make_translations_outdated(content: ContentFolder) -> None:
    content.replace(f"memos/{FIRST}/questions.yaml", "где прописка", "где она, прописка")

    assert not memo_of(catalogue_of(content), "ky", KG).outdated


def test_sources_are_those_of_the_facts_this_reader_sees(good_content: ContentFolder) -> None:
    catalogue = catalogue_of(good_content)

    def cited(who: Citizenship) -> list[tuple[str, tuple[str, ...]]]:
        memo = memo_of(catalogue, "ru", who)
        return [(citation.source.id, citation.articles) for citation in memo.citations]

    assert cited(KG) == [("treaty", ("97",)), ("law", ())]
    assert cited(UZ) == [("treaty", ("3",)), ("law", ())]
    assert cited(TJ) == [("law", ())]


def test_a_link_for_staff_is_in_no_source_of_the_catalogue(good_content: ContentFolder) -> None:
    sources = catalogue_of(good_content).sources

    assert sources["treaty"].url is None
    assert sources["law"].url == "https://example.org/law"


def test_checked_is_the_day_of_the_oldest_check(good_content: ContentFolder) -> None:
    catalogue = catalogue_of(good_content)

    assert memo_of(catalogue, "ru", UZ).checked == date(2026, 11, 10)
    assert memo_of(catalogue, "ru", KG).checked == date(2026, 11, 20)


def test_a_memo_of_contacts_alone_is_as_old_as_they_are(content: ContentFolder) -> None:
    content.replace("memos/passport-taken/memo.yaml", "relies: [host-files]\n", "")
    for lang in ("ru", "ky", "en"):
        file = f"memos/passport-taken/{lang}.md"
        content.write(file, content.read(file) + "\n{contact:rf-112}\n")

    memo = catalogue_of(content).memo("passport-taken", "ru", KG)

    assert memo is not None
    assert memo.checked == date(2026, 11, 15)


def test_contacts_of_a_citizenship_come_before_the_common_ones(
    good_content: ContentFolder,
) -> None:
    catalogue = catalogue_of(good_content)

    assert memo_of(catalogue, "ru", KG).contacts == ("kg-embassy", "rf-112")
    assert memo_of(catalogue, "ru", UZ).contacts == ("rf-112",)


def test_a_button_is_left_out_for_those_whom_the_contact_does_not_serve(
    content: ContentFolder,
) -> None:
    content.replace(f"memos/{FIRST}/memo.yaml", "contacts: [rf-112]", "contacts: [kg-embassy]")

    assert memo_of(catalogue_of(content), "ru", UZ).contacts == ()


def test_low_confidence_of_a_phone_stays_with_it(good_content: ContentFolder) -> None:
    [phone] = catalogue_of(good_content).contacts["kg-embassy"].phones

    assert (phone.number, phone.confidence) == ("+74992374452", "low")


def test_dangers_know_what_people_type_in_them_and_beside_them(
    content: ContentFolder,
) -> None:
    [danger] = catalogue_of(content).dangers
    assert danger.cries == {"ru": ("отдайте паспорт",), "uz": ("pasportimni bering",)}
    assert danger.calm == {"ru": ("могут ли забрать паспорт",)}

    content.path("dangers/passport-taken.yaml").unlink()
    [danger] = catalogue_of(content).dangers
    assert (danger.cries, danger.calm) == ({}, {})


def test_dangers_name_contacts_for_every_citizenship(good_content: ContentFolder) -> None:
    [danger] = catalogue_of(good_content).dangers

    assert danger.contacts[KG] == ("kg-embassy", "rf-112")
    assert {danger.contacts[who] for who in Citizenship if who is not KG} == {("rf-112",)}


def test_memos_stand_in_the_order_of_the_sections(content: ContentFolder) -> None:
    content.replace(
        "guide.yaml",
        "[registration-first, passport-taken]",
        "[passport-taken, registration-first]",
    )

    catalogue = catalogue_of(content)

    assert list(catalogue.memos["en", TJ]) == ["passport-taken", "registration-first"]
    assert len(catalogue.memos) == 3 * len(Citizenship)


def test_files_with_errors_make_no_catalogue(content: ContentFolder) -> None:
    content.replace("facts.yaml", "kind: days", "kind: weeks")

    with pytest.raises(ContentError, match=r"facts\.yaml:2: unknown-choice"):
        catalogue_of(content)


def test_a_day_without_a_value_has_no_catalogue(good_content: ContentFolder) -> None:
    with pytest.raises(ContentError, match="patent-price has no value on 2025-12-31"):
        catalogue_of(good_content, date(2025, 12, 31))


def test_staff_who_look_at_another_day_see_where_a_value_is_missing(
    content: ContentFolder,
) -> None:
    catalogue = build_catalogue(content.edition(), date(2025, 12, 31), shows_gaps=True)

    shown = "".join(
        said(memo)
        for memos in catalogue.memos.values()
        for memo in memos.values()
        if memo.lang == "en"
    )
    assert "[no value on this day]" in shown
    assert "30 days" in shown


def test_an_outcome_names_nobody_who_does_not_serve_its_reader(content: ContentFolder) -> None:
    """It is checked by whoever can come to it; a button must be right for everybody who can open the flow."""
    (flow,) = catalogue_of(content).flows.values()

    named = {who: flow.outcomes["embassy"].pages["ru", who].contacts for who in (KG, UZ)}

    assert named == {KG: ("kg-embassy",), UZ: ()}


def test_checks_are_offered_in_the_order_of_the_guide(content: ContentFolder) -> None:
    (first,) = catalogue_of(content).flows
    text = content.read(f"flows/{first}.yaml")
    content.write("flows/a-second-one.yaml", text.replace(f"id: {first}", "id: a-second-one", 1))
    assert list(catalogue_of(content).flows) == ["a-second-one", first]

    content.replace("guide.yaml", "sections:", f"checks: [{first}]\nsections:")

    assert list(catalogue_of(content).flows) == [first, "a-second-one"]
