"""Memos on the staff pages: the list, a new one, and the way of a draft to its review."""

import re

import pytest

from db.drafts import Drafts, DraftState
from tests.web.staff.memo_forms import FIRST, KY, PAGE, RU, deeds, draft_of, form_of, save
from tests.web.staff.room import StaffHouse


class TestList:
    async def test_memos_stand_in_their_sections_with_what_is_to_do(
        self, house: StaffHouse
    ) -> None:
        house.content.replace(RU, "Сколько стоит", "Какая цена")
        client = await house.signed_in("author")

        page = await client.get("/staff/memos")

        assert "🏠 Registration" in page.text
        assert "Registration at your address" in page.text
        assert "Кыргызча: outdated" in page.text
        assert "Passport taken" in page.text

    async def test_a_filter_leaves_what_is_asked_for(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        found = await client.get("/staff/memos", params={"q": "passport TAKEN"})
        none = await client.get("/staff/memos", params={"state": "outdated"})

        assert "Passport taken" in found.text
        assert "Registration at your address" not in found.text
        assert "There are no such memos." in none.text

    async def test_drafts_are_told_with_their_names(self, house: StaffHouse) -> None:
        author = await house.signed_in("author", "Айгүл")
        await save(author, form_of(house, title="Новое название"))

        page = await (await house.signed_in("editor")).get("/staff/memos?state=drafts")

        assert "Draft: Айгүл" in page.text
        assert "Passport taken" not in page.text


class TestMoving:
    async def test_a_draft_is_looked_through_and_submitted(self, house: StaffHouse) -> None:
        client = await house.signed_in("author", "Айгүл")
        await save(client, form_of(house, title="Регистрация: срок"))

        before = await client.get(f"{PAGE}/submit")
        after = await client.post(
            f"{PAGE}/submit", data={"note": "Новый срок"}, follow_redirects=True
        )

        assert "<ins>" in before.text
        assert "made from the current text" in before.text
        draft = await draft_of(house)
        assert (draft.state, draft.note) == (DraftState.SUBMITTED, "Новый срок")
        assert list(draft.files) == [RU]
        assert "Submitted for review." in after.text
        assert "is in review and does not change now" in after.text
        assert "readonly" in after.text
        assert "draft-submitted" in await deeds(house)

    async def test_a_translation_keeps_its_hash_until_its_translator_says_otherwise(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        hash_before = re.search('base: "(.*)"', house.content.read(KY))
        await save(client, form_of(house, title="Регистрация: срок"))
        await save(client, form_of(house, "ky", title="Каттоо: мөөнөт"))
        translated = (await draft_of(house)).files[KY].text
        assert hash_before is not None
        assert translated is not None
        assert hash_before[0] in translated

        await client.post(f"{PAGE}/submit", data={"current-ky": "yes"})

        text = (await draft_of(house)).files[KY].text
        assert text is not None
        assert hash_before[0] not in text
        assert text.replace("Каттоо: мөөнөт", "").count("base:") == 1
        page = await client.get(f"{PAGE}?tab=ky")
        assert "Translations that fall behind" in page.text
        assert '<a href="?tab=en">' in page.text
        assert '<a href="?tab=ky">Кыргызча</a>' not in page.text

    async def test_what_waits_can_be_taken_back(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        await save(client, form_of(house, title="Иначе"))
        await client.post(f"{PAGE}/submit", data={})
        draft = await draft_of(house)

        page = await client.post(
            f"{PAGE}/take-back", data={"draft": draft.id}, follow_redirects=True
        )

        assert "The draft is yours again." in page.text
        assert (await draft_of(house)).state is DraftState.OPEN

    async def test_a_draft_is_discarded_and_the_published_text_stays(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        await save(client, form_of(house, title="Иначе"))

        page = await client.post(f"{PAGE}/discard", data={}, follow_redirects=True)

        assert "The draft is discarded." in page.text
        assert 'value="Регистрация по адресу"' in page.text
        assert "draft-discarded" in await deeds(house)

    async def test_nobody_moves_the_draft_of_somebody_else(self, house: StaffHouse) -> None:
        author = await house.signed_in("author", "Айгүл")
        await save(author, form_of(house, title="Иначе"))
        draft = await draft_of(house)
        other = await house.signed_in("admin")

        for deed in ("submit", "discard", "take-back"):
            answer = await other.post(f"{PAGE}/{deed}", data={"draft": draft.id})
            assert answer.status_code == 404

        assert (await draft_of(house)).state is DraftState.OPEN

    async def test_a_draft_that_changes_nothing_is_not_submitted(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        await save(client, form_of(house, title="Иначе"))
        draft = await draft_of(house)
        await save(client, form_of(house, draft=draft.id, version="1"))

        page = await client.post(f"{PAGE}/submit", data={}, follow_redirects=True)

        assert "The draft changes nothing." in page.text
        assert (await draft_of(house)).state is DraftState.OPEN


class TestNewMemo:
    async def test_it_begins_as_a_draft_in_its_section(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.post(
            "/staff/memos/new",
            data={"id": "lost-things", "section": "registration"},
            follow_redirects=True,
        )

        assert "The draft of the new memo has begun." in page.text
        draft = await draft_of(house, "lost-things")
        assert draft.files["guide.yaml"].text == house.content.read("guide.yaml").replace(
            "passport-taken]", "passport-taken, lost-things]"
        )
        assert draft.files["memos/lost-things/memo.yaml"].text == "id: lost-things\n"
        text = {
            "tab": "ru",
            "version": "1",
            "title": "Потеряли вещи",
            "summary": "Что делать.",
            "body": "Звоните: {phone:kg-embassy}",
        }
        answer = await save(client, text, "lost-things")
        assert "<strong>Потеряли вещи</strong>" in answer.text
        assert "lost-things" in (await client.get("/staff/memos")).text

    @pytest.mark.parametrize(
        ("memo", "section", "said"),
        [
            ("Плохой id", "registration", "small Latin letters"),
            ("../guide", "registration", "small Latin letters"),
            ("a--b", "registration", "small Latin letters"),
            (FIRST, "registration", "There is a memo of this name already."),
            ("lost-things", "nowhere", "There is no such section"),
        ],
    )
    async def test_what_cannot_begin_says_why(
        self, house: StaffHouse, memo: str, section: str, said: str
    ) -> None:
        client = await house.signed_in("author")

        page = await client.post(
            "/staff/memos/new", data={"id": memo, "section": section}, follow_redirects=True
        )

        assert said in page.text
        assert await Drafts(house.room.engine).in_state(*DraftState) == ()
