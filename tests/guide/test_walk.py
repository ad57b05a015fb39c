"""Where answers lead in a flow: whatever they are, a walk ends, and what it says of the answers is true."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.guide.citizenship import Citizenship
from bot.guide.flow import (
    Asked,
    ByCitizenship,
    ByRule,
    Choice,
    ChoiceQuestion,
    DateQuestion,
    Flow,
    NumberQuestion,
    Outcome,
    Question,
    RegionQuestion,
    StaysQuestion,
    Step,
    meaning,
)
from bot.guide.paths import all_paths
from bot.guide.rule import Circumstances
from bot.guide.rules import RULES
from bot.guide.text import LocalText
from bot.guide.walk import Regions, is_allowed, walk

TODAY = date(2026, 11, 24)
REGIONS = Regions(frozenset({"moscow", "perm"}))
NAMES = ("a", "b", "c", "d", "end", "other-end")

names = st.sampled_from(NAMES)
said = st.builds(lambda text: Asked(LocalText({"ru": text})), st.text(max_size=8))
here = st.builds(lambda who: Circumstances(who, TODAY, {}), st.sampled_from(Citizenship))
days = st.integers(-500, 500).map(lambda number: (TODAY + timedelta(number)).isoformat())
typed = st.one_of(
    st.text(max_size=24),
    days,
    st.integers().map(str),
    st.sampled_from(["yes", "no", "moscow", "/", "2026-01-01/", "2026-01-09/2026-01-02", "²"]),
    st.builds(lambda one, other: f"{one}/{other}", days, days),
)
answers = st.dictionaries(names, typed)


def steps_named(name: str) -> st.SearchStrategy[Step]:
    choices = st.lists(
        st.builds(
            Choice,
            st.sampled_from(["yes", "no", "maybe"]),
            st.builds(lambda text: LocalText({"ru": text}), st.text(max_size=8)),
            names,
            st.frozensets(st.sampled_from(Citizenship)),
        ),
        max_size=3,
    )
    few = st.integers(0, 400)
    return st.one_of(
        st.builds(ChoiceQuestion, st.just(name), said, choices.map(tuple)),
        st.builds(DateQuestion, st.just(name), said, names, few, few),
        st.builds(NumberQuestion, st.just(name), said, names, few, few),
        st.builds(RegionQuestion, st.just(name), said, names),
        st.builds(StaysQuestion, st.just(name), said, names),
        st.builds(
            ByCitizenship, st.just(name), st.dictionaries(st.sampled_from(Citizenship), names)
        ),
        st.builds(
            ByRule,
            st.just(name),
            st.sampled_from([*RULES, "no-such-rule"]),
            st.dictionaries(st.sampled_from(["got", "entered", "trips", "kind", "region"]), names),
            st.dictionaries(st.sampled_from(["in-time", "late", "fine", "unknown"]), names),
        ),
    )


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Any steps in any order, round in circles and into nothing."""
    used = draw(st.sets(st.sampled_from(NAMES[:4])))
    steps = {name: draw(steps_named(name)) for name in sorted(used)}
    ends = {name: Outcome(name, LocalText(), {}, ()) for name in draw(st.sets(st.just("end")))}
    title = LocalText({"ru": "Проверка"})
    return Flow("flow", title, title, draw(names), steps, ends)


@given(flows(), answers, here)
def test_any_answers_lead_somewhere_and_never_raise(
    flow: Flow, given_answers: dict[str, str], circumstances: Circumstances
) -> None:
    walked = walk(flow, given_answers, circumstances, REGIONS)

    assert not (walked.asked and walked.outcome)
    assert len(set(walked.path)) == len(walked.path), "nobody is asked the same twice"
    assert walked.path[0] == flow.start
    assert walked.given.items() <= given_answers.items()
    if walked.asked:
        name = walked.asked.id
        assert walked.path[-1] == name
        told = given_answers.get(name)
        assert told is None or not is_allowed(walked.asked, told, circumstances, REGIONS)


@given(flows(), answers, here)
def test_only_the_answers_on_the_way_count(
    flow: Flow, given_answers: dict[str, str], circumstances: Circumstances
) -> None:
    walked = walk(flow, given_answers, circumstances, REGIONS)

    assert walk(flow, walked.given, circumstances, REGIONS) == walked


@given(flows(), here)
def test_a_path_is_walked_again_by_its_answers(flow: Flow, circumstances: Circumstances) -> None:
    for path in all_paths(flow, circumstances, REGIONS):
        again = walk(flow, path.answers, circumstances, REGIONS)
        assert again == path.walked
        assert path.walked.asked is None or not path.walked.outcome


def question(text: str, *labels: str) -> Question:
    choices = tuple(
        Choice(f"choice-{number}", LocalText({"ru": label, "ky": "…"}), "end")
        for number, label in enumerate(labels)
    )
    return ChoiceQuestion("a", Asked(LocalText({"ru": text, "ky": "…"})), choices)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Zs", "Po"]), max_size=30))
def test_signs_and_capitals_do_not_change_what_a_question_means(text: str) -> None:
    mended = question(f"{text.casefold()}, ?!", "Да.", "Нет")

    assert meaning(mended, "ru") == meaning(question(text, "да", "нет"), "ru")


def test_other_words_choices_and_kinds_mean_something_else() -> None:
    asked = question("Вы въехали?", "Да", "Нет")
    others = [
        question("Вы выехали?", "Да", "Нет"),
        question("Вы въехали?", "Да", "Нет", "Не знаю"),
        question("Вы въехали?", "Нет", "Да"),
        NumberQuestion("a", asked.asked, "end", 0, 9),
        DateQuestion("a", asked.asked, "end", past=9),
        DateQuestion("a", asked.asked, "end", ahead=9),
        RegionQuestion("a", asked.asked, "end"),
        StaysQuestion("a", asked.asked, "end"),
    ]

    meanings = {meaning(one, "ru") for one in (asked, *others)}

    assert len(meanings) == len(others) + 1


def test_another_language_and_another_way_on_do_not_change_it() -> None:
    asked = question("Вы въехали?", "Да", "Нет")
    assert isinstance(asked, ChoiceQuestion)
    translated = Asked(LocalText({"ru": "Вы въехали?", "ky": "Кирдиңизби?"}))
    elsewhere = tuple(replace(choice, next="b") for choice in asked.choices)

    assert meaning(replace(asked, asked=translated, choices=elsewhere), "ru") == meaning(
        asked, "ru"
    )
