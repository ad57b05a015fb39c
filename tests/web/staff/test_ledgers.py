"""Facts, sources, contacts and the glossary on the staff pages, as members use them."""

import httpx
import pytest

from db.audit import AuditLog
from tests.support.content import ContentFolder
from tests.web.staff.ledger_steps import drafted, drafts_of, post, save, words
from tests.web.staff.room import StaffHouse
from tests.web.staff.sent_forms import form_in

ONE_OF_EACH = {
    "facts": "patent-price",
    "sources": "law",
    "contacts": "kg-embassy",
    "glossary": "registration",
}
# What breaks out of an attribute, a text, a textarea, a JSON and a template, when somebody forgets to escape.
HOSTILE = "\"'></textarea><script>alert(1)</script>{{ 1337*3 }}&lt;b&gt;"


@pytest.fixture
async def author(house: StaffHouse) -> httpx.AsyncClient:
    return await house.signed_in("author", "Айгүл")


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
async def test_every_page_is_shown_in_every_language(house: StaffHouse, lang: str) -> None:
    client = await house.signed_in("author", lang=lang)
    for subject, entry in ONE_OF_EACH.items():
        for path in ("", "/_new", f"/{entry}", "/_draft", f"/_new?like={entry}"):
            page = await client.get(f"/staff/{subject}{path}")
            assert page.status_code == 200, page.text
            assert f'<html lang="{lang}">' in page.text


@pytest.mark.parametrize(("subject", "entry"), ONE_OF_EACH.items())
async def test_a_form_that_nobody_touched_changes_nothing(
    house: StaffHouse, author: httpx.AsyncClient, subject: str, entry: str
) -> None:
    answer = await save(author, f"/staff/{subject}/{entry}")

    assert answer.headers["location"] == f"/staff/{subject}/{entry}"
    assert "Nothing was changed." in (await author.get(f"/staff/{subject}/{entry}")).text
    assert await drafts_of(house, subject) == ()


async def test_a_fact_gets_a_value_for_next_year_in_the_draft_and_not_in_the_folder(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    before = house.content.read("facts.yaml")

    await save(author, "/staff/facts/late-fine", values__0__until="2026-12-31", values__1__low="3 000", values__1__from="2027-01-01")  # fmt: skip

    assert await drafted(house, "facts") == before.replace(
        "[{value: {min: 2000, max: 5000}}]",
        "[{value: {min: 2000, max: 5000}, until: 2026-12-31}, {value: 3000, from: 2027-01-01}]",
    )
    assert house.content.read("facts.yaml") == before
    page = await author.get("/staff/facts/late-fine")
    assert "Saved into your draft." in page.text
    assert "Your draft changes 1 entry." in page.text
    (entry, *_) = await AuditLog(house.room.engine).page(deed="entry-changed")
    assert (entry.staff_name, entry.subject, entry.detail) == ("Айгүл", "facts", "late-fine")


async def test_beside_the_form_stands_how_a_value_is_read_and_what_a_change_does(
    author: httpx.AsyncClient,
) -> None:
    page = words(await author.get("/staff/facts/reg-kg-days"))
    assert "Russian 30 дней Kyrgyz 30 күн English 30 days" in page.replace("\u00a0", " ")
    assert "Встаньте на учёт до 30 дней со дня въезда." in page.replace("\u00a0", " ")

    looked = await save(author, "/staff/facts/reg-kg-days", press="look", values__0__low="15")

    said = words(looked)
    assert "3 places in texts will change" in said
    assert "<del>30</del><ins>15</ins>" in looked.text
    assert 'href="/staff/memos/registration-first?tab=ky"' in looked.text
    assert 'name="values.0.low"' in looked.text, "what was typed is still there"
    assert 'value="15"' in looked.text


async def test_a_contact_is_shown_as_a_phone_shows_it_with_the_country_of_its_number(
    author: httpx.AsyncClient,
) -> None:
    looked = await save(
        author,
        "/staff/contacts/kg-embassy",
        "serves",
        press="look",
        phones__0__number="+996 312 000000",
        serves="uz",
    )

    said = words(looked)
    assert 'href="tel:+996312000000"' in looked.text
    assert "Посольство" in said.partition("As persons see it")[2]
    assert "Kyrgyzstan" in said.partition("Phones")[2].partition("Short numbers")[0]
    assert "The contact kg-embassy does not serve kg" in said


async def test_a_term_is_shown_with_the_places_it_stands_in(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    page = words(await author.get("/staff/glossary/patent"))
    assert "work patent" in page.partition("Where it stands")[2]

    looked = await save(author, "/staff/glossary/patent", press="look", forbidden__en="passport")

    assert "The glossary does not allow «passport»" in words(looked)


async def test_a_look_by_script_is_only_the_part_beside_the_form(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    author.headers["hx-request"] = "true"

    looked = await save(author, "/staff/facts/late-fine", press="look", values__0__low="1000")
    rows = await save(author, "/staff/facts/late-fine", press="more")

    assert "<html" not in looked.text
    assert "1\u00a0000" in looked.text
    assert "<html" not in rows.text
    assert 'name="values.2.low"' in rows.text
    assert await drafts_of(house, "facts") == ()


async def test_a_change_that_breaks_a_memo_is_kept_and_told(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    answer = await save(author, "/staff/facts/reg-kg-days", "applies", applies="uz")
    assert answer.status_code == 303

    draft = await author.get("/staff/facts/_draft")
    assert "The fact reg-kg-days does not hold for kg" in words(draft)
    assert 'href="/staff/memos/registration-first"' in draft.text


@pytest.mark.parametrize(
    ("path", "typed", "where", "said"),
    [
        ("facts/late-fine", {"values.0.low": "much"}, "values", "A whole number is needed"),
        ("facts/late-fine", {"checked": "31.12.2026"}, "checked", "is no date"),
        ("facts/late-fine", {"source": "nowhere"}, "source", "There is no source nowhere"),
        ("facts/late-fine", {"source": ""}, "source", "Fill this in."),
        ("facts/late-fine", {"statement": "a\x00b"}, "statement", "invisible character"),
        ("facts/patent-price", {"values.0.until": ""}, "values", "hold on the same day"),
        ("facts/wage-moscow", {"region": "mars"}, "region", "There is no region mars"),
        ("sources/law", {"url": "somewhere"}, "url", "is no address"),
        ("sources/law", {"kind": "gossip"}, "kind", "It is one of"),
        ("contacts/kg-embassy", {"phones.0.number": "8 800"}, "phones", "is no phone number"),
        ("contacts/kg-embassy", {"email": "nobody"}, "email", "is no e-mail address"),
        ("contacts/ngo-perm", {"latitude": "95"}, "latitude", "at most 90 either way"),
        ("contacts/ngo-perm", {"city": "moscow"}, "region", "names a city and a region"),
        ("glossary/registration", {"ru": ""}, "ru", "Fill this in."),
        ("contacts/rf-112", {"name.any": "Help"}, "name", "or one text for all of them"),
    ],
)
async def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    house: StaffHouse,
    author: httpx.AsyncClient,
    path: str,
    typed: dict[str, str],
    where: str,
    said: str,
) -> None:
    answer = await save(
        author, f"/staff/{path}", **{name.replace(".", "__"): text for name, text in typed.items()}
    )

    assert answer.status_code == 422
    assert said in words(answer)
    assert f'href="#field-{where}"' in answer.text
    again = dict(form_in(answer.text, f"/staff/{path}").pairs)
    assert {name: again[name] for name in typed if typed[name].isprintable()} == {
        name: text for name, text in typed.items() if text.isprintable()
    }
    assert await drafts_of(house, path.partition("/")[0]) == ()


async def test_a_new_fact_stands_beside_those_of_its_series(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    answer = await save(
        author,
        "/staff/facts/_new?like=wage-moscow",
        id="wage-perm",
        statement="The minimum wage in Perm.",
        region="perm-territory",
        values__0__low="30 000",
        values__1__gone="yes",
    )

    assert answer.headers["location"] == "/staff/facts/wage-perm"
    text = await drafted(house, "facts")
    assert (
        text.index("id: wage-everywhere")
        < text.index("id: wage-perm")
        < text.index("id: host-files")
    )
    assert "  checked: 2026-11-24\n  confidence: high\n- id: host-files" in text
    assert "wage-perm" in (await author.get("/staff/facts?show=changed")).text


async def test_a_fact_may_rest_on_a_source_that_is_still_in_a_draft(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    await save(
        author, "/staff/sources/_new?like=law", id="new-law", title__ru="Новый закон", title__ky="Жаңы", title__en="New law"
    )  # fmt: skip

    answer = await save(author, "/staff/facts/late-fine", source="new-law")

    assert answer.status_code == 303
    assert "source: new-law" in await drafted(house, "facts")


@pytest.mark.parametrize(("subject", "entry"), ONE_OF_EACH.items())
async def test_what_is_typed_is_never_markup(
    house: StaffHouse, author: httpx.AsyncClient, subject: str, entry: str
) -> None:
    """In every field of the form, and in every page that shows the entry afterwards."""
    path = f"/staff/{subject}/{entry}"
    form = form_in((await author.get(path)).text, path)
    pairs = [(name, text if name == "seen" else HOSTILE) for name, text in form.pairs]

    refused = await post(author, path, [*pairs, ("do", "save")])
    looked = await post(author, path, [*pairs, ("do", "look")])
    for free in ("note", "article", "statement", "title__ru", "hours__ky", "also__ru", "gloss_ru"):
        if free.replace("__", ".") in dict(form.pairs):
            await save(author, path, **{free: HOSTILE})
    pages = [
        refused,
        looked,
        *[await author.get(f"/staff/{subject}{tail}") for tail in ("", f"/{entry}", "/_draft")],
    ]

    assert refused.status_code == 422
    for page in pages:
        assert "<script>alert" not in page.text
        assert "4011" not in page.text
    assert "alert(1)" in pages[-1].text, "it was saved, and is shown as it was typed"


@pytest.mark.parametrize("role", ["author", "editor", "admin"])
async def test_every_member_may_work_on_entries(house: StaffHouse, role: str) -> None:
    client = await house.signed_in(role)

    assert (await save(client, "/staff/glossary/patent", ky="патент")).status_code == 303
    assert "ky: патент\n" in await drafted(house, "glossary")


async def test_who_is_not_signed_in_sees_and_changes_nothing(house: StaffHouse) -> None:
    stranger = await house.stranger()

    for subject, entry in ONE_OF_EACH.items():
        for path in ("", "/_new", "/_draft", f"/{entry}"):
            seen = await stranger.get(f"/staff/{subject}{path}")
            assert (seen.status_code, entry in seen.text) == (303, False)
        for path in (
            f"/{entry}",
            f"/{entry}/delete",
            f"/{entry}/checked",
            "/_checked",
            "/_submit",
        ):
            assert (await post(stranger, f"/staff/{subject}{path}", [])).status_code == 401
        assert await drafts_of(house, subject) == ()


@pytest.mark.parametrize(
    "name", ["no-such-fact", "..%2Ffacts", "A", "a_b", "%00", "a" * 60, "late-fine%2Fx"]
)
async def test_an_unknown_or_crooked_id_is_no_page(author: httpx.AsyncClient, name: str) -> None:
    assert (await author.get(f"/staff/facts/{name}")).status_code == 404
    assert (await post(author, f"/staff/facts/{name}", [("do", "save")])).status_code == 404
    assert (await post(author, f"/staff/facts/{name}/delete", [])).status_code == 404


async def test_a_file_that_cannot_be_read_is_named_with_its_line(
    house: StaffHouse, author: httpx.AsyncClient
) -> None:
    spoil(house.content)

    page = await author.get("/staff/contacts")

    assert page.status_code == 200
    assert "The file contacts.yaml cannot be read" in page.text
    assert "contacts.yaml:2" in words(page)
    assert (await author.get("/staff/contacts/rf-112")).status_code == 404


def spoil(content: ContentFolder) -> None:
    content.replace("contacts.yaml", "  kind: emergency", "  kind: 18:00")
