"""Is the difference luck?  What the seeds say of the best network, and every seed's result to look at."""

import streamlit as st

from core import History
from core.analysis.luck import LEAST_SEEDS, Contest, contest
from core.analysis.repeats import runs_by_setting
from ui.compare.seeds_chart import is_in_sight, seeds_chart, seeds_text
from ui.jobs import results
from ui.shell.numbers import count, percent, points

_SHOWN = (
    "**{best} is best: its mean test accuracy over {seeds} is {accuracy}.** It is shown to lead every other network. "
    "Over {closest}, the closest, its lead is {lead} points (95 % confidence interval: {low} to {high}). {holds}"
)
_SHOWN_OF_TWO = (
    "**{best} is better: its mean test accuracy over {seeds} is {accuracy}.** Its lead over {closest} is {lead} points "
    "(95 % confidence interval: {low} to {high}). {holds}"
)
_NOT_SHOWN = (
    "**{best} has the highest mean test accuracy, {accuracy}, but with {seeds} it is not shown to be better than "
    "{near}.** Its lead over {closest} is {lead} points (95 % confidence interval: {low} to {high})."
)
_FEW_SEEDS = (
    "With so few seeds, a difference of a few percent may be luck. With {least} *seeds for each network*, or more, you "
    "see how much."
)
_TIED = "**No network is best: {best} have the same mean test accuracy over {seeds}, {accuracy}.**"
_AT_CHANCE = (
    "**No network is best.** The highest mean test accuracy over {seeds} is {accuracy}, which is not shown to be above "
    "chance level, {chance}."
)
_DIVERGED = (
    "**No network is named the best.** {best} has the highest mean test accuracy over {seeds}, {accuracy}, but it "
    "diverged with at least one of them."
)
_REASONS = {"few seeds": _FEW_SEEDS, "tied": _TIED, "at chance": _AT_CHANCE, "diverged": _DIVERGED}
_THIS_SPLIT = "This holds for this split of the data; another split may give another winner."
_ANY_SPLIT = "Each seed had its own split of the data, so this is no matter of one split."
_CHANCE_LEVEL = (
    "Chance level is {chance}: the test accuracy of always saying the class that is most frequent in the training data."
)
_READING = "Each dot is one seed, the bar is the mean. The dashed line is chance level. " + _CHANCE_LEVEL
_READING_FAR = "Each dot is one seed, the bar is the mean. " + _CHANCE_LEVEL + " It lies to the left of this picture."


def show_luck(history: History) -> None:
    """A sentence, and below it the strip of seeds if there are several."""
    found = results.computed(contest, history)
    if sentence := luck(history, found):
        st.markdown(sentence)
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    reading = _READING if is_in_sight(history, found.chance) else _READING_FAR
    st.caption((reading if several else _CHANCE_LEVEL).format(chance=percent(found.chance)))
    if several:
        chart = results.computed(seeds_chart, history, found.chance)
        st.vega_lite_chart(chart, alt=results.computed(seeds_text, history, found.chance))


def luck(history: History, found: Contest) -> str:
    """What can be said of the best network; nothing where there is nothing to compare."""
    if found.reason in ("one setting", "activation not used"):
        return ""
    if found.reason is not None:
        sentence = _REASONS[found.reason]
    elif found.near:
        sentence = _NOT_SHOWN
    else:
        sentence = _SHOWN_OF_TWO if len(runs_by_setting(history.experiment)) == 2 else _SHOWN
    holds = _THIS_SPLIT if history.experiment.redraw == "weights" else _ANY_SPLIT
    return sentence.format(
        best=", ".join(found.best), seeds=count(found.seeds, "seed"), accuracy=percent(found.accuracy),
        chance=percent(found.chance), near=", ".join(found.near), closest=found.closest, lead=points(found.lead),
        low=points(found.low), high=points(found.high), holds=holds, least=LEAST_SEEDS,
    )  # fmt: skip
