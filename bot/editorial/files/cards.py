"""cards.yaml: sentences in Russian to hold out, with what they mean."""

from bot.editorial.problem import Problem, error
from bot.editorial.schema import FileModel, Id, Local, Text
from bot.editorial.table import Entry, Made, Table, read_table
from bot.editorial.yaml_tree import YamlNode
from bot.guide.card import Card
from bot.guide.text import LocalText


class CardModel(FileModel):
    id: Id
    title: Local
    russian: Text
    meaning: Local
    after: Local | None = None


def read_cards(node: YamlNode | None, file: str) -> tuple[Table[Card], list[Problem]]:
    return read_table(node, file, CardModel, _card)


def texts_of(card: Card) -> list[tuple[str, LocalText]]:
    """What the person reads in their own language, by field."""
    texts = [("title", card.title), ("meaning", card.meaning)]
    return [*texts, ("after", card.after)] if card.after else texts


def _card(model: CardModel, entry: Entry[CardModel]) -> Made[Card]:
    card = Card(
        id=model.id,
        title=_on_one_line(model.title),
        russian=" ".join(model.russian.split()),
        meaning=_on_one_line(model.meaning),
        after=_on_one_line(model.after) if model.after else None,
    )
    said = [("russian", [card.russian])]
    said += [(field, list(text.by_language.values())) for field, text in texts_of(card)]
    problems = [
        error(entry.place(field), "placeholder-in-front", field=field)
        for field, texts in said
        if any("{" in text or "}" in text for text in texts)
    ]
    return (None if problems else card), problems


def _on_one_line(text: LocalText) -> LocalText:
    """Line breaks in the file are for its writer; where lines break is up to the picture."""
    lines = {lang: " ".join(said.split()) for lang, said in text.by_language.items()}
    return LocalText(lines, text.anywhere and " ".join(text.anywhere.split()))
