"""That an entry still holds: it was compared with its source once more, and nothing had to be changed."""

from datetime import date

from bot.editorial.forms.ledger import Data


def rechecked(data: Data, today: date) -> dict[str, object]:
    """The entry with this day as that of its check. A day for the next look that has come is left out; without one
    the next look is due half a year after the check.
    """
    review = data.get("review")
    is_past = isinstance(review, str) and review <= today.isoformat()
    kept = {name: value for name, value in data.items() if not (is_past and name == "review")}
    return {**kept, "checked": today.isoformat()}
