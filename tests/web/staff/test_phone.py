"""A page of the conversation in HTML: marks nested, text escaped, links that lead to sites only."""

from bot.render.rich_text import Mark, MarkKind, RichText
from bot.web.staff import phone


def test_marks_are_nested_and_text_is_escaped() -> None:
    text = "😀 <b> +7 999 123-45-67\nцитата\nконец\nhttps://mvd.ru/a?b=1&c=2."
    start = len("😀 <b> +7 999 123-45-67\n".encode("utf-16-le")) // 2
    rich = RichText(
        text,
        (
            Mark(MarkKind.BOLD, 0, 6),
            Mark(MarkKind.ITALIC, 3, 3),
            Mark(MarkKind.QUOTE, start, 6),
            Mark(MarkKind.LINK, start, 6, "javascript:alert(1)"),
        ),
    )

    assert phone.drawn(rich) == (
        "<strong>😀 <em>&lt;b&gt;</em></strong> "
        '<a href="tel:+79991234567">+7 999 123-45-67</a>\n'
        "<blockquote>цитата</blockquote>конец\n"
        '<a href="https://mvd.ru/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">'
        "https://mvd.ru/a?b=1&amp;c=2</a>."
    )


def test_a_folded_quote_opens_from_its_first_line() -> None:
    text = "Источники:\n• Закон\n• Договор"
    rich = RichText(
        text,
        (
            Mark(MarkKind.FOLDED_QUOTE, 0, len(text)),
            Mark(MarkKind.LINK, 13, 5, "https://example.org/law"),
        ),
    )

    assert phone.drawn(rich) == (
        '<details class="quote"><summary>Источники:</summary>• '
        '<a href="https://example.org/law" target="_blank" rel="noopener noreferrer nofollow">'
        "Закон</a>\n• Договор</details>"
    )
