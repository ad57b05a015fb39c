"""The editor of a memo: what it shows, what it saves, and what happens when two write."""

import pytest

from db.drafts import Drafts, DraftState
from tests.web.staff.memo_forms import FIRST, HTMX, PAGE, RU, deeds, draft_of, form_of, save
from tests.web.staff.room import StaffHouse


class TestEditor:
    async def test_the_published_text_stands_in_the_fields(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.get(PAGE)

        assert 'value="Регистрация по адресу"' in page.text
        assert "::: for kg" in page.text
        assert 'data-first-line="6"' in page.text
        assert "No errors." in page.text
        assert (await Drafts(house.room.engine).in_state(*DraftState)) == ()

    async def test_the_phone_shows_it_as_persons_see_it(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.get(f"{PAGE}?tab=ky")

        assert "<strong>30 күндүн ичинде</strong> катталыңыз." in page.text.replace("\u00a0", " ")
        assert '<span class="key">Паспортту алып койду</span>' in page.text
        assert "Основной" not in page.text

    async def test_a_translation_stands_beside_its_base_text(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.get(f"{PAGE}?tab=ky")

        assert "Base text: Русский" in page.text
        assert "Встаньте на учёт за {reg-uz-days}." in page.text
        assert 'value="Дарек боюнча каттоо' in page.text

    async def test_questions_are_a_line_each(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        page = await client.get(f"{PAGE}?tab=questions")

        assert "где прописка\nкогда прописка" in page.text
        assert 'name="lines-uz"' in page.text

    @pytest.mark.parametrize(
        "address",
        ["nothing-here", "..%2Fguide", "%2E%2E", "A", "x" * 60, f"{FIRST}?draft=nothing"],
    )
    async def test_there_is_no_other_memo(self, house: StaffHouse, address: str) -> None:
        client = await house.signed_in("admin")

        assert (await client.get(f"/staff/memos/{address}")).status_code == 404


class TestSaving:
    async def test_what_is_typed_is_in_the_draft_and_not_in_the_file(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author", "Айгүл")
        published = house.content.read(RU)

        answer = await save(client, form_of(house, summary="Кратко: за сколько дней."))

        draft = await draft_of(house)
        assert draft.files[RU].base == published
        assert draft.files[RU].text == published.replace(
            "summary: За сколько встать на учёт и кто подаёт.",
            'summary: "Кратко: за сколько дней."',
        )
        assert house.content.read(RU) == published
        assert f'name="draft" value="{draft.id}"' in answer.text
        assert 'name="version" value="1"' in answer.text
        assert (await deeds(house)).count("draft-begun") == 1

    async def test_windows_line_ends_of_forms_do_not_get_into_the_file(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        form = form_of(house)

        await save(client, form | {"body": form["body"].replace("\n", "\r\n")})
        assert await Drafts(house.room.engine).in_state(DraftState.OPEN) == ()

        await save(client, form | {"body": form["body"].replace("\n", "\r\n") + "\r\nЕщё.\0"})
        text = (await draft_of(house)).files[RU].text
        assert text is not None
        assert text.endswith("\nЕщё.\n")
        assert "\r" not in text

    async def test_problems_are_told_with_their_line(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        form = form_of(house)
        line = house.content.line_of(RU, "Штраф: {late-fine}")

        answer = await save(
            client,
            form | {"body": form["body"].replace("{late-fine}", "от 2 000 до 5 000 рублей")},
        )

        assert "1 error keeps this from being published." in answer.text
        assert f'data-line="{line}"' in answer.text
        assert "{late-fine}" in answer.text

    @pytest.mark.parametrize(
        ("lang", "told"),
        [
            ("ru", "В facts.yaml нет факта late-fien. Может быть, late-fine?"),
            ("ky", "facts.yaml файлында late-fien фактысы жок. Балким, late-fine?"),
            ("en", "There is no fact late-fien in facts.yaml. Did you mean late-fine?"),
        ],
    )
    async def test_problems_are_told_in_the_language_of_the_member(
        self, house: StaffHouse, lang: str, told: str
    ) -> None:
        client = await house.signed_in("author", lang=lang)
        form = form_of(house)

        answer = await save(
            client, form | {"body": form["body"].replace("{late-fine}", "{late-fien}")}
        )

        assert told in answer.text

    async def test_translations_that_fall_behind_are_no_errors(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await save(client, form_of(house, title="Регистрация: как и где"))

        assert "No errors." in answer.text
        assert "Translations that fall behind:" in answer.text
        assert '<a href="?tab=ky">Кыргызча</a>' in answer.text

    async def test_the_phone_follows(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        form = form_of(house)
        body = form["body"].replace(
            "Встаньте на учёт за {reg-uz-days}.", "Поспешите: {reg-uz-days}."
        )

        answer = await save(client, form | {"body": body, "for-citizenship": "uz"})

        assert "Поспешите: 15 дней." in answer.text.replace("\u00a0", " ")

    async def test_while_the_memo_cannot_be_shown_the_phone_keeps_what_it_shows(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        form = form_of(house)

        answer = await save(client, form | {"body": form["body"].replace("{late-fine}", "{late}")})

        assert "It cannot be shown yet" in answer.text
        assert 'id="phone"' not in answer.text

    async def test_questions_and_settings_are_saved_too(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        form = {"tab": "questions", "version": "0", "draft": ""}

        await save(client, form | {"lines-uz": "necha kun\n\n  qayerda  "})
        await save(client, {"tab": "settings", "version": "0", "body": "id: registration-first\n"})

        files = (await draft_of(house)).files
        questions = files[f"memos/{FIRST}/questions.yaml"].text
        assert questions is not None
        assert questions.endswith('uz:\n  - "necha kun"\n  - "qayerda"\n')
        assert "  - где прописка\n" in questions
        assert files[f"memos/{FIRST}/memo.yaml"].text == "id: registration-first\n"

    async def test_without_a_script_a_button_saves(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await client.post(f"{PAGE}/save", data=form_of(house, title="Иначе"))
        page = await client.get(answer.headers["location"])

        assert answer.status_code == 303
        assert "Saved in the draft." in page.text
        assert 'value="Иначе"' in page.text

    async def test_what_is_written_is_shown_as_text(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"

        form = form_of(house)
        answer = await save(
            client, form | {"title": evil, "summary": evil, "body": form["body"] + f"\n\n{evil}"}
        )
        page = await client.get(PAGE)
        submit = await client.get(f"{PAGE}/submit")

        for text in (answer.text, page.text, submit.text):
            assert "<script>alert" not in text
            assert "<img" not in text.replace('<img src="/staff/static/icon.svg"', "")


class TestTwo:
    async def test_two_windows_of_one_member_lose_nothing(self, house: StaffHouse) -> None:
        member = await house.member("author", "Айгүл")
        laptop, mobile = [await house.browser_of(member) for _ in range(2)]
        await save(laptop, form_of(house, title="С ноутбука"))

        clash = await save(mobile, form_of(house, title="С телефона"))

        assert "This text was saved from another window too" in clash.text
        assert "<del>ноутбука</del><ins>телефона</ins>" in clash.text
        assert 'data-theirs="title">\nС ноутбука</textarea>' in clash.text
        assert 'data-version="1"' in clash.text
        text = (await draft_of(house)).files[RU].text
        assert text is not None
        assert "С ноутбука" in text

        kept = await save(mobile, form_of(house, title="С телефона", version="1"))
        assert 'name="version" value="2"' in kept.text

    async def test_without_a_script_the_typed_text_stays_on_the_page(
        self, house: StaffHouse
    ) -> None:
        member = await house.member("author")
        laptop, mobile = [await house.browser_of(member) for _ in range(2)]
        await save(laptop, form_of(house, title="С ноутбука"))

        page = await mobile.post(f"{PAGE}/save", data=form_of(house, title="С телефона"))

        assert page.status_code == 409
        assert 'value="С телефона"' in page.text
        assert 'name="version" value="1"' in page.text

    async def test_changes_of_different_lines_are_joined(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")
        seen = form_of(house)
        mine = {**seen, "title": "Моё название"}
        theirs = {**seen, "body": seen["body"].replace("Сколько стоит", "Какая цена")}
        sides = {"seen": seen, "mine": mine, "theirs": theirs}
        form = {
            f"{side}-{name}": fields[name]
            for side, fields in sides.items()
            for name in ("title", "summary", "body")
        }

        joined = (await client.post(f"{PAGE}/join", data={"tab": "ru"} | form)).json()["texts"]
        torn = await client.post(
            f"{PAGE}/join", data={"tab": "ru"} | form | {"theirs-title": "Их название"}
        )

        assert (joined["title"], joined["body"]) == ("Моё название", theirs["body"])
        assert torn.status_code == 409

    async def test_two_members_have_drafts_of_their_own_and_are_told(
        self, house: StaffHouse
    ) -> None:
        first = await house.signed_in("author", "Айгүл")
        second = await house.signed_in("author", "Бек")
        await save(first, form_of(house, title="Айгүл пишет"))
        answer = await save(second, form_of(house, title="Бек пишет"))
        await first.post(f"{PAGE}/others", data={"window": "window-of-aigul"})

        told = await second.post(f"{PAGE}/others", data={"window": "window-of-bek"})

        assert "another window too" not in answer.text
        assert len(await Drafts(house.room.engine).of(f"memo/{FIRST}")) == 2
        assert "Айгүл is editing this text too, since 12:00." in told.text
        assert "Айгүл has a draft of this text" in told.text
        house.clock.pass_by(seconds=31)
        later = await second.post(f"{PAGE}/others", data={"window": "window-of-bek"})
        assert "is editing this text too" not in later.text

    async def test_a_draft_of_somebody_else_can_be_read_only(self, house: StaffHouse) -> None:
        author = await house.signed_in("author", "Айгүл")
        await save(author, form_of(house, title="Айгүл пишет"))
        draft = await draft_of(house)
        editor = await house.signed_in("editor")

        page = await editor.get(f"{PAGE}?draft={draft.id}")
        answer = await save(editor, form_of(house, title="Чужое", draft=draft.id, version="1"))

        assert 'value="Айгүл пишет"' in page.text
        assert "You can only read it." in page.text
        assert "takes no text any more" in answer.text
        assert (await draft_of(house)).files == draft.files

    async def test_who_began_is_told_when_another_text_was_published(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")
        await save(client, form_of(house, title="Иначе"))
        house.content.replace(RU, "Сколько стоит", "Какая цена")

        page = await client.get(PAGE)

        assert "Another text was published while you were writing." in page.text
        assert "<del>Сколько</del><ins>Какая</ins>" in page.text


class TestBeside:
    async def test_facts_and_contacts_are_found_by_what_one_remembers(
        self, house: StaffHouse
    ) -> None:
        client = await house.signed_in("author")

        fine = await client.get(f"{PAGE}/find", params={"q": "fine late", "tab": "ru"})
        embassy = await client.get(f"{PAGE}/find", params={"q": "посольство", "tab": "ru"})
        used = await client.get(f"{PAGE}/find", params={"q": "правило действует", "tab": "ru"})
        nothing = await client.get(f"{PAGE}/find", params={"q": "жираф", "tab": "ru"})

        assert 'data-insert="{late-fine}"' in fine.text
        assert "от 2 000 до 5 000 рублей" in fine.text.replace("\u00a0", " ")
        assert 'data-insert="{contact:kg-embassy}"' in embassy.text
        assert 'data-insert="{phone:kg-embassy}"' in embassy.text
        assert 'data-insert="{rule-day|from}"' in used.text, "by the words around it in the guide"
        assert "Nothing found." in nothing.text

    async def test_in_settings_things_are_inserted_by_their_ids(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        found = await client.get(f"{PAGE}/find", params={"q": "паспорт", "tab": "settings"})

        assert 'data-insert="passport-taken"' in found.text
        assert 'data-insert="passport-back"' in found.text

    async def test_the_phone_of_another_person_on_another_day(self, house: StaffHouse) -> None:
        client = await house.signed_in("author")

        answer = await client.post(
            f"{PAGE}/preview",
            data=form_of(house)
            | {"for-lang": "en", "for-citizenship": "visa", "for-day": "2027-02-01"},
            headers=HTMX,
        )

        assert "Register within 7 working days." in answer.text.replace("\u00a0", " ")
        assert "10,000 roubles" in answer.text.replace("\u00a0", " ")

    @pytest.mark.parametrize("window", ["", "short", "x" * 99, "<script>alert(1)</script>"])
    async def test_a_window_has_a_plain_name(self, house: StaffHouse, window: str) -> None:
        client = await house.signed_in("author")

        told = await client.post(f"{PAGE}/others", data={"window": window})

        assert told.status_code == 404
