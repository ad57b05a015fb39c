"""One-time codes of an app on the phone (RFC 6238), and codes on paper. It must not keep anything.

The secret of a member is made from the key of this service and a salt: who has the database alone has no secret.
"""

import hmac
from base64 import b32encode
from datetime import datetime
from secrets import choice, token_hex

import pyotp
import segno

from bot.web.staff.sealing import key_bytes, keyed

_STEP_SECONDS = 30
# Phones and servers are rarely further apart; the one before also serves who types slowly.
_STEPS_AWAY = (0, -1, 1)
_PAPER_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_PAPER_CODES = 10
_PAPER_HALF = 5
_ISSUER = "Joldosh"


def new_salt() -> str:
    return token_hex(16)


def step_of(secret: str, salt: str, code: str, now: datetime) -> int | None:
    """The step (a count of half minutes) that this is the code of, or None when it is none of now."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(_base32(secret, salt))
    current = int(now.timestamp()) // _STEP_SECONDS
    for step in (current + away for away in _STEPS_AWAY):
        if hmac.compare_digest(totp.generate_otp(step), typed.encode("ascii", "replace").decode()):
            return step
    return None


def as_typed(secret: str, salt: str) -> str:
    """The secret in groups of four letters, for a phone without a camera."""
    base32 = _base32(secret, salt)
    return " ".join(base32[start : start + 4] for start in range(0, len(base32), 4))


def as_picture(secret: str, salt: str, name: str) -> str:
    """The QR code that an app reads, as a `data:` address of an SVG, black on white."""
    address = pyotp.TOTP(_base32(secret, salt)).provisioning_uri(name=name, issuer_name=_ISSUER)
    picture: str = segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    return picture


def new_paper_codes() -> tuple[str, ...]:
    """Ten codes of 49 random bits, such as `k7m2x-9pqrd`."""
    return tuple(f"{_half()}-{_half()}" for _ in range(_PAPER_CODES))


def paper_hash(secret: str, staff_id: int, code: str) -> str:
    """What is kept of such a code, however it is typed."""
    typed = "".join(letter for letter in code.casefold() if letter.isalnum())
    return keyed(secret, f"paper-code-{staff_id}", typed)


def _half() -> str:
    return "".join(choice(_PAPER_LETTERS) for _ in range(_PAPER_HALF))


def _base32(secret: str, salt: str) -> str:
    return b32encode(key_bytes(secret, "second-factor", salt)).decode()
