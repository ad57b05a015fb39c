"""Puts the web application together from the parts it is given. It makes none of them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.web.health import HealthCheck, health_route
from bot.web.local_chat import LocalChatPort, local_chat_mount
from bot.web.metrics import metrics_route
from bot.web.staff.frame import StaffRoom
from bot.web.staff.mount import staff_routes
from bot.web.webhook import WEBHOOK_PATH, Webhook


def make_application(
    *,
    health: HealthCheck,
    metrics: Callable[[], bytes],
    webhook: Webhook | None = None,
    local_chat: LocalChatPort | None = None,
    staff: StaffRoom | None = None,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[Any]] | None = None,
) -> Starlette:
    """The local chat has no login: give it only where the server listens on loopback."""
    routes: list[BaseRoute] = []
    if webhook is not None:
        # First, since it is the path that matters for speed.
        routes.append(Route(WEBHOOK_PATH, webhook, methods=["POST"]))
    routes += [health_route(health), metrics_route(metrics)]
    if staff is not None:
        routes += staff_routes(staff)
    if local_chat is not None:
        routes.append(local_chat_mount(local_chat))
    return Starlette(routes=routes, lifespan=lifespan)
