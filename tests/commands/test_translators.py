"""The commands of translators: what changed, a table out, a table in."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot import cli
from tests.support.bot import SMALL_CONTENT

MEMO = "registration-first"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(SMALL_CONTENT, tmp_path / "content")
    monkeypatch.setenv("JOLDOSH_CONTENT_DIR", str(folder))
    yield folder
    structlog.reset_defaults()
    logging.basicConfig(force=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["content", *arguments])


def write(table: Path, row: str, text: str) -> int:
    """Type into the target of a row, as in a spreadsheet program; the number of the line."""
    book = load_workbook(table)
    sheet = book.worksheets[0]
    line = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == row)
    sheet.cell(line, 5).value = text
    book.save(table)
    return line


def test_a_spreadsheet_goes_out_and_comes_back(content: Path, tmp_path: Path) -> None:
    table = tmp_path / "ky.xlsx"
    exported = run("export", str(table), "--lang", "ky", "--memo", MEMO)
    assert exported.exit_code == 0, exported.output
    assert "1 memo, " in exported.stdout
    write(table, f"{MEMO}:title", "Биринчи каттоо: мөөнөтү")

    trial = run("import", str(table), "--dry-run")
    assert "Would be taken: 1" in trial.stdout
    assert "мөөнөтү" not in (content / "memos" / MEMO / "ky.md").read_text()

    done = run("import", str(table))
    assert (done.exit_code, done.stdout) == (
        0,
        f"{MEMO}: 1 row taken.\nMemos taken: 1, refused: 0, unchanged: 0.\n",
    )
    assert 'title: "Биринчи каттоо: мөөнөтү"' in (content / "memos" / MEMO / "ky.md").read_text()
    assert run("check").exit_code == 0


def test_a_spoilt_row_is_said_with_its_cell_and_ends_with_status_1(
    content: Path, tmp_path: Path
) -> None:
    table = tmp_path / "ky.xlsx"
    run("export", str(table), "--lang", "ky")
    line = write(table, f"{MEMO}:body-1", "Каттоого туруңуз.")
    write(table, "hotlines:title", "Телефондор тизмеси")

    done = run("import", str(table), "--hints", "ru")
    report = json.loads(run("import", str(table), "--json").stdout)

    assert done.exit_code == 1
    assert f"ky.xlsx, строка {line}, E{line}: error: В переводе нет days-eaeu" in done.stdout
    assert "hotlines: принято, 1 строка." in done.stdout
    (remark,) = report["remarks"]
    assert (remark["row"], remark["where"], remark["code"]) == (line, f"E{line}", "fact-lost")
    outcomes = {memo["memo"]: memo["outcome"] for memo in report["memos"]}
    assert outcomes[MEMO] == "refused"
    assert outcomes["hotlines"] == "unchanged"  # the first import has taken it


def test_xliff_is_the_form_of_translators_programs(content: Path, tmp_path: Path) -> None:
    table = tmp_path / "en.xlf"
    run("export", str(table), "--lang", "en", "--only", "missing")

    text = table.read_text()
    assert 'original="memos/work-patent/ru.md"' in text
    assert 'target-language="en"' in text
    assert MEMO not in text.replace(f"memo:{MEMO}", "")
    assert "unchanged: 1" in run("import", str(table)).stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--lang", "ru"), "ky, en"),
        (("--lang", "ky", "--memo", "no-such"), MEMO),
        (("--lang", "ky", "--only", "new"), "outdated"),
        (("--lang", "ky", "--format", "docx"), "xliff"),
    ],
)
def test_a_wrong_argument_is_told_what_would_be_right(
    content: Path, arguments: tuple[str, ...], hint: str
) -> None:
    result = run("export", "x.xlf", *arguments)

    assert result.exit_code == 2
    assert hint in " ".join(result.output.replace("│", " ").split())


def test_there_may_be_nothing_to_export(content: Path) -> None:
    result = run("export", "x.xlf", "--lang", "ky", "--only", "missing")

    assert result.exit_code == 1
    assert "nothing to export" in str(result.exception)


def test_outdated_translations_are_listed_and_the_unknown_base_is_said(content: Path) -> None:
    assert "passport-taken ky: outdated" in run("diff").stdout

    whole = run("diff", "passport-taken", "--lang", "ky")
    (found,) = json.loads(run("diff", "passport-taken", "--lang", "ky", "--json").stdout)

    text = (content / "memos" / "passport-taken" / "ru.md").read_text()
    assert (whole.exit_code, found["state"], found["words"]) == (0, "outdated", None)
    assert "not in the git history" in whole.stdout
    assert text.strip() in whole.stdout
    assert found["text"] == text


def test_a_missing_translation_is_said(content: Path) -> None:
    assert "no translation yet" in run("diff", "work-patent", "--lang", "en").stdout
    assert run("diff", "no-such").exit_code == 2
