"""The fields of an entry as a template draws them: labels, choices and hints with every input. It must not read a form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.editorial.edition import GLOSSARY, Edition
from bot.editorial.forms.entry_forms import EntryForm
from bot.editorial.forms.fields import (
    ANYWHERE,
    ChoiceByLanguageField,
    ChoiceField,
    ChoicesField,
    Field,
    LocalField,
    NamesByLanguageField,
    NamesField,
    ReferenceField,
    SwitchField,
    TextField,
)
from bot.editorial.forms.posted import Posted
from bot.editorial.forms.rows import GONE, PhonesField, ValuesField
from bot.editorial.schema import LANGUAGES
from bot.guide.fact import Confidence, FactKind
from bot.i18n.interface import Words
from bot.web.staff.ledgers.drawn_fields import Group, Input, Options, audience_name, references
from bot.web.staff.ledgers.rows import words_for
from bot.web.staff.ledgers.telling import label_of, tongue

_WITH_HINT = frozenset(
    {
        "statement", "applies", "series", "article", "checked", "review", "note", "date", "url", "show-link", "show",
        "short-numbers", "hours", "city", "region", "latitude", "for", "also", "allowed", "forbidden", "paraphrase",
        "colloquial", "confusable", "values", "phones", "source", "gloss-ru",
    }
)  # fmt: skip
# The longer code first: Kazakhstan has two digits of Russia's +7.
_COUNTRY_CODES = (
    ("+996", "kg"),
    ("+998", "uz"),
    ("+992", "tj"),
    ("+375", "by"),
    ("+374", "am"),
    ("+77", "kz"),
    ("+76", "kz"),
    ("+7", "ru"),
)
_TYPES = {"day": "date", "url": "url", "email": "email"}
_SPARE_ROWS = 1


class Drawing:
    """Draws a form with these texts in it. `problems` are sentences by the name of their input, or of the field."""

    def __init__(
        self,
        form: EntryForm,
        words: Words,
        edition: Edition,
        inputs: Mapping[str, Sequence[str]],
        problems: Mapping[str, Sequence[str]],
        extra_rows: int = 0,
    ) -> None:
        self._form = form
        self._words = words
        self._interface = words_for("interface").words(words.lang)
        self._edition = edition
        self._inputs = inputs
        self._problems = problems
        self._spare = _SPARE_ROWS + extra_rows

    def groups(self) -> tuple[Group, ...]:
        return tuple(map(self._group, self._form.fields))

    def group(self, name: str) -> Group:
        return next(self._group(one) for one in self._form.fields if one.name == name)

    def lists(self) -> dict[str, Options]:
        """What a reference may name, by what it refers to."""
        wanted = {one.to for one in self._form.fields if isinstance(one, ReferenceField)}
        return {to: references(self._edition, to, self._words.lang) for to in sorted(wanted)}

    def _group(self, field: Field) -> Group:
        name = field.name
        label, hint = self.label(name), self._hint(name)
        match field:
            case ValuesField():
                return Group(name, label, (), self._value_rows(name), hint, self.wrong(name))
            case PhonesField():
                return Group(name, label, (), self._phone_rows(name), hint, self.wrong(name))
            case LocalField():
                return Group(name, label, self._local(name), (), hint, self.wrong(name))
            case NamesByLanguageField():
                return Group(name, label, self._by_language(name, "area"), (), hint)
            case ChoiceByLanguageField(choices=choices):
                options = self._options(choices, self._confidence)
                return Group(name, label, self._by_language(name, "select", options), (), hint)
            case _:
                return Group(name, label, (self._one(field, label, hint),))

    def _one(self, field: Field, label: str, hint: str) -> Input:
        name, required = field.name, field.is_required
        values, wrong = tuple(self._inputs.get(name, ())), self.wrong(name)
        match field:
            case ChoiceField(choices=choices):
                say = self._confidence if name == "confidence" else self._kind
                options = self._options(choices, say, is_required=required, now=values)
                return Input(
                    name, label, "select", values, "", options, hint, wrong, required=required
                )
            case ChoicesField(choices=choices):
                options = tuple((one, self._choice(name, one)) for one in _with(choices, values))
                return Input(name, label, "ticks", values, "", options, hint, wrong)
            case SwitchField():
                return Input(name, label, "switch", values, "", (), hint, wrong)
            case ReferenceField(to=to):
                named = dict(references(self._edition, to, self._words.lang)).get(
                    values[0] if values else ""
                )
                return Input(
                    name,
                    label,
                    "text",
                    values,
                    "text",
                    (),
                    named or hint,
                    wrong,
                    list=to,
                    required=required,
                )
            case NamesField():
                return Input(name, label, "area", values, "", (), hint, wrong)
            case TextField(shape="area"):
                return Input(
                    name, label, "area", values, "", (), hint, wrong, rows=3, required=required
                )
            case TextField(shape=shape):
                lang = name if name in LANGUAGES else ""
                kind = _TYPES.get(shape, "text")
                return Input(
                    name,
                    label,
                    "text",
                    values,
                    kind,
                    (),
                    hint,
                    wrong,
                    lang=lang,
                    required=required,
                )
        raise AssertionError(field)

    def label(self, name: str) -> str:
        return label_of(name, self._form.subject, self._words)

    def _hint(self, name: str) -> str:
        key = name.replace("_", "-")
        return self._words.say(f"hint-{key}") if key in _WITH_HINT else ""

    def _tongue(self, lang: str) -> str:
        return tongue(lang, self._words)

    def _choice(self, field: str, choice: str) -> str:
        if field in ("languages", "paraphrase"):
            return self._tongue(choice) if choice in LANGUAGES else choice
        return audience_name(choice, self._words, self._interface)

    def _kind(self, choice: str) -> str:
        return self._words.say(f"kind-{self._form.subject}-{choice}")

    def _confidence(self, choice: str) -> str:
        return self._words.say(f"confidence-{choice}")

    def _options(
        self,
        choices: Sequence[str],
        label: Callable[[str], str],
        *,
        is_required: bool = False,
        now: Sequence[str] = (),
    ) -> Options:
        """Pairs of value and label; what is chosen already stays a choice, whatever it is."""
        labels = {one: label(one) if one in choices else one for one in _with(choices, now)}
        is_empty = not (is_required and any(now))
        return (*((("", self._words.say("choice-none")),) if is_empty else ()), *labels.items())

    def _local(self, name: str) -> tuple[Input, ...]:
        """One text for all languages stands last."""
        anywhere = self._input(f"{name}.{ANYWHERE}", self._words.say("text-anywhere"), "area")
        return (*self._by_language(name, "area"), anywhere)

    def _by_language(self, name: str, widget: str, options: Options = ()) -> tuple[Input, ...]:
        """Languages of the guide, and those that something is written in; the glossary has all."""
        shown = [
            lang
            for lang in LANGUAGES
            if lang in self._edition.languages
            or self._form.file == GLOSSARY
            or any(self._inputs.get(f"{name}.{lang}", ()))
        ]
        return tuple(
            self._input(f"{name}.{lang}", self._tongue(lang), widget, lang=lang, options=options)
            for lang in shown
        )

    def _input(
        self,
        name: str,
        label: str,
        widget: str = "text",
        type: str = "text",
        lang: str = "",
        options: Options = (),
    ) -> Input:
        values = tuple(self._inputs.get(name, ()))
        return Input(
            name, label, widget, values, type, options, problems=self.wrong(name), lang=lang
        )

    def _value_rows(self, name: str) -> tuple[tuple[Input, ...], ...]:
        kind = next(iter(self._inputs.get("kind", ())), "")
        rows = []
        for number, is_there in self._numbers(name):
            start = f"{name}.{number}"
            match kind:
                case FactKind.TEXT:
                    value = self._local(f"{start}.text")
                case FactKind.DATE:
                    value = (
                        self._input(f"{start}.day", self._words.say("value-day"), type="date"),
                    )
                case _:
                    low, high = self._words.say("value-low"), self._words.say("value-high")
                    value = (self._input(f"{start}.low", low), self._input(f"{start}.high", high))
            rows.append(
                (
                    *value,
                    self._input(f"{start}.from", self._words.say("value-from"), type="date"),
                    self._input(f"{start}.until", self._words.say("value-until"), type="date"),
                    *self._gone(start, is_there=is_there),
                )
            )
        return tuple(rows)

    def _phone_rows(self, name: str) -> tuple[tuple[Input, ...], ...]:
        options = self._options(tuple(Confidence), self._confidence)
        return tuple(
            (
                self._phone(f"{name}.{number}.number"),
                self._input(
                    f"{name}.{number}.confidence",
                    self._words.say("phone-confidence"),
                    "select",
                    options=options,
                ),
                *self._gone(f"{name}.{number}", is_there=is_there),
            )
            for number, is_there in self._numbers(name)
        )

    def _phone(self, name: str) -> Input:
        """With the country that the number belongs to, as a slip of the code is hard to see."""
        made = self._input(name, self._words.say("phone-number"), type="tel")
        country = next((one for code, one in _COUNTRY_CODES if made.value.startswith(code)), "")
        return replace(made, hint=self._words.say(f"country-{country}")) if country else made

    def _gone(self, start: str, *, is_there: bool) -> tuple[Input, ...]:
        label = self._words.say("row-gone")
        return (self._input(f"{start}.{GONE}", label, "switch"),) if is_there else ()

    def _numbers(self, name: str) -> list[tuple[int, bool]]:
        """The numbers of the rows that are there, and of those that may be filled in."""
        there = Posted({key: tuple(texts) for key, texts in self._inputs.items()}).rows(name)
        first = there[-1] + 1 if there else 0
        filled = [number for number in there if self._has_text(f"{name}.{number}.")]
        spare = range(first, first + max(self._spare - (len(there) - len(filled)), 0))
        return [(number, number in filled) for number in (*there, *spare)]

    def _has_text(self, start: str) -> bool:
        return any(any(texts) for key, texts in self._inputs.items() if key.startswith(start))

    def wrong(self, name: str) -> tuple[str, ...]:
        return tuple(self._problems.get(name, ()))


def _with(choices: Iterable[str], values: Iterable[str]) -> tuple[str, ...]:
    """The choices, and what is chosen already although it is none of them."""
    return tuple(dict.fromkeys((*choices, *filter(None, values))))
