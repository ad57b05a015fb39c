"""GET /health: whether this process can serve, for those who restart it. Tells nothing secret."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


@dataclass(frozen=True, slots=True)
class Health:
    """`edition` and `day` are those of the catalogue in use.

    `problem` is a word or two for operators, None when all is well.
    """

    edition: str
    day: date
    problem: str | None = None


HealthCheck = Callable[[], Awaitable[Health]]


def health_route(check: HealthCheck) -> Route:
    async def health(_request: Request) -> JSONResponse:
        found = await check()
        return JSONResponse(
            {
                "status": found.problem or "ok",
                "edition": found.edition,
                "day": found.day.isoformat(),
            },
            status_code=503 if found.problem else 200,
        )

    return Route("/health", health)
