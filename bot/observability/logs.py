"""Structured logs to standard error: an event name and plain fields.

No message of an exception is logged: libraries put their input into it, and our input is what
persons write.
"""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# aiogram logs every update with the bot's id; httpx and aiohttp log addresses, and the address
# of a Bot API call
# holds the token.
_QUIET = (
    "aiogram",
    "aiogram.event",
    "aiohttp",
    "asyncio",
    "httpx",
    "uvicorn",
    "alembic",
)


def configure_logs(*, as_json: bool) -> None:
    """JSON lines for machines, aligned lines for people."""
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    processors = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
        renderer,
    ]
    structlog.configure(
        processors=processors,
        # Standard error is looked up when something is logged: whoever runs us may have put another in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def without_messages(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """Replace `exc_info` by the type of the exception and where it happened."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__qualname__
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event
