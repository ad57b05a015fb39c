"""The named rules of guided checks, each with its legal source. `RULES` has them all by name.

How each counts, and how sure that is: `docs/dates.md`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.guide.rule import Rule
from bot.guide.rules.appeal import APPEAL_DEADLINE
from bot.guide.rules.contract import CONTRACT_ENDED
from bot.guide.rules.events import EVENT_RULES
from bot.guide.rules.patent import PATENT_PAYMENT, PATENT_PRICE
from bot.guide.rules.registration import REGISTRATION_DEADLINE
from bot.guide.rules.stay_days import STAY_DAYS
from bot.guide.rules.thirty_days import FIRST_THIRTY_DAYS
from bot.guide.rules.waiting import WAITING_RULES

_ALL = (
    REGISTRATION_DEADLINE,
    STAY_DAYS,
    FIRST_THIRTY_DAYS,
    PATENT_PAYMENT,
    PATENT_PRICE,
    CONTRACT_ENDED,
    APPEAL_DEADLINE,
    *EVENT_RULES,
    *WAITING_RULES,
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _ALL})
