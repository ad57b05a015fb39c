"""`joldosh flow …`: proven, played, drawn and compared, as staff and programs call it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner, Result

from bot import cli
from tests.support.content import TODAY, ContentFolder, make_content
from tests.support.small_flow import FLOW

ANSWERS = {"kind": "fine", "got": "20.11.2026"}

Run = Callable[..., Result]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ContentFolder:
    """A small content folder; today is the day on which it has no problem."""
    folder = make_content(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JOLDOSH_CONTENT_DIR", str(folder.root))
    for room in ("cli_flow_play", "cli_flow_proof", "cli_flow_diff"):
        monkeypatch.setattr(f"bot.{room}.day_of", lambda now: TODAY)
    return folder


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli.app, ("flow", *arguments), input=stdin)


def play(answers: object, *more: str) -> Result:
    return run("play", "appeal-by", "--answers", json.dumps(answers), *more)


def test_check_counts_paths_and_ends_with_status_1_on_an_error(content: ContentFolder) -> None:
    good = json.loads(run("check", "--json").stdout)
    content.replace(FLOW, "next: how-many", "next: nowhere")
    bad = run("check", "appeal-by")

    assert good["problems"] == []
    [flow] = good["flows"]
    assert (flow["id"], flow["steps"], flow["outcomes"]) == ("appeal-by", 7, 4)
    assert flow["paths"] > 20
    assert bad.exit_code == 1
    line = content.line_of(FLOW, "next: nowhere")
    assert f"{content.path(FLOW)}:{line}: error: " in bad.stdout


def test_a_check_that_is_not_there_is_a_usage_error(content: ContentFolder) -> None:
    assert run("check", "appeal").exit_code == 2
    assert run("draw", "appeal").exit_code == 2
    assert run("play", "appeal").exit_code == 2


def test_played_at_once(content: ContentFolder) -> None:
    played = json.loads(play(ANSWERS, "--json", "--lang", "ky").stdout)

    assert played["outcome"] == "in-time"
    assert played["dates"] == {"deadline": "2026-12-02"}
    assert played["path"] == ["kind", "got", "count", "in-time"]
    assert (played["memos"], played["contacts"]) == (
        ["registration-first"],
        ["kg-embassy", "rf-112"],
    )
    assert played["text"].startswith("Үлгүрөсүз")
    assert "+74992374452" in played["text"]


def test_played_on_another_day_and_for_another_citizenship(content: ContentFolder) -> None:
    answers = {"kind": "Выдворение", "got": "20 ноября 2026"}

    late = json.loads(
        play(answers, "--json", "--as-of", "2027-03-01", "--citizenship", "visa").stdout
    )

    assert late["outcome"] == "late"
    assert "20 ноября 2026" in late["text"]


def test_stays_numbers_and_regions_as_persons_type_them(content: ContentFolder) -> None:
    answers = {
        "kind": "closed-entry",
        "trips": "01.02.2026 - 09.02.2026; 10.11.2026",
        "how-many": "2",
        "place": "пермь",
    }

    played = json.loads(play(answers, "--json").stdout)

    assert played["outcome"] == "embassy"
    assert played["answers"]["trips"] == "2026-02-01/2026-02-09,2026-11-10/"
    assert "Пермский край" in played["text"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"kind": "fine"}, "The question 'got' has no answer."),
        ({"kind": "a fine of mine"}, "does not fit the question 'kind'"),
        ({"kind": "fine", "got": "31.02.2026"}, "does not fit the question 'got'"),
        ({"kind": "closed-entry", "trips": "никогда"}, "does not fit the question 'trips'"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_what_is_expected(
    content: ContentFolder, answers: dict[str, str], told: str
) -> None:
    result = play(answers, "--json", "--lang", "en")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert "?" in result.stderr, "the question itself is shown"


@pytest.mark.parametrize("answers", ['{"kind"', '["fine"]', '{"kind": {}}', '{"kinds": "fine"}'])
def test_answers_of_another_form_are_a_usage_error(content: ContentFolder, answers: str) -> None:
    assert run("play", "appeal-by", "--answers", answers).exit_code == 2


def test_played_in_the_terminal(content: ContentFolder) -> None:
    result = run("play", "appeal-by", stdin="штраф\n20.11.2026\nназад\n20.11.2026\n#1\nquit\n")

    assert result.exit_code == 0
    shown = result.stdout
    assert shown.index("Что вам дали?") < shown.index("Когда получили?")
    assert "Вы успеваете" in shown


def test_drawn_as_mermaid_and_svg(content: ContentFolder, tmp_path: Path) -> None:
    mermaid = run("draw", "appeal-by", "--lang", "en").stdout
    run("draw", "appeal-by", "--svg", "drawing.svg")

    assert mermaid.startswith("flowchart TD\n")
    assert 'n_kind -->|"A ban (' in mermaid
    assert 'n_count -->|"in-time"| n_in_time' in mermaid
    svg = etree.parse(tmp_path / "drawing.svg").getroot()
    assert svg.get("role") == "img"
    assert svg[0].text == "Обжалование"
    names = {str(element.tag).rpartition("}")[2] for element in svg.iter()}
    assert not names & {"script", "style", "foreignObject"}
    assert not any("style" in element.attrib for element in svg.iter())


class TestDiff:
    @pytest.fixture
    def old(self, content: ContentFolder, tmp_path: Path) -> str:
        """The edition before the test changes something."""
        return str(make_content(tmp_path / "old").root)

    def differences(self, *editions: str) -> Any:
        return json.loads(run("diff", *editions, "--json").stdout)

    def test_the_same(self, content: ContentFolder, old: str) -> None:
        [diff] = self.differences(old)

        assert (diff["state"], diff["paths"], diff["texts"]) == ("same", [], [])

    def test_another_way(self, content: ContentFolder, old: str) -> None:
        content.replace(FLOW, "{kg: embassy, uz: got", "{kg: embassy, uz: embassy")
        content.replace(FLOW, "contacts: [kg-embassy]\n", "contacts: [kg-embassy, rf-112]\n")

        [diff] = self.differences(old)

        [path] = [one for one in diff["paths"] if one["kind"] in ("gone", "new", "elsewhere")][:1]
        assert path["citizenships"] == ["uz"]
        assert path["after"]["outcome"] == "embassy"
        contacts = [one for one in diff["texts"] if one["field"] == "contacts"]
        # The embassy of Kyrgyzstan serves its own citizens only.
        assert {one["after"] for one in contacts} == {"kg-embassy, rf-112", "rf-112"}

    def test_another_fact_makes_other_days_of_the_same_answers(
        self, content: ContentFolder, old: str
    ) -> None:
        content.replace("facts.yaml", "values: [{value: 12}]", "values: [{value: 11}]")

        [diff] = self.differences(old)

        results = [one for one in diff["paths"] if one["kind"] == "results"]
        assert results
        changed = {result["name"] for one in results for result in one["results"]}
        assert "deadline" in changed

    def test_a_word_in_one_language(self, content: ContentFolder, old: str) -> None:
        content.replace(FLOW, "ky: Качан алдыңыз?", "ky: Аны качан алдыңыз?")

        [diff] = self.differences(old)
        told = run("diff", old).stdout

        assert diff["paths"] == []
        [text] = diff["texts"]
        assert (text["name"], text["field"], text["lang"]) == ("got", "text", "ky")
        assert len(text["citizenships"]) == 6
        assert "[everybody] ky · got/text" in told
        assert "[-Качан-]{+Аны качан+} алдыңыз?" in told

    def test_flow_files(self, content: ContentFolder, tmp_path: Path) -> None:
        then = tmp_path / "then" / "appeal-by.yaml"
        then.parent.mkdir()
        then.write_text(content.read(FLOW).replace("for: [no-visa]}", "for: [kg]}"))

        [diff] = self.differences(str(then), str(content.path(FLOW)))

        new = [one for one in diff["paths"] if one["kind"] == "new"]
        assert {who for one in new for who in one["citizenships"]} == {
            "uz",
            "tj",
            "other-eaeu",
            "other-visa-free",
        }

    def test_what_is_no_edition_is_a_usage_error(self, content: ContentFolder) -> None:
        assert run("diff", "no-such-commit").exit_code == 2
