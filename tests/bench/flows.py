"""`python -m tests.bench.flows`: every path of every check in every language, through the real dispatcher; the table of
docs/flows.md. Ends with an error at the first screen that is not what the walk says.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import process_time

from tests.support.bot import REAL_CONTENT, OpenBot, open_bot
from tests.support.flow_playing import LANGUAGES, Cast, paths_in, without_calendar

_HEAD = (
    "| check | paths | screens in three languages | seconds |",
    "| --- | ---: | ---: | ---: |",
)


async def _rows(bot: OpenBot) -> dict[str, tuple[int, int, float]]:
    catalogue = bot.house.shelf.current().book.catalogue
    paths = {flow.id: paths_in(catalogue, flow) for flow in catalogue.flows.values()}
    rows = {flow: (len(found), 0, 0.0) for flow, found in paths.items()}
    for knows_calendar in (True, False):
        if not knows_calendar:
            without_calendar(bot)
        book = bot.house.shelf.current().book
        for flow in book.catalogue.flows.values():
            cast, started = Cast(bot), process_time()
            for path in paths[flow.id]:
                for lang in LANGUAGES if path.knows_calendar is knows_calendar else ():
                    await (await cast.player(lang, path.citizenship)).play(book, flow, path)
            count, screens, seconds = rows[flow.id]
            rows[flow.id] = (count, screens + cast.screens, seconds + process_time() - started)
    return rows


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_bot(Path(folder), REAL_CONTENT) as bot:
            rows = await _rows(bot)
    lines = [f"| `{name}` | {a} | {b} | {c:.1f} |" for name, (a, b, c) in rows.items()]
    total = [sum(row[at] for row in rows.values()) for at in range(3)]
    lines.append(f"| all | {total[0]:.0f} | {total[1]:.0f} | {total[2]:.1f} |")
    sys.stdout.write("\n".join((*_HEAD, *lines)) + "\n")


if __name__ == "__main__":
    asyncio.run(_main())
