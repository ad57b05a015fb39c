"""What stands before pages: security headers, and the refusal of strangers. It shows no page."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.addresses import is_loopback_host

_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Scripts and pages of different releases must not meet; an unchanged file costs one 304.
    "cache-control": "no-cache",
}
_READING = {"GET", "HEAD", "OPTIONS"}


class SecurityHeaders:
    """Pages run our own scripts only, in no frame. A header that is set already stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OnlyThisMachine:
    """Stands in for a login where there is none: only pages of this machine's own server.

    A web page elsewhere can point its own name at 127.0.0.1 (DNS rebinding) or send forms
    there; the Host header gives the first away, Origin and Sec-Fetch-Site the second.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = _refusal(scope["method"], Headers(scope=scope))
        if reason is None:
            return await self._app(scope, receive, send)
        status, words = reason
        return await JSONResponse({"error": words}, status)(scope, receive, send)


def _refusal(method: str, headers: Headers) -> tuple[int, str] | None:
    host = headers.get("host", "")
    if not is_loopback_host(urlsplit(f"//{host}").hostname or ""):
        return 421, "this page is for the machine it runs on: open it as http://127.0.0.1"
    if method in _READING:
        return None
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return 403, "other pages cannot act here"
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403, "other pages cannot act here"
    # Forms of other pages can send text, but not this type.
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return 415, "send application/json"
    return None


class OnlyOurForms:
    """Nothing is changed but by a page of this very address (cross-site request forgery).

    Every browser of today says where a request comes from; one that says nothing is refused. A
    Sec-Fetch-Site counts first, since a proxy may have changed the Host that Origin is compared
    with.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in _READING or _is_ours(Headers(scope=scope)):
            return await self._app(scope, receive, send)
        refusal = PlainTextResponse("Other pages cannot act here.", 403)
        return await refusal(scope, receive, send)


def _is_ours(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
