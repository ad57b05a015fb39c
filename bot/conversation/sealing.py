"""Sealing what the store must not be able to read: where a person is reached, and what they answered.

The key is made from the secret key of the deployment and is in no table. A seal belongs to one row: the row's id and its person
are bound into it, so that what is sealed opens nowhere else.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
# NIST SP 800-38D, 8.2: 96 bits; random ones are safe for 2**32 seals with one key (8.3).
_NONCE_BYTES = 12
_PURPOSE = b"joldosh kept dates, 1"


@dataclass(frozen=True, slots=True)
class Contents:
    """`address` is the door's own name of the chat. `answers` are those of the flow, by step."""

    address: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)


class Sealing:
    def __init__(self, secret: str) -> None:
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
        self._cipher = AESGCM(derived)

    def seal(self, contents: Contents, row: str, person: str) -> bytes:
        written = json.dumps(
            {"address": contents.address, "answers": dict(contents.answers)}, ensure_ascii=False
        )
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, written.encode(), _bound(row, person))

    def opened(self, sealed: bytes, row: str, person: str) -> Contents | None:
        """None when it was sealed with another key, or for another row, or is damaged."""
        nonce, encrypted = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            read = json.loads(self._cipher.decrypt(nonce, encrypted, _bound(row, person)))
        except (InvalidTag, ValueError):  # ValueError: a nonce that is too short to be one
            return None
        return Contents(read["address"], read["answers"])


def _bound(row: str, person: str) -> bytes:
    return json.dumps([row, person]).encode()
