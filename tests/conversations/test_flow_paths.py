"""Every path of every check, played on a phone through the real dispatcher, ends where the walk says.

The languages are spread over the paths, so that every path is played once and every outcome is seen in all three.
`python -m tests.bench.flows` plays all paths in all languages.
"""

from pathlib import Path

import pytest

from tests.support.bot import REAL_CONTENT, open_bot
from tests.support.flow_playing import LANGUAGES, Cast, paths_in, spread, without_calendar

FLOWS = sorted(path.stem for path in (REAL_CONTENT / "flows").glob("*.yaml"))


@pytest.mark.slow
async def test_every_path_ends_where_the_walk_says(tmp_path: Path) -> None:
    async with open_bot(tmp_path, REAL_CONTENT) as bot:
        catalogue = bot.house.shelf.current().book.catalogue
        assert sorted(catalogue.flows) == FLOWS
        seen: set[tuple[str, str, str]] = set()
        paths = {flow.id: paths_in(catalogue, flow) for flow in catalogue.flows.values()}
        for knows_calendar in (True, False):
            if not knows_calendar:
                without_calendar(bot)
            book = bot.house.shelf.current().book
            for flow in book.catalogue.flows.values():
                cast = Cast(bot)
                chosen = [one for one in paths[flow.id] if one.knows_calendar is knows_calendar]
                for path, lang in spread(chosen):
                    await (await cast.player(lang, path.citizenship)).play(book, flow, path)
                    seen.add((flow.id, path.walked.path[-1], lang))
        outcomes = {(flow.id, name) for flow in catalogue.flows.values() for name in flow.outcomes}
        assert seen == {(*outcome, lang) for outcome in outcomes for lang in LANGUAGES}
