"""The label of a button as people type it. It must not know what a label leads to."""


def folded_label(text: str) -> str:
    """Letters and digits only, in small letters: people type a label without its picture and signs."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
