"""Keyed hashes and signed texts of the staff pages. It must not keep anything, and decides nothing."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import blake2b


def keyed(secret: str, purpose: str, text: str) -> str:
    """A hash of 40 hexadecimal digits that only who has the secret can make; another for each purpose."""
    return _key(secret, purpose, text.encode()).hex()


def key_bytes(secret: str, purpose: str, text: str) -> bytes:
    """20 bytes made from the secret: what must be the same in every replica and stand in no table."""
    return _key(secret, purpose, text.encode())


def seal(secret: str, purpose: str, text: str) -> str:
    """The text with a signature, in letters that a cookie or a form may hold. Anybody can read it."""
    body = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"{body}.{keyed(secret, purpose, body)}"


def unseal(secret: str, purpose: str, sealed: str) -> str | None:
    """The text, or None when it was not sealed by us for this purpose."""
    body, _dot, signature = sealed.partition(".")
    if not hmac.compare_digest(signature.encode(), keyed(secret, purpose, body).encode()):
        return None
    try:
        return urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    except (NotBase64, UnicodeDecodeError):
        return None


def _key(secret: str, purpose: str, data: bytes) -> bytes:
    key = blake2b(secret.encode(), person=b"joldosh-staff", digest_size=32).digest()
    return blake2b(f"{purpose}\0".encode() + data, key=key, digest_size=20).digest()
