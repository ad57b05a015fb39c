"""GET /metrics: numbers for Prometheus. Whoever publishes this server keeps the path to itself."""

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def metrics_route(exposition: Callable[[], bytes]) -> Route:
    """`exposition` gives the text that Prometheus reads."""

    async def metrics(_request: Request) -> Response:
        return Response(exposition(), headers={"content-type": CONTENT_TYPE_LATEST})

    return Route("/metrics", metrics)
