"""The catalogue as plain data keeps its shape, and nothing for staff is in it."""

import json
from datetime import date

from bot.editorial.compiling import build_catalogue
from bot.editorial.dumping import Json, dump
from bot.guide.citizenship import Citizenship
from tests.support.content import TODAY, ContentFolder


def dumped(
    content: ContentFolder, lang: str, who: Citizenship = Citizenship.KG, day: date = TODAY
) -> Json:
    catalogue = build_catalogue(content.edition(), day)
    data = dump(catalogue, lang, who, pages=lambda memo: [memo.title, memo.summary])
    return dict(json.loads(json.dumps(data)))


def named(entries: object, name: str) -> Json:
    assert isinstance(entries, list)
    return dict(next(entry for entry in entries if entry["id"] == name))


def test_the_shape_that_other_programs_rely_on(good_content: ContentFolder) -> None:
    data = dumped(good_content, "ky")

    assert data.keys() >= {"sections", "memos", "contacts", "facts", "flows"}
    flow = named(data["flows"], "appeal-by")
    assert (flow["title"], flow["start"]) == ("Даттануу", "kind")
    assert flow["dates"] == {"deadline": "Даттануу"}
    end = named(flow["outcomes"], "in-time")
    assert end["title"] == "Үлгүрөсүз"
    assert "{result:deadline} чейин бериңиз." in str(end["text"])
    assert (end["memos"], end["contacts"]) == (["registration-first"], ["kg-embassy", "rf-112"])
    assert (end["keep"], end["urgent"]) == (["deadline"], False)
    section = named(data["sections"], "registration")
    assert section["title"] == "Каттоо"
    assert section["memos"] == ["registration-first", "passport-taken"]
    memo = named(data["memos"], "registration-first")
    assert memo["section"] == "registration"
    assert memo["title"] == "Дарек боюнча каттоо"
    assert memo["pages"] == [
        "Дарек боюнча каттоо",
        "Канча күндө катталуу керек жана ким тапшырат.",
    ]
    assert memo["checked"] == "2026-11-20"
    assert (memo["lang"], memo["fallback"], memo["outdated"]) == ("ky", False, False)


def test_a_fallback_is_told(content: ContentFolder) -> None:
    content.path("memos/passport-taken/ky.md").unlink()

    memo = named(dumped(content, "ky")["memos"], "passport-taken")

    assert (memo["lang"], memo["fallback"], memo["title"]) == ("ru", True, "Забрали паспорт")


def test_facts_have_the_value_of_the_day(good_content: ContentFolder) -> None:
    def price(day: date) -> object:
        return named(dumped(good_content, "en", day=day)["facts"], "patent-price")["text"]

    assert (price(date(2026, 12, 31)), price(date(2027, 1, 1))) == (
        "8,900 roubles",
        "10,000 roubles",
    )


def test_only_what_is_for_this_citizenship(good_content: ContentFolder) -> None:
    facts = json.dumps(dumped(good_content, "ru", Citizenship.UZ))

    assert "reg-uz-days" in facts
    assert "reg-kg-days" not in facts
    assert "kg-embassy" not in facts


def test_nothing_that_endangers_a_reader_leaks(good_content: ContentFolder) -> None:
    text = json.dumps([dumped(good_content, "ru", who) for who in Citizenship], ensure_ascii=False)

    assert "azattyk" not in text
    assert "Газета" not in text, "the name of a source that is not shown"
    assert "example.org/treaty" not in text, "a link for staff"
    assert "example.org/law" in text


def test_cards_say_what_they_mean_in_every_language_but_russian(
    good_content: ContentFolder,
) -> None:
    def card(lang: str) -> object:
        return named(dumped(good_content, lang)["memos"], "passport-taken")["cards"]

    assert card("ky") == [
        {
            "id": "passport-back",
            "title": "Паспортумду бериңиз",
            "russian": "Верните, пожалуйста, мой паспорт.",
            "meaning": "Паспортумду кайтарып бериңиз.",
            "after": "Талашпаңыз.",
        }
    ]
    russian = card("ru")
    assert isinstance(russian, list)
    assert (russian[0]["title"], russian[0]["meaning"]) == ("Верните паспорт", "")


def test_the_value_of_a_region_is_that_of_the_day(good_content: ContentFolder) -> None:
    def wage(day: date) -> Json:
        return named(dumped(good_content, "en", day=day)["facts"], "wage-moscow")

    assert (wage(TODAY)["series"], wage(TODAY)["region"]) == ("wage", "moscow")
    assert wage(date(2026, 12, 31))["text"] == "39,730 roubles"
    assert wage(date(2027, 1, 1))["text"] == "41,000 roubles"


def test_a_contact_has_the_region_of_its_city(good_content: ContentFolder) -> None:
    data = dumped(good_content, "ru")
    embassy, charity = (named(data["contacts"], name) for name in ("kg-embassy", "ngo-perm"))

    assert (embassy["city"], embassy["city_id"]) == ("Москва", "moscow")
    assert (embassy["region"], embassy["region_id"]) == ("Москва", "moscow")
    assert (embassy["latitude"], embassy["longitude"]) == (None, None), "not that of its city"
    assert embassy["email"] == "embassy@example.org"
    assert (charity["city"], charity["region"]) == (None, "Пермский край")
    assert (charity["latitude"], charity["longitude"]) == (58.01, 56.23)


def test_regions_are_told_with_their_cities(good_content: ContentFolder) -> None:
    data = dumped(good_content, "ky")

    assert named(data["series"], "wage")["title"] == "Айлык"
    perm = named(data["regions"], "perm-territory")
    assert (perm["name"], perm["country"]) == ("Пермь крайы", "ru")
    assert perm["cities"] == [
        {"id": "perm", "name": "Пермь", "latitude": 58.0105, "longitude": 56.2502}
    ]
