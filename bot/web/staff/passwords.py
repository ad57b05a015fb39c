"""Passwords: their hashes, and whether a new one is strong enough. It must not keep or log one."""

import asyncio
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.staff import key_of

LEAST_CHARACTERS = 12
_MOST_CHARACTERS = 200
_FEWEST_DIFFERENT = 6
# Argon2 takes 64 MB a password on purpose; two at once are enough for a staff, and no stranger can take more.
_AT_ONCE = 2
# Rows of the keyboard, Latin and Cyrillic by their key names, the alphabet and the digits, as they are typed along.
_ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz"),
    *("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
)
_COMMON = (
    *("password", "parol", "joldosh", "admin", "welcome", "letmein", "iloveyou", "qazwsx"),
    *("пароль", "сырсөз", "жолдош", "админ", "привет", "салам", "кыргызстан", "кош келиңиз"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`is_old` when the hash was made with weaker parameters than those of today."""

    is_right: bool
    is_old: bool = False


class Passwords:
    """Hashes in threads: one takes tens of milliseconds of a whole core."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash("a password that nobody has")

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, hashed: str | None, password: str) -> Verdict:
        """Whether it is the password. Without a hash it takes as long and is wrong: time tells no names."""
        async with self._turns:
            return await asyncio.to_thread(self._verify, hashed, password[: _MOST_CHARACTERS + 1])

    def _verify(self, hashed: str | None, password: str) -> Verdict:
        try:
            self._hasher.verify(hashed or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return Verdict(False)
        if hashed is None:
            return Verdict(False)
        return Verdict(True, self._hasher.check_needs_rehash(hashed))


def weakness(password: str, name: str) -> str | None:
    """Why it is no good, as a key of the words, or None when it is strong enough."""
    typed = password.casefold()
    if len(password) < LEAST_CHARACTERS:
        return "password-too-short"
    if len(password) > _MOST_CHARACTERS:
        return "password-too-long"
    if len(set(typed)) < _FEWEST_DIFFERENT:
        return "password-repeats"
    if len(name) > 2 and any(part in typed for part in key_of(name).split() if len(part) > 2):
        # What is left beside the name has to be a password by itself.
        for part in key_of(name).split():
            typed = typed.replace(part, "")
        if len(typed) < LEAST_CHARACTERS:
            return "password-has-name"
    for known in (*_COMMON, *_RUNS):
        typed = typed.replace(known, "")
    return "password-common" if len(typed) < _FEWEST_DIFFERENT else None


def _runs() -> tuple[str, ...]:
    """Four keys and more in a row, the longest first, in both directions."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    return tuple(
        row[start : start + length]
        for length in range(max(map(len, rows)), 3, -1)
        for row in rows
        for start in range(len(row) - length + 1)
    )


_RUNS = _runs()
