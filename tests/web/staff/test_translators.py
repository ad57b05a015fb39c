"""Translators see what waits and why, say "still correct" or write, and everything they do lies in a draft."""

import subprocess

import httpx
import pytest

from bot.editorial.snapshot import take_snapshot
from db.audit import AuditLog
from db.drafts import Draft, Drafts, DraftState
from db.turns import FinishedTurn, SqlTurns
from db.usage import UsageRow
from tests.support.content import ContentFolder
from tests.web.staff.room import StaffHouse

MEMO, OTHER = "registration-first", "passport-taken"
RU, KY = f"memos/{MEMO}/ru.md", f"memos/{MEMO}/ky.md"
EVIL = "<script>alert(1)</script>\"'"


def commit(content: ContentFolder) -> None:
    who = ("-c", "user.name=A test", "-c", "user.email=test@joldosh.example")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "An edition")):
        subprocess.run(["git", *arguments], cwd=content.root, check=True, capture_output=True)


def outdate(content: ContentFolder) -> None:
    commit(content)
    content.replace(RU, "Сколько стоит", "Сколько это стоит")


async def drafts_of(house: StaffHouse) -> tuple[Draft, ...]:
    return await Drafts(house.room.engine).in_state(DraftState.OPEN)


async def accept(client: httpx.AsyncClient, *memos: str, lang: str = "ky") -> httpx.Response:
    data = {"memo": list(memos)}
    return await client.post(f"/staff/translators/{lang}/accept", data=data, follow_redirects=True)


async def test_the_languages_say_how_much_waits(house: StaffHouse) -> None:
    house.content.replace(RU, "Сколько стоит", "Сколько это стоит")
    (house.content.root / f"memos/{OTHER}/en.md").unlink()
    client = await house.signed_in("author")

    page = await client.get("/staff/translators")

    rows = [" ".join(part.split()) for part in page.text.split("<tr>")[1:]]
    numbers = {row.partition("translators/")[2][:2]: row.count('number">1<') for row in rows[1:]}
    assert numbers == {"ky": 1, "en": 2}


async def test_an_outdated_text_shows_what_the_base_text_has_won(house: StaffHouse) -> None:
    outdate(house.content)
    client = await house.signed_in("author")

    page = await client.get("/staff/translators/ky")

    assert "1 word of the base text has changed" in page.text
    assert "Сколько <ins>это </ins>стоит" in page.text
    assert f'href="/staff/memos/{MEMO}?tab=ky"' in page.text


async def test_a_text_whose_history_is_not_known_is_listed_all_the_same(house: StaffHouse) -> None:
    house.content.replace(RU, "Сколько стоит", "Сколько это стоит")
    client = await house.signed_in("author")

    page = await client.get("/staff/translators/ky")

    assert "The history does not have the text" in page.text


async def test_the_order_is_by_age_or_by_readers(house: StaffHouse) -> None:
    outdate(house.content)
    (house.content.root / f"memos/{OTHER}/ky.md").unlink()
    turns, now = SqlTurns(house.room.engine), house.clock()
    read = tuple(UsageRow("memo-read", "ru", "kg", MEMO) for _ in range(3))
    await turns.commit(FinishedTurn("p", "telegram", 1, None, {}, False, read, now))
    await turns.close()
    client = await house.signed_in("author")

    oldest = (await client.get("/staff/translators/ky")).text
    most_read = (await client.get("/staff/translators/ky?order=read")).text

    assert oldest.index(f"memo-{OTHER}") < oldest.index(f"memo-{MEMO}")
    assert most_read.index(f"memo-{MEMO}") < most_read.index(f"memo-{OTHER}")
    assert "read 3 times in 30 days" in most_read


async def test_still_correct_is_a_draft_and_no_file(house: StaffHouse) -> None:
    outdate(house.content)
    before = take_snapshot(house.content.root).files
    base = house.content.edition().memos[MEMO].texts["ru"].hash
    client = await house.signed_in("author", "Айгүл")

    page = await accept(client, MEMO)

    assert "Written into your draft." in page.text
    assert "in a draft: Айгүл" in page.text
    assert take_snapshot(house.content.root).files == before
    (draft,) = await drafts_of(house)
    assert draft.subject == "translation/ky"
    file = draft.files[KY]
    assert file.base == house.content.read(KY)
    assert file.text == house.content.read(KY).replace(
        next(line for line in house.content.read(KY).split("\n") if line.startswith("base:")),
        f'base: "{base}"',
    )
    (entry,) = [
        e for e in await AuditLog(house.room.engine).page() if e.deed == "translations-accepted"
    ]
    assert (entry.staff_name, entry.subject, entry.detail) == ("Айгүл", "translation/ky", "1")


async def test_many_at_once_go_into_one_draft(house: StaffHouse) -> None:
    outdate(house.content)
    house.content.replace(f"memos/{OTHER}/ru.md", "паспорт", "ваш паспорт")
    client = await house.signed_in("author")

    await accept(client, MEMO)
    await accept(client, MEMO, OTHER)

    (draft,) = await drafts_of(house)
    assert sorted(draft.files) == [f"memos/{OTHER}/ky.md", KY]


@pytest.mark.parametrize("memo", ["../../etc/passwd", "no-such-memo", EVIL])
async def test_what_is_no_memo_is_counted_and_nothing_written(
    house: StaffHouse, memo: str
) -> None:
    client = await house.signed_in("author")

    page = await accept(client, memo)

    assert "0 of 1" in page.text
    assert EVIL not in page.text
    assert await drafts_of(house) == ()


async def test_the_base_language_and_a_stranger_have_no_queue(house: StaffHouse) -> None:
    client = await house.signed_in("admin")

    for lang in ("ru", "de", "..%2Fky", "%3Cscript%3E"):
        assert (await client.get(f"/staff/translators/{lang}")).status_code == 404
        assert (await client.get(f"/staff/translators/{lang}/short")).status_code == 404
        assert (await client.get(f"/staff/translators/{lang}/table")).status_code == 404
        assert (await accept(client, MEMO, lang=lang)).status_code == 404


async def test_what_content_says_is_shown_and_not_run(house: StaffHouse) -> None:
    commit(house.content)
    house.content.replace(RU, "Сколько стоит", "Сколько <img src=x onerror=alert(1)> стоит")
    title = next(line for line in house.content.read(RU).split("\n") if line.startswith("title:"))
    house.content.replace(RU, title, "title: '<script>alert(2)</script>'")
    client = await house.signed_in("author", "<b>Айгүл</b>")
    await accept(client, MEMO)

    page = await client.get("/staff/translators/ky")

    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "<b>Айгүл" not in page.text
    assert "&lt;script&gt;alert(2)" in page.text


def lack(content: ContentFolder, times: int = 1) -> None:
    contacts = content.read("sources.yaml")
    content.write("sources.yaml", contacts.replace(", ky: Келишим", "", times))


async def test_a_short_text_is_typed_on_the_page(house: StaffHouse) -> None:
    lack(house.content)
    client = await house.signed_in("author")
    form = await client.get("/staff/translators/ky/short")
    name = form.text.partition('name="sources.yaml:')[2].partition('"')[0]

    done = await client.post(
        "/staff/translators/ky/short",
        data={f"sources.yaml:{name}": "Келишим"},
        follow_redirects=True,
    )

    assert "Saved into the draft: 1." in done.text
    (draft,) = await drafts_of(house)
    assert "ky: Келишим" in (draft.files["sources.yaml"].text or "")
    assert "ky: Келишим" not in house.content.read("sources.yaml")


@pytest.mark.parametrize("evil", [EVIL, "{fact:late-fine}"])
async def test_what_is_typed_is_shown_again_as_text(house: StaffHouse, evil: str) -> None:
    lack(house.content)
    client = await house.signed_in("author")
    form = await client.get("/staff/translators/ky/short")
    name = form.text.partition('name="sources.yaml:')[2].partition('"')[0]

    done = await client.post(
        "/staff/translators/ky/short",
        data={f"sources.yaml:{name}": evil, "facts.yaml:<script>": EVIL},
        follow_redirects=True,
    )

    assert "<script>alert" not in done.text
    assert done.status_code in (200, 422)


async def test_nothing_typed_begins_no_draft(house: StaffHouse) -> None:
    client = await house.signed_in("author")

    page = await client.post("/staff/translators/ky/short", data={"x": "y"}, follow_redirects=True)

    assert "Nothing was typed." in page.text
    assert await drafts_of(house) == ()


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
async def test_the_pages_speak_the_language_of_the_member(house: StaffHouse, lang: str) -> None:
    outdate(house.content)
    client = await house.signed_in("author", lang=lang)

    page = await client.get("/staff/translators/ky")

    said = {"ru": "Перевод ещё верен", "ky": "Котормо дагы эле туура", "en": "Still correct"}
    assert said[lang] in page.text
