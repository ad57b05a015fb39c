"""Staff change the guidance under a running bot: good texts arrive, broken ones never do."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import first_catalogue
from bot.editorial.watching import watch
from bot.guide.citizenship import Citizenship
from bot.guide.text import Paragraph, plain
from tests.support.bot import (
    REAL_CONTENT,
    SMALL_CONTENT,
    Clock,
    OpenBot,
    Phone,
    open_bot,
    settings_for,
)

pytestmark = pytest.mark.slow  # whole bots that watch a folder

PATIENCE = (
    60.0  # seconds of a busy machine; how soon a change is live is measured by the benchmark
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL_CONTENT, tmp_path / "content")


@asynccontextmanager
async def watched_bot(
    tmp_path: Path, content: Path, clock: Clock | None = None
) -> AsyncIterator[OpenBot]:
    moment = clock or Clock()
    async with open_bot(tmp_path, content, moment) as bot:
        shelf = bot.house.shelf
        watching = asyncio.create_task(
            watch(
                bot.house.content,
                moment,
                publish=shelf.publish,
                refuse=shelf.refuse,
                published=shelf.current().book.catalogue,
                every=0.05,
            )
        )
        try:
            yield bot
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching


async def reading(bot: OpenBot) -> Phone:
    """A person from Uzbekistan who reads Russian."""
    phone = bot.person("ru")
    await phone.say("/start")
    await phone.press("Русский")
    await phone.press("🇺🇿 Узбекистан")
    return phone


async def price(phone: Phone) -> str:
    (page,) = await phone.say("/start work-patent")
    return page.text


async def until(true: Callable[[], bool], within: float = PATIENCE) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"nothing happened within {within} s"
        await asyncio.sleep(0.02)


def count(bot: OpenBot, result: str) -> float:
    value = bot.house.metrics.registry.get_sample_value(
        "joldosh_content_editions_total", {"result": result}
    )
    return value or 0.0


async def test_a_changed_text_is_read_without_a_restart(tmp_path: Path, content: Path) -> None:
    async with watched_bot(tmp_path, content) as bot:
        phone = await reading(bot)
        assert "Месяц стоит" in await price(phone)

        text = content / "memos" / "work-patent" / "ru.md"
        text.write_text(text.read_text().replace("Месяц стоит", "За месяц платят"))
        await until(lambda: count(bot, "published") == 2)

        assert "За месяц платят 8\N{NO-BREAK SPACE}900 рублей" in await price(phone)


# Seconds of one processor; two looks at the folder, half a second each, come before. The wall's clock would measure
# who else works on the machine.
@pytest.mark.slow
async def test_changes_of_the_real_guide_are_live_within_seconds(tmp_path: Path) -> None:
    changes = [
        ("memos/taxes/ru.md", "налог", "сбор", 1.0),
        ("facts.yaml", "statement: ", "statement: Note. ", 3.0),
        ("guide.yaml", "taxes, pension-social", "pension-social, taxes", 1.0),
    ]
    folder = tmp_path / "content"
    shutil.copytree(REAL_CONTENT, folder)
    late = []
    async with watched_bot(tmp_path, folder) as bot:
        for number, (file, old, new, within) in enumerate(changes, 1):
            assert count(bot, "published") == number
            text = (folder / file).read_text()
            assert old in text
            begin = time.process_time()
            (folder / file).write_text(text.replace(old, new, 1))
            await until(lambda: count(bot, "published") > number)  # noqa: B023
            taken = time.process_time() - begin
            if taken >= within:
                late.append((file, taken))

    assert late == []


async def test_a_sentence_that_is_gone_is_in_no_answer(tmp_path: Path, content: Path) -> None:
    async with watched_bot(tmp_path, content) as bot:
        phone = await reading(bot)
        answer = await phone.say("сколько стоит патент")
        assert any("Месяц стоит" in page.text for page in answer)

        text = content / "memos" / "work-patent" / "ru.md"
        text.write_text(text.read_text().replace("Месяц стоит", "За месяц платят"))
        await until(lambda: count(bot, "published") == 2)

        # Nothing has been read for the search yet.
        answer = await phone.say("сколько стоит патент")
    assert any("За месяц платят" in page.text for page in answer)
    assert not any("Месяц стоит" in page.text for page in answer)


async def test_a_new_memo_is_opened_at_once_and_found_when_it_is_read(
    tmp_path: Path, content: Path
) -> None:
    async with watched_bot(tmp_path, content) as bot:
        phone = await reading(bot)
        shutil.copytree(content / "memos" / "work-patent", content / "memos" / "sauna")
        folder = content / "memos" / "sauna"
        for text in folder.glob("*.md"):
            text.write_text(text.read_text().replace("title: ", "title: Сауна. "))
        settings = folder / "memo.yaml"
        settings.write_text(settings.read_text().replace("id: work-patent", "id: sauna"))
        (folder / "questions.yaml").write_text("ru: [где тут сауна]\n")
        guide = content / "guide.yaml"
        guide.write_text(guide.read_text().replace("work-patent", "work-patent, sauna", 1))
        await until(lambda: count(bot, "published") == 2)

        (page,) = await phone.say("/start sauna")
        assert "Сауна." in page.text
        assert not any("Сауна." in page.text for page in await phone.say("где тут сауна"))

        bot.house.shelf.learn()
        answer = await phone.say("где тут сауна")
    assert any("Сауна." in page.text for page in answer)


async def test_a_changed_fact_changes_every_language(tmp_path: Path, content: Path) -> None:
    async with watched_bot(tmp_path, content) as bot:
        facts = content / "facts.yaml"
        facts.write_text(facts.read_text().replace("value: 30}", "value: 31}"))
        await until(lambda: count(bot, "published") == 2)

        pages = bot.house.shelf.current().book.pages
        shown = [
            pages["registration-first", lang, Citizenship.KG][0].text
            for lang in ("ru", "ky", "en")
        ]
    assert "за 31 день" in shown[0]
    assert "31 күндүн ичинде" in shown[1]
    assert "within 31 days" in shown[2]


BREAKAGES: list[tuple[str, str, Callable[[str], str]]] = [
    (
        "unknown fact",
        "memos/work-patent/ru.md",
        lambda t: t.replace("{patent-price}", "{no-such}"),
    ),
    ("half a file", "memos/work-patent/ru.md", lambda t: t[: len(t) // 3]),
    ("unknown contact", "memos/hotlines/ru.md", lambda t: t.replace("ru-112", "ru-911")),
    (
        "unknown memo",
        "memos/registration-first/ru.md",
        lambda t: t.replace("memo:work-patent", "memo:x"),
    ),
    (
        "part without an answer",
        "memos/work-patent/ru.md",
        lambda t: t.replace("::: for visa\n", "::: for kg\n"),
    ),
    (
        "bare number",
        "memos/registration-first/ru.md",
        lambda t: t.replace("{days-eaeu}", "30 дней"),
    ),
    ("table", "memos/hotlines/ru.md", lambda t: t + "\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("html", "memos/hotlines/ru.md", lambda t: t + "\n<b>important</b>\n"),
    ("unquoted phone", "contacts.yaml", lambda t: t.replace('"+74990000001"', "+74990000001")),
    (
        "no value today",
        "facts.yaml",
        lambda t: t.replace("until: 2026-12-31", "until: 2026-01-01"),
    ),
    ("unknown language", "guide.yaml", lambda t: t.replace("[ru, ky, en]", "[ru, ky, english]")),
    ("broken yaml", "sources.yaml", lambda t: t.replace("kind: law", "kind: [law")),
    ("unknown source", "facts.yaml", lambda t: t.replace("source: newspaper", "source: radio")),
    (
        "fact of another citizenship",
        "memos/work-patent/ru.md",
        lambda t: t.replace("не нужен**", "не нужен** {days-uz-tj}"),
    ),
    ("duplicate key", "memos/hotlines/memo.yaml", lambda t: t + "id: hotlines\n"),
]


@pytest.mark.parametrize(("what", "file", "spoil"), BREAKAGES, ids=[one[0] for one in BREAKAGES])
async def test_a_broken_edition_is_refused_and_the_mended_one_taken(
    tmp_path: Path,
    content: Path,
    capsys: pytest.CaptureFixture[str],
    what: str,
    file: str,
    spoil: Callable[[str], str],
) -> None:
    async with watched_bot(tmp_path, content) as bot:
        phone = await reading(bot)
        good = (content / file).read_text()
        assert spoil(good) != good

        (content / file).write_text(spoil(good))
        await until(lambda: count(bot, "refused") == 1)
        assert "8\N{NO-BREAK SPACE}900 рублей" in await price(phone)
        logged = capsys.readouterr().out
        assert "content.refused" in logged
        assert file in logged

        (content / file).write_text(good + "\n")
        await until(lambda: count(bot, "published") == 2)
        assert "8\N{NO-BREAK SPACE}900 рублей" in await price(phone)


async def test_a_rule_that_changes_on_a_day_switches_at_midnight_in_moscow(
    tmp_path: Path, content: Path
) -> None:
    clock = Clock(datetime(2026, 12, 31, 20, 59, tzinfo=UTC))
    async with watched_bot(tmp_path, content, clock) as bot:
        phone = await reading(bot)
        assert "8\N{NO-BREAK SPACE}900 рублей" in await price(phone)

        clock.now = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)
        await until(lambda: count(bot, "published") == 2)

        assert "10\N{NO-BREAK SPACE}000 рублей" in await price(phone)


def test_broken_content_does_not_start_and_says_where_to_look(
    tmp_path: Path, content: Path
) -> None:
    (content / "guide.yaml").unlink()

    with pytest.raises(Exception, match=r"guide\.yaml.*joldosh content check"):
        first_catalogue(settings_for(tmp_path, content), Clock())


def test_two_days_around_a_change_give_two_values(tmp_path: Path, content: Path) -> None:
    def patent(now: datetime) -> str:
        catalogue = first_catalogue(settings_for(tmp_path, content), Clock(now))
        memo = catalogue.memo("work-patent", "en", Citizenship.TJ)
        assert memo
        assert catalogue.day == date(now.year, now.month, now.day)
        return "".join(plain(block.spans) for block in memo.blocks if isinstance(block, Paragraph))

    assert "8\N{NO-BREAK SPACE}900" in patent(datetime(2026, 12, 31, 9, tzinfo=UTC))
    assert "10\N{NO-BREAK SPACE}000" in patent(datetime(2027, 1, 1, 9, tzinfo=UTC))
