"""A flow with its texts as they are written, placeholders and all: enough to draw it, on no day and with no fact at hand.

What persons see is `bot.editorial.flow_compiling`.
"""

from dataclasses import replace

from bot.editorial.files.flows import FlowFile
from bot.guide.citizenship import Citizenship
from bot.guide.flow import Flow
from bot.i18n.interface import Words
from bot.render.flow_graph import GraphWords


def as_written(file: FlowFile) -> Flow:
    flow = file.bare()
    models = file.entry.value.outcomes
    outcomes = {
        name: replace(outcome, title=models[file.outcomes[name].index].title)
        for name, outcome in flow.outcomes.items()
    }
    return replace(flow, outcomes=outcomes)


def graph_words(words: Words, interface: Words) -> GraphWords:
    """`words` are of the domain `flows`, `interface` of the domain `interface`, both in the language of the drawing."""
    return GraphWords(
        lang=words.lang,
        by_citizenship=words.say("flow-graph-citizenship"),
        rule=words.say("flow-graph-rule"),
        urgent=words.say("flow-graph-urgent"),
        about=words.say("flow-graph-about"),
        citizenships={who: interface.say(f"citizenship-{who}") for who in Citizenship},
    )
