"""How updates wait for the bot in the local Telegram: the queue of getUpdates, and the webhook.

It calls no webhook: the demo and the tests hand updates over themselves.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiogram.types import Update

from bot.telegram.local_fields import Fields, Methods
from bot.telegram.local_records import Json
from bot.telegram.local_rules import Refusal, bad_request

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_BETWEEN_WEBHOOKS = timedelta(seconds=1)


@dataclass(slots=True)
class LocalDelivery:
    now: Callable[[], datetime]
    waiting: list[Json] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    _webhook_set: datetime | None = None
    _poll: "asyncio.Future[None] | None" = None

    async def put(self, update: Update) -> None:
        """Keep an update until a poller confirms it. A feed for a local chat whose bot polls."""
        self.waiting.append(update.model_dump(mode="json", by_alias=True, exclude_none=True))
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    async def take(self, offset: int, limit: int, wait: float) -> list[Json]:
        """Updates from `offset` on, which confirms all before it. `wait` is in seconds.

        A second poller ends the wait of the first with a conflict.
        """
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poll and not self._poll.done():
            self._poll.set_exception(
                Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            )
        if offset > 0:
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        elif offset < 0:
            self.waiting = self.waiting[offset:]
        if not self.waiting and wait > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait({poll}, timeout=wait)
                if poll.done():
                    poll.result()
            finally:
                poll.cancel()
        return self.waiting[:limit]

    def set_webhook(self, settings: Json) -> None:
        """`settings` are the arguments of setWebhook; an empty address takes the webhook away."""
        if self._webhook_set and self.now() - self._webhook_set < _BETWEEN_WEBHOOKS:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        if settings["url"] and not settings["url"].startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (secret := settings.get("secret_token")) and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if settings.get("drop_pending_updates"):
            self.waiting = []
        self.webhook = settings if settings["url"] else {}
        self._webhook_set = self.now()

    def delete_webhook(self, *, drop_pending_updates: bool) -> None:
        if drop_pending_updates:
            self.waiting = []
        self.webhook = {}

    def info(self) -> Json:
        info: Json = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
        }
        optional = {key: self.webhook.get(key) for key in ("max_connections", "allowed_updates")}
        return info | {key: value for key, value in optional.items() if value}


def delivery_methods(delivery: LocalDelivery) -> Methods:
    async def get_updates(fields: Fields) -> list[Json]:
        limit = min(max(fields.integer("limit", 100), 1), 100)
        return await delivery.take(fields.integer("offset"), limit, fields.integer("timeout"))

    def set_webhook(fields: Fields) -> bool:
        delivery.set_webhook(
            {
                "url": fields.text("url"),
                "secret_token": fields.text("secret_token"),
                "max_connections": fields.integer("max_connections"),
                "allowed_updates": fields.parsed("allowed_updates"),
                "drop_pending_updates": fields.flag("drop_pending_updates"),
            }
        )
        return True

    def delete_webhook(fields: Fields) -> bool:
        delivery.delete_webhook(drop_pending_updates=fields.flag("drop_pending_updates"))
        return True

    return {
        "getUpdates": get_updates,
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": lambda _fields: delivery.info(),
    }
