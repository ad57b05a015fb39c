"""The hash by which a translation knows the base text it was made from.

It must not change: it stands in every translation. Only what a translator sees counts: title, summary and body;
not white space at line ends, or blank lines at the ends.
"""

from collections.abc import Sequence
from hashlib import sha256

LENGTH = 12  # hex digits


def base_hash(title: str, summary: str, body: Sequence[str]) -> str:
    """Of a title, a summary and the lines of a body."""
    lines = [line.rstrip() for line in body]
    text = "\n".join([title.strip(), summary.strip(), "\n".join(lines).strip("\n")])
    return sha256(text.encode()).hexdigest()[:LENGTH]
