"""Telegram ids → the keyed hashes that are all we keep of a person."""

from hashlib import blake2b

_DIGEST_BYTES = 16


class Persons:
    """Names persons by a hash keyed with the secret: without it, nobody can try ids until one
    fits.
    """

    def __init__(self, secret: str) -> None:
        # BLAKE2b takes keys of at most 64 bytes.
        self._key = blake2b(secret.encode(), digest_size=64).digest()

    def key(self, telegram_id: int) -> str:
        return blake2b(
            str(telegram_id).encode(),
            key=self._key,
            digest_size=_DIGEST_BYTES,
            person=b"joldosh-person",
        ).hexdigest()
