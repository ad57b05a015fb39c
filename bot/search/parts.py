"""Cuts a long message into the few parts that are worth reading for their meaning.

A story of four sentences has its question in one of them, and a vector of the whole story lies somewhere
between all of them. Measured on the stories of the labelled questions: read whole to 200 characters, 0.71 find their memo first; in
parts, 0.93. It must stay cheap: each part costs as much as a short question.
"""

import re

# What is said in fewer characters is one thought.
SHORT = 200

# Characters that are read of a long message at most: some 110 tokens, 170 ms on one core, of text in our languages.
MOST = 400

# A part of dense text or noise costs 64 tokens, some 80 ms: three keep the slowest message under 300 ms.
MOST_PARTS = 3

# A part with fewer letters says nothing by itself ("Салам!").
_LEAST = 9

_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def parts(text: str) -> list[str]:
    """At least one part. The end of a long message counts more than its middle: there people ask."""
    whole = " ".join(text.split())
    if len(whole) <= SHORT:
        return [whole]
    sentences = [
        part.strip() for part in _END.split(text[: 16 * MOST]) if len(part.strip()) >= _LEAST
    ]
    if len(sentences) < 2:
        return [whole[:SHORT], whole[-SHORT:]]
    kept: dict[int, str] = {}
    room = MOST
    # From both ends towards the middle, the last first.
    numbers = sorted(
        range(len(sentences)), key=lambda at: min(2 * (len(sentences) - 1 - at), 2 * at + 1)
    )
    for number in numbers:
        sentence = sentences[number][:SHORT]
        if len(sentence) <= room and len(kept) < MOST_PARTS:
            kept[number] = sentence
            room -= len(sentence)
    return [kept[number] for number in sorted(kept)]
