"""Which keys an attempt to get in is counted under. A stranger who guesses can slow a member down, and never lock them out:
a browser that the member signed in with before is counted by itself.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import Response

from bot.web.staff.cookies import read_cookie, set_cookie
from bot.web.staff.frame import StaffRoom, show
from bot.web.staff.sealing import keyed, seal, unseal
from db.staff import key_of
from db.staff_attempts import Pace, Watched

# Twelve characters withstand a guess every half minute for longer than anybody lives.
_OF_NAME = Pace(free=10, longest=timedelta(seconds=30))
# Many members may come from one address, by one router of an office.
_OF_ADDRESS = Pace(free=20, longest=timedelta(minutes=15))
_OF_DEVICE = Pace(free=10, longest=timedelta(minutes=1))
# Who gets here knows the password, and has a million codes before them.
_OF_CODE = Pace(free=5, longest=timedelta(minutes=15))

_DEVICE = "device"
_DEVICE_SECONDS = 365 * 24 * 60 * 60
_MINUTE = 60


def of_sign_in(
    request: Request, room: StaffRoom, name: str, staff_id: int | None
) -> tuple[Watched, ...]:
    """What a name and password are counted under; `staff_id` is whose name it is."""
    device = _known_device(request, room)
    if device and staff_id is not None and device.startswith(f"{staff_id}:"):
        return (Watched(keyed(room.secret, "device-pace", device), _OF_DEVICE),)
    return (
        Watched(keyed(room.secret, "name-pace", key_of(name)), _OF_NAME),
        Watched(keyed(room.secret, "address-pace", network_address(request)), _OF_ADDRESS),
    )


def of_code(room: StaffRoom, staff_id: int) -> tuple[Watched, ...]:
    """What a one-time code is counted under."""
    return (Watched(keyed(room.secret, "code-pace", str(staff_id)), _OF_CODE),)


def of_own_password(room: StaffRoom, session_id: str) -> tuple[Watched, ...]:
    """What the old password is counted under, when somebody who is signed in gives it."""
    return (Watched(keyed(room.secret, "session-pace", session_id), _OF_CODE),)


def of_invitation(request: Request, room: StaffRoom) -> tuple[Watched, ...]:
    return (Watched(keyed(room.secret, "address-pace", network_address(request)), _OF_ADDRESS),)


def remember_device(request: Request, room: StaffRoom, response: Response, staff_id: int) -> None:
    """From now on this browser's attempts as this member are counted by themselves."""
    known = _known_device(request, room)
    if known and known.startswith(f"{staff_id}:"):
        return
    device = seal(room.secret, _DEVICE, f"{staff_id}:{token_hex(8)}")
    set_cookie(request, response, _DEVICE, device, seconds=_DEVICE_SECONDS)


def slow_down(request: Request, room: StaffRoom, wait: timedelta) -> Response:
    """The page that says how long to wait."""
    seconds = ceil(wait.total_seconds())
    response = show(request, room, None, "slow_down.html", 429, seconds=seconds)
    response.headers["retry-after"] = str(seconds)
    return response


def network_address(request: Request) -> str:
    """Where a request comes from. Of IPv6 the first half: a household has the other.

    A proxy on this machine or in this network adds the address it saw at the end of X-Forwarded-For; what stands before
    that, anybody can write.
    """
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return _network(forwarded) or _network(peer) if _is_near(peer) else _network(peer)


def _known_device(request: Request, room: StaffRoom) -> str | None:
    sealed = read_cookie(request, _DEVICE)
    return unseal(room.secret, _DEVICE, sealed) if sealed else None


def _is_near(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
