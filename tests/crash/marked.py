"""Persons who cannot be mistaken for anything else, what they do, and how their traces are found."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_SEPARATORS = re.compile(r"[\s()+-]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody who cannot be mistaken for anything else. `word` is in every text of theirs."""

    id: int
    first_name: str
    last_name: str
    username: str
    phone: str
    word: str
    latitude: float
    longitude: float

    @property
    def account(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": "ky" if self.id % 2 else "ru",
            "is_premium": True,
        }

    @property
    def chat(self) -> Json:
        names = ("id", "first_name", "last_name", "username")
        return {"type": "private"} | {name: self.account[name] for name in names}

    @property
    def place(self) -> Json:
        return {"latitude": self.latitude, "longitude": self.longitude}

    @property
    def marks(self) -> dict[str, str]:
        return {
            "id": str(self.id),
            "first name": self.first_name,
            "last name": self.last_name,
            "name in Telegram": self.username,
            "phone": self.phone,
            "words": self.word,
            "latitude": str(self.latitude),
            "longitude": str(self.longitude),
        }


MARKED = [
    Marked(
        id=7_310_604_210 + 7919 * number,
        first_name=f"Жылкычыбек{letter}",
        last_name=f"Проверкинбаев{letter}",
        username=f"zhylkychy_proverkin_{letter}",
        phone=f"9{number}63847152",
        word=f"кварбинток{letter}",
        latitude=float(f"4{number}.918273645"),
        longitude=float(f"7{number}.192837465"),
    )
    for number, letter in enumerate("абвгдежзик")
]


def traces(data: bytes, person: Marked) -> list[str]:
    """What of this person is in the bytes: as text, as escaped JSON, spaced out, or as a binary number."""
    text = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), data.decode(errors="replace"))
    texts = (text.casefold(), _SEPARATORS.sub("", text.casefold()))
    found = [
        name for name, mark in person.marks.items() if any(mark.casefold() in one for one in texts)
    ]
    if any(
        person.id.to_bytes(length, order) in data
        for length in (5, 6, 8)
        for order in ("big", "little")
    ):
        found.append("id as a number")
    if any(
        struct.pack(form, degrees) in data
        for form in ("<d", ">d")
        for degrees in (person.latitude, person.longitude)
    ):
        found.append("place as a number")
    return found


def unanswerable(person: Marked) -> tuple[str, ...]:
    """What no guide can answer, with the person in it in all ways of writing."""
    number, lost = person.phone, f"{person.word} енгшщзх"
    return (
        f"{person.first_name} {person.last_name} ывапролд {lost}",
        f"у {person.first_name} {person.last_name} ывапролд, {lost}",
        f"менин атым {person.first_name.lower()} {person.last_name.lower()}, {lost} ывапролд",
        f"ывапролд {lost} зовут не {person.first_name}, пишите @{person.username}",
        f"ывапролд {lost}, 8 ({number[:3]}) {number[3:6]}-{number[6:8]}-{number[8:]}",
        f"ывапролд {lost} {' '.join(number)} t.me/{person.username}",
        f"ывапролд {lost} https://t.me/{person.username} +7\u200b{number}",
        f"ывапролд {lost} {person.id}, {person.latitude}, {person.longitude}",
    )


def message(person: Marked, **content: object) -> Json:
    head = {
        "message_id": 5,
        "date": 1_800_000_000,
        "from": person.account,
        "chat": person.chat,
    }
    return head | content


def press(person: Marked, data: str, question: str | None = None) -> Json:
    """`question` is what the pressed message is a reply to."""
    replied = {} if question is None else {"reply_to_message": message(person, text=question)}
    query = {
        "id": "1",
        "from": person.account,
        "message": message(person, text=person.word, **replied),
        "chat_instance": str(person.id),
        "data": data,
    }
    return {"callback_query": query}


def keeping_a_date(person: Marked) -> Iterator[Json]:
    """A check to its end, with words of one's own in between, and a reminder of its date."""
    today = datetime.now(UTC).date().isoformat()
    answers = ("held:free", "place:moscow", f"entered:{today}")
    stays = (f"trips:{today}", "trips:still-here", "trips:done")
    yield {"message": message(person, text="/start register-by")}
    for answer in (*answers, *stays):
        yield press(person, f"q:register-by:{answer}|ru|uz")
        yield {"message": message(person, text=person.word)}
    yield press(person, f"q:register-by:room:{person.phone}|ru|uz")
    yield press(person, f"q:register-by:{person.word}:7|ru|uz")
    yield press(person, "q:register-by:room:7|ru|uz")
    yield press(person, "qo:register-by|ru|uz")
    yield press(person, "qk:register-by|ru|uz")
    yield {"message": message(person, text="/dates")}
    yield press(person, f"date:{person.id}|ru|uz")
    yield press(person, "ics|ru|uz")


def deeds(person: Marked) -> Iterator[Json]:
    """Everything that a person can put themselves into."""
    question = (
        f"Меня зовут {person.first_name} {person.last_name}, мой номер +7{person.phone}, {person.word}: "
        "сколько дней можно без регистрации?"
    )
    texts = (
        f"/start {person.phone}",
        f"/start {person.word}",
        question,
        f"/ask {question}",
        f"/{person.username} {question}",
        f"/sos {question}",
        f"у меня забрали паспорт, это {person.word}",
        f"{person.word} {person.id}",
        person.phone,
        f"{person.word} " * 300,
        *unanswerable(person),
    )
    yield {"message": message(person, text="/start")}
    yield press(person, f"lang:{'ky' if person.id % 2 else 'ru'}||")
    yield press(person, "cit:uz||")
    for text in texts:
        yield {"message": message(person, text=text)}
    yield {"edited_message": message(person, text=question, edit_date=1_800_000_001)}
    contact = {
        "phone_number": person.phone,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "user_id": person.id,
    }
    yield {"message": message(person, contact=contact)}
    place = person.place
    yield press(person, "near|ru|uz")
    yield {"message": message(person, location=place)}
    live = place | {"live_period": 900, "horizontal_accuracy": 9.5}
    yield {"message": message(person, location=live)}
    moved = message(person, location=place | {"heading": 90}, edit_date=1_800_000_002)
    yield {"edited_message": moved}
    venue = {"location": place, "title": person.last_name, "address": person.word}
    yield {"message": message(person, venue=venue, location=place)}
    photo = [{"file_id": person.word, "file_unique_id": "1", "width": 9, "height": 9}]
    yield {"message": message(person, photo=photo, caption=question)}
    document = {"file_id": "1", "file_unique_id": "1", "file_name": f"{person.last_name}.pdf"}
    yield {"message": message(person, document=document)}
    origin = {"type": "user", "date": 1, "sender_user": person.account}
    yield {"message": message(person, text=question, forward_origin=origin)}
    yield press(person, f"m:{person.word}|ru|uz")
    yield press(person, f"c:{person.username}|{person.word}|{person.phone}")
    yield press(person, f"d:{person.id}")
    yield press(person, "vote:y:registration-first|ru|uz", question)
    yield press(person, f"vote:n:{person.word}|ru|uz", question)
    yield press(person, person.word)
    yield from keeping_a_date(person)
    group = {"id": -1_001_000_000, "type": "supergroup", "title": person.last_name}
    yield {"message": message(person, text=question) | {"chat": group}}
    yield {"future_kind": message(person, text=question)}
    member = {"status": "member", "user": person.account}
    change = {"chat": person.chat, "from": person.account, "date": 1}
    yield {"my_chat_member": change | {"old_chat_member": member, "new_chat_member": member}}
