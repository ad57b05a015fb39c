"""Every kind of mistake in the content is named with its file, its line and a code."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.editorial.checking import check
from bot.editorial.problem import Problem, Severity
from bot.i18n.interface import LOCALES, load_interface
from tests.editorial.mistake import RU, Mistake
from tests.editorial.mistakes_between_files import MISTAKES_BETWEEN_FILES
from tests.editorial.mistakes_in_files import MISTAKES_IN_FILES, WHOLE_FILES
from tests.editorial.mistakes_in_flows import MISTAKES_IN_FLOWS
from tests.support.content import TODAY, ContentFolder

MISTAKES = MISTAKES_IN_FILES | MISTAKES_BETWEEN_FILES | MISTAKES_IN_FLOWS

# A race or a lack of rights, which a test run by root cannot make.
UNTESTED = {"file-unreadable", "did-you-mean"}
# What publishing says; its own tests show it.
OF_PUBLISHING = {"torn-journal", "not-a-guide-path"}

WORDS = load_interface(domain="editorial", fallback="en")


def problems_in(content: ContentFolder, day: date = TODAY) -> tuple[Problem, ...]:
    return check(content.edition(), day)


def test_good_content_has_no_problem(content: ContentFolder) -> None:
    assert problems_in(content) == ()


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line(content: ContentFolder, mistake: Mistake) -> None:
    content.replace(mistake.file, mistake.old, mistake.new)
    file = mistake.shown_in or mistake.file
    text = content.read(file)
    assert mistake.at in text
    line = text.count("\n", 0, text.index(mistake.at)) + 1

    found = [problem for problem in problems_in(content) if problem.code == mistake.code]

    assert (file, line) in [(problem.file, problem.line) for problem in found]
    severity = Severity.WARNING if mistake.is_warning else Severity.ERROR
    assert {problem.severity for problem in found} == {severity}
    for lang in ("en", "ru", "ky"):
        message = found[0].message(WORDS.words(lang))
        assert message != mistake.code, "the code has no sentence"
        assert not _names(message) & dict(found[0].values).keys(), "a name was not filled in"


@pytest.mark.parametrize(
    ("name", "spoil", "code", "line"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys()
)
def test_a_spoiled_file_is_named(
    content: ContentFolder, name: str, spoil: Callable[[Path], object], code: str, line: int
) -> None:
    spoil(content.path(name))

    assert (name, line, code) in [(p.file, p.line, p.code) for p in problems_in(content)]


def test_every_message_has_a_mistake_that_shows_it() -> None:
    shown = {mistake.code for mistake in MISTAKES.values()} | {
        code for _, _, code, _ in WHOLE_FILES.values()
    }

    assert _messages("en").keys() == shown | UNTESTED | OF_PUBLISHING


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_every_message_is_there_in_each_language_with_the_same_names_in_it(lang: str) -> None:
    english, translated = _messages("en"), _messages(lang)

    assert english.keys() == translated.keys()
    for code, text in english.items():
        assert _names(text) == _names(translated[code]), code


def test_what_was_probably_meant_is_suggested(content: ContentFolder) -> None:
    content.replace(RU, "{late-fine}", "{late-fien}")

    [problem] = [problem for problem in problems_in(content) if problem.code == "unknown-fact"]

    assert problem.message(WORDS.words("en")).endswith("Did you mean late-fine?")


def test_one_broken_file_does_not_hide_mistakes_in_others(content: ContentFolder) -> None:
    content.replace("facts.yaml", "kind: days", "kind: [")
    content.replace(RU, "https://example.org", "https://rferl.org")

    codes = {problem.code for problem in problems_in(content)}

    assert {"yaml-syntax", "endangering-link"} <= codes
    assert "unknown-fact" not in codes, (
        "nothing can be said about facts when their file is unreadable"
    )


def test_a_fact_with_an_error_is_not_reported_as_missing_too(content: ContentFolder) -> None:
    content.replace("facts.yaml", "checked: 2026-11-10", "checked: yesterday")

    assert [problem.code for problem in problems_in(content)] == ["bad-date"]


def test_an_outdated_translation_may_lag_behind_the_base_text(content: ContentFolder) -> None:
    content.replace(RU, "- Патент: {patent-price}.", "- Патент.")

    assert {problem.code for problem in problems_in(content)} == {"translation-outdated"}


def test_a_warning_in_another_part_is_none(content: ContentFolder) -> None:
    content.replace(RU, " {check-first}", "")
    content.replace(RU, "::: only kg\n", "::: only kg\n{check-first}\n")

    (problem,) = [one for one in problems_in(content) if one.code == "low-confidence"]

    assert (problem.file, problem.line) == (RU, content.line_of(RU, "{rule-day"))


def test_a_value_that_begins_in_december_is_no_mistake_today(content: ContentFolder) -> None:
    day = date(2026, 12, 31)
    assert problems_in(content, day) == problems_in(content, day + timedelta(days=1)) == ()


def _messages(lang: str) -> dict[str, str]:
    with (LOCALES / lang / "LC_MESSAGES" / "editorial.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_one_mistake_does_not_hide_others_in_the_same_file(content: ContentFolder) -> None:
    file = "memos/registration-first/ru.md"
    content.replace(file, "{reg-kg-days", "{reg-kg-dayz")
    content.replace(file, "{reg-uz-days}", "15 дней")
    path = content.path(file)
    path.write_text(path.read_text() + "\n<b>Важно</b>\n")

    codes = {problem.code for problem in problems_in(content) if problem.file == file}

    assert {"unknown-fact", "number-of-fact", "unsupported-markdown"} <= codes
