"""What the fit prints: the price of refusing, and recall by language."""

import numpy as np
from rich.table import Table

from tests.search.fitting.memos import Chances

_REFUSED_WRONGLY = (0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.10)


def trade_off(found: Chances) -> Table:
    """For each share of answerable questions that is refused, the share of the others that is refused too."""
    table = Table("refused wrongly", "refused rightly", "from the chance", title="trade-off")
    ours = found.answerable
    for share in _REFUSED_WRONGLY:
        limit = np.quantile(found.nowhere[ours], 1 - share)
        rightly = (found.nowhere[~ours] >= limit).mean()
        table.add_row(f"{share:.3f}", f"{rightly:.3f}", f"{limit:.3f}")
    return table


def by_language(found: Chances) -> Table:
    """Recall at 1 and 3 of the answerable questions, by language and together."""
    table = Table("language", "questions", "R@1", "R@3", title="cross-validated")
    ours = found.answerable
    langs = np.array([row.lang for row in found.rows])
    first, three = found.is_found(1), found.is_found(3)
    for lang in [*dict.fromkeys(langs), "all"]:
        chosen = ours & ((langs == lang) | (lang == "all"))
        recall = (f"{marks[chosen].mean():.3f}" for marks in (first, three))
        table.add_row(str(lang), str(int(chosen.sum())), *recall)
    return table
