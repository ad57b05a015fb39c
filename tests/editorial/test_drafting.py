"""A draft over the published files: what is wrong in it, what it breaks elsewhere, which translations it leaves behind."""

from datetime import timedelta

import pytest

from bot.editorial.compiling import build_catalogue, with_memo
from bot.editorial.drafting import Drafted, drafted, laid_over
from bot.editorial.measuring import Length, measures
from bot.editorial.problem import Problem
from bot.editorial.published import Published, PublishedContent
from bot.editorial.snapshot import take_snapshot
from bot.errors import ContentError
from bot.guide.citizenship import Citizenship
from tests.support.content import TODAY, ContentFolder

FIRST = "registration-first"
ALL = ("ru", "ky", "en")
RU, KY, EN = (f"memos/{FIRST}/{lang}.md" for lang in ("ru", "ky", "en"))


@pytest.fixture
def published(content: ContentFolder) -> Published:
    return PublishedContent(content.root).on(TODAY)


def with_change(content: ContentFolder, path: str, old: str, new: str) -> dict[str, str | None]:
    text = content.read(path)
    assert old in text
    return {path: text.replace(old, new, 1)}


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def test_a_draft_without_changes_has_no_problem(
    content: ContentFolder, published: Published
) -> None:
    draft = drafted(published, {RU: content.read(RU)})

    assert (draft.problems, draft.elsewhere, draft.outdated) == ((), (), ())
    assert draft.edition.fingerprint == published.edition.fingerprint
    assert draft.is_publishable


def test_a_mistake_is_named_with_its_line(content: ContentFolder, published: Published) -> None:
    files = with_change(content, RU, "{patent-price}", "{patent-prise}")

    (problem,) = [one for one in drafted(published, files).problems if one.is_error]

    assert (problem.file, problem.code) == (RU, "unknown-fact")
    assert problem.line == content.line_of(RU, "{patent-price}")
    assert problem.suggestion == "patent-price"


def test_a_changed_base_text_leaves_its_translations_behind(
    content: ContentFolder, published: Published
) -> None:
    draft = drafted(published, with_change(content, RU, "Сколько стоит", "Какая цена"))

    assert set(draft.outdated) == {(FIRST, "ky"), (FIRST, "en")}
    assert (draft.problems, draft.elsewhere) == ((), ())
    assert draft.is_publishable


def test_what_a_draft_breaks_in_other_files_is_told(
    content: ContentFolder, published: Published
) -> None:
    files = with_change(content, "facts.yaml", "id: late-fine", "id: late-penalty")

    draft = drafted(published, files)

    assert {(one.file, one.code) for one in draft.elsewhere if one.is_error} == {
        (path, "unknown-fact") for path in (RU, KY, EN, "flows/appeal-by.yaml")
    }
    assert not draft.is_publishable


def test_what_was_broken_before_is_not_laid_to_the_draft(content: ContentFolder) -> None:
    content.replace("memos/passport-taken/memo.yaml", "rf-112", "rf-113")
    published = PublishedContent(content.root).on(TODAY)
    assert "unknown-contact" in codes(published.problems)

    draft = drafted(published, {RU: content.read(RU)})

    assert draft.is_publishable


def test_a_draft_can_take_a_file_away_and_bring_one(
    content: ContentFolder, published: Published
) -> None:
    gone = drafted(published, {EN: None})
    assert codes(gone.problems) == {"translation-missing"}

    new = drafted(published, {"memos/new-one/memo.yaml": "id: new-one\nrelies: [host-files]\n"})
    assert codes(new.problems) == {"memo-not-listed"}
    assert codes(new.elsewhere) == {"memo-without-base", "few-questions"}


def test_the_published_snapshot_is_not_touched(content: ContentFolder) -> None:
    snapshot = take_snapshot(content.root)

    over = laid_over(snapshot, {RU: "x", EN: None, "new.yaml": "y"})

    assert (over.files[RU], over.files["new.yaml"], EN in over.files) == (b"x", b"y", False)
    assert snapshot == take_snapshot(content.root)


@pytest.mark.parametrize(
    "text", ["", "---", "---\n---\n", "\0", "{", "::: for\n" * 50, "﷽" * 9999]
)
def test_half_typed_text_never_fails(published: Published, text: str) -> None:
    draft = drafted(published, {RU: text})

    assert not draft.is_publishable
    assert measures(draft.edition, FIRST, "ru", TODAY) is None


class TestPublished:
    def test_it_is_read_once_until_a_file_or_the_day_changes(self, content: ContentFolder) -> None:
        reader = PublishedContent(content.root)
        first = reader.on(TODAY)

        assert reader.on(TODAY) is first
        tomorrow = reader.on(TODAY + timedelta(days=1))
        assert (tomorrow.edition, tomorrow.day) == (first.edition, TODAY + timedelta(days=1))

        content.replace(RU, "Сколько стоит", "Какая цена")
        assert reader.on(TODAY).edition.fingerprint != first.edition.fingerprint


class TestPreview:
    """One memo of a draft in the catalogue that persons see."""

    def said(self, published: Published, draft: Drafted, citizenship: Citizenship) -> str:
        catalogue = build_catalogue(published.edition, TODAY)
        memo = with_memo(catalogue, draft.edition, FIRST, ALL).memo(FIRST, "ru", citizenship)
        assert memo is not None
        return str(memo.blocks).replace("\u00a0", " ")

    def test_the_memo_is_the_draft_s(self, content: ContentFolder, published: Published) -> None:
        draft = drafted(published, with_change(content, RU, "за {reg-uz-days}", "скоро"))

        assert "учёт скоро." in self.said(published, draft, Citizenship.UZ)
        assert "до 30 дней" in self.said(published, draft, Citizenship.KG)

    def test_other_memos_and_other_languages_stay(
        self, content: ContentFolder, published: Published
    ) -> None:
        catalogue = build_catalogue(published.edition, TODAY)
        draft = drafted(published, with_change(content, RU, "Сколько стоит", "Какая цена"))

        shown = with_memo(catalogue, draft.edition, FIRST, ALL)

        other = ("passport-taken", "ru", Citizenship.KG)
        assert shown.memo(*other) is catalogue.memo(*other)
        english = shown.memo(FIRST, "en", Citizenship.KG)
        assert english is not None
        assert english.outdated

    def test_errors_that_do_not_keep_it_from_being_shown_do_not_hide_it(
        self, content: ContentFolder, published: Published
    ) -> None:
        files = with_change(content, RU, "Штраф: {late-fine}", "Штраф: 2 000 рублей")
        draft = drafted(published, files)
        assert not draft.is_publishable

        assert "2 000 рублей" in self.said(published, draft, Citizenship.KG)

    def test_a_mistake_in_one_language_does_not_hide_the_others(
        self, content: ContentFolder, published: Published
    ) -> None:
        catalogue = build_catalogue(published.edition, TODAY)
        draft = drafted(published, with_change(content, RU, "{late-fine}", "{late-fin}"))

        shown = with_memo(catalogue, draft.edition, FIRST, ["ky"])

        memo = shown.memo(FIRST, "ky", Citizenship.KG)
        assert memo is not None
        assert memo.outdated

    def test_what_cannot_be_shown_says_why(
        self, content: ContentFolder, published: Published
    ) -> None:
        catalogue = build_catalogue(published.edition, TODAY)
        draft = drafted(published, with_change(content, RU, "{late-fine}", "{late-fin}"))

        with pytest.raises(ContentError, match="there is no fact late-fin"):
            with_memo(catalogue, draft.edition, FIRST, ALL)


class TestMeasures:
    def test_lengths_and_reading_level(self, content: ContentFolder, published: Published) -> None:
        long = "Слово " * 24 + "конец."
        draft = drafted(
            published, with_change(content, RU, "## Сколько стоит", f"{long}\n\n## Сколько стоит")
        )

        found = measures(draft.edition, FIRST, "ru", TODAY)

        assert found is not None
        assert found.title == Length(len("Регистрация по адресу"), 60)
        assert found.title.fits
        assert [(one.words, one.line) for one in found.long_sentences] == [
            (25, content.line_of(RU, "## Сколько стоит"))
        ]
        assert found.sentence_limit == 20
        assert found.fewest.number < found.most.number
        assert found.level.score > 0

    def test_there_are_none_of_a_text_that_is_missing(self, published: Published) -> None:
        assert measures(published.edition, FIRST, "uz", TODAY) is None
