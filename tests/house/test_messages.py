"""The interface texts agree with the code, and the check that says so notices what it should."""

from pathlib import Path

import pytest

from tests.house.messages import TEMPLATES, catalogues_in, problems, requests_in, update
from tests.house.sources import python_files

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
HELLO = 'msgid "hello"\nmsgstr "Hello, {name}"\n\n'
DAYS = 'msgid "days"\nmsgid_plural "days"\nmsgstr[0] "{number} day"\nmsgstr[1] "{number} days"\n\n'
ONE_DAY = DAYS[: DAYS.index("msgstr[1]")]
RU_DAYS = DAYS.rstrip() + '\nmsgstr[2] "{number} days"\n\n'
ASKS = 'words.say("hello", name=name)\nwords.count("days", 3)\n'


def test_the_code_and_the_interface_texts_agree() -> None:
    assert list(problems(requests_in(python_files("bot"), TEMPLATES), catalogues_in())) == []


def write_texts(folder: Path, lang: str, body: str, domain: str = "interface") -> None:
    path = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body, encoding="utf-8")


def complaints(folder: Path, code: str, **texts: str) -> list[str]:
    """What is said about this code and these texts by language; `en` is compared with `ru`."""
    source = folder / "code.py"
    source.write_text(code, encoding="utf-8")
    for lang, body in texts.items():
        write_texts(folder, lang, body)
    return list(problems(requests_in([source]), catalogues_in(folder)))


def test_texts_that_fit_raise_no_complaint(tmp_path: Path) -> None:
    assert complaints(tmp_path, ASKS, ru=HELLO + RU_DAYS, en=HELLO + DAYS) == []


@pytest.mark.parametrize(
    ("code", "en", "complaint"),
    [
        pytest.param(
            ASKS + 'words.say("bye")', HELLO + DAYS, "'bye' is not in locales/", id="unknown"
        ),
        pytest.param(ASKS, DAYS, "'hello' is missing", id="missing"),
        pytest.param(ASKS, HELLO.replace("Hello, {name}", " ") + DAYS, "is empty", id="empty"),
        pytest.param(ASKS, "#, fuzzy\n" + HELLO + DAYS, "is marked fuzzy", id="fuzzy"),
        pytest.param(ASKS, HELLO.replace("{name}", "{who}") + DAYS, "other", id="placeholder"),
        pytest.param(ASKS, HELLO + ONE_DAY, "is empty", id="plural-form"),
        pytest.param('words.count("days", 3)', HELLO + DAYS, "no code asks", id="unused"),
        pytest.param(ASKS.replace("name=", "who="), HELLO + DAYS, "{name}, which", id="not-given"),
        pytest.param(ASKS + 'words.say("days")', HELLO + DAYS, "wrong method", id="not-counted"),
        pytest.param(
            ASKS + 'words.say(f"no-{x}")', HELLO + DAYS, "has the shape no", id="no-shape"
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, code: str, en: str, complaint: str) -> None:
    said = complaints(tmp_path, code, ru=HELLO + RU_DAYS, en=en)

    assert any(complaint in line for line in said), said


def test_a_key_that_is_put_together_uses_every_message_of_its_shape(tmp_path: Path) -> None:
    named = 'msgid "city-osh"\nmsgstr "Osh"\n\nmsgid "city-bishkek"\nmsgstr "Bishkek"\n\n'

    assert complaints(tmp_path, 'words.say(f"city-{city}")', ru=named, en=named) == []


def test_a_language_without_an_interface_is_named(tmp_path: Path) -> None:
    write_texts(tmp_path, "ky", HELLO, domain="units")

    said = complaints(tmp_path, 'words.say("hello", name=name)', ru=HELLO)

    assert "locales/ky/LC_MESSAGES/interface.po: the file is missing" in said


def test_an_update_adds_what_is_asked_for_and_drops_what_is_not(tmp_path: Path) -> None:
    complaints(tmp_path, 'words.count("days", 3)', ru=HELLO, en=HELLO)

    update(requests_in([tmp_path / "code.py"]), catalogues_in(tmp_path))

    for catalog in catalogues_in(tmp_path)["interface"].values():
        assert "days" in catalog
        assert "hello" not in catalog


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        pytest.param('{{ t("hello", name=x) }}{{ tn("days", 3) }}', None, id="fits"),
        pytest.param('{{ t("bye") }}', "'bye' is not in locales/", id="unknown"),
        pytest.param('{{ t("hello") }}', "shows {name}, which is not given", id="not-given"),
        pytest.param('{{ t("days") }}', "wrong method", id="not-counted"),
        pytest.param('{{ t("no-" ~ x) }}', "has the shape no", id="no-shape"),
        pytest.param('{{ t("bye" if x else "hello") }}', "'bye' is not in", id="one-of-two"),
    ],
)
def test_templates_ask_too(tmp_path: Path, html: str, complaint: str | None) -> None:
    complaints(tmp_path, ASKS, ru=HELLO + RU_DAYS)
    page = tmp_path / "page.html"
    page.write_text(html)

    asked = requests_in([tmp_path / "code.py"], [page])
    said = list(problems(asked, catalogues_in(tmp_path)))

    assert any(complaint in line for line in said) if complaint else said == []
