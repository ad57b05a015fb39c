"""The pages of checks: the list, the form of a part, the whole file, the proof, the drawing and the phone."""

import json
import re

import httpx
import pytest

from bot.editorial.forms.flow_source import read_flow_source
from db.drafts import Draft, Drafts, DraftState
from tests.support.small_flow import FLOW, FLOW_TEXT
from tests.web.staff.memo_forms import HTMX, deeds
from tests.web.staff.room import StaffHouse

NAME = "appeal-by"
PAGE = f"/staff/flows/{NAME}"
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}: #|"


async def draft_of(house: StaffHouse) -> Draft:
    (draft,) = await Drafts(house.room.engine).of(f"flow/{NAME}")
    return draft


def form(part: str = "", **changed: str) -> dict[str, str]:
    """What the form of a part sends, with only some fields."""
    return {"tab": "form", "part": part, "version": "0", "draft": ""} | {
        name.replace("_", "-"): text for name, text in changed.items()
    }


async def save(client: httpx.AsyncClient, sent: dict[str, str]) -> httpx.Response:
    return await client.post(f"{PAGE}/save", data=sent, headers=HTMX)


async def text_of(house: StaffHouse) -> str:
    return (await draft_of(house)).files[FLOW].text or ""


def played(page: str) -> str:
    """What the phone on a page sends with the next press."""
    found = re.search(r'name="played" value="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&#34;", '"').replace("&quot;", '"')


class TestList:
    async def test_it_has_the_numbers_of_every_check(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.get("/staff/flows")

        row = page.text.partition("appeal-by")[2].partition("</tr>")[0]
        steps, outcomes, paths = re.findall(r'<td class="number">(\S+)</td>', row)
        assert (steps, outcomes) == ("7", "4")
        assert int(paths) > 10
        assert "proven" in row

    async def test_a_draft_and_its_author_are_named(self, house: StaffHouse) -> None:
        client = await house.signed_in("author", "Айгүл")
        await save(client, form("got", hint_en="See the paper."))

        assert "Айгүл" in (await client.get("/staff/flows")).text

    async def test_a_new_check_has_no_error(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        begun = await client.post(
            "/staff/flows/new", data={"id": "may-i-stay", "title-en": HOSTILE[:30]}
        )
        page = await client.get(begun.headers["location"])

        assert begun.headers["location"] == "/staff/flows/may-i-stay"
        assert "No errors: every path has been walked." in page.text
        assert "<script>alert" not in page.text

    @pytest.mark.parametrize("name", ["", "A", "../guide", "x" * 41, "a b"])
    async def test_a_name_that_is_none_begins_nothing(self, house: StaffHouse, name: str) -> None:
        client = await house.signed_in("author")

        answer = await client.post("/staff/flows/new", data={"id": name})

        assert answer.headers["location"] == "/staff/flows"
        assert await Drafts(house.room.engine).in_state(DraftState.OPEN) == ()


class TestEditor:
    async def test_it_shows_the_form_the_proof_the_drawing_and_the_phone(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")

        page = (await client.get(f"{PAGE}?part=kind")).text

        assert "Что вам дали?</textarea>" in page
        assert 'name="choice-fine-next"' in page
        assert "No errors: every path has been walked." in page
        assert 'href="/staff/flows/appeal-by?part=kind" aria-current="true"' in page
        assert 'id="phone"' in page
        assert (await Drafts(house.room.engine).in_state(*DraftState)) == ()

    @pytest.mark.parametrize("part", ["", "kind", "got", "trips", "how-many", "place", "whose"])
    async def test_every_kind_of_part_has_its_form(self, house: StaffHouse, part: str) -> None:
        client = await house.signed_in("author")

        page = await client.get(PAGE, params={"part": part})

        assert page.status_code == 200
        assert f'name="part" value="{part}"' in page.text

    @pytest.mark.parametrize(
        "address", ["nothing", "..%2Fguide", "A", "x" * 60, f"{NAME}?draft=nothing"]
    )
    async def test_there_is_no_other_check(self, house: StaffHouse, address: str) -> None:
        client = await house.signed_in("admin")

        assert (await client.get(f"/staff/flows/{address}")).status_code == 404

    async def test_a_file_that_cannot_be_read_can_still_be_mended(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        broken = FLOW_TEXT.replace("start: kind", "start: [kind")
        await save(client, {"tab": "yaml", "version": "0", "draft": "", "body": broken})

        page = (await client.get(PAGE)).text

        assert "The file cannot be read" in page
        assert "start: [kind" in page
        assert 'data-field="body"' in page


class TestSaving:
    async def test_one_text_changes_and_every_other_byte_stays(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await save(client, form("got", hint_ky="Кагазда жазылган күн."))

        assert await text_of(house) == FLOW_TEXT.replace("Кагаздагы күн.", "Кагазда жазылган күн.")
        assert house.content.read(FLOW) == FLOW_TEXT
        assert 'name="version" value="1"' in answer.text
        assert 'id="drawing"' in answer.text
        assert (await deeds(house)).count("draft-begun") == 1

    async def test_a_long_text_stays_on_lines_of_its_own(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        await save(client, form("in-time", text_en="One.\r\n\r\n- two\r\n"))

        text = await text_of(house)
        assert "      en: |\n        One.\n\n        - two\n    memos:" in text

    async def test_what_is_wrong_is_told_with_its_step_and_line(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await save(client, form("place", next="nowhere"))

        line = house.content.line_of(FLOW, "    next: whose")
        assert f'data-line="{line}"' in answer.text
        assert "place, line" in answer.text

    async def test_a_step_that_nobody_comes_to_is_named(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await save(client, form("trips", next="place"))

        assert "Nobody comes here:" in answer.text
        assert ">how-many</a>" in answer.text

    async def test_empty_boxes_are_empty_only_when_the_form_had_boxes(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        await save(client, form("last-day", title_en="Today!"))
        assert "urgent: true" in await text_of(house)
        version = str((await draft_of(house)).files[FLOW].version)

        await save(client, form("last-day", ticks="yes") | {"version": version})

        assert "urgent" not in await text_of(house)
        assert (await text_of(house)).count("keep: [deadline]") == 1

    @pytest.mark.parametrize("part", ["", "kind", "got", "how-many", "count", "whose", "late"])
    async def test_hostile_words_in_every_field_stay_words(
        self, house: StaffHouse, part: str
    ) -> None:
        client = await house.signed_in("author")
        source = read_flow_source(FLOW_TEXT, FLOW)
        assert source is not None
        names = [one.name for one in source.fields(source.parts[part], ("ru", "ky", "en"))]

        answer = await save(client, form(part) | dict.fromkeys(names, HOSTILE))
        page = await client.get(PAGE, params={"part": part})

        assert answer.status_code == page.status_code == 200
        for text in (answer.text, page.text):
            assert "<script>alert" not in text
        again = read_flow_source(await text_of(house), FLOW)
        assert again is not None

    async def test_two_windows_clash_and_nothing_is_lost(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        await save(client, form("got", hint_en="Mine."))

        answer = await save(client, form("got", hint_en="Other."))

        assert 'data-version="1"' in answer.text
        assert 'data-theirs="hint-en">\nMine.</textarea>' in answer.text
        assert "Mine." in await text_of(house)

    async def test_changes_of_two_fields_are_joined(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        sides = {
            f"{side}-{name}": text
            for side, texts in {
                "seen": ("a", "b"),
                "mine": ("a1", "b"),
                "theirs": ("a", "b1"),
            }.items()
            for name, text in zip(("hint-en", "text-en"), texts, strict=True)
        }

        joined = await client.post(f"{PAGE}/join", data={"part": "got", "tab": "form"} | sides)
        apart = await client.post(
            f"{PAGE}/join",
            data={"part": "got", "tab": "form"} | sides | {"theirs-hint-en": "a2"},
        )

        assert joined.json()["texts"]["hint-en"] == "a1"
        assert joined.json()["texts"]["text-en"] == "b1"
        assert apart.status_code == 409


class TestChanging:
    async def change(
        self, house: StaffHouse, part: str, do: str, **more: str
    ) -> tuple[httpx.Response, str]:
        client = await house.signed_in("author")
        answer = await client.post(f"{PAGE}/save", data=form(part, **more) | {"do": do})
        return answer, await text_of(house)

    @pytest.mark.parametrize("kind", ["choice", "date", "number", "region", "stays", "by", "rule"])
    async def test_a_step_is_added_behind_this_one(self, house: StaffHouse, kind: str) -> None:
        answer, text = await self.change(house, "trips", "add-step", new_id="fresh", new_kind=kind)

        assert answer.headers["location"] == f"{PAGE}?part=fresh"
        source = read_flow_source(text, FLOW)
        assert source is not None
        names = list(source.parts)
        assert names.index("fresh") == names.index("trips") + 1
        assert source.without(source.parts["fresh"]) == FLOW_TEXT

    async def test_a_step_goes_up_and_its_lines_stay(self, house: StaffHouse) -> None:
        _, text = await self.change(house, "got", "up")

        assert sorted(text.split("\n")) == sorted(FLOW_TEXT.split("\n"))
        assert text.index("- id: got") < text.index("- id: kind")

    async def test_an_outcome_is_added_with_somebody_to_call(self, house: StaffHouse) -> None:
        answer, text = await self.change(house, "late", "add-outcome", new_id="other-end")

        assert answer.headers["location"] == f"{PAGE}?part=other-end"
        added = text.partition("- id: other-end")[2].partition("- id: embassy")[0]
        assert "contacts: [rf-112]" in added

    async def test_choices_are_added_moved_and_removed(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        async def do(deed: str, **more: str) -> None:
            drafts = await Drafts(house.room.engine).of(f"flow/{NAME}")
            version = str(drafts[0].files[FLOW].version) if drafts else "0"
            sent = form("kind", **more) | {"do": deed, "version": version}
            assert (await client.post(f"{PAGE}/save", data=sent)).status_code == 303

        await do("add-choice", choice_id="warning")
        assert "- {id: warning, label:" in await text_of(house)
        await do("choice-up:warning")
        assert (await text_of(house)).index("warning") < (await text_of(house)).index("closed-")
        await do("choice-drop:warning")
        assert await text_of(house) == FLOW_TEXT

    async def test_another_kind_keeps_the_words_and_the_way(self, house: StaffHouse) -> None:
        _, text = await self.change(house, "place", "kind", new_kind="date")

        step = text.partition("- id: place")[2].partition("- id: whose")[0]
        assert "ask: date" in step
        assert "Где вы жили?" in step
        assert "next: whose" in step

    @pytest.mark.parametrize("name", ["", "kind", "A B", "x" * 50])
    async def test_a_name_that_cannot_be_changes_nothing(
        self, house: StaffHouse, name: str
    ) -> None:
        client = await house.signed_in("author")

        await client.post(f"{PAGE}/save", data=form("got", new_id=name) | {"do": "add-step"})

        assert await Drafts(house.room.engine).in_state(DraftState.OPEN) == ()


class TestPlaying:
    async def press(self, client: httpx.AsyncClient, page: str, **what: str) -> httpx.Response:
        sent = form("", for_lang="en", **what) | {"played": played(page)}
        return await client.post(f"{PAGE}/play", data=sent, headers=HTMX)

    async def test_it_asks_answers_and_goes_back_as_the_bot_does(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        page = (await client.get(f"{PAGE}?for-lang=en")).text
        assert "What were you given?" in page

        page = (await self.press(client, page, press="q:appeal-by:kind:fine")).text
        assert "When did you get it?" in page
        page = (await self.press(client, page, say="yesterday")).text
        assert "A fine" in page
        assert "yesterday" in page
        page = (await self.press(client, page, press="qo:appeal-by")).text
        assert "You are in time" in page
        page = (await self.press(client, page, press="q:appeal-by:got")).text
        assert "When did you get it?" in page

    async def test_what_is_typed_in_the_form_is_played_before_it_is_saved(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        sent = form("kind", text_ky="Жаңы суроо?", for_lang="ky")

        page = await client.post(f"{PAGE}/play", data=sent, headers=HTMX)

        assert "Жаңы суроо?" in page.text
        assert await Drafts(house.room.engine).in_state(DraftState.OPEN) == ()

    @pytest.mark.parametrize(
        "events",
        ["", "[", "{}", json.dumps([["press", 1], ["press"], ["type", HOSTILE], ["x", "y"]])],
    )
    async def test_made_up_events_do_no_harm(self, house: StaffHouse, events: str) -> None:
        client = await house.signed_in("author")
        sent = form("", say=HOSTILE, press="") | {"played": events}

        page = await client.post(f"{PAGE}/play", data=sent, headers=HTMX)

        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert 'id="phone"' in page.text

    async def test_only_the_check_can_be_played(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        page = (await client.get(f"{PAGE}?for-lang=en")).text

        page = (await self.press(client, page, press="forget!")).text

        assert "What were you given?" in page
