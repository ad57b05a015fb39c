"""Cookies of the staff pages: no script reads them, no other page sends them, nothing but this host gets them."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.web.addresses import is_loopback_host


def read_cookie(request: Request, name: str) -> str | None:
    return request.cookies.get(_name(request, name))


def set_cookie(
    request: Request, response: Response, name: str, value: str, *, seconds: int
) -> None:
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",  # `__Host-` asks for it
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _name(request, name), path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )


def is_secure(request: Request) -> bool:
    """Whether the browser is to send our cookies over TLS only: everywhere but on this machine.

    TLS ends before us, at a proxy, so the scheme that we see says nothing.
    """
    return not is_loopback_host(urlsplit(f"//{request.headers.get('host', '')}").hostname or "")


def _name(request: Request, name: str) -> str:
    # A page of a neighbouring subdomain cannot set a cookie whose name begins so.
    return f"__Host-joldosh-{name}" if is_secure(request) else f"joldosh-{name}"
